"""Which saved pages are no articles, and which must not be imported."""

import re
from collections.abc import Mapping

from lxml import etree

from generator.authoring.importing.saved_pages.container import TextContainer, link_share
from generator.authoring.importing.saved_pages.tree import (
    paragraphs_of,
)
from generator.domain.model import MatchKind
from generator.domain.privacy import find_private_data
from generator.domain.problems import GongkaiError

_REFRESH = re.compile(r"url\s*=", re.IGNORECASE)
ERROR_PAGE = re.compile(r"^\s*(?:404|403|500)\b|页面(?:不存在|没有找到|未找到|找不到)|not found", re.IGNORECASE)


def is_redirect(root: etree._Element) -> bool:
    """Whether a page only leads to another address."""
    refreshes = [one for one in root.iter("meta") if (one.get("http-equiv") or "").casefold() == "refresh"]
    leads = any(_REFRESH.search(one.get("content") or "") for one in refreshes)
    return leads and sum(map(len, paragraphs_of(root))) < 200


def refuse_marked(root: etree._Element, text: str) -> None:
    """Refuse a page with a mark of secrecy in anything that it says, hidden words and attributes included."""
    seen = "\n".join(
        "".join(one.itertext()) for one in root.iter("p", "td", "div", "span", "h1", "h2", "li") if not len(one)
    )
    comments = "\n".join(part.partition("-->")[0] for part in text.split("<!--")[1:])
    titles = "\n".join(one.get("content") or "" for one in root.iter("meta"))
    words = "\n".join((*paragraphs_of(root), seen, comments, titles))
    mark = next((piece.masked for piece in find_private_data(words) if piece.kind is MatchKind.SECRECY), None)
    if mark:
        raise GongkaiError(f"有密级或内部标志“{mark}”", "先交保密审查；涉密文件不得放进网站的文件夹")


def refuse_list(
    root: etree._Element, container: TextContainer, metas: Mapping[str, str], *, has_selector: bool
) -> None:
    """Refuse a page of a column, a list or a search by the share of links and the tags."""
    share, links = link_share(container.element)
    is_article = "articletitle" in metas or has_selector
    if links > 3 and share > 0.6 and not is_article:
        raise GongkaiError("像是列表或首页，正文多半是链接", "是文章的，用 --selector 写明正文的容器")
    is_column = "columnname" in metas and not is_article and "pubdate" not in metas
    if is_column and (not container.is_named or share > 0.3):
        raise GongkaiError("是栏目页（有 ColumnName，没有 ArticleTitle）", "是文章的，用 --selector 写明正文的容器")
    searches = [one for one in root.iter("form") if "search" in (one.get("action") or "").casefold()]
    if searches and not is_article and not container.is_named and share > 0.3:
        raise GongkaiError("像是检索页", "是文章的，用 --selector 写明正文的容器")
