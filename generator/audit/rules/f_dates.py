"""F004: the days of a document, and those of related documents, in their order."""

from generator.audit.facts.declared_relations import key_of, relation_cycles, verb_of
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import ACTING, Kind, RelationKind, label_of

_E = Severity.ERROR
_DATE_PAIRS = (
    ("date_written", "date_printed"),
    ("date_written", "date_published"),
    ("date_printed", "date_published"),
    ("date_effective", "expires_on"),
    ("date_written", "expires_on"),
    ("date_written", "repealed_on"),
    ("suspended_from", "suspended_until"),
    ("date_written", "renewed_until"),
    ("opens_on", "closes_on"),
    ("closes_on", "outcome_published"),
    ("date_published", "takedown_on"),
)


@rule("F004", _E, blocking=True, source="{GB/T 9704—2012} 7.4.3；{政府信息公开条例}第二十六条")
def date_order(archive: Archive, _config: SiteConfig) -> Hits:
    """日期前后颠倒。

    不对：成文日期 2024-05-10，发布日期 2024-05-06。
    对：　成文日期 ≤ 印发日期 ≤ 发布日期 ≤ 更正日期；施行日期 ≤ 有效期至；征集开始 ≤ 征集结束；
    发布日期 ≤ 下架日期；发现时间 ≤ 回应时间。
    改法：核对原件，改正写错的那个日期。
    """
    for document in archive.documents:
        fields = document.page.fields
        for earlier, later in _DATE_PAIRS:
            if earlier not in fields or later not in fields:
                continue
            first, second = document.date(earlier), document.date(later)
            if first and second and second < first:
                yield hit_at(
                    document,
                    f"“{label_of(later)}”（{second}）早于“{label_of(earlier)}”（{first}）",
                    "核对原件，改正其中一个日期",
                    key=later,
                )
        yield from _parts_in_order(document)
        yield from _acts_in_order(archive, document)
        yield from _early_corrections(document)
        yield from _answers_in_order(archive, document)
        event, answer = document.date("event_at"), document.date("responded_at")
        moments = document.value("event_at"), document.value("responded_at")
        if event and answer and (answer < event or (type(moments[0]) is type(moments[1]) and moments[1] < moments[0])):  # type: ignore[operator]
            yield hit_at(document, "“回应时间”早于“发现时间”", "核对原件，改正其中一个时间", key="responded_at")
    yield from relation_cycles(archive)


def _parts_in_order(document: Document) -> Hits:
    for part in document.parts:
        begins, ends = part.date("date_effective"), part.date("expires_on")
        if begins and ends and ends < begins:
            message = f"《{part.title}》的“有效期至”（{ends}）早于“施行日期”（{begins}）"
            yield hit_at(document, message, "核对原件，改正其中一个日期", key="parts")


def _acts_in_order(archive: Archive, document: Document) -> Hits:
    for kind in ACTING if document.relations else ():
        for relation in document.related(kind):
            target = archive.by_id[relation.target]
            day, target_day = (item.date("date_written") or item.published for item in (document, target))
            if day and target_day and day < target_day:
                message = f"{target.path}（{target_day}）晚于本文件（{day}），不能由本文件{verb_of(kind)}"
                declared_key = key_of(document, relation)
                declaring, key = (document, declared_key) if declared_key else (target, "repealed_by")
                yield hit_at(declaring, message, "核对两份文件的日期；关联写在较新的文件上", key=key)
            elif any(back.target == document.id for back in target.related(kind)):
                message = f"本文件和 {target.path} 互相{verb_of(kind)}"
                yield hit_at(document, message, "只在较新的文件上写关联", key=key_of(document, relation))


def _answers_in_order(archive: Archive, document: Document) -> Hits:
    for relation in document.related(RelationKind.FOLLOWS):
        before = archive.by_id[relation.target]
        name, place = ("前一环节", "后一份") if document.kind is Kind.NOTICE else ("前次回应", "后一次回应")
        if document.published and before.published and document.published < before.published:
            message = f"{before.path}（{before.published}）晚于本文件（{document.published}），不是{name}"
        elif any(back.target == document.id for back in before.related(RelationKind.FOLLOWS)):
            message = f"本文件和 {before.path} 互相写成了{name}"
        else:
            continue
        yield hit_at(document, message, f"{name}写在{place}上，指前一{place[2]}的", key="follows")


def _early_corrections(document: Document) -> Hits:
    for correction in document.corrections:
        if document.published and correction.on < document.published:
            message = f"更正说明的日期（{correction.on}）早于“{label_of('date_published')}”（{document.published}）"
            yield hit_at(document, message, "写更正的那一天", line=correction.line, key="corrections")
