"""H: the limits that the pages of 依申请公开 state, against the statute and the config."""

from collections.abc import Iterator

from generator.audit.registry import Hits, hit_at, rule
from generator.config.load import SiteConfig
from generator.config.request_limits import GROUNDS, limits_of
from generator.domain.model import Archive, Document, StatedLimit
from generator.domain.problems import Severity
from generator.domain.vocabulary import Disclosure

_W = Severity.WARNING


@rule(
    "H012",
    _W,
    source="{政府信息公开条例}第三十条、第三十二条至第三十四条；{行政复议法}第二十条；{郑人社办〔2020〕199号} 三",
)
def other_limits(archive: Archive, config: SiteConfig) -> Hits:
    """依申请公开的页面写的期限和条例不一致。

    查“依申请公开”栏目里各页的正文：答复 20 个工作日，延长最长 20 个工作日，告知补正 7 个工作日，
    第三方、其他机关提出意见 15 个工作日，申请行政复议 60 日。配置的 request 里承诺更短的，按承诺的查。

    不对：自收到申请之日起15个工作日内答复（2019 年以前的期限）；20日内答复（不是工作日）。
    对：　自收到申请之日起20个工作日内予以答复。
    改法：按提示改正文；承诺更短期限的，写在配置的 request.reply_workdays 里。
    """
    limits = limits_of(config.request)
    for document, stated in _stated_limits(archive):
        if stated.limit is not None and stated.span != str(limits[stated.limit]):
            expected = f"{limits[stated.limit]}（{GROUNDS[stated.limit]}）"
            message = f"{stated.limit.label}写的是 {stated.span}，应是 {expected}"
            yield hit_at(document, message, "改正正文里的期限", line=stated.line)


@rule("H013", _W, source="{行政复议法}第二十三条第一款第四项：对不予公开政府信息不服的，应当先申请行政复议")
def straight_to_court(archive: Archive, _config: SiteConfig) -> Hits:
    """依申请公开的页面说，对不予公开的决定可以直接起诉。

    2024 年 1 月 1 日起，认为行政机关应当公开而不予公开的，先申请行政复议，对复议决定不服的再起诉。

    不对：对不予公开决定不服的，可以申请行政复议或者提起行政诉讼；也可以直接向人民法院起诉。
    对：　应当先自知道该决定之日起60日内申请行政复议，对行政复议决定不服的，再依法提起行政诉讼。
    改法：改正救济渠道的写法。
    """
    for document, stated in _stated_limits(archive):
        if stated.limit is None:
            message = "写的是对不予公开的决定可以直接起诉；应当先申请行政复议"
            yield hit_at(
                document, message, "写成：先申请行政复议，对行政复议决定不服的再提起行政诉讼", line=stated.line
            )


def _stated_limits(archive: Archive) -> Iterator[tuple[Document, StatedLimit]]:
    """Yield the limits that the proactive pages of the column state."""
    for document in archive.documents:
        if document.page.stated_limits and document.column == "request" and document.disclosure is Disclosure.PROACTIVE:
            for stated in document.page.stated_limits:
                yield document, stated
