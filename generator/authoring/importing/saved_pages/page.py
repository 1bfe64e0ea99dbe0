"""One saved page: its fields, its text, its addresses, and what was left out."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from lxml import etree
from lxml.cssselect import CSSSelector

from generator.authoring.importing.official import lines
from generator.authoring.importing.saved_pages.attached_files import FileLink, files_of
from generator.authoring.importing.saved_pages.blocks import read_blocks
from generator.authoring.importing.saved_pages.container import TextContainer, find_container, link_share
from generator.authoring.importing.saved_pages.decode import decode_page
from generator.authoring.importing.saved_pages.head_lines import (
    pairs_of_line,
    without_head_lines,
    without_title,
    without_tools,
)
from generator.authoring.importing.saved_pages.kinds import kind_of_page
from generator.authoring.importing.saved_pages.labels import (
    LabelledText,
    is_head_table,
    is_known_label,
    key_of_label,
)
from generator.authoring.importing.saved_pages.noise import noise_inside
from generator.authoring.importing.saved_pages.own_pages import additions_of, own_article, own_kind, relations_of
from generator.authoring.importing.saved_pages.page_fields import (
    add_by_title,
    add_official,
    canonical_of,
    columns_of,
    dropped_fields,
    fields_of,
    has_own_number,
    labelled_of,
    metas_of,
    runs_beside,
    title_of,
    unread_values,
)
from generator.authoring.importing.saved_pages.refusals import ERROR_PAGE, is_redirect, refuse_list, refuse_marked
from generator.authoring.importing.saved_pages.tree import (
    compact,
    paragraphs_of,
    parse_tree,
    squeeze,
    text_of,
)
from generator.authoring.importing.saved_pages.values import plain
from generator.authoring.importing.word.blocks import Block, block_text
from generator.authoring.importing.word.markdown import pictures_of
from generator.authoring.importing.word.outline import levels_of
from generator.authoring.importing.word.tidy import tidy_blocks
from generator.domain.problems import GongkaiError
from generator.domain.titles import title_key
from generator.domain.vocabulary import Kind

KindReader: TypeAlias = Callable[[str, Collection[str], Collection[str]], Kind]

_ENDED = re.compile(r"废止|失效|无效|宣布失效|停止执行|已修改|修订")


class SavedPage(NamedTuple):
    """A page that was read, before its links are resolved; ``labelled`` are its labels and values as printed."""

    path: str
    kind: Kind
    fields: Mapping[str, str | Sequence[str]]
    sources: Mapping[str, str]
    declared_address: str
    document_id: str
    relations: Mapping[str, Sequence[tuple[str, str]]]
    blocks: tuple[Block, ...]
    levels: Mapping[int, int]
    files: tuple[FileLink, ...]
    links: tuple[str, ...]
    words: tuple[str, ...]
    dropped: tuple[str, ...]
    doubts: tuple[str, ...]
    changes: tuple[str, ...]
    status_mark: str
    other_labels: tuple[str, ...]
    columns: tuple[str, ...] = ()
    labelled: tuple[LabelledText, ...] = ()

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.fields["title"])

    @property
    def letters(self) -> str:
        """The letters of title and text, by which copies of one page are recognised."""
        return title_key(self.title) + "".join(compact(block_text(block)) for block in self.blocks)


def read_page(
    path: str,
    data: bytes,
    agency: str,
    *,
    selector: CSSSelector | None = None,
    kind: Kind | None = None,
    title: str = "",
) -> SavedPage:
    """Read one saved page; raises ``GongkaiError``, whose message is the reason, for one that is no article."""
    decoded = decode_page(data)
    root = parse_tree(decoded.text)
    metas = metas_of(root)
    if is_redirect(root):
        raise GongkaiError("只是跳转到另一个网址的页面", "")
    if next(root.iter("frameset"), None) is not None:
        raise GongkaiError("框架页（frameset），里面没有正文", "导入框架里的那一页")
    refuse_marked(root, decoded.text)
    if ERROR_PAGE.search(page_title := squeeze("".join(next(root.iter("title"), etree.Element("title")).itertext()))):
        raise GongkaiError(f"出错页面（{page_title[:40]}）", "")
    container = find_container(root, selector)
    if container is None:
        share, links = link_share(root)
        if links > 3 and share > 0.5:
            raise GongkaiError("像是列表或首页，多半是链接", "是文章的，用 --selector 写明正文的容器")
        raise GongkaiError("没有找到正文", "正文有自己的容器的，用 --selector 写明，如 --selector '#zoom'")
    own = own_article(root)
    if own is None and root.xpath("//a[@class='skip' and @href='#main'] and //main[@id='main']"):
        raise GongkaiError("gongkai 生成的栏目、检索、跳转等页面，不是文章", "")
    refuse_list(root, container, metas, has_selector=selector is not None)
    return read_article(path, root, metas, container, own, agency, decoded.unreadable, kind, title)


def read_article(
    path: str,
    root: etree._Element,
    metas: Mapping[str, str],
    container: TextContainer,
    own: etree._Element | None,
    agency: str,
    unreadable: int,
    given_kind: Kind | None,
    given_title: str,
    kind_reader: KindReader = kind_of_page,
) -> SavedPage:
    """Return the article inside a container; raises ``GongkaiError`` where it has no title or no text.

    ``kind_reader`` says the kind by the title, the columns and the known fields where nobody gave one.
    """
    element = container.element
    heads = [one for one in element.iter("table", "dl") if own is None and is_head_table(one)]
    left_out = {*noise_inside(element), *heads, *(additions_of(element) if own is not None else ())}
    dropped = [text for one in left_out if one not in heads and (text := text_of(one))]
    words = tuple(paragraphs_of(element))
    read = read_blocks(element, left_out)
    tidied = tidy_blocks(read.blocks)
    blocks, tools = without_tools(tidied.blocks)
    labelled = labelled_of(root, element, heads)
    blocks, head_lines = without_head_lines(blocks)
    labelled += [pair for line in head_lines for pair in pairs_of_line(line)]
    title = given_title or title_of(root, metas, labelled, own)
    if not title:
        raise GongkaiError("没有找到标题", "用 --title 写明，一次一页")
    blocks, title_lines = without_title(blocks, title)
    has_words = any(compact(block_text(block)) for block in blocks)
    files = files_of(root, element, own)
    if not has_words and not files and not list(pictures_of(blocks)):
        hint = "多半由脚本显示，保存下来的网页里没有；用浏览器打开后另存，或用 --selector 写明容器"
        raise GongkaiError("正文是空的", hint)
    fields, sources = fields_of(metas, labelled, title, agency, compact("".join(words)), runs_beside(root, element))
    columns = columns_of(root, metas)
    kind = given_kind or own_kind(own) or kind_reader(title, columns, {key for key in fields if fields[key] != "none"})
    if kind is Kind.NOTICE and given_kind is None and own is None and has_own_number(blocks, title):
        kind = Kind.POLICY
    if kind is not Kind.POLICY and fields.get("doc_number") == "none":
        del fields["doc_number"]
    doubts = [f"页面里有 {unreadable} 个字读不出来，对照原网页补上"] if unreadable else []
    if kind is Kind.POLICY and own is None:
        doubts += add_official(blocks, title, fields, sources)
    add_by_title(kind, title, blocks, fields)
    doubts += unread_values(labelled, fields)
    doubts += dropped_fields(kind, fields)
    status_mark = next((plain(value) for label, value, _ in labelled if key_of_label(label) == "status"), "")
    doubts += [f"嵌入的内容没有放进正文：{one}" for one in read.embedded]
    text_dropped = [*dropped, *tools, *head_lines, *title_lines, *(text_of(one) for one in heads)]
    return SavedPage(
        path=path,
        kind=kind,
        fields=fields,
        sources=sources,
        declared_address=metas.get("url", "") or canonical_of(root),
        document_id=(own.get("data-id") or "") if own is not None else "",
        relations=relations_of(own),
        blocks=blocks,
        levels=levels_of(blocks, frozenset()),
        files=files,
        links=tuple(href for one in root.iter("a") if (href := (one.get("href") or "").strip())),
        words=words,
        dropped=tuple(squeeze(one) for one in text_dropped if one.strip()),
        doubts=tuple(doubts),
        changes=tidied.changes,
        status_mark=status_mark,
        other_labels=tuple(
            pair.label for pair in labelled if pair.is_table and not is_known_label(pair.label) and pair.value
        ),
        columns=tuple(columns),
        labelled=tuple(labelled),
    )


def line_of_status(page: SavedPage) -> str:
    """Return the mark of an old site that a document has ended or was changed; ``""`` for none."""
    return page.status_mark if _ENDED.search(page.status_mark) and lines.compact(page.status_mark) != "有效" else ""
