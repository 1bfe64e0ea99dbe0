"""The files that a build withholds, and why: the answer to “why is my document not on the site?”."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

from generator.domain.model import GATE_FIELDS, Archive, Document
from generator.domain.vocabulary import Disclosure, Kind, label_of

_MAX_LISTED = 50
_HIDDEN = "（不公开的文件）"
_LEAST_TITLE = 5  # the least length of a title that does not occur by chance


class WithheldFile(NamedTuple):
    """One source file that is not published, with the reason and a note."""

    path: str
    reason: str
    note: str = ""


def withheld_files(archive: Archive) -> tuple[WithheldFile, ...]:
    """Return every source file that is not public at the archive's moment, by reason and file."""
    files = [_withheld(document) for document in archive.documents if not archive.is_public(document)]
    files += [
        WithheldFile(one.path, "已撤下", f"{one.withdrawal.on} {one.withdrawal.reason}" if one.withdrawal else "")
        for one in archive.withdrawn
    ]
    known = {document.path for document in archive.with_withdrawn}
    files += [WithheldFile(page.path, "读不了") for page in archive.pages if page.path not in known]
    return tuple(sorted(files, key=lambda item: (item.reason, item.path)))


def without_hidden_words(archive: Archive) -> Callable[[str], str]:
    """Return a function that takes the titles and numbers of documents that are not public out of a text.

    It is for what leaves the office that keeps the ledger: hints and messages may quote any document of the site.
    """
    names: dict[bool, set[str]] = {True: set(), False: set()}
    for document in archive.with_withdrawn:
        titles = [one.title for one in (document, *document.parts) if len(one.title) >= _LEAST_TITLE]
        names[archive.is_public(document)].update((*titles, document.doc_number, document.text("index_no")))
    hidden = sorted(names[False] - names[True] - {"", "none"}, key=lambda name: (-len(name), name))
    if not hidden:
        return str
    pattern = re.compile("|".join(map(re.escape, hidden)))
    return lambda text: pattern.sub(_HIDDEN, text)


def _withheld(document: Document) -> WithheldFile:
    if document.is_secret:
        return WithheldFile(document.path, "标明涉密")
    unreadable_keys = sorted({problem.field for problem in document.page.problems} & GATE_FIELDS)
    if unreadable_keys:
        return WithheldFile(document.path, "读不了", "、".join(label_of(key) for key in unreadable_keys))
    if document.disclosure is None:
        return WithheldFile(document.path, "没有公开属性")
    if document.disclosure is not Disclosure.PROACTIVE:
        return WithheldFile(
            document.path, document.disclosure.label, "、".join(term.label for term in document.withhold_classes)
        )
    if document.published is None and document.kind is not Kind.PAGE:
        return WithheldFile(document.path, "没有发布日期")
    return WithheldFile(document.path, "未到发布时间", document.published_text)


def withheld_lines(archive: Archive) -> Iterator[str]:
    """Yield the lines that ``check`` prints: how many files are withheld, then each with its reason."""
    files = withheld_files(archive)
    if not files:
        return
    groups: dict[str, list[WithheldFile]] = defaultdict(list)
    for item in files:
        groups[item.reason].append(item)
    counts = "，".join(f"{reason} {len(items)} 件" for reason, items in groups.items())
    yield f"不在网站上的 {len(files)} 件：{counts}。"
    for reason, items in groups.items():
        for item in items[:_MAX_LISTED]:
            yield f"    {item.path}: {reason}{f'（{item.note}）' if item.note else ''}"
        if len(items) > _MAX_LISTED:
            yield f"    另有 {len(items) - _MAX_LISTED} 件{reason}的没有列出"
