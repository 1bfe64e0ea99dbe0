"""Read Word, PowerPoint, OFD, ODF and other XML packages: all text and all attributes with words, of every part.

There is no list of the elements that hold text: it would miss watermarks, properties, charts and future elements.
Only the elements that join text (runs) or end a line (paragraphs) are known by name.
"""

import html
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from generator.domain.model import Sight
from generator.source.attachments.office.findings import (
    Budget,
    NestedReader,
    Part,
    Passage,
    ResidualMetadata,
    Unreadable,
    UnreadableError,
)
from generator.source.attachments.office.packages import read_member, within
from generator.source.attachments.office.plaintext import readings
from generator.source.attachments.office.xmlparts import Element, elements

_RUN_TAGS = frozenset({"t", "delText", "v", "TextCode", "text", "span", "a", "s", "ruby", "ruby-base", ""})
_CELL_TAGS = frozenset({"tc", "table-cell"})
_ROW = "row"
# What is written after an element; a paragraph in a cell does not end the line, so that a row stays one line.
_END_OF = {
    **dict.fromkeys(("p", "h", "si", "comment", "br", "cr", "line-break", "TextObject", "threadedComment"), "\n"),
    **dict.fromkeys(("row", "tr", "table-row"), _ROW),
    **dict.fromkeys(_CELL_TAGS, "\t"),
    "tab": " ",
}
_TRACES = {
    "ins": "修订",
    "del": "修订",
    "moveFrom": "修订",
    "moveTo": "修订",
    "tracked-changes": "修订",
    "comment": "批注",
    "threadedComment": "批注",
    "cm": "批注",
    "annotation": "批注",
    "vanish": "隐藏文字",
}
_PEOPLE = {
    **dict.fromkeys(("creator", "initial-creator"), "作者"),
    "lastModifiedBy": "最后修改者",
    "Manager": "主管",
    "Company": "单位",
}
_STYLES = "word/styles.xml"
_MOST_BASES = 50  # the limit for styles that are based on each other in a circle
_STYLE_USES = frozenset({"rStyle", "pStyle"})
_PART_LABELS = (
    (re.compile(r"word/document\d*\.xml"), "正文"),
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"(?:word|xl|ppt)/(?:threadedC|c)omments.*"), "批注"),
    (re.compile(r"word/(?:foot|end)notes\.xml"), "脚注"),
    (re.compile(r"ppt/slides/slide(\d+)\.xml"), "第 {} 页"),
    (re.compile(r"ppt/notesSlides/.*"), "备注"),
    (re.compile(r".*Pages/Page_(\d+)/Content\.xml"), "第 {} 页"),
    (re.compile(r"xl/pivotCache/.*"), "数据透视表缓存"),
    (re.compile(r"(?:word|xl|ppt)/(?:drawings|charts|diagrams)/.*"), "图形"),
    (re.compile(r"(?:docProps|customXml)/.*|meta\.xml"), "文件属性"),
    (re.compile(r"content\.xml"), "正文"),
    (re.compile(r".*\.rels"), "链接"),
)
# Parts for formatting, large and without running text: they are searched for words without parsing.
_FORM = re.compile(
    r"(?:^|/)(?:theme/.*|styles|stylesWith\w*|fontTable|(?:web)?[sS]ettings|numbering|calcChain|tableStyles|presProps"
    r"|viewProps|PublicRes|DocumentRes)\w*\.xml$"
)
_NUMBER = re.compile(rb"[0-9](?:[ .-]?[0-9]){10}")
# Matches text that can be words or a personal number, not identifiers, measures and Latin font names.
WORDED = re.compile(r"[^\x00-\xff]|[0-9](?:[^0-9A-Za-z]{0,3}[0-9]){10}|@")
_USER_PATH = re.compile(r"(?i)(?:[a-z]:[\\/]|file:/{2,3}|/home/|/users/|\\\\[\w.$-]+\\)[^\s\"<>]*")


def document_parts(
    package: zipfile.ZipFile,
    budget: Budget,
    read_nested: NestedReader,
    skip: re.Pattern[str] | None = None,
) -> Iterator[Part]:
    """Yield the texts and residual metadata of every part of an office package.

    ``read_nested`` reads the parts that are not XML; the names that ``skip`` matches are left out.
    """
    traces: Counter[str] = Counter()
    hidden = _hidden_styles(package, budget)
    for info in package.infolist():
        name = info.filename
        if info.is_dir() or (skip and skip.search(name)):
            continue
        data = read_member(package, info, budget)
        if _is_xml(name, data):
            yield from _xml_part(name, data, traces, budget, hidden)
        else:
            yield from within(name.rpartition("/")[2], read_nested(name, data))
    for label, count in sorted(traces.items()):
        yield ResidualMetadata(f"{label} {count} 处")


def _xml_part(name: str, data: bytes, traces: Counter[str], budget: Budget, hidden: frozenset[str]) -> Iterator[Part]:
    """Yield the texts and residual metadata of one part; one that is not well-formed XML is read as plain text."""
    texts: tuple[str, ...]
    try:
        if name.startswith("docProps/") or name == "meta.xml":
            yield from _people(data, budget)
        if name.endswith(".rels") and (local := _local_targets(data, budget)):
            traces["链接里的本机路径"] += local
        texts = _formatting_texts(data) if _FORM.search(name) else xml_texts(data, traces, budget, hidden)
    except UnreadableError as error:
        if budget.marks < 0:
            raise
        texts = tuple(readings(data))
        if not (name.endswith(".vml") and texts):  # HTML of Office 2000, seldom well-formed
            yield Unreadable(f"{name.rpartition('/')[2]}：{error}", Sight.BY_EYE if texts else Sight.UNKNOWN)
    for text in texts:
        if text.strip():
            yield Passage(_label_of(name), text)


def _formatting_texts(data: bytes) -> tuple[str, ...]:
    """Return the texts and attributes of XML that have words, one a line, without parsing it."""
    if data.isascii() and b"\0" not in data and b"&#" not in data and not _NUMBER.search(data):
        return ()
    texts = readings(data)
    pieces = {
        piece for text in texts for piece in text.replace("<", '"').replace(">", '"').replace("'", '"').split('"')
    }
    worded = (html.unescape(piece) for piece in sorted(pieces) if "&#" in piece or WORDED.search(piece))
    return ("\n\n".join(worded),)


def _is_xml(name: str, data: bytes) -> bool:
    first_bytes = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return name.lower().endswith((".xml", ".rels", ".vml")) or first_bytes.startswith(
        (b"<?xml", b"\xff\xfe<\0?\0", b"\xfe\xff\0<")
    )


def _label_of(name: str) -> str:
    for pattern, label in _PART_LABELS:
        if match := pattern.fullmatch(name):
            return label.format(*match.groups())
    return name.rpartition("/")[2]


def _people(data: bytes, budget: Budget) -> Iterator[ResidualMetadata]:
    for element in elements(data, budget):
        label = _PEOPLE.get(element.name)
        if label and element.text.strip():
            yield ResidualMetadata(f"{label}（{element.text.strip()[:1]}**）")


def _local_targets(data: bytes, budget: Budget) -> int:
    return sum(
        element.get("TargetMode") == "External" and bool(_USER_PATH.match(element.get("Target")))
        for element in elements(data, budget)
        if element.starts
    )


def _hidden_styles(package: zipfile.ZipFile, budget: Budget) -> frozenset[str]:
    """Return the ids of the styles of a Word file that hide their text."""
    if _STYLES not in package.NameToInfo:
        return frozenset()
    data = read_member(package, _STYLES, budget)
    if b"vanish" not in data and b"\0" not in data:
        return frozenset()
    hides: dict[str, bool] = {}
    bases: dict[str, str] = {}
    style = ""
    for element in elements(data, budget):
        if element.starts and element.name == "style":
            style = element.get("styleId")
        elif element.starts and element.name == "vanish":
            hides[style] = _is_on(element)
        elif element.starts and element.name == "basedOn":
            bases[style] = element.get("val")
    return frozenset(name for name in {*bases, *hides} if _is_hidden(name, hides, bases))


def _is_hidden(name: str, hides: dict[str, bool], bases: dict[str, str]) -> bool:
    for _ in range(_MOST_BASES):
        if name in hides:
            return hides[name]
        name = bases.get(name, "")
    return False


def _is_on(element: Element) -> bool:
    return element.get("val") not in {"0", "false", "off"}


def xml_texts(
    data: bytes, traces: Counter[str], budget: Budget, hidden: frozenset[str] = frozenset()
) -> tuple[str, str]:
    """Return the text of a part, one line a paragraph or row, and its attributes with words.

    ``traces`` counts the residual metadata by its Chinese label.
    """
    parts: list[str] = []
    attribute_texts: dict[str, None] = {}  # each once: a font's name is repeated at every run
    cells = 0
    for element in elements(data, budget):
        name = element.name
        if element.starts:
            cells += name in _CELL_TAGS
            if label := _trace(element, hidden):
                traces[label] += 1
            for key, value in element.attributes.items():
                if key == "v":  # a record of a pivot table
                    parts.append(f"\n{value}\n")
                elif len(value) > 1 and WORDED.search(value):
                    attribute_texts[value] = None
            continue
        cells -= name in _CELL_TAGS
        if name in _RUN_TAGS:
            parts.append(element.text)
        elif end := _END_OF.get(name):
            parts += (element.text, " " if cells and end == "\n" else "\n" if end == _ROW else end)
        elif element.text and WORDED.search(element.text):
            attribute_texts[element.text] = None
    return "".join(parts), "\n\n".join(attribute_texts)


def _trace(element: Element, hidden: frozenset[str]) -> str:
    """Return the Chinese label of the residual metadata that begins at an element, an empty string for none."""
    if element.name in _STYLE_USES:
        return "隐藏文字" if element.get("val") in hidden else ""
    label = _TRACES.get(element.name, "")
    return label if label and _is_on(element) else ""
