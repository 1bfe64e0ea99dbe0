"""V: acts on older documents that contradict each other or come too late."""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from generator.audit.facts.acts import TERM_GROUND, VALIDITY_GROUND, day_of, endings_of, term_before
from generator.audit.facts.declared_relations import key_of, verb_of
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Relation
from generator.domain.problems import Severity
from generator.domain.vocabulary import ENDED_BY, RelationKind

_E, _W = Severity.ERROR, Severity.WARNING


@rule("V006", _E, blocking=True, source=VALIDITY_GROUND)
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
                if not act.clause and not act.void:
                    ends[act.part].setdefault(act.target or act.outside, act)
        for acts in ends.values():
            first, *others = sorted(acts.values(), key=day_of)
            for act in others:
                by = archive.by_id.get(act.target)
                declaring = (by, key_of(by, act._replace(kind=act.kind.inverse))) if by else (target, "repealed_by")
                where, key = declaring if declaring[1] else (target, "repealed_by")
                first_act = first.target or first.outside
                message = f"{target.path} 已经由“{first_act}”{verb_of(first.kind.inverse)}"
                yield hit_at(where, message, "留下真正废止它的那一个", key=key)


@rule("V007", _E, blocking=True, source=TERM_GROUND)
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
            for act in sorted(acts, key=day_of):
                if term and act.since and act.since > term + dt.timedelta(days=1):
                    message = f"{target.path} 有效期至 {term}，本文件 {act.since} 才延续"
                    hint = "已经失效的重新制定并公布；确实是补办的，写豁免和理由"
                    yield hit_at(archive.by_id[act.target], message, hint, key="renews")
                term = act.until or term


def _by_part(target: Document) -> dict[str, list[Relation]]:
    by_part: dict[str, list[Relation]] = defaultdict(list)
    for act in target.related(RelationKind.RENEWED_BY):
        if not act.void:
            by_part[act.part].append(act)
    return by_part


@rule("V008", _E, blocking=True, source=VALIDITY_GROUND)
def acts_on_the_ended(archive: Archive, _config: SiteConfig) -> Hits:
    """把已经废止、失效的文件列为继续有效，或者再暂停、恢复、延续。

    不对：rsf-2018-1 已经在 2023 年废止（由别的文件废止，或者自己写了 repealed_on），2025 年的清理结果里写它继续有效。
    对：　清理结果里的继续有效，只列还有效的文件。
    改法：删去这一项；前一个废止写错了的，改正前一个。
    """
    for document in archive.documents:
        for kind in _NEED_VALID_TARGET if document.relations else ():
            for relation in document.related(kind):
                target = archive.by_id[relation.target]
                day = relation.since
                if day and not relation.void and (ended := _ended_before(target, relation, day)):
                    message = f"{target.path} {ended}，本文件（{day}）不能再{_VERBS[kind]}"
                    yield hit_at(
                        document, message, "删去这一项；前一个废止写错了的，改正前一个", key=key_of(document, relation)
                    )


_VERBS = {
    RelationKind.KEEPS: "列为继续有效",
    RelationKind.REVISES: "列为修改",
    RelationKind.SUSPENDS: "暂停执行",
    RelationKind.RESUMES: "恢复执行",
    RelationKind.RENEWS: "延续",
}


_NEED_VALID_TARGET = tuple(_VERBS)


def _ended_before(target: Document, relation: Relation, day: dt.date) -> str:
    """Return in Chinese how a document, or its part, had ended before a day; an empty string where it had not."""
    for kind in ENDED_BY:
        for act in target.related(kind):
            ends_whole = not act.clause and act.part in {"", relation.part} and not act.void
            if ends_whole and act.target != relation.target and act.since and act.since < day:
                return f"{act.since} 已由“{act.target or act.outside}”{verb_of(kind.inverse)}"
    for text in (target, *(part for part in target.parts if part.part_id == relation.part)):
        on = text.declared_repeal
        if on and on < day and not endings_of(target, text.part_id):
            return f"{on} 已废止"
    term = term_before(target, relation._replace(since=day))
    if relation.kind is not RelationKind.RENEWS and term and term < day:
        return f"有效期至 {term}，已经失效"
    return ""


@rule("V010", _E, blocking=True, source=VALIDITY_GROUND)
def two_days_of_repeal(archive: Archive, _config: SiteConfig) -> Hits:
    """写的废止日期，和废止它的文件废止它的日子不一样。

    不对：rsf-2018-1 写 repealed_on: 2027-01-01，废止它的 rsf-2026-3 却自 2026-05-08 起施行。
    对：　两处是同一天，或者只由新文件写 repeals，原文件不写 repealed_on。
    改法：核对哪一天对：删去 repealed_on，或者改正新文件的施行日期。新文件先施行、以后才废止它的，
    在原文件写 repealed_by 和 repealed_on，新文件不写 repeals。
    """
    for document in archive.documents:
        for text in (document, *document.parts):
            on = text.declared_repeal
            acts = endings_of(document, text.part_id) if on else []
            name = f"《{text.title}》" if text is not document else ""
            if on and (message := _contradicts(text, on, acts)):
                key, line = ("parts", text.page.line_of("repealed_on")) if name else ("repealed_on", None)
                yield hit_at(document, f"{name}{message}", _hint(acts), key=key, line=line)


def _hint(acts: Sequence[Relation]) -> str:
    if all(act.void for act in acts):
        return "没有废止的，删去 repealed_on；另有依据的，写 repealed_by（废止依据）或 repeal_reason（废止理由）"
    return "核对哪一天对，改成一致"


def _contradicts(text: Document, on: dt.date, acts: Sequence[Relation]) -> str:
    """Return how a declared day of repeal contradicts the acts that end a document; empty where it does not."""
    for act in acts:
        if act.void and all(one.void for one in acts) and not text.text("repeal_reason"):
            return f"写明 {on} 废止，废止它的“{act.target}”在那以前已经终止，没有废止它"
        alone = {one.target or one.outside for one in acts} == {act.target or act.outside}
        if not act.void and act.since and act.since != on and (alone or all(one.since != on for one in acts)):
            return f"写明 {on} 废止，“{act.target or act.outside}”却自 {act.since} 起{verb_of(act.kind.inverse)}它"
    return ""
