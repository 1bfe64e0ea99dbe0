"""Resolve references: a document by id, 索引号 or 文号; after ``#`` a part of it, a clause, or both."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, normalise_index_no
from generator.domain.model import Document, LinkOutcome, PartLocation, Reference, ResolvedLink
from generator.domain.problems import Problem
from generator.domain.titles import title_key
from generator.domain.vocabulary import Nearest, label_of
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments, is_foreign
from generator.graph.joined_references import joined_problem, joined_references
from generator.graph.reference_hints import rewritten, unread_hint
from generator.source.text.anchors import CLAUSE_NAME

_MOST_SAME = 20


class ReferenceTarget(NamedTuple):
    """One document that a reference may mean, the part of it by its id, and the clause."""

    document: Document
    part: str = ""
    clause: str = ""


class ReferenceIndex:
    """Every document by id, by 索引号 and by 文号; every part by its title in 《》.

    A name that no document has may be that of one that was withdrawn. ``drafts`` are found by ``draft`` only: a
    reference to one has no target. ``foreign`` are documents of other sites of the platform: only a name that nothing
    here has may mean one of them. ``unread`` are the paths of files without names that could be read.
    """

    def __init__(
        self,
        documents: Iterable[Document],
        *,
        withdrawn: Sequence[Document] = (),
        drafts: Sequence[Document] = (),
        foreign: ForeignDocuments = NO_FOREIGN,
        unread: Sequence[str] = (),
    ) -> None:
        self.unread = unread
        self._foreign = foreign
        self._withdrawn = ReferenceIndex(withdrawn) if withdrawn else None
        self._withdrawn_paths = frozenset(document.path for document in withdrawn)
        self._drafts = ReferenceIndex(drafts) if drafts else None
        self._documents: dict[str, list[Document]] = defaultdict(list)
        self._numbers: dict[str, list[Document]] = defaultdict(list)
        self._titles: dict[str, list[ReferenceTarget]] = defaultdict(list)
        for document in documents:
            _add(self._documents[document.id], document)
            if index_no := document.text("index_no"):
                _add(self._numbers[index_no], document)
            if number := document.doc_number:
                _add(self._numbers[doc_number_key(number)], document)
            for part in document.declared_parts if "parts" in document.page.fields else ():
                self._titles[_title(part.title)].append(ReferenceTarget(document, part.id))
        self._words = Nearest([*self._documents, *self._numbers])
        self._title_words = Nearest(self._titles)
        self._part_words: dict[str, Nearest] = {}

    def find(self, text: str) -> list[Document]:
        """Return the documents that the text of a reference before ``#`` names; several for an ambiguous one."""
        documents = (
            self._documents.get(text)
            or self._numbers.get(doc_number_key(text))
            or self._numbers.get(normalise_index_no(text))
            or []
        )
        if not documents and self._withdrawn:
            documents = self._withdrawn.find(text)
        if not documents and self._foreign.names and not (self._drafts and self._drafts.find(text)):
            return self._foreign.find(text, doc_number_key(text), normalise_index_no(text))
        return list({document.path: document for document in documents}.values())

    def is_withdrawn(self, document: Document) -> bool:
        """Whether a document was taken off the site, so that nothing leads to it."""
        return document.path in self._withdrawn_paths

    def targets(self, reference: Reference) -> list[ReferenceTarget]:
        """Return the targets of a reference, one for a valid one; a part after ``#`` is not resolved yet."""
        if documents := self.find(reference.text):
            return [ReferenceTarget(document, clause=reference.clause) for document in documents]
        if reference.text.startswith("《") and (titled := self._titles.get(_title(reference.text))):
            return [one._replace(clause=reference.clause) for one in titled]
        return self._withdrawn.targets(reference) if self._withdrawn else []

    def draft(self, reference: Reference) -> Document | None:
        """Return the draft that a reference means, ``None`` where no draft has that name."""
        targets = self._drafts.targets(reference) if self._drafts else []
        return targets[0].document if targets else None

    def named(self, text: str) -> list[Document]:
        """Return the documents with the longest 文号 that is at the end of a string from running text."""
        numbers = tuple(doc_number_candidates(text))
        own = next((documents for number in numbers if (documents := self._numbered(number))), [])
        return own or self._foreign.find(*numbers)

    def _numbered(self, number: str) -> list[Document]:
        documents = self._numbers.get(number)
        return documents or (self._withdrawn._numbered(number) if self._withdrawn else [])  # noqa: SLF001 - its own kind

    def by_number(self, text: str) -> Document | None:
        """Return the one document whose 文号 is at the end of a string from running text, ``None`` for several."""
        documents = self.named(text)
        return documents[0] if len(documents) == 1 else None

    def titled(self, text: str) -> list[Document]:
        """Return the documents that have a title, with or without 《》."""
        return self._by_title.get(_title(text), [])

    @cached_property
    def _by_title(self) -> dict[str, list[Document]]:
        titles: dict[str, list[Document]] = defaultdict(list)
        for document in (one for same in self._documents.values() for one in same):
            _add(titles[_title(document.title)], document)
        return titles

    def nearest(self, text: str) -> str | None:
        """Return the most similar id or number, or title of a part, for a reference that matches nothing."""
        if text.startswith("《"):
            return self._title_words.to(_title(text))
        return self._words.to(doc_number_key(text))

    def nearest_part(self, document: Document, text: str) -> str | None:
        """Return the most similar id or title of a part of a document."""
        words = [word for part in document.declared_parts for word in (part.id, part.title)]
        return self._part_words.setdefault(document.path, Nearest(words)).to(text)


def _add(same: list[Document], document: Document) -> None:
    """Add a document to those of one name, up to a limit: a few are enough to report that there are several."""
    if len(same) < _MOST_SAME:
        same.append(document)


def _title(text: str) -> str:
    return title_key(text).strip("《》")


def split_part_and_clause(
    document: Document, key: str, target: ReferenceTarget, index: ReferenceIndex
) -> tuple[ReferenceTarget, Problem | None]:
    """Split the clause of a target into part and clause; one that its text does not have is F009 at the key.

    ``附件2`` and other places in a document without parts are not checked.
    """
    if not target.clause:
        return target, None
    other, (first, _, rest) = target.document, target.clause.partition("#")
    declared = other.declared_parts
    part = target.part or next(
        (one.id for one in declared if first.strip() == one.id or _title(first) == _title(one.title)), ""
    )
    if part and not target.part:
        target = target._replace(part=part, clause=rest.strip())
    elif not part and (first.startswith("《") or first.isascii() or (declared and not CLAUSE_NAME.search(first))):
        return target, _no_part(document, key, first, other, index)
    clauses = CLAUSE_NAME.findall(target.clause)
    part_anchors = next((one.anchors for one in other.page.part_locations if one.id == part), None) if part else None
    anchors = other.page.anchors if part_anchors is None else part_anchors
    for clause in clauses:
        if not clause_in(anchors, clause):
            return target, _no_clause(document, key, target)
        if not part and (several := [one for one in other.page.part_locations if clause_in(one.anchors, clause)])[1:]:
            return target, _which_part(document, key, target, several)
    return target, None


def clause_in(anchors: frozenset[str], clause: str) -> bool:
    """Whether a text has a clause; in a second text its anchor has that text's prefix."""
    return clause in anchors or clause in _endings(anchors)


@lru_cache(maxsize=256)
def _endings(anchors: frozenset[str]) -> frozenset[str]:
    """Return what follows the last hyphen of every anchor."""
    return frozenset(anchor.rpartition("-")[2] for anchor in anchors if "-" in anchor)


def _no_part(document: Document, key: str, first: str, other: Document, index: ReferenceIndex) -> Problem:
    declared = other.declared_parts
    line = document.page.line_of(key)
    message = f"{other.path} 没有印发文件“{first}”"
    if not declared:
        return Problem("F009", message, "它没有写 parts（印发文件）；只指条款的写“#第几条”", line, key)
    near = index.nearest_part(other, first.strip("《》"))
    words = "、".join(f"{part.id}（{part.title}）" for part in declared[:8])
    return Problem("F009", message, (f"是不是“{near}”？" if near else "") + f"可写：{words}", line, key)


def _no_clause(document: Document, key: str, target: ReferenceTarget) -> Problem:
    where = f"{target.document.path} 的“{target.part}”" if target.part else target.document.path
    return Problem(
        "F009",
        f"{where} 里没有“{target.clause}”",
        "核对条号；条款在正文里要自成一段，以“第几条”开头",
        document.page.line_of(key),
        key,
    )


def _which_part(document: Document, key: str, target: ReferenceTarget, several: Sequence[PartLocation]) -> Problem:
    words = "、".join(f"#{one.id}#{target.clause}" for one in several)
    return Problem(
        "F009",
        f"{target.document.path} 有 {len(several)} 份印发文件都有“{target.clause}”",
        f"写明是哪一份：{words}",
        document.page.line_of(key),
        key,
    )


def draft_problem(document: Document, key: str, draft: Document) -> Problem:
    """Return the problem of a draft to which another document refers already."""
    message = f"{document.path} 的“{label_of(key)}”写了本草稿；本草稿发布以前，那里不显示这项关联"
    return Problem("F009", message, _PUBLISH_TOO, _naming_line(draft))


def draft_link_problems(
    links: Mapping[str, Sequence[ResolvedLink]], drafts: Sequence[Document]
) -> Iterator[tuple[str, Problem]]:
    """Yield the problems of drafts to which a text of a document links already, each with its source file."""
    by_id = {draft.id: draft for draft in drafts}
    for path, resolved_links in links.items() if drafts else ():
        for draft_id in dict.fromkeys(one.document for one in resolved_links if one.outcome is LinkOutcome.DRAFT):
            message = f"{path} 的正文链接到本草稿；本草稿发布以前，那里只有文字，没有链接"
            draft = by_id[draft_id]
            yield draft.path, Problem("H001", message, _PUBLISH_TOO, _naming_line(draft))


_PUBLISH_TOO = "写完后发布本草稿，那里就有了"


def _naming_line(draft: Document) -> int:
    return next((draft.page.line_of(name) for name in ("id", "doc_number", "title") if name in draft.page.fields), 1)


def reference_problem(
    document: Document, key: str, reference: Reference, documents: Sequence[Document], index: ReferenceIndex
) -> Problem:
    """Return why a reference does not name exactly one other document."""
    line = document.page.line_of(key)
    if len(documents) > 1:
        count = f"至少 {len(documents)}" if len(documents) >= _MOST_SAME else str(len(documents))
        places = "、".join(other.id if is_foreign(other) else other.path for other in documents[:4])
        if is_foreign(documents[0]):
            message = f"“{reference.text}”对应平台上 {count} 个文件：{places}"
            return Problem("F009", message, f"写“网站代号:编号”指明是哪一个，如 {documents[0].id}", line, key)
        return Problem(
            "F009", f"“{reference.text}”对应 {count} 个文件：{places}", "改用编号（id）指明是哪一个", line, key
        )
    if documents:
        return Problem("F009", f"“{reference.text}”就是本文件自己", f"“{label_of(key)}”要写另一个文件", line, key)
    if items := joined_references(reference, index):
        return joined_problem(document, key, reference, items)
    if hint := rewritten(reference, index.find, index.titled):
        return Problem("F009", f"“{reference.text}”在站内没有对应的文件", hint, line, key)
    near = index.nearest(reference.text)
    hint = f"是不是“{near}”？" if near else "写站内文件的编号、索引号或文号。"
    if index.unread:
        hint = f"{unread_hint(index.unread)}；不是它的，{hint}"
    if key in {"based_on", "repeals", "amends", "cleanup"}:
        hint += "站外的文件写在正文里即可，不用在这里写"
    return Problem("F009", f"“{reference.text}”在站内没有对应的文件", hint, line, key)
