"""The course of a consultation, from draft to final document, and the thread of responses to one event.

Requirements CONS-04 to CONS-08 and RESP-02 to RESP-04. The same relations are in the list of all relations; here they
are in the order in which they happen.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from generator.config.settings import is_web_address
from generator.domain.model import Document, Relation, Site
from generator.domain.vocabulary import ConsultationState, Kind, NoticePart, RelationKind, label_of
from generator.domain.written_moments import chinese_day
from generator.publish.pages.linked_documents import badge_turns, badges
from generator.publish.pages.metadata_box import display_value
from generator.publish.pages.status_line import days_left
from generator.publish.theme.environment import View, Words

_SHOWN_PARTS = (NoticePart.DRAFT, NoticePart.EXPLANATION, NoticePart.WAYS)
_MAILBOX = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")
_WEB = re.compile(r"https?://[^\s，。；、（）]+")
_MINUTES = 60


def course_of(document: Document, site: Site, words: Words) -> View | None:
    """Return the course of a consultation or the thread of a response; ``None`` for everything else."""
    if document.kind is Kind.CONSULTATION and document.consultation_state:
        return _consultation(document, site, words)
    if document.kind is Kind.RESPONSE:
        return _response(document, site, words)
    return None


def ordered_consultations(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """Return consultations ordered by state: open ones first, of these the one that closes first (CONS-04)."""
    states = (ConsultationState.OPEN, ConsultationState.UPCOMING, ConsultationState.CLOSED, ConsultationState.ANSWERED)

    def sort_key(document: Document) -> tuple[int, int]:
        state, closes = document.consultation_state, document.date("closes_on")
        if state is None:
            return len(states), 0
        return states.index(state), closes.toordinal() if state is ConsultationState.OPEN and closes else 0

    return tuple(sorted(documents, key=sort_key))


def _first_day(documents: Iterable[Document]) -> dt.date | None:
    return min((document.published for document in documents if document.published), default=None)


def _consultation(document: Document, site: Site, words: Words) -> View:
    outcomes = _targets(document, RelationKind.OUTCOME, site)
    finals = _targets(document, RelationKind.CONSULTED_FOR, site)
    finals += [item for item in outcomes if item.kind is Kind.POLICY and item not in finals]
    reports = [item for item in outcomes if item.kind is not Kind.POLICY]
    interpretations = _interpretations(finals, site)
    counted_document = next((item for item in (document, *outcomes) if item.value("opinions_total") is not None), None)
    closes = document.date("closes_on")
    answered = document.date("outcome_published") or _first_day(reports)
    steps = [
        (words.course.announced, document.published, []),
        (words.course.opened, document.date("opens_on"), []),
        (words.course.closed, closes, []),
        (words.course.answered, answered, reports),
        (words.course.final, _first_day(finals), finals),
        (words.course.interpreted, _first_day(interpretations), interpretations),
    ]
    reached = [place for place, (_, day, _) in enumerate(steps) if day and day <= site.day]
    return {
        "kind": document.kind.value,
        "title": words.course.consultation,
        "left": days_left(document, site.day, words),
        "closes": closes.isoformat() if closes else "",
        "open_until": closes.isoformat() if closes and closes >= site.day else "",
        "parts": list(_parts(document, words)),
        "channels": [_channel(text, document, words) for text in document.texts("channels")],
        "steps": [
            {
                "label": label,
                "day": day.isoformat() if day else "",
                "text": chinese_day(day) if day else "",
                "links": [_link(item, words) for item in links],
                "reached": place in reached,
                "current": place == max(reached, default=None),
            }
            for place, (label, day, links) in enumerate(steps)
        ],
        "numbers": list(_opinion_counts(counted_document, words)) if counted_document else [],
    }


def _parts(document: Document, words: Words) -> Iterator[View]:
    """Yield links to draft, explanation and ways to comment: a heading of the text, else the attachments."""
    for part in _SHOWN_PARTS:
        heading = next((item for item in document.page.outline if part.sign.search(item.text)), None)
        attachment = next((item for item in document.attachments if part.sign.search(item.title)), None)
        if heading or attachment:
            anchor = heading.anchor if heading else "attachments"
            yield {
                "label": words.course[part.value],
                "anchor": anchor,
                "text": heading.text if heading else attachment.title if attachment else "",
            }


def _channel(text: str, document: Document, words: Words) -> View:
    """Return one way to comment, with its web address, mailbox (the subject filled in) or phone numbers as links."""
    web = _WEB.search(text)
    match = web or _MAILBOX.search(text)
    if not match or (web and not is_web_address(web[0])):
        return {"before": text, "address": "", "text": "", "after": ""}
    subject = quote(words.course.mail_subject.format(title=document.title))
    return {
        "before": text[: match.start()],
        "address": match[0] if web else f"mailto:{match[0]}?subject={subject}",
        "text": match[0],
        "after": text[match.end() :],
    }


def _opinion_counts(document: Document, words: Words) -> Iterator[View]:
    total, adopted = document.value("opinions_total"), document.value("opinions_adopted")
    refused = document.value("opinions_not_adopted")
    if refused is None and isinstance(total, int) and isinstance(adopted, int) and total >= adopted:
        refused = total - adopted
    for key, value in (("opinions_total", total), ("opinions_adopted", adopted), ("opinions_not_adopted", refused)):
        if isinstance(value, int):
            yield {"label": label_of(key), "text": words.course.opinions.format(count=value)}
    if reason := document.text("not_adopted_reason"):
        yield {"label": label_of("not_adopted_reason"), "text": reason}


def _response(document: Document, site: Site, words: Words) -> View | None:
    thread = _thread(document, site)
    policies = _targets(document, RelationKind.RESPONDS_TO, site)
    interpretations = _interpretations(policies, site)
    lag = _lag(document, words)
    if len(thread) == 1 and not interpretations and not lag:
        return None
    return {
        "kind": document.kind.value,
        "title": words.course.response,
        "lag": lag,
        "policies": [_link(item, words) for item in policies],
        "interpretations": [_link(item, words) for item in interpretations],
        "thread": [
            {**_link(item, words), "text": display_value(item, "date_published"),
             "here": item.id == document.id}
            for item in thread
        ] if len(thread) > 1 else [],
    }  # fmt: skip


def _thread(document: Document, site: Site) -> list[Document]:
    """Return all public responses of one thread, oldest first (RESP-03)."""
    responses = {document.id: document}
    queue = [document]
    while queue:
        current = queue.pop()
        for kind in (RelationKind.FOLLOWS, RelationKind.FOLLOWED_BY):
            for neighbour in _targets(current, kind, site):
                if neighbour.id not in responses:
                    responses[neighbour.id] = neighbour
                    queue.append(neighbour)
    return sorted(responses.values(), key=lambda item: (item.published_text, item.id))


def _lag(document: Document, words: Words) -> str:
    """Return the hours and minutes between 发现 and 回应; empty unless both have a time of day."""
    discovered, answered = document.value("event_at"), document.value("responded_at")
    if not isinstance(discovered, dt.datetime) or not isinstance(answered, dt.datetime) or answered < discovered:
        return ""
    minutes = int((answered - discovered).total_seconds()) // _MINUTES
    hours, remaining_minutes = divmod(minutes, _MINUTES)
    return str(words.course.lag.format(hours=hours, minutes=remaining_minutes))


def _targets(document: Document, kind: RelationKind, site: Site) -> list[Document]:
    relations: tuple[Relation, ...] = document.related(kind)
    return [site.by_id[relation.target] for relation in relations if relation.target]


def _interpretations(policies: list[Document], site: Site) -> list[Document]:
    interpretations = [item for policy in policies for item in _targets(policy, RelationKind.INTERPRETED_BY, site)]
    return list({item.id: item for item in interpretations}.values())


def _link(document: Document, words: Words) -> View:
    day = document.published
    return {
        "title": document.title,
        "address": document.address,
        "number": document.doc_number,
        "day": day.isoformat() if day else "",
        "badges": badges(document, words),
        "badges_turn": badge_turns(document, words, shows_plain=False),
    }
