"""印发文件: the texts that a notice carries are declared, and stand where they are said to stand."""

import re
from collections.abc import Iterator

from generator.audit.registry import Hits, at, noticed, rule
from generator.config import SiteConfig
from generator.model import Archive, Document
from generator.problems import Severity
from generator.titles import heading_key
from generator.vocabulary import Kind

_SOURCE = "日人社函〔2019〕20号；国办发〔2018〕37号：一个通知印发几份文件的，逐份标注有效性"


@rule("F012", Severity.ERROR, blocking=True, source=_SOURCE)
def part_not_found(archive: Archive, _config: SiteConfig) -> Hits:
    """写了印发文件，正文里却找不到它的标题。

    不对：parts 里写 title: 工伤认定规程，正文里的标题是“## 工伤认定工作规程”。
    对：　title 和正文里那一份文件的标题一样；空格、书名号、前面的“附件1”不算。
    改法：改 title，或在那份文件的正文前加一行标题。
    """
    yield from noticed(archive, "F012")
    for document in archive.documents:
        if "parts" in document.page.fields and document.kind is not Kind.POLICY:
            message = f"{document.kind.label}不写印发文件"
            yield at(document, message, "类型改为 policy（政策文件），或删去 parts", key="parts")


@rule("F013", Severity.WARNING, source=_SOURCE)
def parts_not_declared(archive: Archive, _config: SiteConfig) -> Hits:
    """一个通知印发几份文件，却没有写明是哪几份。

    不对：标题是《关于印发甲规程、乙规程的通知》，正文里有两个规程，没有写 parts。
    对：　parts 逐份写 id 和 title；以后可以单独解读、修改、废止其中一份。
    改法：把提示里的几行粘贴到 front matter，给每份取一个编号。几份文件永远一同有效、一同废止的，写豁免和理由。
    """
    for document in archive.documents:
        if document.kind is not Kind.POLICY or "parts" in document.page.fields:
            continue
        found = list(_carried(document)) if "印发" in document.title and "通知" in document.title else []
        if len(found) > 1:
            pasted = "".join(f"\n  - id: p{number}\n    title: {title}" for number, title in enumerate(found, 1))
            yield at(
                document,
                f"印发 {len(found)} 份文件，没有写 parts（印发文件）",
                f"粘贴这几行：\nparts:{pasted}",
                key="title",
            )


_ISSUED = re.compile(
    r"印发(?:《(?P<quoted>.+)》|(?P<plain>.+?))等?(?:[\d一二两三四五六七八九十]+[个份项件]\w{0,6})?的通知"
)
_APART = re.compile(r"》?[、，和及]?《|[、，]|》[和及]|以及")


def _carried(document: Document) -> Iterator[str]:
    """Yield the headings of a text that its title says it carries, in the order of the text."""
    issued = _ISSUED.search(document.title)
    if not issued:
        return
    titles = [heading_key(title) for title in _APART.split(issued["quoted"] or issued["plain"]) if title]
    titles += [half for title in titles for half in _AND.split(title) if half != title]  # 和 may join two, or be in one
    for heading in document.page.outline:
        key = heading_key(heading.text)
        if any(key == title or (len(title) >= _LEAST and key.endswith(title)) for title in titles):
            yield heading.text


_AND = re.compile(r"[和及]")
_LEAST = 5  # 办法 and 规程 alone are the ends of too many headings
