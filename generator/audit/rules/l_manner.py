"""L: how documents are interpreted: copied text, author, accessibility, exemption from interpretation."""

from generator.audit.facts.duties import interpretations_of, public_documents
from generator.audit.facts.interpreting import (
    copied_interpretations,
    ended_before,
    interpretations_by_others,
    is_excused_without_reason,
    lacks_transcript,
    lead_drafter,
)
from generator.audit.facts.presumed import type_hint, type_note
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence
from generator.domain.problems import Severity
from generator.domain.vocabulary import Kind, RelationKind

_E, _W = Severity.ERROR, Severity.WARNING


@rule(
    "L011",
    _W,
    needs_texts=True,
    source="{浑江人社字〔2018〕38号} 解读五；{山东省人社厅2019年任务分工} 二（三）：解读要用案例和数据",
)
def copied(archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
    """解读大段照抄所解读的文件。

    把解读切成一段段连续的八个字，看有百分之几原样出现在文件里。超过七成的可疑；七成是本程序定的，文件没有规定，
    在配置的 interpretation.copied_max_percent 里改。不满 100 字的不比。只在 gongkai check 和 gongkai audit 里比。

    不对：解读的正文是文件条文的摘抄，92% 的字句和文件一样。
    对：　用自己的话说清楚给谁、给多少、怎么办，配上例子和数据；必要的条文只引一两句。
    改法：改写照抄的部分；是条文对照一类确需原样列出的，写豁免和理由。
    """
    for share in copied_interpretations(archive, evidence, config.interpretation.copied_max_percent):
        yield hit_at(
            share.interpretation,
            f"解读有 {share.percent}% 照抄 {share.document.path}，超过 {config.interpretation.copied_max_percent}%",
            "用自己的话改写，加上例子和数据；确需原样列出的，写豁免和理由",
            key="interprets",
        )


@rule("L012", _W, source="{浑江人社字〔2018〕38号} 解读四；{日人社函〔2019〕20号} 四（一）：谁起草谁解读")
def not_by_drafter(archive: Archive, _config: SiteConfig) -> Hits:
    """解读不是起草部门作的。

    文件写了 drafting_unit（起草部门）的才查，几个部门联合起草的看写在最前面的牵头部门。和解读的 drafting_unit、
    responsible_unit（责任单位）、interpreter（解读人）、issuer（发布机构）比，有一份对得上就行。
    主要负责人的解读算起草部门的；专家、专业机构、媒体的解读不查，也不能代替起草部门的。

    不对：文件 drafting_unit: 就业促进科；唯一的解读 responsible_unit: 办公室。
    对：　解读 responsible_unit: 就业促进科。
    改法：由起草部门解读；单位写错的，改正。
    """
    for document in public_documents(archive):
        if not document.text("drafting_unit"):
            continue
        for item in interpretations_by_others(document, interpretations_of(archive, document)):
            key = next(key for key in ("responsible_unit", "drafting_unit", "interpreter") if item.value(key))
            yield hit_at(
                item,
                f"解读是“{'、'.join(item.texts(key))}”作的，{document.path} 的起草部门是“{lead_drafter(document)}”",
                "由起草部门解读；单位写错的，改正",
                key=key,
            )


@rule("L013", _W, source="{浑江人社字〔2018〕38号} 解读六；{无障碍环境建设法}第二十九条、第三十二条")
def no_transcript(archive: Archive, _config: SiteConfig) -> Hits:
    """音频、视频、图解的解读没有文字版。

    看不见、听不见的人，打不开视频的人，只有文字可读；图解里的字也搜索不到。

    不对：form: video，正文只有一个视频和一句“点击观看”。
    对：　视频下面附全文文字稿（100 字以上）；或者附件里有文字稿（docx、pdf、ofd、wps、txt）。
    改法：把视频、音频的讲稿、图解上的文字放进正文，或作为附件。
    """
    for document in public_documents(archive):
        if document.kind is Kind.INTERPRETATION and lacks_transcript(document):
            yield hit_at(
                document,
                "音频、视频或图解没有文字版",
                "把讲稿或图上的文字放进正文（100 字以上），或作为附件",
                key="form",
            )


@rule("L014", _E, source="{浑江人社字〔2018〕38号} 解读三：应当解读的范围；{日人社函〔2019〕20号} 四（一）")
def excused_without_reason(archive: Archive, config: SiteConfig) -> Hits:
    """按类别应当解读的文件写了不必解读，没有写理由。

    不对：规范性文件写 interpretation_required: false，没有别的说明。
    对：　interpretation_required: false，interpretation_exempt_reason: 只转发上级文件，没有本地的新规定。
    改法：写明 interpretation_exempt_reason（免解读理由），或者补上解读。
    """
    for document in public_documents(archive):
        if is_excused_without_reason(document, config.interpretation):
            yield hit_at(
                document,
                f"应当解读的文件写了不必解读，没有写理由{type_note(document)}",
                f"写明 interpretation_exempt_reason（免解读理由），或补上解读{type_hint(document)}",
                key="interpretation_required",
            )


@rule("L015", _W, source="{山东省人社厅2019年任务分工} 一（一）；{日人社函〔2019〕20号} 三（据以推定）")
def after_end(archive: Archive, _config: SiteConfig) -> Hits:
    """解读发布的时候，所解读的文件已经废止或者失效。

    不对：文件 2024-06-30 废止，它的解读 2024-08-01 才发布。
    对：　解读现行有效的文件；新文件替代了旧文件的，解读新文件。
    改法：改正 interprets（解读对象），多半是写成了旧文件的文号；确实要解读旧文件的，写豁免和理由。
    """
    for document in public_documents(archive):
        for relation in document.related(RelationKind.INTERPRETS):
            target = archive.by_id[relation.target]
            if since := ended_before(target, document):
                ended = target.status.label if target.status else ""
                yield hit_at(
                    document,
                    f"解读（{document.published}）发布的时候，所解读的 {target.path} 已经不再有效（{since} {ended}）",
                    "改正 interprets（解读对象）；确实要解读旧文件的，写豁免和理由",
                    key="interprets",
                )
