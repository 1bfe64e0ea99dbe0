"""The parts of a notice: what is shown after the heading of each (requirements DOC-12)."""

from typing import Any

from generator.domain.model import Document, Site
from generator.domain.vocabulary import RelationKind, Status, label_of
from generator.domain.written_moments import chinese_day
from generator.publish.pages.linked_documents import relation_item, title_marks
from generator.publish.pages.notice_periods import periods_of, status_changes_json
from generator.publish.theme.environment import View, Words


def part_headers(document: Document, site: Site, words: Words) -> list[View]:
    """Return what is shown after the heading of each part: its status, dates, notices and interpretations."""
    return [_part_header(part, site, words) for part in document.parts]


def _part_header(part: Document, site: Site, words: Words) -> View:
    status = part.status or Status.EFFECTIVE
    interpretations = [
        relation_item(part, relation, site, words)
        for relation in part.related(RelationKind.INTERPRETED_BY)
        if not relation.clause
    ]
    return {
        "id": part.part_id,
        "anchor": part.address.partition("#")[2],
        "title": part.title,
        "status": status.value,
        "status_label": status.label,
        "marks": title_marks(part, words),
        "facts": _facts(part),
        "periods": periods_of(part, site, words),
        "turns": status_changes_json(part, words),
        "interpretations": sorted(interpretations, key=lambda entry: (entry["day"], entry["address"])),
    }


def _facts(part: Document) -> list[dict[str, Any]]:
    days = {"date_effective": part.effective_on, "expires_on": part.term}
    facts = [{"label": label_of(key), "value": chinese_day(day)} for key, day in days.items() if day]
    if reason := part.text("repeal_reason"):
        facts.append({"label": label_of("repeal_reason"), "value": reason})
    return facts
