"""F: declarations of acts on older documents that are incomplete or contradictory."""

from generator.audit.facts.acts import TERM_GROUND, VALIDITY_GROUND, day_of, term_before
from generator.audit.facts.declared_relations import verb_of
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import RelationKind, label_of

_E, _W = Severity.ERROR, Severity.WARNING


_NEEDS = (
    ("suspended_from", "suspends"),
    ("suspended_until", "suspends"),
    ("renewed_until", "renews"),
    ("renewed_as", "renews"),
)


@rule("F010", _E, blocking=True, source=TERM_GROUND)
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
            yield from _resumed_without_suspension(archive, document)
        if "renews" in fields:
            yield from _invalid_renewals(archive, document)


def _invalid_renewals(archive: Archive, document: Document) -> Hits:
    fields = document.page.fields
    renewed = document.related(RelationKind.RENEWS)
    if "renewed_as" in fields and len(renewed) > 1:
        yield hit_at(document, "一次延续几份文件，“延续后编号”不知道是哪一份的", "每份写一个延续文件", key="renewed_as")
    for relation in renewed:
        target = archive.by_id[relation.target]
        before = term_before(target, relation)
        if relation.until is None:
            yield hit_at(document, "写了延续，没有写延续到哪一天", "加一行 renewed_until: 日期（延续至）", key="renews")
        elif relation.clause:
            yield hit_at(document, f"不能只延续“{relation.clause}”", "写整份文件，或者一份印发文件", key="renews")
        elif before and relation.until <= before:
            message = f"延续至 {relation.until}，不晚于 {target.path} 原来的有效期 {before}"
            key = "renewed_until" if "renewed_until" in fields else "renews"
            yield hit_at(document, message, "核对延续到哪一天", key=key)


def _resumed_without_suspension(archive: Archive, document: Document) -> Hits:
    """Yield a problem for every resumption of a document that was not suspended, which would have no effect."""
    for relation in document.related(RelationKind.RESUMES):
        target = archive.by_id[relation.target]
        if not any(map(relation.lifts, target.related(RelationKind.SUSPENDED_BY))):
            place = "的".join(filter(None, (target.path, relation.part, relation.clause)))
            message = f"{place} 在 {relation.since or '本文件'} 以前没有暂停执行，不能恢复"
            hint = "由暂停它的文件写 suspends；那份文件不在网站上的，写豁免和理由"
            yield hit_at(document, message, hint, key="resumes")


@rule("F011", _E, blocking=True, source="{规章制定程序条例}第三十九条：修改后应当及时公布新的文本")
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
        if not document.references("consolidated_to") or any(act.merged and day_of(act) > archive.day for act in acts):
            yield hit_at(document, "正文已经合并，修改却还没有施行", "到修改施行那天再合并正文", key="consolidated_to")
        elif not any(act.merged for act in acts):
            message = "“合并至”所指的文件没有修改本文件"
            yield hit_at(document, message, "核对文号；由修改文件写 amends: 本文件", key="consolidated_to")


@rule("F014", _E, blocking=True, source=VALIDITY_GROUND)
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
