"""ZIP packages: the members of a zip, the text of Word, PowerPoint and OFD, and what their making left behind."""

import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from io import BytesIO

from generator.source.office.parts import Budget, Leftover, Part, Passage, Shut, UnreadableError
from generator.source.office.xmlparts import elements

_CHUNK = 1 << 20
_TEXT_TAGS = frozenset({"t", "delText", "v", "instrText", "TextCode", "text"})
_LINE_TAGS = frozenset({"p", "si", "row", "tr", "comment", "br", "cr", "TextObject", "threadedComment"})
_TRACES = {
    "ins": "修订",
    "del": "修订",
    "moveFrom": "修订",
    "moveTo": "修订",
    "comment": "批注",
    "threadedComment": "批注",
    "cm": "批注",
    "vanish": "隐藏文字",
}
_PEOPLE = {"creator": "作者", "lastModifiedBy": "最后修改者", "Manager": "主管", "Company": "单位"}
_DULL = re.compile(
    r"(?:^|/)(?:_rels/|theme/|styles|stylesWith|fontTable|settings|webSettings|numbering|calcChain|tableStyles|presProps"
    r"|viewProps|slideLayouts/|slideMasters/|Res/|PublicRes|DocumentRes)|\.rels$|\[Content_Types\]"
)
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
    (re.compile(r"docProps/.*"), "文件属性"),
)


def open_package(data: bytes, budget: Budget) -> zipfile.ZipFile:
    """Open a package; raises ``UnreadableError`` for one that is broken or has too many members."""
    try:
        package = zipfile.ZipFile(BytesIO(data))
    except (zipfile.BadZipFile, NotImplementedError, ValueError):
        raise UnreadableError("文件已损坏") from None
    budget.members -= len(package.infolist())
    if budget.members < 0:
        raise UnreadableError("里面的文件太多，没有看完")
    return package


def read_member(package: zipfile.ZipFile, member: str | zipfile.ZipInfo, budget: Budget) -> bytes:
    """Unpack one member; raises ``UnreadableError`` when it is too big, broken or encrypted."""
    info = package.getinfo(member) if isinstance(member, str) else member
    if info.flag_bits & 1:
        raise UnreadableError("有密码")
    chunks = []
    with package.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            budget.spend(len(chunk))
            chunks.append(chunk)
    return b"".join(chunks)


def name_of(info: zipfile.ZipInfo) -> str:
    """Return a member's name as its maker wrote it: Windows writes GBK."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def zip_parts(data: bytes, budget: Budget, look: Callable[[str, bytes], Iterator[Part]]) -> Iterator[Part]:
    """Yield what the files of a zip hold, each place with the file's name before it; their names are text as well."""
    package = open_package(data, budget)
    names = [name_of(info) for info in package.infolist()]
    yield Passage("文件名：", "\n".join(names), "个")
    for info, name in zip(package.infolist(), names, strict=True):
        if info.is_dir():
            continue
        for part in look(name, read_member(package, info, budget)):
            if isinstance(part, Passage):
                yield part._replace(place=f"{name} {part.place}")
            elif isinstance(part, Leftover):
                yield Leftover(f"{name}：{part.text}")
            else:
                yield Shut(f"{name}：{part.reason}")


def document_parts(package: zipfile.ZipFile, budget: Budget, skip: re.Pattern[str] | None = None) -> Iterator[Part]:
    """Yield the texts and leftovers of every XML part of an office package."""
    traces: Counter[str] = Counter()
    for info in package.infolist():
        name = info.filename
        if not name.lower().endswith(".xml") or _DULL.search(name) or (skip and skip.search(name)):
            continue
        data = read_member(package, info, budget)
        if name.startswith("docProps/"):
            yield from _people(data, budget)
        text = xml_text(data, traces, budget)
        if text.strip():
            yield Passage(_place(name), text)
    for label, count in sorted(traces.items()):
        yield Leftover(f"{label} {count} 处")


def _place(name: str) -> str:
    for pattern, place in _PLACES:
        if found := pattern.fullmatch(name):
            return place.format(*found.groups())
    return name.rpartition("/")[2]


def _people(data: bytes, budget: Budget) -> Iterator[Leftover]:
    for element in elements(data, budget):
        label = _PEOPLE.get(element.name)
        if label and element.text.strip():
            yield Leftover(f"{label}（{element.text.strip()[:1]}**）")


def xml_text(data: bytes, traces: Counter[str], budget: Budget) -> str:
    """Return the text of a part, a line per paragraph or row, and count the traces of its making."""
    parts: list[str] = []
    cells = 0
    for element in elements(data, budget):
        name = element.name
        if element.starts:
            cells += name == "tc"
            if value := element.get("v"):  # a record of a pivot table
                parts.append(f"\n{value}\n")
            if (label := _TRACES.get(name)) and element.get("val") not in {"0", "false", "off"}:
                traces[label] += 1
        elif name in _TEXT_TAGS:
            parts.append(element.text)
        elif name == "tc":
            cells -= 1
            parts.append("\t")
        elif name in _LINE_TAGS:
            parts.append(" " if cells and name != "tr" else "\n")
        elif name == "tab":
            parts.append(" ")
    return "".join(parts)
