"""The values of labels as front matter has them, by the form of each field."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence

from generator.authoring.importing.official import lines
from generator.authoring.importing.saved_pages.tree import compact, squeeze
from generator.domain.doc_numbers import repair_doc_number
from generator.domain.vocabulary import FIELDS, Disclosure, FieldForm

_DAY = re.compile(
    r"(\d{4})\s*(?:年|[-/.])\s*(\d{1,2})\s*(?:月|[-/.])\s*(\d{1,2})\s*日?(?:[T\s]*(\d{1,2})[:：时](\d{2}))?", re.ASCII
)
_COMPACT_DAY = re.compile(r"\b(\d{4})(\d{2})(\d{2})\b", re.ASCII)
_APART = re.compile(r"[,，、;；|\s]+")
_NONE = frozenset({"无", "-", "--", "—", "——", "/", "暂无", "none", "null", "undefined"})
_ON_PUBLICATION = re.compile(r"(?:自|从)?(?:印发|发布|公布|公开)之日起(?:施行|实施|生效|执行)?")
_NO_NUMBER = frozenset({"无", "无文号", "没有文号"})
_RENEWED = re.compile(r"已经延续，原为([^）]*)")
_OPEN = re.compile(r"(?:属于)?主动公开(?:政府)?(?:信息|类)?")
_TAGS = re.compile(r"<[^<>]{0,80}>")
_SHOWN_DAY = dt.time(0, 0)


def day_in(text: str) -> dt.date | None:
    """Return the first day in a text; ``None`` where there is none."""
    moment = moment_in(text)
    return moment.date() if moment else None


def moment_in(text: str) -> dt.datetime | None:
    """Return the first day in a text with its minute, midnight where it has none."""
    for match in (*_DAY.finditer(text), *_COMPACT_DAY.finditer(text)):
        year, month, day, hour, minute = (*map(int, (part or 0 for part in match.groups())), 0, 0)[:5]
        try:
            return dt.datetime(year, month, day, hour, minute)  # noqa: DTZ001 - the local time of the site
        except ValueError:
            continue
    written = lines.date_of(compact(text))
    return dt.datetime.combine(written, _SHOWN_DAY) if written else None


def moment_text(moment: dt.datetime) -> str:
    """Return a moment as front matter has it: a day, or a day with its minute."""
    return f"{moment:%Y-%m-%d %H:%M}" if moment.time() != _SHOWN_DAY else f"{moment:%Y-%m-%d}"


def plain(text: str) -> str:
    """Return a value without tags that were written into it and without blanks at its ends; none where it says 无."""
    line = squeeze(_TAGS.sub("", text))
    return "" if line.casefold() in _NONE else line


def values_of(key: str, text: str) -> Iterator[tuple[str, str | Sequence[str]]]:
    """Yield the fields that a labelled value gives: mostly one, none where it is not of the field's form."""
    if key == "doc_number" and compact(text) in _NO_NUMBER:
        yield key, "none"
        return
    text = plain(text)
    form = FIELDS[key].form
    if key == "expires_on" and (before := _RENEWED.search(text)):
        text = before[1]
    if key == "opens_on" and len(days := [match[0] for match in _DAY.finditer(text)]) > 1:
        for name, one in zip(("opens_on", "closes_on"), days, strict=False):
            yield from ((name, day.isoformat()) for day in (day_in(one),) if day)
    elif form in {FieldForm.DATE, FieldForm.EFFECT_DATE, FieldForm.MOMENT} or key in {"disclosure", "doc_number"}:
        value = _one_value(key, text)
        yield from [(key, value)] if value else []
    elif text:
        yield from _words(key, text)


def _one_value(key: str, text: str) -> str:
    """Return the value of a day, of the attribute of disclosure or of a 文号, ``""`` for another text."""
    if key == "disclosure":
        disclosure = Disclosure.parse(compact(text)) or (Disclosure.PROACTIVE if _OPEN.fullmatch(text) else None)
        return disclosure.label if disclosure else ""
    if key == "doc_number":
        return lines.number_of(text) or repair_doc_number(compact(text)) or ""
    if key == "date_effective" and _ON_PUBLICATION.match(compact(text)):
        return "自发布之日起施行"
    if FIELDS[key].form is FieldForm.MOMENT:
        moment = moment_in(text)
        return moment_text(moment) if moment else ""
    day = day_in(text)
    return day.isoformat() if day else ""


def _words(key: str, text: str) -> Iterator[tuple[str, str | Sequence[str]]]:
    form, terms = FIELDS[key].form, FIELDS[key].terms
    if form in {FieldForm.TERM, FieldForm.TERMS} and terms is not None:
        words = _APART.split(text) if form is FieldForm.TERMS else [compact(text)]
        labels = [term.label for word in words if (term := terms.parse(word))]
        if labels and len(labels) == len(words):
            yield key, labels[0] if len(labels) == 1 else tuple(labels)
    elif form is FieldForm.TEXTS:
        words = [word for word in _APART.split(text) if word]
        if words:
            yield key, words[0] if len(words) == 1 else tuple(dict.fromkeys(words))
    elif form is FieldForm.INDEX_NO:
        yield key, compact(text)
    elif form is FieldForm.TEXT:
        yield key, text


def first_values(pairs: Sequence[tuple[str, str]]) -> Mapping[str, str | Sequence[str]]:
    """Return the fields of keys and texts; the first of a key counts."""
    values: dict[str, str | Sequence[str]] = {}
    for key, text in pairs:
        for name, value in values_of(key, text):
            values.setdefault(name, value)
    return values
