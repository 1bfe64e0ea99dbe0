"""Which earlier versions of the public documents may be shown, and what stands in them (条例 arts 6, 41; DOC-25).

A version counts where it was public while it stood: proactive, not secret, after its moment. Of two that a
citizen cannot tell apart, or that the writer calls a 细微修改, only the later one is kept. A text is offered
only where everything private in it stands in today's text too or is allowed by the config, and where it names
nothing that is hidden today: what was masked or withheld since must not come back through the history.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.config import SiteConfig
from generator.graph.archive import link_resolver
from generator.model import Archive, Attachment, Document, History, LinkOutcome, Page, Revision, Site, Version, is_open
from generator.numbers import doc_number_key, find_doc_numbers
from generator.privacy import finds_of, value_key
from generator.source.versions import Parsed
from generator.titles import title_key, titles_in
from generator.vocabulary import INTERNAL_FIELDS, SHOWN_FIELDS, Disclosure


class _State(NamedTuple):
    """A version that was public, from ``since`` on; ``told`` is whether it says itself what is new in it."""

    since: dt.datetime
    note: str
    told: bool
    page: Page
    text: str


def changed_documents(site: Site, history: History) -> dict[str, tuple[Revision, ...]]:
    """Return the revisions up to the site's day of every public document that has more than one, by its id."""
    found: dict[str, tuple[Revision, ...]] = {}
    for document in site.documents:
        known = history.files.get(document.path)
        if known and len(known.revisions) > 1:
            revisions = tuple(item for item in known.revisions if item.since.date() <= site.as_of)
            if len(revisions) > 1:
                found[document.id] = revisions
    return found


class VersionGate:
    """Decide of every revision whether it is a version for the public, and whether its text is still offered."""

    def __init__(self, archive: Archive, config: SiteConfig) -> None:
        hidden = [document for document in archive.documents if not archive.is_public(document)]
        self._as_of = archive.as_of
        self._public_documents = {item.id: item for item in archive.documents if archive.is_public(item)}
        self._config = config
        self._resolver = link_resolver(archive, config, archive.given)
        numbers = {doc_number_key(document.doc_number) for document in hidden if document.doc_number}
        self._hidden_numbers = tuple(sorted(numbers))
        self._hidden_titles = {title_key(document.title) for document in hidden}
        self._allowed = {value_key(item.value) for item in config.privacy.allow}
        if config.site.email:
            self._allowed.add(value_key(config.site.email))

    def versions(
        self, name: str, revisions: Sequence[Revision], parsed: Mapping[tuple[str, str], Parsed]
    ) -> tuple[Version, ...]:
        """Return the versions of a public document, oldest first, the present one last; nothing for fewer than two."""
        document = self._public_documents[name]
        allowed = self._allowed | {find.key for find in document.page.finds if find.where not in INTERNAL_FIELDS}
        states = self._apart(list(self._public(document, revisions, parsed)), allowed)
        if len(states) < 2:
            return ()
        days: Counter[str] = Counter()
        versions: list[Version] = []
        for state, before in zip(states, (None, *states), strict=False):
            day = state.since.date().isoformat()
            days[day] += 1
            targets = self._targets(document, state.page)
            offered = targets is not None and not self._is_closed(state.page, allowed)
            versions.append(
                Version(
                    name=day if days[day] == 1 else f"{day}-{days[day]}",
                    since=state.since,
                    note=state.note,
                    page=_stripped(state.page) if offered else None,
                    targets=targets or {},
                    other_files=before is not None and _given(before.page) != _given(state.page),
                )
            )
        return tuple(versions)

    def _public(
        self, document: Document, revisions: Sequence[Revision], parsed: Mapping[tuple[str, str], Parsed]
    ) -> Iterator[_State]:
        """Yield the revisions that the public could read, oldest first; ``note`` is what their writer says of them."""
        own: list[tuple[Revision, Parsed]] = []
        for revision in reversed(revisions):  # git may take a new document for the old one that it replaces
            version = parsed[revision.path, revision.blob]
            if not _same_document(version.page, document.page):
                break
            own.append((revision, version))
        said = ""
        for revision, version in reversed(own):
            told = _text(version.page, "changes")
            new = told if told != said else ""
            said = told
            note = new or (revision.subject if self._config.versions.commit_subjects else "")
            due = _due(version.page)
            if not is_open(document._replace(page=version.page)):
                continue
            until = revision.until or dt.datetime.combine(self._as_of, dt.time())
            if due and due > until and version.page.fields["date_published"].value != document.value("date_published"):
                continue
            yield _State(max(revision.since, due or revision.since), note, bool(new), version.page, version.text)

    def _apart(self, states: Sequence[_State], allowed: set[str]) -> list[_State]:
        """Return the states that a citizen can tell apart, each from its first day on and with its last text."""
        apart: list[_State] = []
        for state in states:
            note = state.note if self._may_say(state.note, allowed) else ""
            if apart and _is_minor(apart[-1], state):
                apart[-1] = apart[-1]._replace(page=state.page, text=state.text)
            else:
                apart.append(state._replace(note=note))
        return apart

    def _is_closed(self, page: Page, allowed: set[str]) -> bool:
        """Whether a version holds what is private and not in today's text, or names a document that is hidden."""
        if any(find.key not in allowed for find in page.finds if find.where not in INTERNAL_FIELDS):
            return True
        if any(citation.text.endswith(self._hidden_numbers) for citation in page.citations):
            return True
        words = "\n".join(_words(page.fields[key].value) for key in _NAMING if key in page.fields)
        return not self._hidden_titles.isdisjoint(page.quoted) or self._names_hidden(words)

    def _may_say(self, note: str, allowed: set[str]) -> bool:
        return all(find.key in allowed for find in finds_of(note)) and not self._names_hidden(note)

    def _names_hidden(self, text: str) -> bool:
        return any(key in self._hidden_titles for _, _, key in titles_in(text)) or any(
            found.endswith(self._hidden_numbers) for _, found in find_doc_numbers(text)
        )

    def _targets(self, document: Document, page: Page) -> dict[str, str | None] | None:
        """Return where the links of a text lead today, ``None`` for nowhere; nothing where one leads to what is hidden.

        Files are no target: what lies there today need not be what the text meant.
        """
        targets: dict[str, str | None] = {}
        for link in page.links:
            resolved = self._resolver.link(document._replace(page=page), link.target, link.line, link.role)
            if resolved.outcome is LinkOutcome.NOT_PUBLIC:
                return None
            if resolved.outcome is not LinkOutcome.ELSEWHERE:
                fine = resolved.outcome is LinkOutcome.FINE and not resolved.file
                targets[link.target] = resolved.address if fine else None
        return targets


def _same_document(page: Page, today: Page) -> bool:
    """Whether a revision is the document of today: by its id, or by a number that is given once."""
    numbers = [(_text(page, key), _text(today, key)) for key in ("index_no", "doc_number")]
    return page.id == today.id or any(then == now and now not in {"", "none"} for then, now in numbers)


def _due(page: Page) -> dt.datetime | None:
    value = page.fields["date_published"].value if "date_published" in page.fields else None
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) else None


def _text(page: Page, key: str) -> str:
    value = page.fields[key].value if key in page.fields else ""
    return value if isinstance(value, str) else ""


def _words(value: object) -> str:
    return "\n".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _is_minor(before: _State, state: _State) -> bool:
    """Whether a citizen need not be told of a change: its writer says so, or nothing that is shown is another."""
    minor = state.page.fields.get("minor")
    if minor and minor.value is True and not state.told:
        return True
    return before.text == state.text and _shown(before.page) == _shown(state.page)


def _shown(page: Page) -> object:
    return {key: page.fields[key].value for key in _SHOWN if key in page.fields}, _given(page)


def _given(page: Page) -> list[tuple[str, str]]:
    """Return the public attachments of a version, by title and file."""
    given = page.fields["attachments"].value if "attachments" in page.fields else ()
    items = given if isinstance(given, tuple) else ()
    return [
        (item.title, item.file)
        for item in items
        if isinstance(item, Attachment) and item.disclosure is Disclosure.PROACTIVE
    ]


_SHOWN = ("title", "subtitle", "caption", "channels", *SHOWN_FIELDS)
_NAMING = (*_SHOWN, "summary")


def _stripped(page: Page) -> Page:
    """Return a version with nothing but what its page shows."""
    fields = {key: page.fields[key] for key in _SHOWN if key in page.fields}
    return page._replace(fields=fields, problems=(), citations=(), quoted=(), links=(), finds=(), announced=())
