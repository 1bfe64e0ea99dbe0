"""The lists of ``gongkai list``: drafts, what waits, is held, is about to end or has ended, and is not interpreted."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Page
from generator.domain.vocabulary import (
    FIELDS,
    OVER,
    Disclosure,
    InterpretationState,
    Kind,
    PostingState,
    label_of,
)
from generator.domain.workdays import Span, Unit
from generator.report.ledger import UNTITLED


class ListRow(NamedTuple):
    """One line of a list; ``remark`` is a day or a reason, of a draft the missing fields."""

    path: str
    id: str
    title: str
    remark: str


def rows_of(name: str, archive: Archive, config: SiteConfig) -> list[ListRow]:
    """Return the rows of a list other than that of the drafts, by day or reason and then by file."""
    rows = _MAKERS[name](archive, config)
    return sorted(rows, key=lambda row: (row.remark, row.path, row.id))


def draft_rows(drafts: Iterable[Page]) -> list[ListRow]:
    """Return a row for each draft, with the fields that it needs before it can be published, comma-separated."""
    return [
        ListRow(page.path, page.id, _title_of(page), ",".join(missing_fields(page)))
        for page in sorted(drafts, key=lambda page: page.path)
    ]


def missing_fields(page: Page) -> tuple[str, ...]:
    """Return the keys of the fields that a page lacks for its kind; one with a wrong value is not missing."""
    if not page.fields:  # unreadable, or empty
        return ()
    known = page.fields.keys() | {problem.field for problem in page.problems if problem.field != "kind"}
    required = [spec.key for spec in FIELDS.values() if page.kind in spec.required or spec.key == "disclosure"]
    return tuple(key for key in (*(() if page.kind else ("kind",)), *required) if key not in known)


def _title_of(page: Page) -> str:
    secret, title = page.fields.get("is_secret"), page.fields.get("title")
    return UNTITLED if secret and secret.value is True else str(title.value) if title else ""


def _row(document: Document, remark: object) -> ListRow:
    return ListRow(document.path, document.id, UNTITLED if document.is_secret else document.title, str(remark or ""))


def _waiting(archive: Archive, _config: SiteConfig) -> Iterator[ListRow]:
    return (_row(item, item.published_text) for item in archive.documents if archive.is_waiting(item))


def _held(archive: Archive, _config: SiteConfig) -> Iterator[ListRow]:
    for document in archive.documents:
        if document.disclosure is None:
            yield _row(document, f"没有{label_of('disclosure')}")
        elif document.disclosure is not Disclosure.PROACTIVE:
            classes = "、".join(f"{term.label} {term.aliases[0]}" for term in document.withhold_classes)
            note = "" if document.is_secret else document.text("withhold_note")
            yield _row(document, "：".join(filter(None, (document.disclosure.label, classes, note))))


def _expiring(archive: Archive, config: SiteConfig) -> Iterator[ListRow]:
    """Yield the policies of V004 and their parts, and the public notices that are taken down within the same time."""
    last = Span(config.deadlines.expiry_warn_months, Unit.MONTH).due(archive.day)
    for document in archive.documents:
        if document.posting_state is PostingState.POSTED and archive.is_public(document):
            takedown = document.date("takedown_on")
            if takedown and takedown < last:
                yield _row(document, takedown)
        if document.kind is not Kind.POLICY or document.status in OVER:
            continue
        for text in (document, *document.parts):
            is_own = text is document or text.term != document.term
            if is_own and text.term and archive.day <= text.term < last and text.status not in OVER:
                yield _row(text, text.term)


def _ended(archive: Archive, _config: SiteConfig) -> Iterator[ListRow]:
    """Yield policies and parts repealed or expired, and notices past their takedown day."""
    for document in archive.documents:
        if document.posting_state is PostingState.ENDED:
            yield _row(document, document.date("takedown_on"))
        if document.kind is Kind.POLICY:
            ended = (document,) if document.status in OVER else document.parts
            for text in ended:
                if text.status in OVER:
                    notice = next(iter(text.notices), None)
                    yield _row(text, (notice and notice.since) or (text.status and text.status.label))


def _unlinked(archive: Archive, config: SiteConfig) -> Iterator[ListRow]:
    """Yield the documents that must be interpreted and are not, with the last day for it."""
    from generator.audit.facts.duties import interpretations  # with all rules, which the other lists do not need

    states = {InterpretationState.PENDING, InterpretationState.MISSING}
    return (_row(duty.document, duty.due) for duty in interpretations(archive, config, states))


_MAKERS: Mapping[str, Callable[[Archive, SiteConfig], Iterator[ListRow]]] = {
    "waiting": _waiting,
    "held": _held,
    "expiring": _expiring,
    "ended": _ended,
    "unlinked": _unlinked,
}


def line_of(row: ListRow) -> str:
    """Return a row as one line, tab-separated; tabs and line ends in a title become blanks."""
    return "\t".join(" ".join(cell.split()) for cell in row)
