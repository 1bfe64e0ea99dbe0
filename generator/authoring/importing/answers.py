"""Answers that a person types: asked for with their form, checked at once, asked for again where they are wrong."""

import datetime as dt
import re
from collections.abc import Callable
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.doc_numbers import normalise_index_no, standard_doc_number
from generator.domain.numerals import from_numeral
from generator.domain.vocabulary import FIELDS, FieldForm, FieldSpec, Term
from generator.source.front_matter.values import read_value
from generator.support import yaml_text

_PART = r"(\d{1,2}|[一二三四五六七八九十]{1,3})"
_CHINESE_DAY = re.compile(rf"([\d〇○零一二三四五六七八九]{{4}})年{_PART}月{_PART}[日号]")
_LOOSE_DAY = re.compile(r"(\d{4})[-./\s]+(\d{1,2})[-./\s]+(\d{1,2})|(\d{4})(\d{2})(\d{2})")
_WITHOUT_YEAR = re.compile(rf"{_PART}[月./-]{_PART}[日号]?")
_DAYS = frozenset({FieldForm.DATE, FieldForm.MOMENT, FieldForm.EFFECT_DATE})
_MOST_CHOICES = 12


class Answer(NamedTuple):
    """What was typed: the value as front matter has it, or what is wrong with it; both empty where nothing was."""

    value: str
    complaint: str = ""


def question_for(key: str) -> str:
    """Return the question for a field: its name, its form, and the choices with their numbers."""
    spec = FIELDS[key]
    if spec.terms:
        choices = "，".join(f"{number} {term.label}" for number, term in enumerate(spec.terms, 1))
        return f"{spec.label}（{choices}；写序号或名称）" if len(spec.terms) <= _MOST_CHOICES else spec.label
    return f"{spec.label}（{_FORMS.get(key) or spec.form.value}）"


_FORMS = {
    "doc_number": "如 某某发〔2026〕1号，没有文号的写 none",
    "index_no": "如 123456789/2026-00001",
    "title": "一行写完",
}


def checked_answer(key: str, typed: str, config: SiteConfig) -> Answer:
    """Return the value of a field that a person typed, or what is wrong with it."""
    spec = FIELDS[key]
    text = _written(spec, typed.strip())
    if not text:
        return Answer("")
    if spec.form in _DAYS and _WITHOUT_YEAR.fullmatch(text):
        return Answer("", f"“{text}”没有写年份，写成“年-月-日”，如 2026-11-30")
    value = read_value(spec, yaml_text.Scalar(text, 1), 0)
    if isinstance(value, list):
        return Answer("", "；".join(f"{one.message}，{one.hint}" if one.hint else one.message for one in value))
    if spec.form is FieldForm.DOC_NUMBER:
        return Answer("none" if text in {"无", "none"} else standard_doc_number(text))
    if spec.form is FieldForm.INDEX_NO:
        number = normalise_index_no(text)
        if not any(re.fullmatch(pattern, number) for pattern in config.index_no_patterns):
            return Answer("", f"“{text}”不是索引号的写法，应如 123456789/2026-00001")
        return Answer(number)
    return Answer(_standard(value) or text)


def _standard(value: object) -> str:
    """Return a day, a moment or a term as it is written, empty for another value."""
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    return value.label if isinstance(value, Term) else ""


def asked(key: str, ask: Callable[[str, str], str], config: SiteConfig) -> str:
    """Ask for a field until the answer is right or empty; ``ask`` takes the question and what was wrong before."""
    answer = Answer("")
    while True:
        typed = ask(question_for(key), answer.complaint)
        answer = checked_answer(key, typed, config)
        if not answer.complaint:
            return answer.value


def _written(spec: FieldSpec, text: str) -> str:
    """Return what was typed as a field has it: the term of a number, the day of a Chinese date."""
    if spec.terms and text.isdecimal() and 1 <= int(text) <= len(spec.terms):
        return list(spec.terms)[int(text) - 1].label
    if spec.form in _DAYS and (match := _CHINESE_DAY.fullmatch("".join(text.split()))):
        year, month, day = map(from_numeral, match.groups())
        return f"{year:04}-{month:02}-{day:02}"
    if spec.form in _DAYS and (match := _LOOSE_DAY.fullmatch(text)):
        year, month, day = (int(one) for one in match.groups() if one)
        return f"{year:04}-{month:02}-{day:02}"
    return text
