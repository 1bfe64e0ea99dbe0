"""What is on every page of a site and no part of a text: crumbs, tools, counters, codes to scan."""

import functools
import re
from collections.abc import Iterable, Iterator

from lxml import etree

from generator.authoring.importing.saved_pages.tree import compact, name_of, tokens_of

_TOKENS = re.compile(
    r"(?:bread)?-?crumbs?|breadcrumb.*|(?:cur)?(?:rent)?[-_]?(?:position|location|weizhi|dqwz|wz)|path"
    r"|.*share.*|jiathis.*|bds[_-].*|font[-_]?size.*|.*fontsize|zihao|print(?:er|btn)?|dayin|close(?:btn)?"
    r"|.*qr[-_]?code.*|.*ewm.*|erweima|foot(?:er)?|.*[-_]footer|copyright|prev(?:next)?|.*prev[-_]?next.*|neighbou?rs"
    r"|pager?|pagination|.*related.*|xgxw|xglink|hot(?:news)?|head(?:er)?-search|skip|toolbar|tools?|comments?|comment[-_].*|pinglun|views?-?count|hits"
)
_NAMES = frozenset({"nav", "footer"})
_TOOL = (
    r"(?:打印(?:本页|本文|此页|页面)?|关闭(?:窗口|本页|页面|此页)?|收藏(?:本页)?|返回(?:顶部|列表|上一页|上页)?|TOP|大|中|小|大字|"
    r"字体(?:大小)?|字号|默认|放大|缩小|分享(?:到|至)?|微信|微博|新浪微博|QQ空间|QQ好友|腾讯微博|更多|复制链接|朗读|语音播报|"
    r"加入收藏|我要纠错|纠错|保存|下载(?:正文|本文)?|视力保护色|阅读|手机看|T|A\+?|A-)"
)
_LINES = re.compile(
    rf"(?:[\[【（(<〔]?{_TOOL}[\]】）)>〕]?[:：|｜/、·]?)+"
    r"|(?:【?(?:字体|字号)[:：].{0,20})"
    r"|(?:您?(?:现在|当前)?的?(?:所在)?位置(?:是|为)?|当前位置)[:：].{0,120}"
    r"|[\[【（(]?(?:浏览|点击|阅读|访问)(?:次数|数|量|率)?[:：]?\d*(?:次|人次)?[\]】）)]?"
    r"|.{0,12}扫(?:一扫|描二维码|码).{0,30}"
    r"|(?:上一[篇条页]|下一[篇条页])[:：]?.{0,80}"
    r"|分享(?:到|至)?[:：].{0,40}"
    r"|[\[【（(]?(?:责任)?编辑[:：].{0,20}[\]】）)]?"
    r"|附件[【\[].{1,80}[】\]](?:已下载.{0,12}次)?"
    r"|(?:版权所有|主办单位|承办单位|网站标识码|技术支持|建议使用).{0,120}|.{0,30}(?:ICP备|公网安备).{0,60}"
)
_MOST_LINE = 160


def is_noise_element(element: etree._Element) -> bool:
    """Whether an element is a part of the page and not of its text, by its name, its id or its classes."""
    return name_of(element) in _NAMES or any(map(_is_noise_token, tokens_of(element)))


@functools.lru_cache(maxsize=4096)
def _is_noise_token(token: str) -> bool:
    return bool(_TOKENS.fullmatch(token))


def is_noise_line(text: str) -> bool:
    """Whether a line is a tool of the page and nothing else.

    >>> [is_noise_line(text) for text in ("【字体：大 中 小】", "打印本页 关闭窗口", "大中小企业划分办法")]
    [True, True, False]
    """
    line = compact(text)
    return len(line) <= _MOST_LINE and bool(_LINES.fullmatch(line))


def noise_inside(container: etree._Element) -> Iterator[etree._Element]:
    """Yield the outermost elements inside a container that are no part of the text."""
    stack = list(reversed(container))
    while stack:
        element = stack.pop()
        if not name_of(element):
            continue
        if is_noise_element(element):
            yield element
        else:
            stack.extend(reversed(element))


def without_noise(lines: Iterable[str]) -> list[str]:
    """Return lines without the tools of the page."""
    return [line for line in lines if not is_noise_line(line)]
