"""D: the content of consultations and of their outcomes."""

import datetime as dt
import re
from collections.abc import Iterator

from generator.audit.facts.migration import Migration
from generator.audit.facts.presumed import type_hint, type_note
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document, Evidence
from generator.domain.problems import Severity
from generator.domain.titles import title_key
from generator.domain.vocabulary import ConsultationState, Disclosure, DocType, Kind, NoticePart, RelationKind, label_of

_W = Severity.WARNING
_REQUIRED_SINCE = dt.date(2018, 5, 31)
# A title that only ends others: 关于废止部分规范性文件的决定; not one that issues a new text too.
_ENDS_ALONE = re.compile(r"\A(?!.*(?:印发|制定|实施)).*(?:废止|宣布.*失效).*的(?:决定|通知|公告|通告|令)\Z")


@rule("D006", _W, source="{郑人社办〔2020〕199号} 五；{国办发〔2018〕37号} 二（三）：行政规范性文件要公开征求意见")
def never_consulted(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """行政规范性文件没有公开征求意见的记录。

    网站上有征集公告的，查第一份公告以后发布的；从来没有过的，查国办发〔2018〕37号公布（2018-05-31）以后发布的。
    废止、宣布失效的决定，从旧网站迁移来的（migrated: true）不查。

    不对：新发布的行政规范性文件，没有写 consulted，也没有哪份征集公告的 outcome 指向它。
    对：　consulted: 征集公告的编号；依法不用征求意见的，写 exempt: {D006: 理由}。
    改法：在文件里写 consulted（征求意见公告）；没有征求过意见的，写豁免和理由。
    """
    notices = [item.published for item in archive.documents if item.kind is Kind.CONSULTATION and item.published]
    first = min(notices, default=_REQUIRED_SINCE)
    migration = Migration(config, evidence)
    for document in archive.proactive:
        if document.duty_type is not DocType.NORMATIVE or migration.excuses(document):
            continue
        if _ENDS_ALONE.match(document.title.strip()):
            continue
        consultations = document.related(RelationKind.CONSULTED) or document.related(RelationKind.OUTCOME_OF)
        if document.published and document.published >= first and not consultations:
            hint = f"写 consulted（{label_of('consulted')}）；不用征求意见的，写 exempt: {{D006: 理由}}"
            message = f"行政规范性文件没有公开征求意见的记录{type_note(document)}"
            yield hit_at(document, message, f"{hint}{type_hint(document)}", key="consulted")


@rule("D007", _W, source="{郑人社办〔2020〕199号} 五；{重大行政决策程序暂行条例}第十八条：公布意见采纳情况，说明理由")
def unclear_outcome(archive: Archive, _config: SiteConfig) -> Hits:
    """征求意见的结果没有写意见数、采纳数，或者数对不上。

    写在征集公告里，或者写在 outcome（征集结果）指向的文件里。一条也没有收到的，写 opinions_total: 0。

    不对：outcome 指向的文件没有 opinions_total、opinions_adopted；意见 63 条，采纳 38 条，未采纳 20 条。
    对：　opinions_total: 63，opinions_adopted: 38，未采纳的 25 条在正文里说明理由。
    改法：补上意见总数和采纳数，核对加起来对不对。
    """
    for document in archive.proactive:
        if document.consultation_state is not ConsultationState.ANSWERED:
            continue
        targets = (archive.by_id[item.target] for item in document.related(RelationKind.OUTCOME))
        outcomes = [item for item in targets if item.disclosure is Disclosure.PROACTIVE]
        source = next((item for item in (document, *outcomes) if item.value("opinions_total") is not None), None)
        total, adopted, refused = (
            source.value(key) if source else None
            for key in ("opinions_total", "opinions_adopted", "opinions_not_adopted")
        )
        if source is None or (total != 0 and adopted is None):
            yield hit_at(
                source or document,
                "征求意见的结果没有写明收到多少意见、采纳多少",
                "写 opinions_total（意见总数）、opinions_adopted（采纳数）；一条也没有收到的，意见总数写 0",
                key="opinions_adopted" if source else "outcome",
            )
        elif isinstance(total, int) and isinstance(adopted, int):
            others = refused if isinstance(refused, int) else total - adopted
            if adopted > total or adopted + others != total:
                message = f"意见总数 {total}，采纳 {adopted}，未采纳 {others}，加起来不对"
                yield hit_at(source, message, "核对后改正", key="opinions_total")


@rule("D008", _W, source="{山东省人社厅2019年任务分工} 三（一）；{重大行政决策程序暂行条例}第十五条")
def incomplete_notice(archive: Archive, _config: SiteConfig) -> Hits:
    """征集公告的内容不全。

    公告要有征求意见稿、起草说明、起草依据、提出意见的方式。看的是标题、小标题、附件名称、正文开头和引用的文件、法规，
    以及 channels（意见反馈渠道）。

    不对：公告只有一句“现公开征求意见”，没有草案，也没有说意见寄到哪里。
    对：　小标题有“征求意见稿”“起草说明”“提出意见的方式”，或者作为附件；开头写明根据什么起草。
    改法：补上缺少的部分。
    """
    for document in archive.proactive:
        if document.kind is Kind.CONSULTATION and (missing := list(_missing(document))):
            names = "、".join(part.label for part in missing)
            yield hit_at(document, f"征集公告里看不到{names}", "补上缺少的部分，写成小标题或附件", key="title")


def _missing(document: Document) -> Iterator[NoticePart]:
    page = document.page
    names = [document.title, page.opening, *(heading.text for heading in page.outline)]
    words = "\n".join([*names, *(item.title for item in document.attachments)])
    present = {
        NoticePart.GROUNDS: bool(page.citations or document.references("based_on") or _quotes_another(document)),
        NoticePart.WAYS: bool(document.texts("channels")),
    }
    for part in NoticePart:
        if not present.get(part) and not part.sign.search(words):
            yield part


def _quotes_another(document: Document) -> bool:
    """Whether a notice names a text in 《》 that is not the draft itself."""
    own = title_key(document.title)
    titles = document.page.quoted_titles
    return any(title not in own and not NoticePart.DRAFT.sign.search(title) for title in titles)
