"""Documents with the same words: published twice, or under two titles."""

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from generator.domain.model import Archive, Document

_MONTH = 31


class Duplicate(NamedTuple):
    """A document and an earlier one with the same words; ``same_title`` is whether their titles are the same too."""

    document: Document
    earlier: Document
    same_title: bool


def duplicates(archive: Archive) -> Iterator[Duplicate]:
    """Yield every document whose words another one has, each with the first of them.

    Two that are related (one replaces, interprets or answers the other), or that give different attachments, are two
    documents for a reason. Of a text too short to tell apart only those with one title count, published within a month.
    """
    groups: dict[str, list[Document]] = defaultdict(list)
    for document in archive.proactive:
        if key := document.page.text_facts.key:
            groups[key].append(document)
    for group in groups.values():
        ordered = sorted(group, key=lambda item: (str(item.published or ""), item.path)) if len(group) > 1 else []
        for number, document in enumerate(ordered):
            if earlier := next((item for item in ordered[:number] if _are_the_same(item, document)), None):
                yield Duplicate(document, earlier, _title(document) == _title(earlier))


def _are_the_same(earlier: Document, later: Document) -> bool:
    related = {relation.target.partition("#")[0] for relation in later.relations}
    if earlier.id in related or later.id in {relation.target.partition("#")[0] for relation in earlier.relations}:
        return False
    if later.page.text_facts.is_short and not (_title(earlier) == _title(later) and _is_near(earlier, later)):
        return False
    files = [{attachment.file.rpartition("/")[2] for attachment in item.attachments} for item in (earlier, later)]
    return files[0] == files[1] or not all(files)


def _is_near(earlier: Document, later: Document) -> bool:
    """Whether a document was published within a month of an earlier one."""
    first, second = earlier.published, later.published
    return first is not None and second is not None and (second - first).days <= _MONTH


def _title(document: Document) -> str:
    return "".join(document.title.split())
