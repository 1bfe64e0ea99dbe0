"""Check the state of a document at the day of the site against its relations, its dates and its page."""

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator, Mapping

from generator.domain.vocabulary import ENDED_BY, Kind, PostingState, RelationKind, Status
from generator.verify.api_records import Record
from generator.verify.built_page import PageFacts
from generator.verify.built_site import RECORDS, RELATIONS, BuiltSite, file_of, parsed
from generator.verify.fault import Fault, FaultKind

_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_GROUND = (
    "公开废止它的文件，或在源文件里写 repealed_on（废止日期）和 repeal_reason（废止理由），再用 gongkai build 重新生成"
)
_REPEALING = (RelationKind.REPEALED_BY, RelationKind.REPLACED_BY)
_OVER = frozenset({Status.REPEALED.value, Status.EXPIRED.value})
_REPEALED, _EXPIRED, _PENDING, _PARTLY, _AMENDED, _EFFECTIVE = Status
_NOTICES = frozenset(Status) - {_EFFECTIVE} | {"repeal_scheduled"}


def check_states(site: BuiltSite) -> Iterator[Fault]:
    """Yield statuses that contradict relations or dates, and notices that are missing or not before the text."""
    as_of = _day(site.manifest.get("as_of"))
    interpreted = _interpreted_parts(site)
    for record in site.records.values():
        path = file_of(record.url)
        for message in _contradictions(site, record, as_of):
            yield Fault(RECORDS, FaultKind.STATUS, f"“{record.id}”{message}", _REBUILD)
        for message in _without_ground(record):
            yield Fault(RECORDS, FaultKind.STATUS, f"“{record.id}”{message}", _GROUND)
        for kind in sorted(_missing(site, record, interpreted)):
            yield Fault(RECORDS, FaultKind.NOTICE, f"“{record.id}”没有“{kind}”的提示", _REBUILD)
        page = site.pages.get(path)
        if page and page.article and page.article.id == record.id:
            yield from _check_page(record, page, path)


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _contradictions(site: BuiltSite, record: Record, as_of: dt.date | None) -> Iterator[str]:
    if record.kind != Kind.POLICY:
        if record.status:
            yield f"不是政策文件，却有有效性“{record.status}”"
        if record.kind == Kind.NOTICE and as_of:
            yield from _contradicting_posting(record, as_of)
        return
    status = next((one for one in Status if one.value == record.status), None)
    if status is None:
        yield f"的有效性“{record.status}”不认识"
        return
    if record.facts.get("status_label") != status.label:
        yield f"的有效性是 {status.value}，写成了“{record.facts.get('status_label')}”"
    if as_of is None:
        return
    yield from _contradicting_dates(record, status, as_of)
    yield from _contradicting_acts(site, record, status, as_of)


def _contradicting_posting(record: Record, as_of: dt.date) -> Iterator[str]:
    takedown, state = record.day("takedown_on"), record.state
    expected = takedown and (PostingState.ENDED if takedown <= as_of else PostingState.POSTED)
    if state != (expected or ""):
        yield f"的公布状态是“{state or '无'}”，下架日期是 {takedown or '无'}"


def _contradicting_dates(record: Record, status: Status, as_of: dt.date) -> Iterator[str]:
    subject = f"的有效性是“{status.label}”"
    expires = record.day("valid_until") or record.day("expires_on")
    begins, ended = record.day("date_effective"), record.day("repealed_on")
    if record.facts.get("date_effective") == "on_publication":
        begins = record.day("date_published")
    if status is _EXPIRED and not (expires and expires < as_of) and not record.relations.get(RelationKind.LAPSED_BY):
        yield f"{subject}，有效期却没有届满"
    if expires and expires < as_of and status not in {_EXPIRED, _REPEALED}:
        yield f"{subject}，有效期至 {expires}，已经届满"
    if status is _PENDING and not (begins and begins > as_of):
        yield f"{subject}，施行日期却已经到了"
    if begins and begins > as_of and status not in {_PENDING, _EXPIRED, _REPEALED}:
        yield f"{subject}，施行日期 {begins} 还没有到"
    if ended and ended <= as_of and status not in {_REPEALED, _EXPIRED} and _PARTLY.value not in record.notices:
        yield f"{subject}，废止日期 {ended} 已经到了"


def _contradicting_acts(site: BuiltSite, record: Record, status: Status, as_of: dt.date) -> Iterator[str]:
    subject = f"的有效性是“{status.label}”"
    ending = _in_force(site, record, ENDED_BY, as_of)
    repealing = [act for act in ending if record.url in _repealed_by_page(site, act)]
    over = {_REPEALED, _EXPIRED} if record.relations.get(RelationKind.LAPSED_BY) else {_REPEALED}
    if repealing and status not in over:
        yield f"{subject}，“{repealing[0].id}”却已经废止了它"
    elif ending and status not in {_REPEALED, _EXPIRED} and _PARTLY.value not in record.notices:
        yield f"{subject}，“{ending[0].id}”却已经废止了它，或者它的条款"
    if _has_void_part(record) and status not in {_PARTLY, _PENDING, _REPEALED, _EXPIRED}:
        yield f"{subject}，它印发的文件却有已经废止或者失效的"
    if status is _EFFECTIVE and (acts := _in_force(site, record, (RelationKind.AMENDED_BY,), as_of)):
        yield f"{subject}，“{acts[0].id}”却已经修改了它"


def _without_ground(record: Record) -> Iterator[str]:
    """Yield messages on an end without a ground: the act is not public, or the folder was changed."""
    if record.kind != Kind.POLICY:
        return
    acts = {kind for kind, names in record.relations.items() if names}
    if record.status == _REPEALED.value and not record.day("repealed_on") and acts.isdisjoint(_REPEALING):
        yield "已废止，却没有废止依据，也没有废止日期"
    if record.status == _PARTLY.value and not _has_void_part(record) and acts.isdisjoint(ENDED_BY):
        yield f"的有效性是“{_PARTLY.label}”，却没有废止依据"


def _has_void_part(record: Record) -> bool:
    return any(part["status"] in _OVER for part in record.parts)


def _in_force(site: BuiltSite, record: Record, kinds: tuple[RelationKind, ...], as_of: dt.date) -> list[Record]:
    """Return the public acts on a document that certainly have effect already; a declared 废止日期 may delay one."""
    declared = record.day("repealed_on")
    acts = [site.records[name] for kind in kinds for name in record.relations.get(kind, ()) if name in site.records]
    return [act for act in acts if (act.effect_day or as_of) <= as_of and (declared or as_of) <= as_of]


def _repealed_by_page(site: BuiltSite, act: Record) -> set[str]:
    """Return the addresses of the documents that an act repeals as a whole, from its JSON-LD, which omits clauses."""
    page = site.pages.get(file_of(act.url))
    data = json_ld_of(page) if page else {}
    things = data.get("legislationRepeals")
    ids = [thing.get("@id") for thing in things if isinstance(thing, dict)] if isinstance(things, list) else []
    return {address.removeprefix(site.base_url) for address in ids if isinstance(address, str)}


def json_ld_of(page: PageFacts) -> Mapping[str, object]:
    """Return the JSON-LD of a document's page, empty where it has none or several."""
    if len(page.json_ld) != 1:
        return {}
    try:
        data = json.loads(page.json_ld[0])
    except (ValueError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}


def _interpreted_parts(site: BuiltSite) -> dict[tuple[str, str], set[str]]:
    """Return the parts of a document that an interpretation is about, by both ids; an empty name is all of it."""
    parts: dict[tuple[str, str], set[str]] = {}
    edges = parsed(site.texts.get(RELATIONS, b""))
    for edge in edges if isinstance(edges, list) else ():
        if isinstance(edge, dict) and edge.get("relation") == RelationKind.INTERPRETS.value:
            parts.setdefault((str(edge.get("source")), str(edge.get("target"))), set()).add(str(edge.get("part", "")))
    return parts


def _missing(site: BuiltSite, record: Record, interpreted: Mapping[tuple[str, str], set[str]]) -> set[str]:
    """Return the notices that a document must have: of its status, and of what it interprets (LINK-20)."""
    expected = {record.status} & _NOTICES
    if record.kind == Kind.NOTICE and record.state == PostingState.ENDED.value:
        expected.add(PostingState.ENDED.value)
    for name in record.relations.get(RelationKind.INTERPRETS, ()):
        other, parts = site.records.get(name), interpreted.get((record.id, name), {""})
        if other and "" in parts:
            expected |= set(other.notices)
        elif other:
            expected |= {kind for part in other.parts if part["id"] in parts for kind in part["notices"]}
    return expected - set(record.notices)


def _check_page(record: Record, page: PageFacts, path: str) -> Iterator[Fault]:
    article = page.article
    if article and (article.kind, article.status) != (record.kind, record.state):
        on_page, in_api = f"{article.kind}、{article.status or '无'}", f"{record.kind}、{record.state or '无'}"
        message = f"网页写的类型和状态是 {on_page}，{RECORDS} 里是 {in_api}"
        yield Fault(path, FaultKind.PAGE_DIFFERS, message, _REBUILD)
    expected_notices, before = Counter(record.notices), Counter(page.notices)
    for kind in sorted((expected_notices - before).keys()):
        message = f"“{kind}”的提示在正文后面" if kind in page.late else f"没有“{kind}”的提示"
        yield Fault(path, FaultKind.NOTICE, message, _REBUILD)
    if record.kind == Kind.POLICY and page.status_lines != 1:
        yield Fault(path, FaultKind.NOTICE, "标题下面没有写明有效性的一行，或者不止一行", _REBUILD)
    if sorted(page.clauses) != _clauses_of(record):
        yield Fault(path, FaultKind.PAGE_DIFFERS, f"网页上条款的效力和 {RECORDS} 里的不同", _REBUILD)
    parts_on_page = [(part.id, part.status, sorted(part.notices)) for part in page.parts]
    if parts_on_page != [(part["id"], part["status"], sorted(part["notices"])) for part in record.parts]:
        yield Fault(path, FaultKind.PAGE_DIFFERS, f"网页上印发文件的效力和 {RECORDS} 里的不同", _REBUILD)
    for kind in sorted(((before + Counter(page.late)) - expected_notices).keys()):
        yield Fault(path, FaultKind.PAGE_DIFFERS, f"网页上有“{kind}”的提示，{RECORDS} 里没有", _REBUILD)


def _clauses_of(record: Record) -> list[tuple[str, str]]:
    """Return the changed clauses of a record: anchor and status, sorted."""
    clauses = record.facts.get("clauses")
    items = [item for item in clauses if isinstance(item, dict)] if isinstance(clauses, list) else []
    return sorted((str(item.get("anchor")), str(item.get("status"))) for item in items)
