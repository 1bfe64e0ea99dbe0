"""解读关联: one row for every public policy, on its disclosure and its interpretation (requirements LINK-24).

Every figure of the audit report is counted from these rows and from the findings, so that all files agree.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from generator.audit.facts.duties import (
    REQUIRED_STATES,
    Duty,
    disclosures,
    interpretations,
    interpretations_of,
    public_documents,
)
from generator.audit.facts.interpreting import (
    copied_interpretations,
    ended_before,
    forms_of,
    has_too_few_forms,
    interpretations_by_others,
    is_before,
    is_by_leader,
    is_excused_without_reason,
    is_external,
    lacking_elements,
    lacks_transcript,
)
from generator.config.load import SiteConfig
from generator.domain.model import Archive, CatalogueItem, Document, Evidence
from generator.domain.vocabulary import InterpretationState, Kind, LinkageFlag

YES, NO = "是", "否"
NOT_CHECKED = "没有核对网站"
BOTH_WAYS = "双向"
_NAMES = "、"
_SEVERAL = re.compile(r"[、，,；;]")


class LinkageRow(NamedTuple):
    """One public policy; the order of the fields is that of the columns. ``""`` means: not applicable, or unknown.

    ``disclosure_days`` and ``disclosure_workdays`` run from 印发 (else 成文) to publication, ``lag_workdays``
    from publication to the first interpretation. ``plan`` is whether 解读方案 is there, ``filed`` the first day
    on which an interpretation was filed (备案).
    """

    id: str
    doc_number: str
    title: str
    doc_type: str
    unit: str
    written: str
    published: str
    year: str
    disclosure_days: int | str
    disclosure_workdays: int | str
    disclosure_due: str
    disclosure_late: str
    validity: str
    required: str
    state: str
    interpretations: int
    external: int
    forms: int
    form_names: str
    by_leader: str
    first: str
    due: str
    lag_workdays: int | str
    two_way: str
    lacking: str
    copied_percent: int | str
    flags: str
    provisional: str
    path: str
    plan: str
    filed: str


LABELS: Mapping[str, str] = {
    "id": "编号",
    "doc_number": "文号",
    "title": "标题",
    "doc_type": "文件类别",
    "unit": "责任科室",
    "written": "成文日期",
    "published": "公开日期",
    "year": "公开年度",
    "disclosure_days": "公开耗时（日）",
    "disclosure_workdays": "公开耗时（工作日）",
    "disclosure_due": "公开期限",
    "disclosure_late": "超期公开",
    "validity": "有效性",
    "required": "应否解读",
    "state": "结论",
    "interpretations": "解读数",
    "external": "其中外部解读",
    "forms": "形式数",
    "form_names": "解读形式",
    "by_leader": "主要负责人解读",
    "first": "首解日期",
    "due": "解读期限",
    "lag_workdays": "滞后工作日",
    "two_way": "双向链接",
    "lacking": "缺要素",
    "copied_percent": "与原文相同（%）",
    "flags": "提示",
    "provisional": "期限暂定",
    "path": "源文件",
    "plan": "解读方案",
    "filed": "解读备案日期",
}
WIDTHS = (
    14,
    24,
    42,
    14,
    18,
    12,
    12,
    8,
    10,
    10,
    12,
    8,
    10,
    10,
    14,
    8,
    8,
    8,
    20,
    10,
    12,
    12,
    8,
    16,
    30,
    10,
    20,
    8,
    34,
    8,
    12,
)


def linkage(
    archive: Archive, config: SiteConfig, evidence: Evidence, pair_faults: Mapping[str, str] | None
) -> tuple[LinkageRow, ...]:
    """Return a row for every public policy, the newest first.

    ``pair_faults`` gives the missing links of a built site by the id of the document; ``None`` where none was checked.
    """
    disclosed = {duty.document.path: duty for duty in disclosures(archive, config, only=lambda _start, _done: True)}
    asked = {duty.document.path: duty for duty in interpretations(archive, config)}
    copied: dict[str, int] = {}
    for copy in copied_interpretations(archive, evidence, -1):
        path = copy.document.path
        if archive.is_public(copy.interpretation):
            copied[path] = max(copied.get(path, 0), copy.percent)
    policies = [document for document in public_documents(archive) if document.kind is Kind.POLICY]
    policies.sort(key=lambda document: document.path)
    policies.sort(key=lambda document: document.published_text, reverse=True)
    return tuple(
        _row(archive, config, document, disclosed.get(document.path), asked.get(document.path), copied, pair_faults)
        for document in policies
    )


def unit_of_item(item: CatalogueItem) -> str:
    """Return the unit that answers for an item of the catalogue: the first of 联系单位, else of 公开主体."""
    named = item.facts.get("contact_unit") or item.facts.get("item_subject") or ""
    return _SEVERAL.split(named, maxsplit=1)[0].strip()


def _row(
    archive: Archive,
    config: SiteConfig,
    document: Document,
    disclosure: Duty | None,
    asked: Duty | None,
    copied: Mapping[str, int],
    pair_faults: Mapping[str, str] | None,
) -> LinkageRow:
    its_interpretations = interpretations_of(archive, document)
    forms = forms_of(its_interpretations)
    state = document.interpretation_state
    lacking = (
        lacking_elements(its_interpretations, config.interpretation.required_elements)
        if asked and its_interpretations
        else ()
    )
    first = its_interpretations[0].published if its_interpretations else None
    two_way = (
        ""
        if not its_interpretations
        else NOT_CHECKED
        if pair_faults is None
        else pair_faults.get(document.id, BOTH_WAYS)
    )
    percent = copied.get(document.path, "")
    durations = ("", "") if disclosure is None else _durations(disclosure, config)
    filed = [day for item in its_interpretations if (day := item.date("interpretation_filed_on"))]
    day = document.published
    return LinkageRow(
        id=document.id,
        doc_number=document.doc_number,
        title=document.title,
        doc_type=document.doc_type.label if document.doc_type else "",
        unit="；".join(document.responsible_units),
        written=str(document.date("date_written") or ""),
        published=str(day or ""),
        year=str(day.year) if day else "",
        disclosure_days=durations[0],
        disclosure_workdays=durations[1],
        disclosure_due=str(disclosure.due) if disclosure else "",
        disclosure_late="" if disclosure is None else YES if disclosure.late(archive) else NO,
        validity=document.state_text,
        required=_required(state),
        state=state.label if state else "",
        interpretations=len(its_interpretations),
        external=sum(map(is_external, its_interpretations)),
        forms=len(forms),
        form_names=_NAMES.join(form.label for form in forms),
        by_leader="" if not its_interpretations else YES if any(map(is_by_leader, its_interpretations)) else NO,
        first=str(first or ""),
        due=str(asked.due) if asked else "",
        lag_workdays=config.calendar.lag(day, first) if day and first else "",
        two_way=two_way,
        lacking=_NAMES.join(element.label for element in lacking),
        copied_percent=percent,
        flags=_NAMES.join(
            flag.label
            for flag in _flags(document, its_interpretations, config, two_way, percent, lacking=bool(lacking))
        ),
        provisional=YES if any(duty and duty.provisional for duty in (disclosure, asked)) else "",
        path=document.path,
        plan=YES if "interpretation_plan" in document.page.fields else NO if asked else "",
        filed=str(min(filed, default="")),
    )


def _durations(duty: Duty, config: SiteConfig) -> tuple[int | str, int | str]:
    if duty.done is None:
        return "", ""
    return (duty.done - duty.start).days, config.calendar.lag(duty.start, duty.done)


def _required(state: InterpretationState | None) -> str:
    if state in REQUIRED_STATES:
        return "应解读"
    return "免予解读" if state is InterpretationState.EXEMPT else "不要求"


def _flags(
    document: Document,
    its_interpretations: list[Document],
    config: SiteConfig,
    two_way: str,
    percent: int | str,
    *,
    lacking: bool,
) -> Iterator[LinkageFlag]:
    asked = document.interpretation_state in REQUIRED_STATES
    if two_way not in {"", NOT_CHECKED, BOTH_WAYS}:
        yield LinkageFlag.ONE_WAY
    if any(is_before(item, document) for item in its_interpretations):
        yield LinkageFlag.BEFORE_DOCUMENT
    if any(ended_before(document, item) for item in its_interpretations):
        yield LinkageFlag.AFTER_END
    if asked and has_too_few_forms(document, its_interpretations, config.deadlines.interpret_forms_min):
        yield LinkageFlag.FORMS_SHORT
    if lacking:
        yield LinkageFlag.ELEMENTS_SHORT
    if isinstance(percent, int) and percent > config.interpretation.copied_max_percent:
        yield LinkageFlag.COPY_SUSPECTED
    if interpretations_by_others(document, its_interpretations):
        yield LinkageFlag.OTHER_UNIT
    if any(map(lacks_transcript, its_interpretations)):
        yield LinkageFlag.NO_TRANSCRIPT
    if is_excused_without_reason(document, config.interpretation):
        yield LinkageFlag.NO_REASON
