"""F: 印发文件, the parts that a notice carries: declared, and found in the text."""

from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity
from generator.domain.vocabulary import Kind

_SOURCE = "{日人社函〔2019〕20号}；{国办发〔2018〕37号}：一个通知印发几份文件的，逐份标注有效性"


@rule("F012", Severity.ERROR, blocking=True, source=_SOURCE)
def part_not_found(archive: Archive, _config: SiteConfig) -> Hits:
    """写了印发文件，正文里却找不到它的标题。

    不对：parts 里写 title: 工伤认定规程，正文里的标题是“## 工伤认定工作规程”。
    对：　title 和正文里那一份文件的标题一样；空格、书名号、前面的“附件1”不算。
    改法：改 title，或在那份文件的正文前加一行标题。
    """
    yield from noticed_problems(archive, "F012")
    for document in archive.documents:
        if "parts" in document.page.fields and document.kind is not Kind.POLICY:
            message = f"{document.kind.label}不写印发文件"
            yield hit_at(document, message, "类型改为 policy（政策文件），或删去 parts", key="parts")


@rule("F013", Severity.WARNING, source=_SOURCE)
def parts_not_declared(archive: Archive, _config: SiteConfig) -> Hits:
    """一个通知印发几份文件，却没有写明是哪几份。

    不对：标题是《关于印发甲规程、乙规程的通知》，正文里有两个规程，没有写 parts。
    对：　parts 逐份写 id 和 title；以后可以单独解读、修改、废止其中一份。
    改法：把提示里的几行粘贴到 front matter，给每份取一个编号。几份文件永远一同有效、一同废止的，写豁免和理由。
    """
    for document in archive.documents:
        undeclared_parts = document.page.undeclared_parts
        if len(undeclared_parts) > 1:
            lines = "".join(
                f"\n  - id: p{number}\n    title: {part.title}" for number, part in enumerate(undeclared_parts, 1)
            )
            lines_without_heading = [f"第 {part.line} 行" for part in undeclared_parts if not part.headed]
            heading_hint = (
                f"；再把{'、'.join(lines_without_heading)}改成标题：行首加“## ”" if lines_without_heading else ""
            )
            message = f"印发 {len(undeclared_parts)} 份文件，没有写 parts（印发文件）"
            yield hit_at(document, message, f"在 front matter 里粘贴下面几行{heading_hint}\nparts:{lines}", key="title")
