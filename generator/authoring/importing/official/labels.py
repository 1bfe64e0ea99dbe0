"""Labelled lines and tables above a text: 索引号：…, 发文字号：…, as information systems print them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import NamedTuple

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.extracted import ExtractedField
from generator.authoring.importing.word.blocks import Table, cell_text
from generator.domain.doc_numbers import repair_doc_number
from generator.domain.vocabulary import Disclosure

_KEYS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("索引号", "信息索引号", "政府信息索引号", "索引编号"), "index_no"),
        **dict.fromkeys(("文号", "发文字号", "发文编号", "发文号", "文件编号", "公文编号", "文件字号"), "doc_number"),
        **dict.fromkeys(("成文日期", "生成日期", "发文日期", "成文时间", "发文时间", "签发日期"), "date_written"),
        **dict.fromkeys(("发布日期", "公开日期", "发布时间", "公开时间", "公布日期"), "date_published"),
        **dict.fromkeys(("发文机关", "发布机构", "发布机关", "发文单位", "制定机关", "发文机构", "公开主体"), "issuer"),
        **dict.fromkeys(("标题", "名称", "信息名称", "文件名称", "公文名称"), "title"),
        **dict.fromkeys(
            ("公开属性", "公开方式", "公开类别", "公开形式", "公开选项", "信息公开选项", "公开程度"), "disclosure"
        ),
    }
)
# Known, but for a person to fill in: these have values of their own on each site.
_OTHERS = frozenset(
    {"主题分类", "信息分类", "组配分类", "体裁分类", "体裁", "文种", "公开范围", "公开时限", "有效性", "时效性"}
    | {"效力状态", "主题词", "关键词", "服务对象", "责任部门", "责任单位", "内容概述", "信息来源", "有效期", "废止日期"}
    | {"生效日期", "实施日期", "是否有效", "语种", "载体类型", "记录形式", "产生日期", "主题", "分类", "栏目", "类别"}
    | {"浏览次数", "起草单位", "主办单位", "文件类型"}
)
_IN_LINES = frozenset({"index_no", "doc_number", "date_written", "date_published", "issuer", "disclosure"})
_REGISTRATION = (
    r"[\u4e00-\u9fff]{0,10}(?:登记|统一|备案|审查|规范性文件|管理|制发)[\u4e00-\u9fff]{0,4}(?:编号|号|号码|编码)"
)
_NAME = re.compile(rf"(?:{'|'.join(sorted((*_KEYS, *_OTHERS), key=len, reverse=True))}|{_REGISTRATION})")
_NUMERIC_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:T?\d{1,2}:\d{2}(?::\d{2})?)?")
_CODE = re.compile(r"[（(]?[A-Z][A-Z0-9]{1,11}(?:[-—–－―]{1,2}[A-Z0-9]{1,10}){1,4}号?[）)]?")
_LABEL_IN_LINE = re.compile(
    rf"(?<=[\s号）)])(?:{'|'.join(sorted(_KEYS, key=len, reverse=True))}|签发人|"
    r"(?:规范性文件)?(?:统一|备案|制发)?(?:登记|备案|统一|审查)(?:登记)?(?:编号|号))[ 　]*[:：]"
)
_NAMED_NUMBER = re.compile(r"[\u4e00-\u9fff]{0,12}(?:编号|号|号码|编码)")
_BETWEEN_PARTS = re.compile(r"\s{2,}|　+|(?<=号)(?=[（(])")
_LEAST_CODE_DIGITS = 4
_LEAST_LABELS = 2
_MOST_LINE = 200


class LabelledValue(NamedTuple):
    """A label as it is printed, without blanks, and what follows it."""

    label: str
    value: str


def is_label(text: str) -> bool:
    """Whether a text is a label of a table above a text, with or without its colon."""
    return bool(_NAME.fullmatch(lines.compact(text)[:40].rstrip(":：")))


def labelled_number(text: str) -> str | None:
    """Return the 文号 of a line, whatever number its label calls it; ``None`` for another line."""
    name, colon, value = _without_brackets(text.strip()).replace("：", ":").partition(":")
    is_label_of_number = bool(_NAMED_NUMBER.fullmatch(lines.compact(name[:40])))
    return lines.number_of(value) if colon and is_label_of_number else lines.number_of(text)


def _without_brackets(text: str) -> str:
    return text[1:-1] if text[:1] in {"（", "("} and text[-1:] in {"）", ")"} else text


def is_named_number(text: str) -> bool:
    """Whether a line is some number with its name before it (公告编号：…): whatever it is, no title."""
    name, colon, value = lines.compact(text[:_MOST_LINE]).replace("：", ":").partition(":")
    return bool(colon and value and _NAMED_NUMBER.fullmatch(name))


def is_registration(text: str) -> bool:
    """Whether a line is a 登记号, 统一编号 or another number under which an authority registered the text."""
    whole = _without_brackets(lines.compact(text))
    if len(whole) > _MOST_LINE:
        return False
    name, colon, value = whole.replace("：", ":").partition(":")
    if colon and value and (re.fullmatch(_REGISTRATION, name) or (name == "编号" and _CODE.fullmatch(value))):
        return True
    bare = re.sub(rf"\A{_REGISTRATION}(?=[A-Z])", "", whole)
    return bool(_CODE.fullmatch(bare)) and sum(char.isdecimal() for char in bare) >= _LEAST_CODE_DIGITS


def parts_of(line: str) -> list[str]:
    """Return the parts of a line that has several, set apart by wide blanks or by the label of the next one."""
    if len(line) > _MOST_LINE:
        return [line]
    starts = [match.start() for match in _LABEL_IN_LINE.finditer(line) if match.start()]
    pieces = [line[start:end] for start, end in zip([0, *starts], [*starts, len(line)], strict=True)]
    parts = [part.strip() for piece in pieces for part in _BETWEEN_PARTS.split(piece) if part.strip()]
    single = line.split()
    if len(parts) == 1 and len(single) > 1 and any(lines.number_of(one) for one in single):
        return single if all(lines.number_of(one) or is_registration(one) for one in single) else parts
    return parts


def value_in(line: str) -> LabelledValue | None:
    """Return label and value of a line that is nothing else."""
    name, colon, value = _without_brackets(line.strip()).replace("：", ":").partition(":")
    key = _KEYS.get(lines.compact(name[:40]), "")
    return LabelledValue(lines.compact(name), value.strip()) if colon and key in _IN_LINES and value.strip() else None


def values_of_table(table: Table) -> list[LabelledValue]:
    """Return labels and values of a table above a text; empty for a table of another kind."""
    values: list[LabelledValue] = []
    for row in table.rows:
        texts = [cell_text(cell) for cell in row]
        place = 0
        while place < len(texts):
            name, colon, value = texts[place].replace("：", ":").partition(":")
            if not is_label(name):
                place += 1
            elif colon and value.strip():
                values.append(LabelledValue(lines.compact(name), value.strip()))
                place += 1
            else:
                behind = texts[place + 1] if place + 1 < len(texts) else ""
                values.append(LabelledValue(lines.compact(name), behind.strip()))
                place += 2
    is_head = len(values) >= _LEAST_LABELS and any(_KEYS.get(one.label, "title") != "title" for one in values)
    return values if is_head else []


def fields_of(values: list[LabelledValue], where: str) -> Iterator[ExtractedField]:
    """Yield the fields of labelled values; what has no value of the right form is left to a person."""
    for label, text in values:
        key = _KEYS.get(label, "")
        value = _value(key, text) if key and text else ""
        if value:
            yield ExtractedField(key, value, f"{where}“{label}”")


def _value(key: str, text: str) -> str | tuple[str, ...]:
    if key == "doc_number":
        return lines.number_of(text) or repair_doc_number(text) or ""
    if key in {"date_written", "date_published"}:
        day = lines.date_of(text) or _numeric_day(lines.compact(text))
        return day.isoformat() if day else ""
    if key == "disclosure":
        disclosure = Disclosure.parse(lines.compact(text))
        return disclosure.label if disclosure else ""
    if key == "issuer":
        organs = [lines.compact(one) for one in re.split(r"[,，、;；\s]+", text) if one]
        return organs[0] if len(organs) == 1 else tuple(organs)
    return text.replace("\n", "") if key == "title" else lines.compact(text)


def _numeric_day(text: str) -> dt.date | None:
    match = _NUMERIC_DAY.fullmatch(text)
    try:
        return dt.date(*map(int, match.groups())) if match else None
    except ValueError:
        return None
