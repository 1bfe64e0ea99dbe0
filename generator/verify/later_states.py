"""What a built site shows wrong on a later day: states that have changed since, and the files that do not change.

The script of a page shows the later state that the page carries; lists, tables, feeds and the API stay as built.
"""

import csv
import datetime as dt
import io
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote

from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import (
    ClauseStatus,
    ConsultationState,
    InterpretationMark,
    Kind,
    PostingState,
    Status,
)
from generator.verify.api_records import Record
from generator.verify.built_page import PageFacts
from generator.verify.built_site import CATALOGUE, FEED, RECORDS, BuiltSite, file_of, parsed
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of

REPEALS = "feed-repeals.xml"
_MARK_OF = "解读的标注"
_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_OVER = frozenset({Status.REPEALED.value, Status.EXPIRED.value})
_OF_DOCUMENT = re.compile(r"/(?:history|compare)/")  # of one document, which is reported itself
_DAY = dt.timedelta(days=1)
_NOTICES = {"suspended": "暂停执行", "partly_suspended": "部分暂停执行", "repeal_scheduled": "将要废止"}
_BY_KIND = {Kind.POLICY.value: Status, Kind.CONSULTATION.value: ConsultationState, Kind.NOTICE.value: PostingState}


class StateChange(NamedTuple):
    """A state that differs on a later day: of a document, a part or a clause of it, or of an interpretation's mark.

    ``what`` names it in Chinese, empty for the document itself; ``before`` and ``after`` are labels, empty for none.
    """

    record: Record
    day: dt.date
    what: str
    before: str
    after: str
    state: str = ""


def check_later_states(site: BuiltSite, day: dt.date) -> Iterator[Fault]:
    """Yield what is shown wrong on a day after that of the site, a line for each page.

    Raises ``GongkaiError`` for a day before that of the site, or where the site does not say its own.
    """
    built = _day(site.manifest.get("as_of"))
    if built is None:
        raise GongkaiError("网站没有写是哪一天生成的，不能和别的日期比较", "用 gongkai build 重新生成")
    if day < built:
        raise GongkaiError(f"网站是 {built} 生成的，不能按更早的 {day} 核对", f"写 {built} 或以后的日期")
    changes = [change for record in site.records.values() for change in _later_states(site, record, built, day)]
    for change in changes:
        yield Fault(file_of(change.record.url), FaultKind.STALE, _message(site, change), _REBUILD)
    yield from _stale_rows(site, changes)
    yield from _stale_lists(site, changes)
    yield from _stale_feeds(site, changes)


def _later_states(site: BuiltSite, record: Record, built: dt.date, day: dt.date) -> Iterator[StateChange]:
    """Yield the last change until a day of a document, of its parts, its clauses and its mark."""
    detail = parsed(site.texts.get(f"api/documents/{record.id}.json", b""))
    changes = _changes(detail, "changes_on", built, day)
    states = [(when, str(one.get("state") or "")) for when, one in changes]
    states += _by_dates(record, built, day) if not states else []
    if states and record.kind != Kind.INTERPRETATION:
        when, state = _since(states)
        notices = next((one.get("notices") for at, one in reversed(changes) if at == when), None)
        if state != record.state:
            yield StateChange(record, when, "", _label(record, record.state), _label(record, state), state)
        elif isinstance(notices, list) and sorted(map(str, notices)) != sorted(record.notices):
            before, after = _notices_text(record.notices), _notices_text(map(str, notices))
            if before != after:
                yield StateChange(record, when, "提示", before, after, state)
    if record.kind == Kind.INTERPRETATION and changes:
        when, change = changes[-1]
        mark, shown = str(change.get("mark") or ""), str(record.facts.get("mark") or "")
        if mark != shown:
            yield StateChange(record, when, _MARK_OF, _mark(shown), _mark(mark))
    if clauses := _changes(detail, "clause_changes_on", built, day):
        yield from _clause_changes(record, clauses)
    page = site.pages.get(file_of(record.url))
    yield from _part_changes(record, page, built, day) if page else ()


def _notices_text(names: Iterable[str]) -> str:
    present = set(names)
    return "、".join(label for name, label in _NOTICES.items() if name in present)


def _changes(detail: Any, key: str, built: dt.date, day: dt.date) -> list[tuple[dt.date, Mapping[str, Any]]]:
    """Return the changes of a document's own API file after the day of the site and until a day, in their order."""
    items = detail.get(key) if isinstance(detail, dict) else None
    dated = [(_day(one.get("day")), one) for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    return sorted(((when, one) for when, one in dated if when and built < when <= day), key=lambda pair: pair[0])


def _since(states: list[tuple[dt.date, str]]) -> tuple[dt.date, str]:
    """Return the last state and the day from which it holds without a break."""
    last = states[-1][1]
    first = states[-1][0]
    for when, state in reversed(states):
        if state != last:
            break
        first = when
    return first, last


def _by_dates(record: Record, built: dt.date, day: dt.date) -> list[tuple[dt.date, str]]:
    """Return the states that the days of a record alone give, for a site whose files do not say them."""
    points: list[tuple[dt.date | None, str]] = []
    if record.kind == Kind.POLICY and record.state not in _OVER:
        expires = record.day("valid_until") or record.day("expires_on")
        points = [
            (record.day("date_effective"), Status.EFFECTIVE.value if record.state == Status.PENDING else record.state),
            (expires and expires + _DAY, Status.EXPIRED.value),
            (record.day("repealed_on"), Status.REPEALED.value),
        ]
    elif record.kind == Kind.CONSULTATION and record.state != ConsultationState.ANSWERED:
        closes = record.day("closes_on")
        points = [
            (record.day("opens_on"), ConsultationState.OPEN.value),
            (closes and closes + _DAY, ConsultationState.CLOSED.value),
        ]
    elif record.kind == Kind.NOTICE:
        points = [(record.day("takedown_on"), PostingState.ENDED.value)]
    return sorted((when, state) for when, state in points if when and built < when <= day)


def _clause_changes(record: Record, changes: list[tuple[dt.date, Mapping[str, Any]]]) -> Iterator[StateChange]:
    before = _clauses(record.facts.get("clauses"))
    when, change = changes[-1]
    after = _clauses(change.get("clauses"))
    for clause in sorted(before.keys() | after.keys()):
        if before.get(clause) != after.get(clause):
            names = [_term(ClauseStatus, state.get(clause, "")) or "没有变动" for state in (before, after)]
            first = next(
                (at for at, one in changes if _clauses(one.get("clauses")).get(clause) == after.get(clause)), when
            )
            yield StateChange(record, first, clause, *names)


def _clauses(value: Any) -> dict[str, str]:
    items = [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
    return {str(one.get("clause") or one.get("anchor")): str(one.get("status")) for one in items}


def _part_changes(record: Record, page: PageFacts, built: dt.date, day: dt.date) -> Iterator[StateChange]:
    titles = {part["id"]: part for part in record.parts}
    for name, text in page.turns:
        if not name or name not in titles:
            continue
        states = [(when, str(one.get("state") or "")) for when, one in _states_on_page(text) if built < when <= day]
        if states and states[-1][1] != titles[name]["status"]:
            when, state = _since(states)
            what = f"所印发的“{titles[name]['title']}”"
            yield StateChange(record, when, what, _term(Status, titles[name]["status"]), _term(Status, state))


def _states_on_page(text: str) -> list[tuple[dt.date, Mapping[str, Any]]]:
    data = parsed(text.encode())
    items = [(_day(one.get("first")), one) for one in data if isinstance(one, dict)] if isinstance(data, list) else []
    return sorted(((when, one) for when, one in items if when), key=lambda pair: pair[0])


def _message(site: BuiltSite, change: StateChange) -> str:
    """Return what has changed, and whether the page itself changes in a browser."""
    page = site.pages.get(file_of(change.record.url))
    what = change.what or "状态"
    changes_itself = bool(page and _changes_itself(page, change))
    tail = "网页在浏览器里会自己改，没有脚本的照旧" if changes_itself else "网页自己不会改"
    return f"{change.day} 起，{what}从“{change.before or '没有'}”变成“{change.after or '没有'}”；{tail}"


def _changes_itself(page: PageFacts, change: StateChange) -> bool:
    if change.what.startswith("第"):
        return change.day.isoformat() in page.later_clauses
    return any(when == change.day for _, text in page.turns for when, _ in _states_on_page(text))


def _stale_rows(site: BuiltSite, changes: Iterable[StateChange]) -> Iterator[Fault]:
    """Yield the rows of the catalogue whose 有效性 is not that of the day."""
    text = site.texts.get(CATALOGUE, b"").decode("utf-8-sig", "replace")
    rows = {row.get("网址") or "": row for row in csv.DictReader(io.StringIO(text))}
    for change in changes:
        row = rows.get(site.base_url + quote(change.record.url)) or rows.get(site.base_url + change.record.url)
        if row is not None and not change.what and (row.get("有效性") or "") != change.after:
            shown = row.get("有效性") or "没有写"
            message = f"“{change.record.id}”一行的有效性是“{shown}”，{change.day} 起是“{change.after}”"
            yield Fault(CATALOGUE, FaultKind.STALE, message, _REBUILD)


def _stale_lists(site: BuiltSite, changes: Iterable[StateChange]) -> Iterator[Fault]:
    """Yield the lists that show documents in a state that they no longer have: they do not change in a browser."""
    changed: dict[str, list[StateChange]] = defaultdict(list)
    for change in changes:
        if not change.what or change.record.kind == Kind.INTERPRETATION:
            changed[file_of(change.record.url)].append(change)
    if not changed:
        return
    for path in sorted(site.own_pages):
        page = site.pages[path]
        if page.article or page.withdrawn or _OF_DOCUMENT.search(path):
            continue
        targets = {target_of(path, one.value).path for one in page.addresses if one.tag == "a"}
        names = [change for place in changed.keys() & targets for change in changed[place]]
        if names:
            first = min(names, key=lambda change: change.day)
            others = f"等 {len(names)} 件" if len(names) > 1 else ""
            message = f"列着的“{first.record.title[:40]}”{others}，{first.day} 起已经不是列出来的状态"
            yield Fault(path, FaultKind.STALE, message, _REBUILD)
    first = min((change for each in changed.values() for change in each), key=lambda change: change.day)
    number = sum(map(len, changed.values()))
    yield Fault(RECORDS, FaultKind.STALE, f"接口和检索里有 {number} 件的状态，从 {first.day} 起陆续不对了", _REBUILD)


def _stale_feeds(site: BuiltSite, changes: Iterable[StateChange]) -> Iterator[Fault]:
    """Yield the feeds in which an end is not announced, or a title carries a state that no longer holds."""
    ended = [change for change in changes if not change.what and change.state in _OVER]
    for change in ended:
        message = f"“{change.record.id}”{change.day} {change.after}，订阅里还没有"
        yield Fault(REPEALS, FaultKind.STALE, message, _REBUILD)
    titles = site.texts.get(FEED, b"").decode("utf-8", "replace")
    for change in changes:
        is_titled = change.record.kind in {Kind.POLICY, Kind.INTERPRETATION} and (
            not change.what or change.what == _MARK_OF
        )
        if is_titled and f"{site.base_url}{change.record.url}</id>" in titles:
            message = f"订阅里“{change.record.title[:40]}”的标题，{change.day} 起应写“{change.after or '有效'}”"
            yield Fault(FEED, FaultKind.STALE, message, _REBUILD)


def _label(record: Record, state: str) -> str:
    terms = _BY_KIND.get(record.kind)
    return next((term.label for term in terms or () if term.value == state), state)


def _term(terms: Any, state: str) -> str:
    return next((str(term.label) for term in terms if term.value == state), state)


def _mark(value: str) -> str:
    return _term(InterpretationMark, value)


def _day(value: object) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None
