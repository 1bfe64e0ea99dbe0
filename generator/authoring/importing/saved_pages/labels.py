"""Labels and values of a page: tables, definition lists, 【索引号】, 文号：…, and pairs of elements."""

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from lxml import etree

from generator.authoring.importing.saved_pages.tree import BLOCKS, compact, is_hidden, name_of, squeeze, text_of
from generator.domain.vocabulary import FIELDS, INTERNAL_FIELDS, PAGE_LABELS, FieldForm, field_key

# On many pages, and nothing that a page of this site has a place for.
_WITHOUT_FIELD = frozenset(
    {
        "公开范围",
        "公开时限",
        "组配分类",
        "语种",
        "载体类型",
        "记录形式",
        "作者",
        "浏览次数",
        "点击数",
        "点击次数",
        "阅读次数",
    }
    | {
        "访问量",
        "浏览量",
        "阅读量",
        "责任编辑",
        "编辑",
        "审核",
        "字体",
        "字号大小",
        "分类",
        "栏目",
        "类别",
        "信息分类",
        "所属栏目",
    }
    | {"服务对象分类", "文章类型", "签发人", "审稿", "校对", "终审", "初审", "复审", "信息类别", "打印", "分享"}
)
# A table with one of these alone is above a text, not a part of it.
_ALONE = frozenset({"发布日期", "发布时间", "公开日期", "文号", "发文字号", "索引号"})
_READ = frozenset(
    {FieldForm.TEXT, FieldForm.TEXTS, FieldForm.DATE, FieldForm.EFFECT_DATE, FieldForm.MOMENT, FieldForm.INDEX_NO}
    | {FieldForm.DOC_NUMBER, FieldForm.TERM, FieldForm.TERMS}
)
_NOT_PRINTED = (INTERNAL_FIELDS - {"status"}) | {"kind", "column", "changes", "event", "hearing"}
_MARKS = re.compile(r"^[\[【（(〔]+|[\]】）)〕：:]+$")
_MOST_LABEL = 12
_MOST_VALUE = 1000
_LABELLED = re.compile(r"^([^：:【】\[\]]{2,12})[：:](.*)$", re.DOTALL)
_BRACKETED = re.compile(r"^[【\[]([^：:【】\[\]]{2,12})[】\]][：:]?(.*)$", re.DOTALL)


class LabelledText(NamedTuple):
    """A label as it is printed, without blanks and marks, its value, and whether a table or list parts the two."""

    label: str
    value: str
    is_table: bool


class _Token(NamedTuple):
    text: str
    block: etree._Element
    holder: etree._Element


def key_of_label(label: str) -> str | None:
    """Return the field that a label names; ``None`` for another."""
    key = PAGE_LABELS.get(label) or field_key(label)
    return key if key and FIELDS[key].form in _READ and key not in _NOT_PRINTED else None


def is_known_label(label: str) -> bool:
    """Whether a label is one that pages of public bodies have."""
    return label in _WITHOUT_FIELD or key_of_label(label) in FIELDS


def label_of_text(text: str) -> str:
    """Return a text as a label, without blanks, brackets and its colon."""
    line = compact(text)
    while (bare := _MARKS.sub("", line)) != line:
        line = bare
    return line


def labelled_texts(root: etree._Element, left_out: Collection[etree._Element]) -> list[LabelledText]:
    """Return labels and values of a page outside of some elements, in their order, tables and lists first."""
    used: set[etree._Element] = set()
    pairs = [*_of_tables(root, left_out, used), *_of_lists(root, left_out, used)]
    return [*pairs, *_of_lines(list(_tokens(root, {*left_out, *used})))]


def is_head_table(table: etree._Element) -> bool:
    """Whether a table or definition list inside a text is one of labels, as information systems put above it."""
    used: set[etree._Element] = set()
    pairs = [*_of_tables(table, (), used), *_of_lists(table, (), used)]
    known = {pair.label for pair in pairs if is_known_label(pair.label)}
    names_columns = any(is_known_label(label_of_text(pair.value)) for pair in pairs)
    keys = {key_of_label(label) for label in known} & {"index_no", "doc_number", "date_published", "issuer"}
    if len(pairs) == 1:
        return pairs[0].label in _ALONE and any(character.isdigit() for character in pairs[0].value)
    return len(known) > 1 and len(known) * 2 >= len(pairs) and bool(keys) and not names_columns


def _of_tables(
    root: etree._Element, left_out: Collection[etree._Element], used: set[etree._Element]
) -> Iterator[LabelledText]:
    for table in root.iter("table"):
        if next(table.iterdescendants("table"), None) is not None:
            continue
        if any(is_hidden(one) or one in left_out or one in used for one in (table, *table.iterancestors())):
            continue
        rows = [(row, [cell for cell in row if name_of(cell) in {"td", "th"}]) for row in table.iter("tr")]
        rows = [(row, cells) for row, cells in rows if len(cells) > 1 and not is_hidden(row)]
        pairs = [pair for _, cells in rows for pair in _of_cells([text_of(cell) for cell in cells])]
        if any(is_known_label(pair.label) for pair in pairs):
            used.update(row for row, _ in rows)
            yield from pairs


def _of_cells(texts: list[str]) -> Iterator[LabelledText]:
    place = 0
    while place < len(texts):
        text = texts[place]
        inside = _BRACKETED.match(text) or _LABELLED.match(text)
        if inside and inside[2].strip() and is_known_label(label_of_text(inside[1])):
            for part in _parts(text):
                if match := _BRACKETED.match(part) or _LABELLED.match(part):
                    yield LabelledText(label_of_text(match[1]), match[2].strip(), is_table=True)
            place += 1
        elif 1 < len(label := label_of_text(text)) <= _MOST_LABEL and place + 1 < len(texts):
            yield LabelledText(label, texts[place + 1], is_table=True)
            place += 2
        else:
            place += 1


def _of_lists(
    root: etree._Element, left_out: Collection[etree._Element], used: set[etree._Element]
) -> Iterator[LabelledText]:
    for term in root.iter("dt"):
        value = term.getnext()
        if value is None or name_of(value) != "dd" or is_hidden(term):
            continue
        if any(one in left_out or one in used for one in (term, *term.iterancestors())):
            continue
        if is_known_label(label := label_of_text(text_of(term))):
            used |= {term, value}
            yield LabelledText(label, text_of(value), is_table=True)


def _tokens(root: etree._Element, left_out: Collection[etree._Element]) -> Iterator[_Token]:
    """Yield the runs of words of a page, each with the block that it is in."""
    stack: list[tuple[etree._Element, etree._Element, bool]] = [(root, root, False)]
    while stack:
        element, block, is_tail = stack.pop()
        if is_tail:
            if text := squeeze(element.tail or ""):
                yield _Token(text, block, element)
            continue
        if not name_of(element) or (element is not root and (is_hidden(element) or element in left_out)):
            continue
        inside = element if name_of(element) in BLOCKS else block
        if text := squeeze(element.text or ""):
            yield _Token(text, inside, element)
        for child in reversed(element):
            stack.append((child, inside, True))
            stack.append((child, inside, False))


def runs_of(root: etree._Element, left_out: Collection[etree._Element]) -> list[str]:
    """Return the runs of words of a page outside of some elements, parted before each label."""
    return [part for token in _tokens(root, left_out) for part in _parts(token.text)]


def _of_lines(tokens: list[_Token]) -> Iterator[LabelledText]:
    pieces = [_Token(part, token.block, token.holder) for token in tokens for part in _parts(token.text)]
    place = 0
    while place < len(pieces):
        text = pieces[place].text
        match = _BRACKETED.match(text) or _LABELLED.match(text)
        label = label_of_text(match[1] if match else text)
        value = match[2].strip() if match else ""
        place += 1
        if not is_known_label(label):
            continue
        if not match and not _is_pair(pieces, place):
            continue
        block = pieces[place].block if place < len(pieces) else None
        while place < len(pieces) and pieces[place].block is block and not begins_label(pieces[place].text):
            if (value and block is not pieces[place - 1].block) or len(value) > _MOST_VALUE:
                break
            value = f"{value} {pieces[place].text}".strip()
            place += 1
        if value:
            yield LabelledText(label, value, is_table=False)


def _is_pair(pieces: list[_Token], place: int) -> bool:
    """Whether a label without a mark and what follows are two elements below one parent: blocks, or spans of a line."""
    if place >= len(pieces):
        return False
    label, value = pieces[place - 1].block, pieces[place].block
    if label is not value:
        return label.getparent() is value.getparent()
    holders = pieces[place - 1].holder, pieces[place].holder
    is_apart = holders[0] is not holders[1] and holders[0] is not label
    whole = compact("".join(holders[0].itertext())) == compact(pieces[place - 1].text)
    return is_apart and whole and label_of_text(pieces[place - 1].text) not in _SHORT_LABELS


def begins_label(text: str) -> bool:
    """Whether a text begins with a label that pages of public bodies have."""
    match = _BRACKETED.match(text) or _LABELLED.match(text)
    return is_known_label(label_of_text(match[1] if match else text))


_SHORT_LABELS = frozenset(
    {"日期", "时间", "主题", "来源", "作者", "编辑", "分类", "栏目", "类别", "打印", "分享", "字体"}
)
_ALL_LABELS = sorted(
    {*PAGE_LABELS, *_WITHOUT_FIELD, *(one for spec in FIELDS.values() for one in (spec.label, *spec.aliases))},
    key=len,
    reverse=True,
)
_NAMES = "|".join(map(re.escape, _ALL_LABELS))
_INSIDE = re.compile(rf"(?<=[\s|｜】])(?=[【\[]?(?:{_NAMES})[】\]]?[：:])|(?<=\S)\s*(?=[【\[](?:{_NAMES})[】\]])")


def _parts(text: str) -> list[str]:
    """Return the parts of a run in which several labels follow each other."""
    return [part.strip(" |｜") for part in _INSIDE.split(text) if part.strip(" |｜")] if len(text) < 500 else [text]
