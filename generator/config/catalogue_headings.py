"""The headings of a catalogue of items as bodies write them: many names, one row or two, boxes to tick."""

import re
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.domain.problems import ConfigError
from generator.domain.vocabulary import field_key, label_of, nearest

ITEM_KEYS = (
    "id",
    "item_name",
    "item_level1",
    "item_level2",
    "item_area",
    "item_elements",
    "item_basis",
    "item_time_limit",
    "item_subject",
    "item_channels",
    "item_audience",
    "item_mode",
    "item_tier",
    "item_process",
    "update_every",
    "supervision",
    "contact_unit",
    "contact_person",
    "column",
    "remark",
)
# Keys of items that are no fields of documents, with their names.
ITEM_LABELS: Mapping[str, str] = MappingProxyType(
    {"item_area": "试点领域", "contact_person": "联络人", "remark": "备注"}
)
_UNITS = ("责任单位", "责任部门", "责任科室")  # the subject of an item, unless another column names that
_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "id": ("序号", "编号", "事项编号", "目录编号", "事项编码"),
        "item_name": ("公开事项", "事项名称", "事项", "公开项目", "项目名称", "名称", "目录名称", "三级事项"),
        "item_level1": ("一级", "一级目录", "一级类别", "事项类别", "公开事项一级事项"),
        "item_level2": ("二级", "二级目录", "二级类别", "公开事项二级事项"),
        "item_area": ("试点领域", "领域", "所属领域", "重点领域", "公开领域"),
        "item_elements": ("公开内容要素", "内容", "公开要素", "要素", "内容要素", "公开的内容", "公开内容及要素"),
        "item_basis": ("依据", "政策依据", "法律依据", "法规依据", "法定依据", "公开的依据"),
        "item_time_limit": ("时限", "公开时间", "期限", "公开期限", "公开的时限"),
        "item_subject": (
            "主体",
            "责任主体",
            "公开责任主体",
            "公开单位",
            "实施主体",
            "责任单位",
            "责任部门",
            "责任科室",
        ),
        "item_channels": (
            "公开渠道",
            "渠道",
            "载体",
            "渠道和载体",
            "公开渠道与载体",
            "公开渠道及载体",
            "公开载体",
            "公开平台",
        ),
        "item_audience": ("对象", "受众", "公开范围"),
        "item_mode": ("方式", "公开类型", "公开形式", "公开的方式"),
        "item_tier": ("层级", "公开级别"),
        "item_process": ("流程", "公开程序", "程序", "公开的流程"),
        "update_every": ("频次", "更新周期", "公开频次", "更新频率", "公开频率"),
        "supervision": ("监督", "监督方式", "监督电话", "投诉渠道", "监督投诉渠道"),
        "contact_person": ("联络人", "联系人", "联络员", "信息联络员", "信息联络人"),
        "column": ("栏目", "公开栏目", "网站栏目"),
        "remark": ("备注",),
    }
)
_KEY_OF = {word: key for key, words in _WORDS.items() for word in words}
# The columns of the second row of the national form, in which a cell is ticked.
_OPTIONS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "全社会": ("item_audience", "全社会"),
        "特定群体": ("item_audience", "特定群体"),
        "特定对象": ("item_audience", "特定群体"),
        "主动": ("item_mode", "主动"),
        "主动公开": ("item_mode", "主动"),
        "依申请": ("item_mode", "依申请"),
        "依申请公开": ("item_mode", "依申请"),
        **{
            f"{name}级": ("item_tier", f"{name}级")
            for name in ("省", "市", "县", "区", "县区", "乡", "镇", "乡镇", "村", "街道")
        },
        "乡、村级": ("item_tier", "乡、村级"),
        "乡村级": ("item_tier", "乡、村级"),
        "乡镇、村级": ("item_tier", "乡、村级"),
    }
)
_BRACKETED = re.compile(r"[（(\[［【][^（）()\[\]［］【】]*[）)\]］】]")
_TICKS = "√✓✔■☑☒●"
_NO_TICKS = "□☐○×✗"
_BOX = re.compile(rf"([{_TICKS}{_NO_TICKS}])\s*([^{_TICKS}{_NO_TICKS}]*)")
_NOTE = re.compile(r"^(?:备注|注|说明|填表|附注)\s*[:：0-9一]")


class Heading(NamedTuple):
    """One column: the key of its cells, and the option that a tick in it means; empty for a column of texts."""

    key: str
    option: str = ""


_SUBJECT = Heading("item_subject")


def heading_of(word: str) -> Heading | None:
    """Return the column that a heading names, in either language; ``None`` for an unknown one."""
    plain = "".join(word.split())
    bare = _BRACKETED.sub("", plain).strip("：:*＊") or plain
    for name in (plain, bare):
        if name in _OPTIONS:
            return Heading(*_OPTIONS[name])
        key = _KEY_OF.get(name) or field_key(name) or name
        if key in ITEM_KEYS:
            return Heading(key)
    return None


def key_of(word: str, place: str) -> str:
    """Return the key of a heading in either language.

    Raises ``ConfigError`` for an unknown heading; ``place`` is the file and the line.
    """
    return _known(word, place).key


def _known(word: str, place: str) -> Heading:
    heading = heading_of(word)
    if heading is None:
        plain = "".join(word.split())
        near = nearest(plain, [*map(label_of_item, ITEM_KEYS), *ITEM_KEYS, *_KEY_OF])
        hint = f"是不是“{near}”？" if near else "可用：编号、公开事项名称、公开依据、更新频次、栏目等，见使用手册"
        raise ConfigError(f"{place}: 没有“{plain[:40]}”这一列", hint)
    return heading


def item_rows(
    rows: Sequence[tuple[int, Sequence[str]]], name: str, *, merged: bool
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the items of a table with their lines, their cells by key.

    A title above the headings and notes below the items are skipped; ``merged`` says that merged cells were repeated.
    Raises ``ConfigError`` for unknown headings and for cells without one.
    """
    first = _first_heading(rows)
    if first >= len(rows):
        return
    headings = _headings(rows, first, name)
    begin = first + (2 if _is_second_row(rows, first) else 1)
    level, last_id = "", ""
    for line, cells in rows[begin:]:
        written = [cell for cell in cells if cell]
        if len(headings) > 2 and len(set(written)) == 1 and _NOTE.match(written[0]):
            continue
        row = _row(cells, headings, f"{name}:{line}")
        if row.get("item_level2"):
            row["item_level1"] = level = row.get("item_level1") or level
        if merged and row.get("id") and row["id"] == last_id:
            row["id"] = ""
        else:
            last_id = row.get("id", "")
        yield line, row


def _first_heading(rows: Sequence[tuple[int, Sequence[str]]]) -> int:
    """Return the position of the row of headings, below a title that stands alone in its row."""
    for position, (_, cells) in enumerate(rows):
        words = {cell for cell in cells if cell}
        if len(words) > 1 or any(heading_of(word) for word in words):
            return position
    return 0


def _is_second_row(rows: Sequence[tuple[int, Sequence[str]]], first: int) -> bool:
    """Whether the row below the headings divides some of them: 一级事项、二级事项, 全社会、特定群体, 主动、依申请."""
    if first + 1 >= len(rows):
        return False
    above, below = rows[first][1], rows[first + 1][1]
    divided = False
    for number, cell in enumerate(below):
        if not cell or (number < len(above) and cell == above[number]):
            continue
        heading = heading_of(cell)
        if heading is None:
            return False
        divided = divided or bool(heading.option) or heading.key in {"item_level1", "item_level2"}
    return divided


def _headings(rows: Sequence[tuple[int, Sequence[str]]], first: int, name: str) -> list[Heading | None]:
    line, above = rows[first]
    below: Sequence[str] = rows[first + 1][1] if _is_second_row(rows, first) else ()
    headings: list[Heading | None] = []
    words: list[str] = []
    for number in range(max(len(above), len(below))):
        upper = above[number] if number < len(above) else ""
        lower = below[number] if number < len(below) else ""
        word = lower if lower and lower != upper else upper
        words.append(word)
        headings.append(_known(word, f"{name}:{line}") if word else None)
    if headings.count(_SUBJECT) > 1:
        headings = [
            Heading("contact_unit") if item == _SUBJECT and "".join(word.split()) in _UNITS else item
            for word, item in zip(words, headings, strict=True)
        ]
    if twice := next((item for item in headings if item and headings.count(item) > 1), None):
        raise ConfigError(
            f"{name}:{line}: 有两列都是“{twice.option or label_of_item(twice.key)}”", "删去或改名其中一列"
        )
    return headings


def label_of_item(key: str) -> str:
    """Return the Chinese name of a key of an item."""
    return ITEM_LABELS.get(key) or label_of(key)


def _row(cells: Sequence[str], headings: Sequence[Heading | None], place: str) -> dict[str, str]:
    row: dict[str, list[str]] = {}
    for number, cell in enumerate(cells):
        heading = headings[number] if number < len(headings) else None
        if heading is None:
            if cell:
                raise ConfigError(f"{place}: 第 {number + 1} 格没有列名", "删去这一格；文字里有逗号的，加英文双引号")
            continue
        row.setdefault(heading.key, [])
        if value := _of_option(cell, heading.option) if heading.option else ticked(cell):
            row[heading.key].append(value)
    return {key: "、".join(values) for key, values in row.items()}


def _of_option(cell: str, option: str) -> str:
    """Return the option where its cell is ticked, with what is written there; empty where it is not."""
    plain = cell.strip()
    if not plain or plain in {"否", "无", "/", "-", "—"} or plain[0] in _NO_TICKS:
        return ""
    words = plain.strip(f"{_TICKS} 　")
    return option if not words or words in {"是", "Y", "y", option} else f"{option}：{words}"


def ticked(cell: str) -> str:
    """Return what is ticked in a list of boxes (■政府网站 □政府公报); a text without boxes as it is."""
    boxes = _BOX.findall(cell)
    if not boxes or cell[: cell.index(boxes[0][0])].strip() or not any(name.strip() for _, name in boxes):
        return cell
    names = [name.strip(" 　\n、，；;。") for box, name in boxes if box in _TICKS]
    return "、".join("".join(name.split()) for name in names if name)
