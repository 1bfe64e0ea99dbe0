"""L: the duty to interpret: in time, in enough forms, with the required elements."""

from generator.audit.facts.duties import (
    REQUIRED_STATES,
    documents_to_interpret,
    interpretations,
    interpretations_of,
    public_documents,
)
from generator.audit.facts.interpreting import forms_of, has_too_few_forms, is_before, lacking_elements
from generator.audit.facts.presumed import city_sign, is_presumed, type_hint, type_note
from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity
from generator.domain.vocabulary import InterpretationState, Kind, RelationKind, label_of

_E, _W = Severity.ERROR, Severity.WARNING
_SOURCE = "{日人社函〔2019〕20号} 四（一）：解读材料与文件同步发布，最迟 3 个工作日"


@rule("L002", _E, source=_SOURCE)
def missing(archive: Archive, config: SiteConfig) -> Hits:
    """应当解读的文件过了期限还没有解读。

    应当解读的是规章、行政规范性文件、配置里加上的类别，和写了 interpretation_required: true 的文件。

    不对：规范性文件 2024-05-08 发布，过了 5 月 13 日（第 3 个工作日）没有任何解读。
    对：　解读文件写 interprets: 云岭人社发〔2024〕15号，与文件同日发布，最迟第 3 个工作日。
    改法：补上解读，写明 interprets（解读对象）；确实不必解读的，写 interpretation_required: false
    和 interpretation_exempt_reason（免解读理由）。
    """
    for duty in interpretations(archive, config, {InterpretationState.MISSING}):
        yield hit_at(
            duty.document,
            f"应当解读，还没有解读：{duty.start} 发布，最迟 {duty.due}，"
            f"已晚 {duty.lateness(archive, config.calendar)}；按 {duty.limit}{duty.note}{type_note(duty.document)}",
            "补上解读，在解读里写 interprets；不必解读的，写 interpretation_required: false 和理由"
            f"{type_hint(duty.document)}",
            key=duty.key,
            days=duty.days_late(archive),
            ground=config.set_ground_of("deadlines", "interpret_max_workdays"),
        )


@rule("L003", _E, source=_SOURCE)
def late(archive: Archive, config: SiteConfig) -> Hits:
    """解读晚了。

    不对：文件 2024-05-08 发布，第一份解读 2024-05-20 才发布，晚了 5 个工作日。
    对：　解读与文件同日发布，最迟第 3 个工作日。
    改法：核对两份材料的发布日期；确实晚了的补不回来，写豁免和理由。期限在配置的 deadlines.interpret_max_workdays 里改。
    """
    for duty in interpretations(archive, config, {InterpretationState.LATE}):
        first = next((item.path for item in interpretations_of(archive, duty.document)), "解读")
        yield hit_at(
            duty.document,
            f"解读晚了 {duty.lateness(archive, config.calendar)}：{duty.start} 发布，最迟 {duty.due}，"
            f"{first} {duty.done or ''} 才发布；按 {duty.limit}{duty.note}{type_note(duty.document)}",
            f"核对两份材料的发布日期；确实晚了的，写豁免和理由{type_hint(duty.document)}",
            key=duty.key,
            days=duty.days_late(archive),
            ground=config.set_ground_of("deadlines", "interpret_max_workdays"),
        )


@rule("L004", _W, source=_SOURCE)
def due(archive: Archive, config: SiteConfig) -> Hits:
    """应当解读的文件还没有解读，期限未到。

    不对：规范性文件前天发布，解读还没有发布，还剩 1 个工作日。
    对：　解读与文件同步起草、同步审签、同步发布。
    改法：在期限以内发布解读，写明 interprets（解读对象）。
    """
    for duty in interpretations(archive, config, {InterpretationState.PENDING}):
        workdays_left = config.calendar.lag(archive.day, duty.due)
        rest = f"还剩 {workdays_left} 个工作日" if workdays_left else "今天到期"
        yield hit_at(
            duty.document,
            f"应当解读，还没有解读：最迟 {duty.due}，{rest}；按 {duty.limit}{duty.note}{type_note(duty.document)}",
            f"在期限以内发布解读，在解读里写 interprets{type_hint(duty.document)}",
            key=duty.key,
            ground=config.set_ground_of("deadlines", "interpret_max_workdays"),
        )


@rule("L005", _E, source="{郑人社办〔2020〕199号} 五：以市政府（含市政府办公厅）名义印发的文件，解读形式不少于两种")
def few_forms(archive: Archive, config: SiteConfig) -> Hits:
    """以市政府名义发的文件，解读形式不到两种。

    几份解读是同一种形式的，只算一种；没有写 form（解读形式）的不算。还没有解读的由 L002、L004 报。
    没有写 issuer_level（发文层级）的，看发布机构（某某市人民政府、某某市人民政府办公室）和文号的代字（某某政发、
    某某政办发）。

    不对：issuer_level: city_gov 的文件只有一份文字解读。
    对：　一份文字解读（form: article），一份图解（form: infographic）。
    改法：补上另一种形式的解读；漏写了解读形式的，补上 form。
    """
    least = config.deadlines.interpret_forms_min
    for document in public_documents(archive):
        if document.interpretation_state not in REQUIRED_STATES and not is_presumed(document):
            continue
        published_interpretations = interpretations_of(archive, document)
        if has_too_few_forms(document, published_interpretations, least):
            forms = forms_of(published_interpretations)
            form_names = "、".join(sorted(form.label for form in forms)) or "没有写解读形式"
            sign, key = city_sign(document)
            reason = f"；没有写“{label_of('issuer_level')}”，按{sign}看作市政府名义" if sign else ""
            yield hit_at(
                document,
                f"以市政府名义发的文件要有 {least} 种形式的解读，只有 {len(forms)} 种（{form_names}）"
                f"{reason}{type_note(document)}",
                f"再补 {least - len(forms)} 种形式的解读；漏写的，在解读里补上 form（解读形式）",
                key=key,
                ground=config.set_ground_of("deadlines", "interpret_forms_min"),
            )


@rule("L007", _W, source="{日人社函〔2019〕20号} 四（一）；{浑江人社字〔2018〕38号} 解读五：解读的内容要素")
def missing_elements(archive: Archive, config: SiteConfig) -> Hits:
    """解读缺少应有的内容要素。

    一份文件的几份解读合起来算。写在 elements（解读要素）里的算有，标题里看得出的也算有。

    不对：只说了背景和主要内容，没有说涉及范围、执行标准和注意事项。
    对：　elements: [背景依据, 目标任务, 主要内容, 涉及范围, 执行标准, 注意事项, …]，正文逐项说明。
    改法：补写缺少的内容，并写进 elements；本文件没有这一项可说的（如没有旧政策），写豁免和理由。
    要哪些要素，在配置的 interpretation.elements 里改。
    """
    required = config.interpretation.required_elements
    for document in documents_to_interpret(archive):
        published_interpretations = interpretations_of(archive, document)
        if not published_interpretations:
            continue
        lacking = lacking_elements(published_interpretations, required)
        if lacking:
            names = "、".join(element.label for element in lacking)
            yield hit_at(
                published_interpretations[0],
                f"解读缺少 {len(lacking)} 项内容要素：{names}（所解读的是 {document.path}）",
                "补写缺少的内容，写进 elements（解读要素）；没有可说的，写豁免和理由",
                key="elements" if published_interpretations[0].value("elements") else "interprets",
            )


@rule("L010", _W, source="{国办发〔2016〕80号}：解读与文件同步；解读不能先于文件")
def before_document(archive: Archive, _config: SiteConfig) -> Hits:
    """解读的发布日期早于所解读的文件。

    不对：文件 2024-05-08 发布，它的解读 2024-05-06 就发布了。
    对：　解读和文件同日发布，或者在后。
    改法：核对两份材料的发布日期；解读对象写错了的，改正 interprets。
    """
    for document in archive.documents:
        day = document.published
        if document.kind is not Kind.INTERPRETATION or day is None:
            continue
        for relation in document.related(RelationKind.INTERPRETS):
            target = archive.by_id[relation.target]
            if target.published and is_before(document, target):
                days_early = (target.published - day).days
                yield hit_at(
                    document,
                    f"解读（{day}）比所解读的 {target.path}（{target.published}）早 {days_early} 日",
                    "核对发布日期，或改正 interprets（解读对象）",
                    key="date_published",
                )
