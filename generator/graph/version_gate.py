"""Decide which earlier versions of the public documents are shown, and with which content (条例 arts 6, 41; DOC-25).

``exposure`` determines the revisions that were public. Of two that look the same, or that the writer marks as
细微修改, only the later one is kept. Its text is offered only if all personal data in it is in today's text too or is
allowed by the config, if no line may say 不予公开 that is not in today's text, and if it names nothing that is hidden
today.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_key, find_doc_numbers
from generator.domain.model import (
    Archive,
    Attachment,
    Document,
    History,
    LinkOutcome,
    MatchKind,
    Page,
    Revision,
    Text,
    Version,
)
from generator.domain.privacy import matches_of, value_digest
from generator.domain.titles import title_key, titles_in
from generator.domain.vocabulary import INTERNAL_FIELDS, SHOWN_FIELDS, Disclosure
from generator.graph.archive import link_resolver
from generator.graph.exposure import Exposed, exposed_revisions, in_order
from generator.graph.hidden_names import HiddenNames
from generator.source.history.earlier_texts import ParsedVersion


class _State(NamedTuple):
    """A version that was public from ``since`` on; ``has_change_note`` is whether its fields describe the change."""

    since: dt.datetime
    note: str
    has_change_note: bool
    page: Page
    text: str


def changed_documents(archive: Archive, history: History) -> dict[str, tuple[Revision, ...]]:
    """Return the revisions up to the archive's day of every public document that has more than one, by its id.

    A document with ``versions: false`` is left out.
    """
    changed: dict[str, tuple[Revision, ...]] = {}
    for document in archive.documents:
        file_history = history.files.get(document.path)
        if (
            file_history is None
            or len(file_history.revisions) < 2
            or not archive.is_public(document)
            or not _wants_versions(document)
        ):
            continue
        revisions = in_order(file_history.revisions, archive.day)
        if len(revisions) > 1:
            changed[document.id] = revisions
    return changed


def _wants_versions(document: Document) -> bool:
    unreadable = any(problem.field == "versions" for problem in document.page.problems)
    return document.value("versions") is not False and not unreadable


class VersionGate:
    """Decides for every revision whether it is shown as a version, and whether its text is offered.

    ``text_of`` returns the text that a page's ``body`` names.
    """

    def __init__(self, archive: Archive, config: SiteConfig, text_of: Callable[[str], Text]) -> None:
        hidden = [document for document in archive.with_withdrawn if not archive.is_public(document)]
        self._archive = archive
        self._public_documents = {item.id: item for item in archive.documents if archive.is_public(item)}
        self._config = config
        self._text_of = text_of
        self._resolver = link_resolver(archive, config, archive.attachments)
        self._hidden_numbers = tuple(doc_number_key(item.doc_number) for item in hidden if item.doc_number)
        self._hidden_titles = {title_key(document.title) for document in hidden}
        self._hidden = HiddenNames(archive.with_withdrawn, archive.is_public)
        self._allowed = {value_digest(item.value) for item in config.privacy.allow}
        if config.site.email:
            self._allowed.add(value_digest(config.site.email))

    def versions(
        self, name: str, revisions: Sequence[Revision], parsed: Mapping[tuple[str, str], ParsedVersion]
    ) -> tuple[Version, ...]:
        """Return the versions of a public document, oldest first; an empty tuple for fewer than two."""
        document = self._public_documents[name]
        exposed = exposed_revisions(document, revisions, parsed, self._archive, self._text_of)
        if len(exposed) < 2:
            return ()
        allowed = self._allowed | self._keys_in_today(document)
        newest = parsed[revisions[-1].path, revisions[-1].blob].page
        reserved = {note.text for note in newest.printed_disclosures}
        states = self._distinct(self._states(exposed), allowed)
        if len(states) < 2:
            return ()
        days: Counter[str] = Counter()
        versions: list[Version] = []
        for state, before in zip(states, (None, *states), strict=False):
            day = state.since.date().isoformat()
            days[day] += 1
            targets = self._targets(document, state.page)
            offered = targets is not None and not self._is_closed(state.page, allowed, reserved)
            versions.append(
                Version(
                    name=day if days[day] == 1 else f"{day}-{days[day]}",
                    since=state.since,
                    note=state.note,
                    page=_stripped(state.page) if offered else None,
                    targets=targets or {},
                    other_files=before is not None
                    and _public_attachments(before.page) != _public_attachments(state.page),
                    begins=before is None and exposed[0].begins,
                )
            )
        return tuple(versions)

    def _keys_in_today(self, document: Document) -> set[str]:
        """Return the keys of the matches that today's page shows, without those in comments and internal fields."""
        matches = [match for match in document.page.matches if match.where not in INTERNAL_FIELDS]
        if not matches:
            return set()
        words = [str(field.value) for key, field in document.page.fields.items() if key not in INTERNAL_FIELDS]
        visible_keys = {match.key for match in matches_of("\n".join((self._text_of(document.page.body).html, *words)))}
        return {match.key for match in matches if match.key in visible_keys or match.kind is MatchKind.NAME_LIST}

    def _states(self, exposed: Sequence[Exposed]) -> list[_State]:
        """Return the states of a document; ``note`` is the writer's description of the change."""
        states = []
        last_changes = ""
        for revision, version, since, _ in exposed:
            changes = _text(version.page, "changes")
            change_note = changes if changes != last_changes else ""
            last_changes = changes
            note = change_note or (revision.subject if self._config.versions.commit_subjects else "")
            states.append(_State(since, note, bool(change_note), version.page, version.text))
        return states

    def _distinct(self, states: Sequence[_State], allowed: set[str]) -> list[_State]:
        """Return the states that look different to a reader, each with its first day and its last text."""
        distinct: list[_State] = []
        for state in states:
            note = state.note if self._is_note_public(state.note, allowed) else ""
            if distinct and _is_minor(distinct[-1], state):
                distinct[-1] = distinct[-1]._replace(page=state.page, text=state.text)
            else:
                distinct.append(state._replace(note=note))
        return distinct

    def _is_closed(self, page: Page, allowed: set[str], reserved: set[str]) -> bool:
        """Whether a version has private or reserved content that is not in today's text, or names a hidden document."""
        if any(match.key not in allowed for match in page.matches):
            return True
        if any(note.text not in reserved for note in page.printed_disclosures if not note.line):
            return True
        if any(map(self._is_hidden_number, (citation.text for citation in page.citations))):
            return True
        words = "\n".join(_words(page.fields[key].value) for key in _NAMING if key in page.fields)
        if not self._hidden_titles.isdisjoint(page.quoted_titles) or self._names_hidden(words):
            return True
        return bool(self._hidden) and self._hidden.names(self._text_of(page.body).html)

    def _is_note_public(self, note: str, allowed: set[str]) -> bool:
        return all(match.key in allowed for match in matches_of(note)) and not self._names_hidden(note)

    def _names_hidden(self, text: str) -> bool:
        return (
            any(key in self._hidden_titles for _, _, key in titles_in(text))
            or any(self._is_hidden_number(number) for _, number in find_doc_numbers(text))
            or self._hidden.names(text)
        )

    def _is_hidden_number(self, number: str) -> bool:
        return doc_number_key(number).endswith(self._hidden_numbers)

    def _targets(self, document: Document, page: Page) -> dict[str, str | None] | None:
        """Return today's targets of the links of a text, ``None`` for a broken one.

        Returns ``None`` for the whole text where a link leads to something hidden. Files are not linked: today's file
        may be another one than that of the text.
        """
        targets: dict[str, str | None] = {}
        for link in page.links:
            resolved = self._resolver.link(document._replace(page=page), link.target, link.line, link.role)
            if resolved.outcome in {LinkOutcome.NOT_PUBLIC, LinkOutcome.WITHDRAWN}:
                return None
            if resolved.outcome is not LinkOutcome.ELSEWHERE:
                is_page = resolved.outcome is LinkOutcome.FINE and not resolved.file
                targets[link.target] = resolved.address if is_page else None
        return targets


def _text(page: Page, key: str) -> str:
    value = page.fields[key].value if key in page.fields else ""
    return value if isinstance(value, str) else ""


def _words(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _is_minor(before: _State, state: _State) -> bool:
    """Whether a change is not listed: its writer marks it as minor, or the page looks the same."""
    minor = state.page.fields.get("minor")
    if minor and minor.value is True and not state.has_change_note:
        return True
    return before.text == state.text and _shown_values(before.page) == _shown_values(state.page)


def _shown_values(page: Page) -> object:
    return {key: page.fields[key].value for key in _SHOWN if key in page.fields}, _public_attachments(page)


def _public_attachments(page: Page) -> list[tuple[str, str]]:
    """Return the public attachments of a version, by title and file."""
    value = page.fields["attachments"].value if "attachments" in page.fields else ()
    items = value if isinstance(value, tuple) else ()
    return [
        (item.title, item.file)
        for item in items
        if isinstance(item, Attachment) and item.disclosure is Disclosure.PROACTIVE
    ]


_SHOWN = ("title", "subtitle", "caption", "channels", *SHOWN_FIELDS)
_NAMING = (*_SHOWN, "summary")


def _stripped(page: Page) -> Page:
    """Return a version with only what its page shows."""
    return page.passed({key: page.fields[key] for key in _SHOWN if key in page.fields})
