"""H: links, files, images, announced attachments, active content."""

import posixpath
import re
from collections.abc import Collection
from urllib.parse import unquote

from generator.audit.registry import Hits, hit_at, noticed_problems, rule
from generator.config.load import SiteConfig
from generator.domain.model import AnnouncedAttachment, Archive, Document, LinkOutcome, LinkRole
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import Nearest

_E, _W = Severity.ERROR, Severity.WARNING
_NOT_A_WORD = re.compile(r"[\W_]+")


@rule("H001", _E, blocking=True, source="{国办秘函〔2019〕19号}：链接可用性")
def dead_link(archive: Archive, _config: SiteConfig) -> Hits:
    """站内链接打不开，或者锚点不存在。

    不对：[办法](../policies/rsf-2024-51.md)，而文件叫 rsf-2024-15.md；#第三十条，而文件只有二十条；ftp:// 的地址。
    对：　链接到 Markdown 文件的相对路径，锚点写“第三条”或标题去掉序号后的文字；站外的网址以 https:// 开头。
    改法：按提示改正；所指文件不公开或还没有发布的，删去链接。
    """
    yield from noticed_problems(archive, "H001")
    names = _FileNames(archive.by_path)
    anchors: dict[str, Nearest] = {}
    for document in archive.proactive:
        for resolved in archive.links.get(document.path, ()):
            target_text = resolved.target[:80]
            if resolved.outcome is LinkOutcome.NO_PAGE:
                near = names.nearest(document, resolved.target)
                hint = f"是不是 {near}？" if near else "链接写 Markdown 文件的相对路径"
                if same := names.other_case(document, resolved.target):
                    hint = f"大小写不同：写成 {same}"
                yield hit_at(document, f"链接“{target_text}”没有对应的页面", hint, line=resolved.line)
            elif resolved.outcome is LinkOutcome.NO_ANCHOR:
                target = archive.by_id[resolved.document]
                anchor = resolved.target.partition("#")[2]
                words = anchors.setdefault(target.path, Nearest(target.page.anchors, most=20))
                near = None if anchor.startswith("第") else words.to(anchor)
                hint = f"是不是 #{near}？" if near else f"{target.path} 里没有“{anchor}”，核对条号或标题"
                yield hit_at(document, f"链接“{target_text}”的锚点不存在", hint, line=resolved.line)
            elif resolved.outcome is LinkOutcome.NOT_OPENED:
                hint = "改为 https:// 开头的网址；文件放到 content/ 下，写相对于本文件的路径"
                yield hit_at(document, f"地址“{target_text}”不是网页能打开的", hint, line=resolved.line)
            elif resolved.outcome is LinkOutcome.NOT_PUBLIC and resolved.document and archive.is_public(document):
                yield hit_at(
                    document,
                    f"链接“{target_text}”所指的文件不公开或还没有发布",
                    "删去链接，或等它发布",
                    line=resolved.line,
                )


@rule("H002", _E, blocking=True, source="{国办秘函〔2019〕19号}：附件可用性；{政府信息公开条例}第二十四条")
def missing_file(archive: Archive, _config: SiteConfig) -> Hits:
    r"""附件或图片的文件不存在，或者在网站之外，或者写的是自己电脑上的路径。

    大小写也要一样：A.PNG 不是 a.png，服务器上分得清。

    不对：file: files/申请表.doc，而文件夹里是 申请表.docx；file: ../../../private/名单.xlsx；[原文](C:\a.doc)。
    对：　文件放在 content/ 下，路径相对于 Markdown 文件。
    改法：按提示改正文件名，或把文件复制到 content/ 下。
    """
    names = _FileNames(archive.files)
    for document in archive.proactive:
        attachments = archive.attachments.get(document.path, ())
        for resolved, field in [
            *((item, "attachments") for item in attachments),
            *((item, "") for item in archive.links.get(document.path, ())),
        ]:
            target_text = resolved.target[:80]
            if resolved.outcome is LinkOutcome.OUTSIDE:
                yield hit_at(
                    document,
                    f"文件“{target_text}”在网站的 content/ 之外",
                    "把文件复制到 content/ 下",
                    line=resolved.line,
                    key=field,
                )
            elif resolved.outcome is LinkOutcome.LOCAL:
                yield hit_at(
                    document,
                    f"“{target_text}”是本机或内部网络上的路径，别人打不开",
                    "把文件复制到 content/ 下，写相对于本文件的路径",
                    line=resolved.line,
                    key=field,
                )
            elif resolved.outcome is LinkOutcome.NO_FILE:
                near = names.nearest(document, resolved.target)
                hint = f"是不是 {near}？" if near else "核对路径，它相对于本文件；符号链接不算"
                if same := names.other_case(document, resolved.target):
                    hint = f"大小写不同：写成 {same}"
                yield hit_at(document, f"文件“{target_text}”不存在", hint, line=resolved.line, key=field)


@rule("H003", _E, blocking=True, source="{无障碍环境建设法}第三十二条；{GB/T 37668—2019}")
def image_without_text(archive: Archive, _config: SiteConfig) -> Hits:
    """图片没有文字说明。

    不对：![](images/flow.png)
    对：　![失业保险金申领流程：登记、申请、审核、发放四步](images/flow.png)
    改法：在方括号里写图片说了什么；图解另附完整文字版。
    """
    for document in archive.proactive:
        for image in (link for link in document.page.links if not link.described):
            yield hit_at(
                document, f"图片“{image.target[:80]}”没有文字说明", "在 ![ ] 的方括号里写图片说了什么", line=image.line
            )


@rule("H008", _W, source="{GB/T 9704—2012} 7.3.4；{政府信息公开条例}第二十四条")
def announced_attachment(archive: Archive, _config: SiteConfig) -> Hits:
    """正文说有附件，页面上却没有。

    不对：正文写“附件：1. 申请表”，front matter 没有 attachments，正文后面也没有附件 1。
    对：　attachments 里有标题相同的附件，或正文后面有“附件1”一节。
    改法：补上附件文件；附件不公开的，在正文的附件说明里注明。
    """
    for document in archive.proactive:
        for announced in document.page.announced_attachments:
            if not announced.held and not _is_attached(document, announced):
                number = f"附件 {announced.number}" if announced.number else "附件"
                yield hit_at(
                    document,
                    f"正文说有{number}“{announced.title[:40]}”，页面上没有",
                    "在 attachments 里给出同名附件，或把它写进正文",
                    line=announced.line,
                    key="attachments",
                )


@rule(
    "H009",
    _E,
    blocking=True,
    source="{互联网政务应用安全管理规定}：不引用外部资源；{个人信息保护法}：不向第三方提供访问者信息",
)
def image_from_elsewhere(archive: Archive, _config: SiteConfig) -> Hits:
    """图片、音频、视频取自别的网站。

    不对：![流程图](https://img.example.com/flow.png)
    对：　![失业保险金申领流程](images/flow.png)，文件放在 content/ 下。
    改法：把文件下载到 content/ 下再引用；不能下载的改为链接：[观看视频](https://…)。
    """
    for document in archive.proactive:
        outcomes = {resolved.target: resolved.outcome for resolved in archive.links.get(document.path, ())}
        for link in document.page.links:
            if link.role is LinkRole.MEDIA and outcomes.get(link.target) is LinkOutcome.ELSEWHERE:
                yield hit_at(
                    document,
                    f"“{link.target[:80]}”在别的网站上，打开网页就要向它请求",
                    "把文件放到 content/ 下，或改为链接",
                    line=link.line,
                )


@rule("H010", _E, blocking=True, source="{网络安全法}第二十三条；{国办发〔2017〕47号}：防范网页篡改和挂马")
def active_file(archive: Archive, _config: SiteConfig) -> Hits:
    """附件或图片里有会在浏览器里运行的内容，或者就是程序。

    不对：附件 工具.exe、工具.bat，或者改了后缀的程序；附件 报名表.html 里有 <script>；图解.svg 里有 onload，或样式里有 url(https://…)。
    对：　附件用 PDF、docx、xlsx；SVG 只留图形，由制图软件导出为“纯 SVG”或 PNG。
    改法：换成不能运行的格式。网页形式的解读确要发布的，经安全检查后写豁免和理由。
    """
    active = {path: problem.message for path, problem in archive.problems if problem.rule == "H010"}
    for path in filter(lambda path: path.startswith("themes/"), active):
        hint = "主题里的样式和图形只用主题自己的文件，不从别处加载，也不运行脚本"
        yield path, Problem("", f"主题的文件{active[path]}", hint)
    for document in archive.proactive if active else ():
        reported: set[str] = set()
        attached = [(item, "attachments") for item in archive.attachments.get(document.path, ())]
        for resolved, field in [*attached, *((item, "") for item in archive.links.get(document.path, ()))]:
            if resolved.file in active and resolved.file not in reported:
                reported.add(resolved.file)
                message = f"文件“{posixpath.basename(resolved.file)[:60]}”{active[resolved.file]}"
                hint = "换成 PDF、docx、PNG 等不能运行的格式"
                yield hit_at(document, message, hint, line=resolved.line, key=field)


@rule("H011", _E, blocking=True, source="公文处理规范：所见即所存；XML 1.0 第 2.2 节")
def unseen_character(archive: Archive, _config: SiteConfig) -> Hits:
    """正文里有看不见的控制字符。

    不对：从别处粘贴来的文字里夹着退格符，或者改变文字方向的字符，读者看到的顺序和实际的不一样。
    对：　正文里只有看得见的文字、空格和换行。
    改法：删去它，重新输入那几个字。
    """
    yield from noticed_problems(archive, "H011")


@rule("H014", _E, source="公文处理规范：所见即所存")
def unfinished_markup(archive: Archive, _config: SiteConfig) -> Hits:
    r"""正文里的表格、小标题、网页标签或脚注没有写完整，或者不能放在正文里。

    不对：小标题写成 ＃＃ 一、总则（全角的 ＃），或者 ##一、总则；表格没有表头下面的分隔行；
    <div> 没有 </div>；<iframe> 的视频；脚注 [^9] 正文里没有地方引用。
    对：　## 一、总则（半角的 #，后面空一格）；表格第二行是 |---|---|；有开头的标签就有结束的；
    音频、视频用 <audio>、<video>；每条脚注都有 [^9] 指着它。
    改法：按提示的行号补上，或者删去；< 是小于号的，写成 \<。
    """
    yield from noticed_problems(archive, "H014")


@rule("H025", _W, source="公文处理规范：所见即所存")
def layout_not_kept(archive: Archive, _config: SiteConfig) -> Hits:
    """正文里用网页标签写的对齐、字体或颜色，网页上不起作用。

    不对：<p align="right">2026年5月6日</p>；<span style="color: red">截止日期</span>。
    对：　落款、日期各写一行，网站自动靠右；要突出的用 ** 加粗。
    改法：删去标签，只留文字。
    """
    yield from noticed_problems(archive, "H025")


class _FileNames:
    """The names of files, for suggestions where a name is misspelt."""

    def __init__(self, paths: Collection[str]) -> None:
        self._by_name = {posixpath.basename(path): path for path in paths}
        self._words = Nearest(self._by_name)
        self._by_folded = {path.casefold(): path for path in paths}

    def other_case(self, document: Document, target: str) -> str | None:
        """Return the path, relative to the document, of the file whose path differs only in capital letters."""
        folder = posixpath.dirname(document.path)
        for address in (target, unquote(target.partition("#")[0])):
            path = posixpath.normpath(posixpath.join(folder, address.replace("\\", "/").strip("<>")))
            if real := self._by_folded.get(path.casefold()):
                return posixpath.relpath(real, folder)
        return None

    def nearest(self, document: Document, target: str) -> str | None:
        """Return the file with the most similar name, as a path relative to the document; ``None`` for none."""
        near = self._words.to(posixpath.basename(target.partition("#")[0]))
        return posixpath.relpath(self._by_name[near], posixpath.dirname(document.path)) if near else None


def _is_attached(document: Document, announced: AnnouncedAttachment) -> bool:
    title = _plain(announced.title)
    return any(title and (title in _plain(item.title) or _plain(item.title) in title) for item in document.attachments)


def _plain(title: str) -> str:
    return _NOT_A_WORD.sub("", title).removeprefix("附件")
