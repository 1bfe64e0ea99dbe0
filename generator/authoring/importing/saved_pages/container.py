"""The element that holds the text of a page: by a selector, by a usual container, else by density."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector

from generator.authoring.importing.saved_pages.labels import begins_label
from generator.authoring.importing.saved_pages.noise import is_noise_element, is_noise_line
from generator.authoring.importing.saved_pages.tree import compact, is_hidden, name_of, paragraphs_of, tokens_of
from generator.domain.problems import GongkaiError

# By what publishes: gongkai itself, gov.cn (UCAP), TRS, 大汉 (JCMS), Founder, then what many systems share.
_NAMED: tuple[frozenset[str], ...] = tuple(
    frozenset(names.split())
    for names in (
        "ucap-content ucapcontent",
        "trs_editor trs_editor_view trs_ueditor view-trs_editor",
        "zoom zoomcon",
        "pages_content article-content article_content articlecontent article-body article_body artcontent",
        "arti_content bt-content bt_content news_content news-content newscontent news_conent_content",
        "xl_content xxgk_content zwcontent content-text content_text maintext main-text main_text contentbody",
        "content_body contenttext contenttxt infotext detail-content detail_content detailcontent detail_con",
        "detail-con conts conttxt con_text con-text text-content xilan_con xl_con xilan wz_content wzcon zw",
        "zhengwen j-fontcontent v_news_content vsb_content wp_articlecontent gk_content",
        "entry-content post-content post_content",
        "content con contents article-con article_con articlecon rich_media_content txt text neirong nr",
    )
)
_GENERIC = len(_NAMED) - 1
_TEXT_NAMES = frozenset(
    {"div", "td", "article", "section", "main", "body", "center", "form", "dd", "li", "ucapcontent"}
)
_SENTENCE = re.compile(r"[，。；：、？！]")
_ADDRESS = re.compile(r"(?:单位|联系|办公)?地址[:：].{2,60}(?:电话|邮编|邮政编码)[:：]")  # of the foot of every page
_LEAST_RUN = 12
_MOST_CANDIDATES = 8
_MOST_LINKS = 3
_SHARE = 0.75


class TextContainer(NamedTuple):
    """The element of a text, and whether its name says that it is one."""

    element: etree._Element
    is_named: bool


def compiled_selector(text: str) -> CSSSelector:
    """Return a CSS selector; raises ``GongkaiError`` for one that is none."""
    try:
        return CSSSelector(text)
    except (SelectorError, etree.XPathError):
        raise GongkaiError(
            f"“{text[:60]}”不是 CSS 选择器", "如 --selector '#zoom' 或 --selector 'div.content'"
        ) from None


def find_container(root: etree._Element, selector: CSSSelector | None = None) -> TextContainer | None:
    """Return the element that holds the text; ``None`` where nothing on the page is a text."""
    if selector is not None:
        matches = [element for element in selector(root) if not _is_out_of_sight(element)]
        sizes = _sizes_of(root)
        return TextContainer(max(matches, key=lambda one: sizes.get(one, 0)), is_named=True) if matches else None
    if own := root.xpath("//article[@data-id]//div[contains(concat(' ', @class, ' '), ' text ')]"):
        return TextContainer(own[0], is_named=True)
    sizes = _sizes_of(root)
    by_rank: dict[int, list[etree._Element]] = {}
    for element in root.iter(etree.Element):
        if name_of(element) not in {"a", "body", "html", "img", "span"} or tokens_of(element):
            rank = _rank(element)
            if rank is not None and not _is_out_of_sight(element):
                by_rank.setdefault(rank, []).append(element)
    for rank in sorted(by_rank):
        largest = sorted(by_rank[rank], key=lambda one: -sizes.get(one, 0))[:_MOST_CANDIDATES]
        best = next((one for one in largest if rank < _GENERIC or not _is_menu(one)), None)
        if best is not None and (sizes.get(best) or next(best.iter("img"), None) is not None):
            return TextContainer(best, is_named=True)
    dense = _densest(root, _LEAST_RUN)
    if dense is None and link_share(root)[1] <= _MOST_LINKS:
        dense = _densest(root, 1)  # a page with nothing around its text, such as Word saves
    return TextContainer(dense, is_named=False) if dense is not None else None


def only_article(root: etree._Element) -> TextContainer | None:
    """Return the one ``article`` or ``main`` of a page, if it shows words; for pages that are articles by tags."""
    for name in ("article", "main"):
        elements = [one for one in root.iter(name) if not _is_out_of_sight(one)]
        if len(elements) == 1 and any(paragraphs_of(elements[0])):
            return TextContainer(elements[0], is_named=False)
    return None


def link_share(element: etree._Element) -> tuple[float, int]:
    """Return the share of letters that are in links, and the number of links with words."""
    links = [sum(map(len, paragraphs_of(one))) for one in element.iter("a") if one.get("href")]
    whole = sum(map(len, paragraphs_of(element)))
    return (sum(links) / whole if whole else 0.0), sum(1 for one in links if one)


def _rank(element: etree._Element) -> int | None:
    tokens = [name_of(element), *tokens_of(element)]
    return next((rank for rank, names in enumerate(_NAMED) if names.intersection(tokens)), None)


def _is_out_of_sight(element: etree._Element) -> bool:
    return any(is_hidden(one) for one in (element, *element.iterancestors()) if name_of(one) not in {"html", "body"})


def _is_menu(element: etree._Element) -> bool:
    share, links = link_share(element)
    return links > 3 and share > 0.5


def _sizes_of(root: etree._Element) -> dict[etree._Element, int]:
    """Return how many letters a reader sees inside each element; of elements with the same words the outer is first."""
    sizes: dict[etree._Element, int] = {}
    for _, element in etree.iterwalk(root, events=("end",)):
        if name_of(element) and not is_hidden(element):
            inside = len(compact(element.text or ""))
            sizes[element] = inside + sum(sizes.get(child, 0) + len(compact(child.tail or "")) for child in element)
    return sizes


def _densest(root: etree._Element, least: int) -> etree._Element | None:
    """Return the smallest element with most of what is written in sentences outside of links and tools."""
    weights: dict[etree._Element, int] = {}
    total = 0
    for element, run in _sentences(root, least):
        total += len(run)
        for ancestor in (element, *element.iterancestors()):
            if name_of(ancestor) in _TEXT_NAMES:
                weights[ancestor] = weights.get(ancestor, 0) + len(run)
    if not total:
        return None
    chosen = [element for element, weight in weights.items() if weight >= total * _SHARE]
    smallest = max(chosen, key=lambda element: sum(1 for _ in element.iterancestors()))
    while (parent := _box_of(smallest)) is not None:
        smallest = parent
    return smallest


def _box_of(line: etree._Element) -> etree._Element | None:
    """Return what holds a line and others of its sort, as where every paragraph is a div; ``None`` for no such line.

    Elements around the line with no other words belong to it.
    """
    words = list(islice(paragraphs_of(line), 2))
    if len(words) != 1 or name_of(line) in {"td", "p"} or next(line.iter("table"), None) is not None:
        return None
    while (parent := line.getparent()) is not None and name_of(parent) in _TEXT_NAMES - {"body"}:
        if any(one is not line and _is_like(one, line) for one in parent):
            return parent
        if list(islice(paragraphs_of(parent), 2)) != words:
            return None
        line = parent
    return None


def _is_like(element: etree._Element, line: etree._Element) -> bool:
    """Whether an element may be another line of the same text: same name and class, words and no link or tool."""
    is_same = name_of(element) == name_of(line) and element.get("class") == line.get("class")
    words = list(islice(paragraphs_of(element), 2)) if is_same else []
    return len(words) == 1 and next(element.iter("a"), None) is None and not is_noise_line(words[0])


def _sentences(root: etree._Element, least: int) -> Iterator[tuple[etree._Element, str]]:
    stack = [root]
    while stack:
        element = stack.pop()
        name = name_of(element)
        if not name or name == "a" or (is_hidden(element) and element is not root):
            continue
        if (name == "aside" or is_noise_element(element)) and element is not root:
            continue
        for run in (element.text, *(child.tail for child in element)):
            line = compact(run or "")
            is_sentence = len(line) >= least and (least == 1 or _SENTENCE.search(line))
            if is_sentence and not (is_noise_line(line) or begins_label(line) or _ADDRESS.match(line)):
                yield element, line
        stack.extend(element)
