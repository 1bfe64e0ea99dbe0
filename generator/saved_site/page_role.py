"""What a saved page is: an article, the list of a column, or something else; and what only its look tells."""

import re
from collections.abc import Mapping
from enum import StrEnum

from lxml import etree

from generator.authoring.importing.saved_pages.container import TextContainer, link_share
from generator.authoring.importing.saved_pages.noise import is_noise_element
from generator.authoring.importing.saved_pages.refusals import ERROR_PAGE, is_redirect
from generator.authoring.importing.saved_pages.tree import (
    compact,
    is_hidden,
    name_of,
    paragraphs_of,
    text_of,
    tokens_of,
)

_EMPTY = re.compile(
    r"(?:对不起|抱歉)?[，,！!]?(?:本|该|此|当前)?(?:栏目|目录|分类|列表)?(?:下|内)?(?:暂时|目前)?(?:暂无|还?没有|无)(?:相关|任何|可显示的)?"
    r"(?:的)?(?:信息|内容|数据|记录|文章|资料|文件)(?:发布|公开|显示)?[。！!]?|(?:内容|栏目)?(?:正在)?(?:建设|更新|完善)中[.。…！!]*"
)
_FRAME_OF_PAGE = re.compile(
    r"(?:top|site)?-?(?:head(?:er)?|foot(?:er)?|nav(?:igation)?|menu|sidebar|side|left(?:nav|menu|bar)?|copyright|banner|logo|"
    r"search(?:box|bar)?|links?|friend-?links?|yqlj|bottom|top)(?:[-_]?(?:wrap|box|bar|con|inner|main|nav|menu))?"
)
_INDEX = re.compile(r"(?:index|default|list|main)(?:_\d+)?\.(?:s?html?|aspx?|jspx?|php).*", re.IGNORECASE)
_LIST_ONLY = 0.6
_MOST_WORDS = 60
_MOST_OF_EMPTY = 2000


class PageRole(StrEnum):
    """What a saved page is."""

    ARTICLE = "article"
    COLUMN = "column"
    OTHER = "other"
    FRAME = "frame"
    REDIRECT = "redirect"
    ERROR = "error"
    SCRIPT = "script"
    UNREADABLE = "unreadable"


def role_of(
    path: str,
    root: etree._Element,
    metas: Mapping[str, str],
    container: TextContainer | None,
    title: str,
    *,
    length: int,
) -> PageRole:
    """Return what a page is by its structure and tags; an article may still turn out to have no text.

    ``length`` is how many characters a reader sees on the whole page.
    """
    if is_redirect(root):
        return PageRole.REDIRECT
    if next(root.iter("frameset"), None) is not None:
        return PageRole.FRAME
    if ERROR_PAGE.search(title):
        return PageRole.ERROR
    is_article = "articletitle" in metas
    if container is None:
        share, links = link_share(root)
        if is_column_by_tags(metas) or (links > 3 and not is_article):
            return PageRole.COLUMN
        return PageRole.SCRIPT if next(root.iter("script"), None) is not None else PageRole.OTHER
    if root.xpath("//a[@class='skip' and @href='#main'] and //main[@id='main'] and not(//article[@data-id])"):
        return PageRole.COLUMN if is_column_by_tags(metas) else PageRole.OTHER
    share, links = link_share(container.element)
    if (links > 3 or (links and _INDEX.fullmatch(path.rpartition("/")[2]))) and share > _LIST_ONLY and not is_article:
        return PageRole.COLUMN
    if not is_article and length < _MOST_OF_EMPTY and says_empty(root):
        return PageRole.COLUMN
    if is_column_by_tags(metas) and (not container.is_named or share > 0.3 or links == 0):
        return PageRole.COLUMN
    return PageRole.ARTICLE


def is_column_by_tags(metas: Mapping[str, str]) -> bool:
    """Whether the official tags say that a page is the list of a column."""
    return "columnname" in metas and "articletitle" not in metas and "pubdate" not in metas


def is_empty_column(root: etree._Element, metas: Mapping[str, str]) -> bool:
    """Whether a page says that its column is empty, or is by its tags the list of a column and lists nothing.

    A list that a script may fill is not empty: nobody can tell.
    """
    if root.xpath("//a[@class='skip' and @href='#main'] and //main[@id='main']"):
        return False  # a page of gongkai may be a filter of a list; its empty columns are for ``check``
    if says_empty(root):
        return True
    words = [compact(line) for line in _main_part(root)]
    if not is_column_by_tags(metas) or any(_may_fill(one) for one in root.iter("script")):
        return False
    links = [one for one in root.iter("a") if (one.get("href") or "").strip() and not _is_outside_main(one)]
    return not links and sum(map(len, words)) < _MOST_WORDS


def says_empty(root: etree._Element) -> bool:
    """Whether a page says that there is nothing on it, and shows next to nothing else."""
    words = [compact(line) for line in _main_part(root)]
    return any(_EMPTY.fullmatch(line) for line in words) and sum(map(len, words)) < _MOST_WORDS * 2


def _may_fill(script: etree._Element) -> bool:
    text = script.text or ""
    return bool(
        re.search(r"ajax|fetch\(|XMLHttpRequest|\.load\(|document\.write|innerHTML|axios|Vue|\$\.(?:get|post)", text)
    )


def _main_part(root: etree._Element) -> list[str]:
    left_out = {one for one in root.iter(etree.Element) if _is_frame_of_page(one)}
    return list(paragraphs_of(root, left_out))


def _is_outside_main(element: etree._Element) -> bool:
    return any(_is_frame_of_page(one) for one in element.iterancestors())


def _is_frame_of_page(element: etree._Element) -> bool:
    return (
        name_of(element) in {"header", "nav", "footer", "aside"}
        or is_noise_element(element)
        or any(_FRAME_OF_PAGE.fullmatch(token) for token in tokens_of(element))
    ) and name_of(element) not in {"body", "html"}


def page_title_of(root: etree._Element) -> str:
    """Return the words of the ``title`` element."""
    return " ".join("".join(next(root.iter("title"), etree.Element("title")).itertext()).split())


def column_title(root: etree._Element, metas: Mapping[str, str], columns: tuple[str, ...]) -> str:
    """Return the name of the column whose list a page is; empty where it has none."""
    if name := metas.get("columnname", ""):
        return name
    heads = [text for one in root.iter("h1", "h2") if not is_hidden(one) and 1 < len(text := text_of(one)) <= 20]
    if columns:
        return columns[-1]
    title = re.split(r"\s*[-_|–—]{1,2}\s*|>>|::", page_title_of(root))[0].strip()
    return heads[0] if heads and not title else title
