"""What the text of a policy says of its own fields: effect, term, and which documents of the site it repeals."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from generator.authoring.front_matter_writer import front_matter
from generator.authoring.importing.stated.offered_field import OfferedField
from generator.authoring.known_pages import known_pages
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key
from generator.domain.model import DayBasis, StatedEffect, StatedRepeal, StatedTerm
from generator.domain.titles import title_key
from generator.domain.vocabulary import Kind
from generator.domain.workdays import Span, Unit
from generator.source.load import parse_page

_ON_PUBLICATION = "自发布之日起施行"


def stated_by_policy(
    known: Mapping[str, str | Sequence[str]], body: str, project: Path
) -> Iterator[tuple[str, OfferedField]]:
    """Yield effect, term and repealed documents as the text of a policy states them."""
    path = f"content/{Kind.POLICY.folder}/imported.md"
    stated = parse_page(path, path, f"{front_matter(Kind.POLICY, known)}\n{body}".encode()).page.stated_fields
    days = {value: one.words for one in stated.effects if (value := _effect(one, known))}
    if len(days) == 1:
        yield "date_effective", OfferedField(*next(iter(days.items())))
    terms = {value: one.words for one in stated.terms if (value := _term(one, known))}
    if len(terms) == 1:
        yield "expires_on", OfferedField(*next(iter(terms.items())))
    if stated.repeals and (repealed := _on_the_site(stated.repeals, project)):
        yield "repeals", OfferedField(tuple(repealed), "、".join(repealed.values()))


def _effect(effect: StatedEffect, known: Mapping[str, str | Sequence[str]]) -> str:
    if effect.day:
        return effect.day.isoformat()
    if effect.days or effect.months:
        return ""
    return _printed(known) if effect.basis is DayBasis.PRINTED else _ON_PUBLICATION


def _term(term: StatedTerm, known: Mapping[str, str | Sequence[str]]) -> str:
    if term.last_day:
        return term.last_day.isoformat()
    start = _effect(term.effect, known) if term.effect else ""
    if not start or start == _ON_PUBLICATION:
        return ""
    return (Span(term.months, Unit.MONTH).due(dt.date.fromisoformat(start)) - dt.timedelta(days=1)).isoformat()


def _printed(known: Mapping[str, str | Sequence[str]]) -> str:
    """Return the day of 印发, ``""`` where it is not known."""
    text = str(known.get("date_printed") or known.get("date_written") or "")
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError:
        return ""


def _on_the_site(repeals: Sequence[StatedRepeal], project: Path) -> dict[str, str]:
    """Return the reference to each document of the site that a text repeals, with the words that say it."""
    policies = [page for page in known_pages(project) if page.is_policy]
    numbers = {doc_number_key(page.doc_number) for page in policies if page.doc_number}
    references: dict[str, str] = {}
    for repeal in repeals:
        if repeal.number:
            candidates = map(doc_number_key, doc_number_candidates(repeal.number))
            reference = next((number for number in candidates if number in numbers), "")
        else:
            same = [page.id for page in policies if title_key(page.title) == repeal.title]
            reference = same[0] if len(same) == 1 else ""
        if reference:
            references.setdefault(reference, repeal.words)
    return references
