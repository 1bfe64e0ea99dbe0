"""Facts about interpretations: their forms, missing elements, authors, and how much they copy."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from generator.audit.facts.presumed import city_sign
from generator.config.settings import InterpretationSettings
from generator.domain.model import Archive, Document, Evidence, LinkRole
from generator.domain.vocabulary import (
    OVER,
    Element,
    Form,
    InterpretationRequired,
    InterpreterType,
    SourceType,
)

# Words in a heading that mark the passage under it as one of the elements.
_SIGNS = {
    Element.BACKGROUND: re.compile(r"背景|依据|起草|出台|为什么|为何"),
    Element.GOALS: re.compile(r"目标|任务|目的|意义"),
    Element.MAIN_POINTS: re.compile(r"主要内容|重点内容|内容|核心|要点|哪些(?:措施|规定)|主要措施"),
    Element.SCOPE: re.compile(r"范围|对象|哪些人|谁可以|谁能|适用"),
    Element.STANDARDS: re.compile(r"标准|口径|多少|幅度"),
    Element.PROCEDURE: re.compile(r"操作|流程|程序|办理|申请|申领|如何|怎么|怎样"),
    Element.CAUTIONS: re.compile(r"注意|提醒|提示"),
    Element.TERMS: re.compile(r"关键词|名词|术语|概念|什么是|何谓|是指"),
    Element.BENEFITS: re.compile(r"惠民|利民|便民|亮点|红利|好处|实惠"),
    Element.DIFFERENCES: re.compile(r"差异|变化|新旧|不同|调整|修改|修订|创新"),
}
# Interpreters who do not speak for the unit that drafted the document.
_OUTSIDE_INTERPRETERS = frozenset({InterpreterType.EXPERT, InterpreterType.INSTITUTION, InterpreterType.MEDIA})
_UNITS = re.compile(r"[、，,；;/\s]+")
_IS_UNIT = re.compile(r"(?:科|处|室|股|局|厅|委|办|部|司|院|所|站|队|中心|委员会|政府)$")
# Forms that not everybody can read, suffixes of recordings, and suffixes of files that everybody can read.
_NOT_TEXT_FORMS = frozenset({Form.VIDEO, Form.AUDIO, Form.ANIMATION, Form.H5, Form.SLIDES, Form.INFOGRAPHIC})
_RECORDINGS = (".mp3", ".m4a", ".wav", ".ogg", ".mp4", ".webm", ".mov", ".avi")
_TEXT_FILES = (".txt", ".docx", ".doc", ".wps", ".odt", ".pdf", ".ofd")
_LEAST_TRANSCRIPT = 100  # characters


def forms_of(interpretations: Iterable[Document]) -> tuple[Form, ...]:
    """Return the forms of interpretations, each once, in the order of the vocabulary (LINK-11)."""
    forms = {form for item in interpretations for form in _terms(item, "form")}
    return tuple(form for form in Form if form in forms)


def has_too_few_forms(document: Document, interpretations: Sequence[Document], least: int) -> bool:
    """Whether a document in the name of the city government is interpreted in fewer forms than required (LINK-10)."""
    return city_sign(document)[1] != "" and bool(interpretations) and len(forms_of(interpretations)) < least


def is_before(interpretation: Document, document: Document) -> bool:
    """Whether an interpretation was published before the document (LINK-07)."""
    days = interpretation.published, document.published
    return bool(days[0] and days[1] and days[0] < days[1])


def ended_before(document: Document, interpretation: Document) -> dt.date | None:
    """Return the day on which a document ended if its interpretation was published later, else ``None`` (LINK-07)."""
    since = min((notice.since for notice in document.notices if notice.since), default=None)
    day = interpretation.published
    return since if document.status in OVER and since and day and since < day else None


def lacking_elements(interpretations: Iterable[Document], required: Sequence[Element]) -> tuple[Element, ...]:
    """Return the required elements that no interpretation has in its field or its headings (LINK-12)."""
    lacking = set(required)
    for item in interpretations:
        headings = [heading.text for heading in item.page.outline]
        lacking -= set(_terms(item, "elements"))
        lacking -= {element for element in lacking if any(map(_SIGNS[element].search, headings))}
    return tuple(element for element in required if element in lacking)


def _terms(document: Document, key: str) -> tuple[object, ...]:
    value = document.value(key)
    return value if isinstance(value, tuple) else ()


def is_external(interpretation: Document) -> bool:
    """Whether an interpretation comes from elsewhere: reprinted, or made by media (LINK-21)."""
    source = interpretation.value("source_type")
    return source in {SourceType.REPRINT, SourceType.OTHER} or _type_of(interpretation) is InterpreterType.MEDIA


_PRESS = re.compile("日报|晚报|早报|商报|报社|新闻网|新闻社|新华社|电视台|广播电台|融媒体|传媒|记者站")


def is_by_others_alone(interpretation: Document, document: Document) -> bool:
    """Whether an interpretation is a reprint or by media, and not taken from a body that issued the document."""
    source = interpretation.text("source_name")
    if source and any(issuer in source or source in issuer for issuer in document.issuers):
        return _type_of(interpretation) is InterpreterType.MEDIA
    return is_external(interpretation) or all(map(_PRESS.search, interpretation.issuers))


def is_by_leader(interpretation: Document) -> bool:
    """Whether the principal leader gave an interpretation in person (LINK-15)."""
    return _type_of(interpretation) is InterpreterType.LEADER or interpretation.value("first_interpreter") is True


def _type_of(interpretation: Document) -> object:
    return interpretation.value("interpreter_type")


def lead_drafter(document: Document) -> str:
    """Return the unit that drafted a document, of several the first; an empty string where none is named."""
    return next(filter(None, _UNITS.split(document.text("drafting_unit"))), "")


def interpretations_by_others(document: Document, interpretations: Iterable[Document]) -> tuple[Document, ...]:
    """Return the interpretations of a document if all name their unit and none is by the drafting unit (LINK-14).

    Interpretations by experts, institutions and media are not counted.
    """
    drafter = lead_drafter(document)
    bureau_interpretations = (
        [item for item in interpretations if _type_of(item) not in _OUTSIDE_INTERPRETERS and not is_external(item)]
        if drafter
        else []
    )
    with_unit = tuple(item for item in bureau_interpretations if _names_unit(item))
    if len(with_unit) < len(bureau_interpretations) or any(_is_by(item, drafter) for item in with_unit):
        return ()
    return with_unit


def _units(interpretation: Document) -> list[str]:
    unit_names = (interpretation.text("drafting_unit"), *interpretation.texts("responsible_unit"))
    return [unit for unit in (*unit_names, interpretation.text("interpreter")) if unit]


def _names_unit(interpretation: Document) -> bool:
    """Whether an interpretation names a unit; 解读人 may be a unit, or a person whose unit is unknown."""
    has_unit_field = interpretation.text("drafting_unit") or interpretation.texts("responsible_unit")
    return bool(has_unit_field or _IS_UNIT.search(interpretation.text("interpreter").strip()))


def _is_by(interpretation: Document, drafter: str) -> bool:
    if _type_of(interpretation) is InterpreterType.LEADER or drafter in interpretation.issuers:
        return True
    return any(drafter in unit or unit in drafter for unit in _units(interpretation))


def is_excused_without_reason(document: Document, settings: InterpretationSettings) -> bool:
    """Whether a document of a type that must be interpreted is marked as exempt without a reason (LINK-01)."""
    return (
        document.value("interpretation_required") is InterpretationRequired.NO
        and settings.requires(document.duty_type, document.published)
        and not document.text("interpretation_exempt_reason").strip()
    )


def lacks_transcript(interpretation: Document) -> bool:
    """Whether a recording or picture has no transcript, neither on the page nor as an attachment (LINK-22)."""
    has_recording = any(
        link.role is LinkRole.MEDIA and link.target.lower().endswith(_RECORDINGS) for link in interpretation.page.links
    )
    if not has_recording and not _NOT_TEXT_FORMS.intersection(_terms(interpretation, "form")):
        return False
    files = (item.file.lower() for item in interpretation.attachments)
    return interpretation.page.length < _LEAST_TRANSCRIPT and not any(file.endswith(_TEXT_FILES) for file in files)


class CopiedShare(NamedTuple):
    """How much of an interpretation is copied from the document, in percent."""

    interpretation: Document
    document: Document
    percent: int


def copied_interpretations(archive: Archive, evidence: Evidence, more_than: int) -> list[CopiedShare]:
    """Return the interpretations that copy more than ``more_than`` percent from the document (LINK-13)."""
    shares = evidence.copied or {}
    return [
        CopiedShare(archive.by_path[interpretation], archive.by_path[document], percent)
        for (interpretation, document), percent in shares.items()
        if percent > more_than
    ]
