"""L, V, H, G: what only saved pages tell: links that are missing, marks, tags and attributes that are not shown."""

from collections.abc import Iterator

from generator.audit.registry import Hits, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence, Lack, LinkFault, PairFault
from generator.domain.problems import Problem, Severity
from generator.domain.vocabulary import ENDED_BY, OVER, Kind, Status

_E, _W = Severity.ERROR, Severity.WARNING
_BOTH_WAYS = "{国办发〔2016〕80号}；{国办发〔2017〕47号}：解读材料与政策文件相互关联"
_LINKS = "在文件页加“相关解读”，在解读页加“相关文件”，都链接到对方"


@rule("P001", _E, needs_pages=True, source=_BOTH_WAYS)
def not_linked(archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """政策文件和它的解读没有互相链接。

    只在核对保存的网页（gongkai audit --pages）时查。所解读的是哪一件，看解读的标题、链接和正文开头的文号。

    不对：解读页链接到文件，文件页没有到解读的链接；或者两边都没有。
    对：　文件页有“相关解读”，解读页有“相关文件”，都链接到对方。
    改法：在缺少的一页加上链接。
    """
    for fault in _faults(evidence):
        other = _name(archive, fault.other)
        if fault.fault is LinkFault.NO_LINK_TO_INTERPRETATION:
            message = f"文件页没有到解读“{other}”（{fault.other}）的链接"
        elif fault.fault is LinkFault.NO_LINK_TO_POLICY:
            message = f"解读页没有到所解读的“{other}”（{fault.other}）的链接"
        elif fault.fault is LinkFault.NO_LINKS:
            message = f"和“{other}”（{fault.other}）互相都没有链接"
        else:
            continue
        yield fault.path, Problem("", message, _LINKS)


@rule("P002", _E, needs_pages=True, source=_BOTH_WAYS)
def linked_to_another(archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """政策文件和解读的链接指错了。

    只在核对保存的网页（gongkai audit --pages）时查。

    不对：《养老服务补贴办法》解读的“相关文件”链接到另一份文件。
    对：　链接到标题写明的那一份。
    改法：改正链接。
    """
    for fault in _faults(evidence):
        if fault.fault in {LinkFault.WRONG_POLICY, LinkFault.WRONG_INTERPRETATION}:
            what = "解读的是" if fault.fault is LinkFault.WRONG_POLICY else "解读是"
            other, wrong = _name(archive, fault.other), _name(archive, fault.wrong)
            message = f"{what}“{other}”（{fault.other}），链接却指向“{wrong}”（{fault.wrong}）"
            yield fault.path, Problem("", message, "改正链接")


@rule("P003", _E, needs_pages=True, source="{国办发〔2018〕37号}：规范性文件清理与有效性标注")
def end_not_marked(archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """文件已经废止或者失效，网页上没有标注。

    只在核对保存的网页（gongkai audit --pages）时查：网站上别的文件写明废止了它，或者它自己写的有效期已经届满。

    不对：新办法写明“《旧办法》同时废止”，旧办法的网页上看不出来。
    对：　网页的有效性写“已废止”，或者标题旁边标明已经废止、失效。
    改法：在原网页上标注，写明哪一天、由哪份文件废止。
    """
    if evidence.saved is None:
        return
    for document in archive.documents:
        path = document.path
        if document.kind is not Kind.POLICY or document.status not in OVER or path in evidence.saved.marked_ended:
            continue
        if document.value("status") is not None:
            continue  # it says that it is in force: V001
        since = min((notice.since for notice in document.notices if notice.since), default=None)
        ending = [act for act in document.relations if act.kind in ENDED_BY and act.target and not act.clause]
        by = f"，由“{_name(archive, ending[0].target)}”（{ending[0].target}）废止" if ending else ""
        state = document.status.label if document.status else ""
        printed = evidence.saved.printed_status.get(path, "")
        mark = f"网页的有效性写的是“{printed}”" if printed else "网页上没有标注"
        day = f" {since} 起" if since else ""
        why = by or (f"，有效期至 {document.term}" if document.status is Status.EXPIRED and document.term else "")
        yield (
            path,
            Problem("", f"文件{day}{state}{why}，{mark}", "在原网页上标注，写明哪一天、由哪份文件废止或者怎样失效"),
        )


@rule("P004", _W, needs_pages=True, source="{国办发〔2017〕47号}：网页标签规范")
def tags_missing(_archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """网页缺少规定的标签。

    只在核对保存的网页（gongkai audit --pages）时查：所有网页 SiteName、SiteDomain、SiteIDCode，栏目页另有 ColumnName、
    ColumnDescription、ColumnKeywords、ColumnType，内容页另有 ArticleTitle、PubDate、ContentSource。
    大多数网页都缺的，只报一次。

    不对：内容页没有 <meta name="PubDate" content="2024-05-08 09:30">。
    对：　三组标签都有，内容不空。
    改法：在网站模板里补上。
    """
    for lack in evidence.saved.tags if evidence.saved else ():
        yield lack.path, Problem("", f"网页缺少标签 {'、'.join(lack.names)}{_more(lack)}", "在网站的模板里补上")


@rule("P005", _W, needs_pages=True, source="{国办发〔2016〕80号} 一（一）：标注公开属性")
def disclosure_not_printed(_archive: Archive, _config: SiteConfig, evidence: Evidence) -> Hits:
    """政策文件的网页没有写公开属性。

    只在核对保存的网页（gongkai audit --pages）时查。信息表里、正文末尾都没有才算；大多数文件都没有的，只报一次。

    不对：别的文件都写“公开方式：主动公开”，这一件没有。
    对：　信息表里写公开方式，或者正文末尾印“（此件公开发布）”。
    改法：补上公开属性。
    """
    for lack in evidence.saved.without_disclosure if evidence.saved else ():
        yield lack.path, Problem("", f"网页上没有写公开属性{_more(lack)}", "补上公开属性（主动公开、依申请公开）")


def _faults(evidence: Evidence) -> Iterator[PairFault]:
    yield from evidence.saved.pair_faults if evidence.saved else ()


def _more(lack: Lack) -> str:
    return f"（同样的共 {lack.more + 1} 页）" if lack.more else ""


def _name(archive: Archive, path: str) -> str:
    document = archive.by_path.get(path) or archive.by_id.get(path)
    return document.title if document else path
