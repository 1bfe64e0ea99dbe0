"""The forms that the values of front-matter fields have, and what a row of the table of fields says."""

from dataclasses import dataclass
from enum import Enum

from generator.domain.vocabulary.terms import Kind, Term


class FieldForm(Enum):
    """The form that a field's value must have; the value is its description for a webmaster."""

    TEXT = "一段文字"
    TEXTS = "一段文字或文字列表"
    DATE = "日期，如 2024-05-06"
    EFFECT_DATE = "日期，如 2024-05-06，或 on_publication（自发布之日起施行）"
    MOMENT = "日期或日期加时分，如 2024-05-06 09:30"
    BOOL = "true 或 false（是 或 否）"
    INTEGER = "整数"
    ID = "字母、数字、点、下划线或连字符，以字母或数字开头"
    INDEX_NO = "索引号，如 553165075/2020-00502"
    DOC_NUMBER = "文号，如 云岭人社发〔2024〕15号，没有文号的写 none"
    TERM = "固定取值"
    TERMS = "固定取值或其列表"
    REFERENCES = "所指文件的编号、索引号或文号（一个或列表）"
    OUTSIDE_ACT = "文件的编号、索引号、文号，或站外文件的名称"
    PARTS = "所印发文件的列表，每项写 id、title"
    CLEANUP = "按清理结论分列的引用，如 继续有效、修改、废止、宣布失效"
    ATTACHMENTS = "附件列表，每项写 title、file、disclosure"
    RECORD = "若干“名称: 值”"
    CORRECTIONS = "更正说明列表，每项写 date 和 note"
    REVIEW = "审核表各项，每行“名称: 值”"
    ADDRESSES = "原来的网址或其列表，如 /zwgk/old/a.html"
    WITHDRAWAL = "日期和理由，如 {on: 2026-11-30, reason: 误发}"


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One row of the vocabulary: a front-matter key in both languages, the form of its value, the kinds that use it.

    A field without effect on a kind is F018 there. Fields that a rule of their own refuses on some kinds
    (``repeals``, ``parts``) have all kinds here.
    """

    key: str
    label: str
    form: FieldForm = FieldForm.TEXT
    terms: type[Term] | None = None
    required: frozenset[Kind] = frozenset()
    aliases: tuple[str, ...] = ()
    kinds: frozenset[Kind] = frozenset(Kind)
