"""G: the disclosure gate. The config can make none of these milder."""

from generator.audit.registry import Hits, at, rule
from generator.config import SiteConfig
from generator.model import Archive, LinkOutcome
from generator.problems import Severity
from generator.vocabulary import Disclosure, label_of

_E = Severity.ERROR


@rule("G001", _E, blocking=True, source="国办发〔2016〕80号 一（一）：公文起草时明确公开属性")
def no_attribute(archive: Archive, _config: SiteConfig) -> Hits:
    """没有公开属性。

    不对：front matter 里没有 disclosure（公开属性）。
    对：　disclosure: proactive（主动公开）、on_request（依申请公开）或 withheld（不予公开）。
    改法：由起草单位补上公开属性；没有属性的文件一律不发布。
    """
    for document in archive.documents:
        bad = any(problem.field == "disclosure" for problem in document.page.problems)
        if document.disclosure is None and not bad:
            yield at(
                document,
                "没有“公开属性”",
                "加一行 disclosure: proactive（主动公开）、on_request（依申请公开）或 withheld（不予公开）",
                key="disclosure",
            )


@rule("G002", _E, blocking=True, source="政府信息公开条例第十三条至第十六条；国办发〔2016〕80号：不公开的应说明理由")
def no_reason(archive: Archive, _config: SiteConfig) -> Hits:
    """不主动公开，却没有类别或理由。

    不对：只写 disclosure: withheld。
    对：　再写 withhold_class: N03 和 withhold_note: 处于讨论阶段的过程性信息。
    改法：补上不予公开类别（N01–N11）和理由；没有类别的应当公开。
    """
    for document in archive.documents:
        if document.disclosure in {None, Disclosure.PROACTIVE}:
            continue
        bad = {problem.field for problem in document.page.problems}
        for key in ("withhold_class", "withhold_note"):
            if not document.value(key) and key not in bad:
                yield at(
                    document,
                    f"{document.disclosure.label if document.disclosure else ''}的文件缺少“{label_of(key)}”",
                    "补上不予公开类别（withhold_class: N01 至 N11）和理由（withhold_note）",
                    key=key,
                )


@rule(
    "G003",
    _E,
    blocking=True,
    source="政府信息公开条例第三十七条；国办发〔2016〕80号：主动公开的公文不可夹带不公开的内容",
)
def carried_attachment(archive: Archive, _config: SiteConfig) -> Hits:
    """主动公开的文件带了不公开的附件。

    不对：文件主动公开，其中一个附件写 disclosure: on_request，或者正文链接了别处不公开的文件。
    对：　不公开的附件另立一份文件，写明类别和理由；公开的文件里只留公开的附件。
    改法：移走那个附件，或改正它的公开属性。
    """
    for document in archive.documents:
        if document.disclosure is not Disclosure.PROACTIVE:
            continue
        for item in document.attachments:
            if item.disclosure is not Disclosure.PROACTIVE:
                yield at(
                    document,
                    f"附件“{item.title}”的公开属性是“{item.disclosure.label}”",
                    "移走这个附件，或改正它的公开属性",
                    line=item.line,
                    key="attachments",
                )
        for resolved in archive.links.get(document.path, ()):
            if resolved.outcome is LinkOutcome.NOT_PUBLIC and resolved.file:
                yield at(
                    document,
                    f"正文链接的文件“{resolved.target}”是不公开的附件",
                    "删去这个链接，或改正附件的公开属性",
                    line=resolved.line,
                )


@rule("G004", _E, blocking=True, source="保守国家秘密法第三十五条")
def marked_secret(archive: Archive, _config: SiteConfig) -> Hits:
    """标明涉密。

    不对：is_secret: true。
    对：　涉密文件不进入本仓库。
    改法：立即把文件移出仓库并按保密规定报告；删除最后一版并不能清除仓库历史里的旧版。
    """
    for document in archive.documents:
        if document.value("is_secret") is True:
            yield at(document, "标明涉密，不得进入网站", "立即移出仓库并按保密规定报告", key="is_secret")
