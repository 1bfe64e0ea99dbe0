"""What acts do to older documents: complete, in order, without contradiction; and that no repeal is missed."""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterator

from generator.audit.facts.declared_relations import key_of, verb_of
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key
from generator.domain.model import Archive, Document, Relation
from generator.domain.problems import Severity
from generator.domain.vocabulary import ENDED_BY, GIVING, Kind, RelationKind, label_of

_E, _W = Severity.ERROR, Severity.WARNING
_LIFE = "国办发〔2018〕37号：规范性文件清理与有效性标注"
_TERM = "有效期制度（山东省行政规范性文件办法第二十三条：延续有效期的重新登记、重新计算有效期）"
_NEEDS = (
    ("suspended_from", "suspends"),
    ("suspended_until", "suspends"),
    ("renewed_until", "renews"),
    ("renewed_as", "renews"),
)


@rule("F010", _E, blocking=True, source=_TERM)
def incomplete_act(archive: Archive, _config: SiteConfig) -> Hits:
    """延续、暂停、恢复写得不完整。

    不对：只写 renews: rsf-2021-3，不写延续到哪一天；写了 suspended_until，没有写 suspends；恢复执行的没有暂停过。
    对：　renews: rsf-2021-3，再写 renewed_until: 2029-12-31；suspends: rsf-2021-3，再写 suspended_until: 2027-03-31。
    改法：补上缺的那一项。延续的有效期要晚于原来的有效期，只能延续整份文件或者一份印发文件，不能延续一条。
    恢复执行的，由暂停它的文件写 suspends；那份文件不在网站上的，写豁免和理由。
    """
    for document in archive.documents:
        fields = document.page.fields
        for key, needed in _NEEDS:
            if key in fields and needed not in fields:
                message = f"写了“{label_of(key)}”，没有写“{label_of(needed)}”"
                yield hit_at(document, message, f"加一行 {needed}: 文件的编号或文号，或删去这一行", key=key)
        if "resumes" in fields:
            yield from _resumed_for_nothing(archive, document)
        if "renews" in fields:
            yield from _renewed_badly(archive, document)


def _renewed_badly(archive: Archive, document: Document) -> Hits:
    fields = document.page.fields
    renewed = document.related(RelationKind.RENEWS)
    if "renewed_as" in fields and len(renewed) > 1:
        yield hit_at(document, "一次延续几份文件，“延续后编号”不知道是哪一份的", "每份写一个延续文件", key="renewed_as")
    for relation in renewed:
        target = archive.by_id[relation.target]
        before = _term_before(target, relation)
        if relation.until is None:
            yield hit_at(document, "写了延续，没有写延续到哪一天", "加一行 renewed_until: 日期（延续至）", key="renews")
        elif relation.clause:
            yield hit_at(document, f"不能只延续“{relation.clause}”", "写整份文件，或者一份印发文件", key="renews")
        elif before and relation.until <= before:
            message = f"延续至 {relation.until}，不晚于 {target.path} 原来的有效期 {before}"
            key = "renewed_until" if "renewed_until" in fields else "renews"
            yield hit_at(document, message, "核对延续到哪一天", key=key)


def _resumed_for_nothing(archive: Archive, document: Document) -> Hits:
    """Yield what a document resumes though nothing had suspended it: its page would say nothing of either."""
    for relation in document.related(RelationKind.RESUMES):
        target = archive.by_id[relation.target]
        if not any(map(relation.lifts, target.related(RelationKind.SUSPENDED_BY))):
            place = "的".join(filter(None, (target.path, relation.part, relation.clause)))
            message = f"{place} 在 {relation.since or '本文件'} 以前没有暂停执行，不能恢复"
            hint = "由暂停它的文件写 suspends；那份文件不在网站上的，写豁免和理由"
            yield hit_at(document, message, hint, key="resumes")


def _term_before(target: Document, renewal: Relation) -> dt.date | None:
    """Return the term of a document, or of its part, before one of its renewals."""
    part = next((one for one in target.parts if one.part_id == renewal.part), target)
    earlier = [act for act in _renewals(part, renewal.part) if act.until and _day(act) < _day(renewal)]
    return max(earlier, key=_day).until if earlier else part.date("expires_on")


def _renewals(target: Document, part: str) -> list[Relation]:
    part_name = "" if target.part_id else part  # the relations of a part do not name it any more
    return [act for act in target.related(RelationKind.RENEWED_BY) if act.part == part_name]


def _day(relation: Relation) -> dt.date:
    return relation.since or dt.date.min


@rule("F011", _E, blocking=True, source="规章制定程序条例第三十九条：修改后应当及时公布新的文本")
def wrong_consolidation(archive: Archive, _config: SiteConfig) -> Hits:
    """“合并至”写的不是已经施行的修改文件。

    不对：consolidated_to: rsf-2026-9，而 rsf-2026-9 没有修改本文件，或者还没有施行。
    对：　修改文件写 amends: 本文件；它施行以后，本文件的正文改成修改后的文本，写 consolidated_to: 修改文件的文号。
    改法：核对文号；还没有施行的，到施行那天再合并正文。
    """
    for document in archive.documents:
        if "consolidated_to" not in document.page.fields:
            continue
        acts = document.related(RelationKind.AMENDED_BY)
        if not document.references("consolidated_to") or any(act.merged and _day(act) > archive.day for act in acts):
            yield hit_at(document, "正文已经合并，修改却还没有施行", "到修改施行那天再合并正文", key="consolidated_to")
        elif not any(act.merged for act in acts):
            message = "“合并至”所指的文件没有修改本文件"
            yield hit_at(document, message, "核对文号；由修改文件写 amends: 本文件", key="consolidated_to")


@rule("F014", _E, blocking=True, source=_LIFE)
def listed_twice(archive: Archive, _config: SiteConfig) -> Hits:
    """清理结果里，同一份文件有两个结论。

    不对：继续有效 里有 rsf-2019-8，废止 里也有 rsf-2019-8。
    对：　一份文件只列一次；已经写在 repeals 里的，不再列进别的清理结论。
    改法：核对原件，删去多写的那一个。
    """
    for document in archive.documents:
        if "cleanup" not in document.page.fields:
            continue
        first_results: dict[tuple[str, str, str], RelationKind] = {}
        for kind in _CONCLUSIONS:
            for relation in document.related(kind):
                place = (relation.target, relation.part, relation.clause)
                if place in first_results:
                    path, first = archive.by_id[relation.target].path, verb_of(first_results[place])
                    message = f"{path} 既是“{first}”，又是“{verb_of(kind)}”"
                    yield hit_at(document, message, "核对原件，删去多写的那一个", key="cleanup")
                first_results.setdefault(place, kind)


_CONCLUSIONS = (
    RelationKind.KEEPS,
    RelationKind.REVISES,
    RelationKind.REPEALS,
    RelationKind.REPLACES,
    RelationKind.LAPSES,
)


@rule("V006", _E, blocking=True, source=_LIFE)
def ended_twice(archive: Archive, _config: SiteConfig) -> Hits:
    """两个文件都整份废止同一份文件。

    不对：rsf-2024-3 写 repeals: rsf-2018-1，rsf-2025-6 的清理结果里又写废止 rsf-2018-1。
    对：　一份文件只由一个文件废止、替代或者宣布失效；清理时已经废止的，不再列进废止的清单。
    改法：留下真正废止它的那一个；确实两次公布的，在后一个文件上写豁免和理由。
    """
    for target in archive.documents:
        ends: dict[str, dict[str, Relation]] = defaultdict(dict)
        for kind in ENDED_BY if target.relations else ():
            for act in target.related(kind):
                if not act.clause:
                    ends[act.part].setdefault(act.target or act.outside, act)
        for acts in ends.values():
            first, *others = sorted(acts.values(), key=_day)
            for act in others:
                by = archive.by_id.get(act.target)
                declared = (by, key_of(by, act._replace(kind=act.kind.inverse))) if by else (target, "repealed_by")
                where, key = declared if declared[1] else (target, "repealed_by")
                named = first.target or first.outside
                message = f"{target.path} 已经由“{named}”{verb_of(first.kind.inverse)}"
                yield hit_at(where, message, "留下真正废止它的那一个", key=key)


@rule("V007", _E, blocking=True, source=_TERM)
def renewed_too_late(archive: Archive, _config: SiteConfig) -> Hits:
    """有效期届满以后才延续。

    不对：文件有效期至 2025-12-31，延续它的文件 2026-03-01 才施行，中间两个月文件已经失效。
    对：　届满以前延续；已经失效的，重新制定并公布，写 replaces: 原来的文件。
    改法：核对日期；确实是届满以后补办的，写豁免和理由。
    """
    for target in archive.documents:
        for part, acts in _by_part(target).items():
            text = next((one for one in target.parts if one.part_id == part), target)
            term = text.date("expires_on")
            for act in sorted(acts, key=_day):
                if term and act.since and act.since > term + dt.timedelta(days=1):
                    message = f"{target.path} 有效期至 {term}，本文件 {act.since} 才延续"
                    hint = "已经失效的重新制定并公布；确实是补办的，写豁免和理由"
                    yield hit_at(archive.by_id[act.target], message, hint, key="renews")
                term = act.until or term


def _by_part(target: Document) -> dict[str, list[Relation]]:
    by_part: dict[str, list[Relation]] = defaultdict(list)
    for act in target.related(RelationKind.RENEWED_BY):
        by_part[act.part].append(act)
    return by_part


@rule("V008", _E, blocking=True, source=_LIFE)
def acts_on_the_ended(archive: Archive, _config: SiteConfig) -> Hits:
    """把已经废止、失效的文件列为继续有效，或者再暂停、恢复、延续。

    不对：rsf-2018-1 已经在 2023 年废止，2025 年的清理结果里写它继续有效。
    对：　清理结果里的继续有效，只列还有效的文件。
    改法：删去这一项；前一个废止写错了的，改正前一个。
    """
    for document in archive.documents:
        for kind in _ON_VALID if document.relations else ():
            for relation in document.related(kind):
                target = archive.by_id[relation.target]
                day = relation.since
                if day and (ended := _ended_before(target, relation, day)):
                    message = f"{target.path} {ended}，本文件（{day}）不能再{_AGAIN[kind]}"
                    yield hit_at(
                        document, message, "删去这一项；前一个废止写错了的，改正前一个", key=key_of(document, relation)
                    )


_AGAIN = {
    RelationKind.KEEPS: "列为继续有效",
    RelationKind.REVISES: "列为修改",
    RelationKind.SUSPENDS: "暂停执行",
    RelationKind.RESUMES: "恢复执行",
    RelationKind.RENEWS: "延续",
}
_ON_VALID = tuple(_AGAIN)


def _ended_before(target: Document, relation: Relation, day: dt.date) -> str:
    """Return how a document, or its part, had ended before a day; empty where it had not."""
    for kind in ENDED_BY:
        for act in target.related(kind):
            whole = not act.clause and act.part in {"", relation.part}
            if whole and act.target != relation.target and act.since and act.since < day:
                return f"{act.since} 已由“{act.target or act.outside}”{verb_of(kind.inverse)}"
    term = _term_before(target, relation._replace(since=day))
    if relation.kind is not RelationKind.RENEWS and term and term < day:
        return f"有效期至 {term}，已经失效"
    return ""


@rule("L021", _E, source="国办发〔2018〕37号：规范性文件清理结果应当公布，并在原文标注")
def repeal_not_declared(archive: Archive, _config: SiteConfig) -> Hits:
    """废止、清理的文件在正文里列了文号，front matter 却没有写。

    不对：标题是《关于废止部分文件的决定》，正文列了某某〔2019〕8号，没有写进 repeals 或者清理结果，它在网上仍标为有效。
    对：　正文列出的每一份站内文件都写明怎样处理：repeals、cleanup（清理结果）的四项之一，或者 based_on 等关联。
    改法：按提示的行补上；只是顺带提到的，写豁免和理由。
    """
    for document in archive.documents:
        title = document.title
        if document.kind not in _ACTING_KINDS or not _REPEALING.search(title) or _NOT_REPEALING.search(title):
            continue
        handled = {relation.target for relation in document.relations if relation.kind is not RelationKind.CITES}
        numbers = {doc_number_key(one.doc_number): one for one in _cited(archive, document) if one.id not in handled}
        for citation in document.page.citations:
            cited_number = next(
                (numbers.pop(number) for number in doc_number_candidates(citation.text) if number in numbers), None
            )
            if cited_number and cited_number.kind is Kind.POLICY:
                message = f"正文列了 {cited_number.doc_number}（{cited_number.path}），没有写怎样处理"
                yield hit_at(
                    document,
                    message,
                    "写进 repeals（废止）或 cleanup（清理结果）；只是提到的，写豁免和理由",
                    line=citation.line,
                )


_ACTING_KINDS = frozenset({Kind.POLICY, Kind.NOTICE})
_REPEALING = re.compile(r"废止|宣布失效|清理结果")
_NOT_REPEALING = re.compile(r"解读|征求意见")


def _cited(archive: Archive, document: Document) -> Iterator[Document]:
    for relation in document.related(RelationKind.CITES):
        yield archive.by_id[relation.target]


@rule("L022", _W, source="国办发〔2018〕37号：未经公布的行政规范性文件不得作为行政管理依据")
def hidden_renewal(archive: Archive, _config: SiteConfig) -> Hits:
    """延续、恢复执行的文件并不公开，不算数。

    不对：延续有效期的通知公开属性是“不予公开”，原文件在网上照旧到期失效。
    对：　延续、恢复执行的文件也主动公开。
    改法：公开这份文件；确实不能公开的，原文件按到期失效处理。
    """
    for document in archive.documents:
        for kind in GIVING:
            for act in document.related(kind):
                hidden = archive.by_id[act.target] if act.target else None
                if hidden and archive.is_due(hidden) and not archive.is_public(hidden) and archive.is_public(document):
                    message = f"本文件{verb_of(kind.inverse)} {document.path}，却不公开，不算数"
                    yield hit_at(hidden, message, "公开这份文件；不能公开的，删去这一项", key=kind.inverse.value)
