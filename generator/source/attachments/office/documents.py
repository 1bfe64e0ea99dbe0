"""Word, PowerPoint, OFD, ODF and other packages of XML: every text and every worded attribute of every part.

Which elements hold text is not listed: a list would miss watermarks, properties, charts and all that
comes after it. Only what joins text (runs) or ends a line (paragraphs) is known by its name.
"""

import html
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

from generator.domain.model import Sight
from generator.source.attachments.office.findings import (
    Budget,
    LookInto,
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
# What stands behind an element: a paragraph in a cell ends no line, so that a row stays one.
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
_MOST_BASES = 50  # a style that is based on itself ends here
_STYLE_USES = frozenset({"rStyle", "pStyle"})
_PLACES = (
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
# Parts of form, large and without running text: words in them are looked for in the plain bytes.
_FORM = re.compile(
    r"(?:^|/)(?:theme/.*|styles|stylesWith\w*|fontTable|(?:web)?[sS]ettings|numbering|calcChain|tableStyles|presProps"
    r"|viewProps|PublicRes|DocumentRes)\w*\.xml$"
)
_NUMBER = re.compile(rb"[0-9](?:[ .-]?[0-9]){10}")
# What can be words or a number of a person; identifiers, measures and names of fonts in Latin letters are not.
WORDED = re.compile(r"[^\x00-\xff]|[0-9](?:[^0-9A-Za-z]{0,3}[0-9]){10}|@")
_USER_PATH = re.compile(r"(?i)(?:[a-z]:[\\/]|file:/{2,3}|/home/|/users/|\\\\[\w.$-]+\\)[^\s\"<>]*")


def document_parts(
    package: zipfile.ZipFile,
    budget: Budget,
    other: LookInto,
    skip: re.Pattern[str] | None = None,
) -> Iterator[Part]:
    """Yield the texts and leftovers of every part of an office package; ``other`` looks into what is no XML."""
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
            yield from within(name.rpartition("/")[2], other(name, data))
    for label, count in sorted(traces.items()):
        yield ResidualMetadata(f"{label} {count} 处")


def _xml_part(name: str, data: bytes, traces: Counter[str], budget: Budget, hidden: frozenset[str]) -> Iterator[Part]:
    """Yield what stands in one part; one that is no XML is read as it is, and the others still are."""
    texts: tuple[str, ...]
    try:
        if name.startswith("docProps/") or name == "meta.xml":
            yield from _people(data, budget)
        if name.endswith(".rels") and (local := _local_targets(data, budget)):
            traces["链接里的本机路径"] += local
        texts = _pieces(data) if _FORM.search(name) else xml_texts(data, traces, budget, hidden)
    except UnreadableError as error:
        if budget.marks < 0:
            raise
        texts = tuple(readings(data))
        if not (name.endswith(".vml") and texts):  # HTML of Office 2000, seldom well-formed
            yield Unreadable(f"{name.rpartition('/')[2]}：{error}", Sight.BY_EYE if texts else Sight.UNKNOWN)
    for text in texts:
        if text.strip():
            yield Passage(_place(name), text)


def _pieces(data: bytes) -> tuple[str, ...]:
    """Return the worded texts and attributes of XML without reading its structure, a line each."""
    if data.isascii() and b"\0" not in data and b"&#" not in data and not _NUMBER.search(data):
        return ()
    texts = readings(data)
    pieces = {
        piece for text in texts for piece in text.replace("<", '"').replace(">", '"').replace("'", '"').split('"')
    }
    worded = (html.unescape(piece) for piece in sorted(pieces) if "&#" in piece or WORDED.search(piece))
    return ("\n\n".join(worded),)


def _is_xml(name: str, data: bytes) -> bool:
    bare = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    return name.lower().endswith((".xml", ".rels", ".vml")) or bare.startswith(
        (b"<?xml", b"\xff\xfe<\0?\0", b"\xfe\xff\0<")
    )


def _place(name: str) -> str:
    for pattern, place in _PLACES:
        if found := pattern.fullmatch(name):
            return place.format(*found.groups())
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
    """Return the styles of a Word file that hide what is written in them."""
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
    """Return the text of a part, a line per paragraph or row, and its attributes; count the traces of its making."""
    parts: list[str] = []
    beside: dict[str, None] = {}  # a font's name stands at every run
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
                    beside[value] = None
            continue
        cells -= name in _CELL_TAGS
        if name in _RUN_TAGS:
            parts.append(element.text)
        elif end := _END_OF.get(name):
            parts += (element.text, " " if cells and end == "\n" else "\n" if end == _ROW else end)
        elif element.text and WORDED.search(element.text):
            beside[element.text] = None
    return "".join(parts), "\n\n".join(beside)


def _trace(element: Element, hidden: frozenset[str]) -> str:
    """Return the word for a trace of making that begins here, empty for none."""
    if element.name in _STYLE_USES:
        return "隐藏文字" if element.get("val") in hidden else ""
    label = _TRACES.get(element.name, "")
    return label if label and _is_on(element) else ""
