"""One saved page: its fields, its text, its addresses, and what was left out."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree
from lxml.cssselect import CSSSelector

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.document import read_official
from generator.authoring.importing.saved_pages.addresses import FILE_ENDINGS, ending_of
from generator.authoring.importing.saved_pages.blocks import read_blocks
from generator.authoring.importing.saved_pages.container import TextContainer, find_container, link_share
from generator.authoring.importing.saved_pages.decode import decode_page
from generator.authoring.importing.saved_pages.kinds import kind_of_page
from generator.authoring.importing.saved_pages.labels import (
    LabelledText,
    is_head_table,
    is_known_label,
    key_of_label,
    runs_of,
    labelled_texts,
)
from generator.authoring.importing.saved_pages.noise import is_noise_element, is_noise_line, noise_inside
from generator.authoring.importing.saved_pages.tree import (
    compact,
    is_hidden,
    name_of,
    paragraphs_of,
    parse_tree,
    squeeze,
    text_of,
    tokens_of,
)
from generator.authoring.importing.saved_pages.values import first_values, moment_in, moment_text, plain, values_of
from generator.authoring.importing.word.blocks import Block, Paragraph, block_text
from generator.authoring.importing.word.markdown import pictures_of
from generator.authoring.importing.word.outline import levels_of
from generator.authoring.importing.word.tidy import tidy_blocks
from generator.domain.model import MatchKind
from generator.domain.numerals import ORDINAL
from generator.domain.privacy import find_private_data
from generator.domain.problems import GongkaiError
from generator.domain.titles import title_key
from generator.domain.vocabulary import FIELDS, Kind

_REFRESH = re.compile(r"url\s*=", re.I)
_SITE_SUFFIX = re.compile(r"\s*(?:[-_|–—]{1,2}|>>|::)\s*[^-_|–—]{2,40}$")
_TITLE_TOKENS = re.compile(r"[a-z\d_-]*(?:title|biaoti)|(?:[a-z]+[-_])?(?:tit|bt)")
_CRUMBS = re.compile(r".*crumbs?.*|.*position.*|.*location.*|dqwz|wz|weizhi|path|cur(?:rent)?-?(?:pos|path|nav)")
_CRUMB_WORDS = re.compile(r"(?:当前|所在|现在)(?:所在)?(?:的)?位置[:：]?|首页|>+|»|/|\\|›|正文|-+")
_NOT_ABOUT = re.compile(r"foot(?:er)?|.*[-_]footer|copyright|.*prev[-_]?next.*|neighbou?rs|nav|menu|sidebar|related|.*list")
_ATTACHED = re.compile(r".*(?:fujian|attach|annex|accessor|appendix|enclosure|download|fjxz|\bfj\b).*|fj")
_ATTACHED_WORDS = re.compile(r"^(?:相关)?附件(?:下载)?[:：\d一二三四五六七八九十]?")
_TAKEN_FROM_LINES = ("date_published", "issuer", "index_no", "doc_number", "source_name", "disclosure")
_GENERIC_LABELS = frozenset({"日期", "时间", "主题", "地点"})
_MOST_HEAD = 8
_MOST_SUMMARY = 300
_OWN_RELATIONS = ("interprets", "repeals", "amends", "replaces", "based_on", "suspends", "resumes", "renews", "responds_to")
_ENDED = re.compile(r"废止|失效|无效|宣布失效|停止执行|已修改|修订")
_LEAST_TEXT = 1
_ERROR_PAGE = re.compile(r"^\s*(?:404|403|500)\b|页面(?:不存在|没有找到|未找到|找不到)|not found", re.I)
_LISTS = frozenset({"nav", "footer", "li", "a", "select"})
_ONLY_MOMENT = re.compile(r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?", re.ASCII)
_FORMS = (
    (re.compile(r"答记者问"), "媒体专访"),
    (re.compile(r"问答"), "政策问答"),
    (re.compile(r"一图读懂|图解|图文解读"), "图表图解"),
    (re.compile(r"新闻发布会"), "新闻发布会"),
)
_CLAUSE = re.compile(rf"[^第]{{0,80}}(第{ORDINAL}条(?:、第{ORDINAL}条)*)")
_OWN_ADDITIONS = ("anchor", "disclosure-note", "clause-note", "part-facts", "notices", "notice", "note")


class FileLink(NamedTuple):
    """A file that a page gives: its address, and the words that name it."""

    href: str
    title: str


class SavedPage(NamedTuple):
    """A page that was read, before its links are resolved."""

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

    @property
    def title(self) -> str:
        """Its title."""
        return str(self.fields["title"])

    @property
    def letters(self) -> str:
        """The letters of title and text, by which copies of one page are recognised."""
        return title_key(self.title) + "".join(compact(block_text(block)) for block in self.blocks)


def read_page(
    path: str, data: bytes, agency: str, *, selector: CSSSelector | None = None, kind: Kind | None = None, title: str = ""
) -> SavedPage:
    """Read one saved page; raises ``GongkaiError``, whose message is the reason, for one that is no article."""
    decoded = decode_page(data)
    root = parse_tree(decoded.text)
    metas = _metas(root)
    if _is_redirect(root):
        raise GongkaiError("只是跳转到另一个网址的页面", "")
    if next(root.iter("frameset"), None) is not None:
        raise GongkaiError("框架页（frameset），里面没有正文", "导入框架里的那一页")
    _refuse_marked(root, decoded.text)
    if _ERROR_PAGE.search(page_title := squeeze("".join(next(root.iter("title"), etree.Element("title")).itertext()))):
        raise GongkaiError(f"出错页面（{page_title[:40]}）", "")
    container = find_container(root, selector)
    if container is None:
        share, links = link_share(root)
        if links > 3 and share > 0.5:
            raise GongkaiError("像是列表或首页，多半是链接", "是文章的，用 --selector 写明正文的容器")
        raise GongkaiError("没有找到正文", "正文有自己的容器的，用 --selector 写明，如 --selector '#zoom'")
    own = _own_article(root)
    if own is None and root.xpath("//a[@class='skip' and @href='#main'] and //main[@id='main']"):
        raise GongkaiError("gongkai 生成的栏目、检索、跳转等页面，不是文章", "")
    _refuse_list(root, container, metas, has_selector=selector is not None)
    return _read_article(path, root, metas, container, own, agency, decoded.unreadable, kind, title)


def _read_article(
    path: str,
    root: etree._Element,
    metas: Mapping[str, str],
    container: TextContainer,
    own: etree._Element | None,
    agency: str,
    unreadable: int,
    given_kind: Kind | None,
    given_title: str,
) -> SavedPage:
    element = container.element
    heads = [one for one in element.iter("table", "dl") if own is None and is_head_table(one)]
    left_out = {*noise_inside(element), *heads, *(_anchors_of(element) if own is not None else ())}
    dropped = [text for one in left_out if one not in heads and (text := text_of(one))]
    words = tuple(paragraphs_of(element))
    read = read_blocks(element, left_out)
    tidied = tidy_blocks(read.blocks)
    blocks, tools = _without_tools(tidied.blocks)
    labelled = _labelled(root, element, heads)
    blocks, head_lines = _without_head_lines(blocks)
    labelled += [pair for line in head_lines for pair in _pairs_of_line(line)]
    title = given_title or _title(root, metas, labelled, own)
    if not title:
        raise GongkaiError("没有找到标题", "用 --title 写明，一次一页")
    blocks, title_lines = _without_title(blocks, title)
    if sum(len(compact(block_text(block))) for block in blocks) < _LEAST_TEXT and not list(pictures_of(blocks)):
        if not _files(root, element, own):
            raise GongkaiError("正文是空的", "多半由脚本显示，保存下来的网页里没有；用浏览器打开后另存，或用 --selector 写明容器")
    files = _files(root, element, own)
    fields, sources = _fields(metas, labelled, title, agency, compact("".join(words)), _tokens_beside(root, element))
    columns = _columns(root, metas)
    kind = given_kind or _own_kind(own) or kind_of_page(title, columns, {key for key in fields if fields[key] != "none"})
    if kind is not Kind.POLICY and fields.get("doc_number") == "none":
        del fields["doc_number"]
    doubts = [f"页面里有 {unreadable} 个字读不出来，对照原网页补上"] if unreadable else []
    if kind is Kind.POLICY and own is None:
        _add_official(blocks, title, fields, sources)
    _add_by_title(kind, title, blocks, fields)
    doubts += _unread_values(labelled, fields)
    doubts += _dropped_fields(kind, fields)
    status_mark = next((plain(value) for label, value, _ in labelled if key_of_label(label) == "status"), "")
    doubts += [f"嵌入的内容没有放进正文：{one}" for one in read.embedded]
    text_dropped = [*dropped, *tools, *head_lines, *title_lines, *(text_of(one) for one in heads)]
    return SavedPage(
        path=path,
        kind=kind,
        fields=fields,
        sources=sources,
        declared_address=metas.get("url", "") or _canonical(root),
        document_id=(own.get("data-id") or "") if own is not None else "",
        relations=_relations(own),
        blocks=blocks,
        levels=levels_of(blocks, frozenset()),
        files=files,
        links=tuple(href for one in root.iter("a") if (href := (one.get("href") or "").strip())),
        words=words,
        dropped=tuple(squeeze(one) for one in text_dropped if one.strip()),
        doubts=tuple(doubts),
        changes=tidied.changes,
        status_mark=status_mark,
        other_labels=tuple(pair.label for pair in labelled if pair.is_table and not is_known_label(pair.label) and pair.value),
    )


def _metas(root: etree._Element) -> dict[str, str]:
    """Return the meta tags of a page by their names in small letters; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().casefold()
        content = squeeze(meta.get("content") or "")
        if name and content:
            metas.setdefault(name, content)
    return metas


def _canonical(root: etree._Element) -> str:
    links = (one for one in root.iter("link") if "canonical" in (one.get("rel") or "").casefold().split())
    return next((one.get("href") or "" for one in links), "")


def _is_redirect(root: etree._Element) -> bool:
    refreshes = [one for one in root.iter("meta") if (one.get("http-equiv") or "").casefold() == "refresh"]
    is_short = sum(map(len, paragraphs_of(root))) < 200
    return is_short and any(_REFRESH.search(one.get("content") or "") for one in refreshes)


def _own_article(root: etree._Element) -> etree._Element | None:
    """Return the article of a page that gongkai built; ``None`` for another page."""
    articles: list[etree._Element] = root.xpath("//article[@data-id and @data-kind]")
    return articles[0] if articles else None


def _own_kind(own: etree._Element | None) -> Kind | None:
    return Kind.parse(own.get("data-kind") or "") if own is not None else None


def _anchors_of(element: etree._Element) -> Iterator[etree._Element]:
    """Yield what gongkai adds to a text: anchors, notices, facts of parts, interpretations of clauses."""
    yield from (one for one in element.iter(etree.Element) if set(tokens_of(one)) & set(_OWN_ADDITIONS))


def _relations(own: etree._Element | None) -> dict[str, list[tuple[str, str]]]:
    relations: dict[str, list[tuple[str, str]]] = {}
    if own is not None:
        for link in own.iter("a"):
            if (name := link.get("data-relation") or "") in _OWN_RELATIONS and (href := link.get("href")):
                clause = _CLAUSE.match(link.tail or "")
                relations.setdefault(name, []).append((href, clause[1] if clause else ""))
    return {name: list(dict.fromkeys(targets)) for name, targets in relations.items()}


def _refuse_marked(root: etree._Element, text: str) -> None:
    """Refuse a page with a mark of secrecy in anything that it says, hidden words and attributes included."""
    seen = "\n".join("".join(one.itertext()) for one in root.iter("p", "td", "div", "span", "h1", "h2", "li") if not len(one))
    comments = "\n".join(re.findall(r"<!--(.{0,2000}?)-->", text, re.DOTALL))
    titles = "\n".join(one.get("content") or "" for one in root.iter("meta"))
    words = "\n".join((*paragraphs_of(root), seen, comments, titles))
    mark = next((piece.masked for piece in find_private_data(words) if piece.kind is MatchKind.SECRECY), None)
    if mark:
        raise GongkaiError(f"有密级或内部标志“{mark}”", "先交保密审查；涉密文件不得放进网站的文件夹")


def _refuse_list(
    root: etree._Element, container: TextContainer, metas: Mapping[str, str], *, has_selector: bool
) -> None:
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


def _without_tools(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    kept, tools = [], []
    for block in blocks:
        text = block_text(block)
        if isinstance(block, Paragraph) and not list(pictures_of([block])) and is_noise_line(text):
            tools.append(text)
        else:
            kept.append(block)
    return tuple(kept), tools


def _labelled(root: etree._Element, container: etree._Element, heads: Sequence[etree._Element]) -> list[LabelledText]:
    aside = {one for one in root.iter(etree.Element) if name_of(one) in {"nav", "footer"} or _is_aside(one)}
    aside -= set(container.iterancestors())
    pairs = [pair for head in heads for pair in labelled_texts(head, ())]
    return [*pairs, *labelled_texts(root, {*aside, container})]


def _tokens_beside(root: etree._Element, container: etree._Element) -> list[str]:
    """Return the runs of words outside of the text, of lists and of what is on every page."""
    aside = {one for one in root.iter(etree.Element) if name_of(one) in _LISTS or _is_aside(one)}
    return runs_of(root, {*(aside - set(container.iterancestors())), container})


def _is_aside(element: etree._Element) -> bool:
    return any(_NOT_ABOUT.fullmatch(token) for token in tokens_of(element))


def _pairs_of_line(line: str) -> list[LabelledText]:
    holder = etree.Element("div")
    holder.text = line
    return labelled_texts(holder, ())


def _without_head_lines(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """Take out the lines above a text that say when and by whom it was published."""
    kept, taken = list(blocks), []
    for block in blocks[:_MOST_HEAD]:
        if not isinstance(block, Paragraph):
            break
        pairs = _pairs_of_line(block.text)
        keys = {key_of_label(pair.label) for pair in pairs if pair.label not in _GENERIC_LABELS}
        covered = sum(len(compact(pair.label)) + len(compact(pair.value)) for pair in pairs)
        is_head = bool(keys & set(_TAKEN_FROM_LINES)) and covered >= 0.7 * len(re.sub(r"\W", "", block.text))
        if is_head and len(block.text) < 200:
            kept.remove(block)
            taken.append(block.text)
        elif len(block.text) > 60:
            break
    return tuple(kept), taken


def _without_title(blocks: Sequence[Block], title: str) -> tuple[tuple[Block, ...], list[str]]:
    """Take out the lines above a text that repeat its title."""
    key = title_key(title)
    for first in range(min(3, len(blocks))):
        joined = ""
        for last in range(first, min(first + 4, len(blocks))):
            block = blocks[last]
            if not isinstance(block, Paragraph) or list(pictures_of([block])):
                break
            joined += title_key(block.text)
            if joined == key:
                gone = blocks[first : last + 1]
                return (*blocks[:first], *blocks[last + 1 :]), [block_text(one) for one in gone]
    return tuple(blocks), []


def _title(
    root: etree._Element, metas: Mapping[str, str], labelled: Sequence[LabelledText], own: etree._Element | None
) -> str:
    if title := plain(metas.get("articletitle", "")):
        return title
    if own is not None and (heads := list(own.iter("h1"))):
        return squeeze(heads[0].text or "")
    for pair in labelled:
        if pair.is_table and key_of_label(pair.label) == "title" and plain(pair.value):
            return plain(pair.value)
    page_title = squeeze("".join(next(root.iter("title"), etree.Element("title")).itertext()))
    heads = [text for one in root.iter("h1", "h2") if not is_hidden(one) and (text := text_of(one))]
    named = [
        text
        for one in root.iter("div", "p", "td", "span", "ucaptitle", "h3")
        if any(_TITLE_TOKENS.fullmatch(token) for token in [name_of(one), *tokens_of(one)])
        and 4 < len(text := text_of(one)) < 200
        and not is_noise_element(one)
    ]
    in_both = [text for text in (*heads, *named) if len(compact(text)) > 4 and compact(text) in compact(page_title)]
    if in_both:
        return max(in_both, key=len)
    meta_title = plain(metas.get("og:title", "") or metas.get("title", ""))
    bare = _SITE_SUFFIX.sub("", page_title) or page_title
    return next(iter([*heads[:1], *named[:1], meta_title, bare]), "") or meta_title or bare


def _fields(
    metas: Mapping[str, str],
    labelled: Sequence[LabelledText],
    title: str,
    agency: str,
    text: str,
    tokens: Sequence[str],
) -> tuple[dict[str, str | Sequence[str]], dict[str, str]]:
    """Return the fields of labels, then of meta tags, and from where each is."""
    pairs = sorted(labelled, key=lambda pair: (not pair.is_table, pair.label in _GENERIC_LABELS))
    by_label = [(key, pair.value) for pair in pairs if (key := key_of_label(pair.label)) and key != "status"]
    fields = dict(first_values([(key, value) for key, value in by_label if key != "title"]))
    sources = dict.fromkeys(fields, "网页的信息表")
    declared: dict[str, str | Sequence[str]] = {"title": title}
    if moment := moment_in(metas.get("pubdate", "") or metas.get("publishdate", "")):
        declared["date_published"] = moment_text(moment)
        if str(fields.get("date_published", ""))[:10] == moment_text(moment)[:10]:
            fields["date_published"] = max(str(fields["date_published"]), moment_text(moment), key=len)
    keywords = tuple(one for one in re.split(r"[,，;；、\s]+", plain(metas.get("keywords", ""))) if one)
    if keywords and keywords != (title,) and compact("".join(keywords)) != compact(title):
        declared["keywords"] = keywords[0] if len(keywords) == 1 else keywords
    summary = plain(metas.get("description", ""))
    bare = compact(summary).rstrip("….")
    if bare and len(summary) <= _MOST_SUMMARY and bare not in text and bare != compact(title):
        declared["summary"] = summary
    if "date_published" not in fields and "date_published" not in declared and (beside := _moment_beside(tokens)):
        declared["date_published"] = moment_text(beside)
    source = plain(metas.get("contentsource", ""))
    if source and source != agency and "issuer" not in fields:
        declared["source_name"] = source
    for key, value in declared.items():
        if fields.setdefault(key, value) is value:
            sources[key] = "网页的标签"
    if fields.get("source_name") in {agency, fields.get("issuer"), "本站", "本网", "本站原创", "原创"}:
        fields.pop("source_name", None)
    return fields, sources


def _moment_beside(tokens: Sequence[str]) -> dt.datetime | None:
    """Return the moment that stands alone beside a text, where it is the only one."""
    moments = {moment for text in tokens if _ONLY_MOMENT.fullmatch(text) and (moment := moment_in(text))}
    return next(iter(moments)) if len(moments) == 1 else None


def _unread_values(labelled: Sequence[LabelledText], fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the values of known labels that are not of the form of their field."""
    for label, text, _ in dict.fromkeys(labelled):
        key = key_of_label(label)
        if key and key not in {"status", "title"} and key not in fields and plain(text) and not dict(values_of(key, text)):
            yield f"“{label}”写的是“{plain(text)[:60]}”，认不出来，没有填“{FIELDS[key].label}”"


def _add_by_title(kind: Kind, title: str, blocks: Sequence[Block], fields: dict[str, str | Sequence[str]]) -> None:
    """Add the form of an interpretation, the period of a consultation, as title and text say them."""
    if kind is Kind.INTERPRETATION and "form" not in fields:
        form = next((label for pattern, label in _FORMS if pattern.search(title)), "")
        if form:
            fields["form"] = form
    if kind is Kind.CONSULTATION:
        texts = [block.text for block in blocks if isinstance(block, Paragraph)]
        for pair in (pair for text in texts for pair in _pairs_of_line(text)):
            if (key := key_of_label(pair.label)) in {"opens_on", "closes_on"} and pair.label not in _GENERIC_LABELS:
                for name, value in values_of(key, pair.value):
                    fields.setdefault(name, value)


def _add_official(
    blocks: Sequence[Block], title: str, fields: dict[str, str | Sequence[str]], sources: dict[str, str]
) -> None:
    """Add what the text itself says for certain: number, days, the note on disclosure."""
    for extracted in read_official(blocks, title).fields:
        if extracted.key in {"doc_number", "date_written", "date_printed", "disclosure", "genre", "doc_type"}:
            if extracted.key not in fields:
                fields[extracted.key] = extracted.value
                sources[extracted.key] = extracted.where


def _dropped_fields(kind: Kind, fields: dict[str, str | Sequence[str]]) -> Iterator[str]:
    """Take out the fields that have no effect on a kind, and say so."""
    for key in [key for key in fields if kind not in FIELDS[key].kinds]:
        value = fields.pop(key)
        yield f"{FIELDS[key].label}“{value if isinstance(value, str) else '、'.join(value)}”：{kind.label}没有这一项，没有填"


def _columns(root: etree._Element, metas: Mapping[str, str]) -> list[str]:
    """Return the names of the columns above a page, from its crumbs and tags, the nearest last."""
    crumbs = [
        one
        for one in root.iter("div", "p", "nav", "ul", "ol", "td", "span")
        if any(_CRUMBS.fullmatch(token) for token in tokens_of(one)) or re.match(r"(?:您)?(?:的)?(?:当前|所在|现在).{0,4}位置", compact(one.text or ""))
    ]
    names = [text for one in crumbs[:1] for part in re.split(r">+|»|›|/|\s{1,}", text_of(one)) if (text := _CRUMB_WORDS.sub("", compact(part)))]
    names = [one for one in names if len(one) <= 20]
    return [*names, *(metas[key] for key in ("columntype", "columnname") if key in metas)]


def _files(root: etree._Element, container: etree._Element, own: etree._Element | None) -> tuple[FileLink, ...]:
    """Return the files that a page gives: those in its text, and those in a block of attachments."""
    links: list[FileLink] = []
    for link in root.iter("a"):
        href = (link.get("href") or "").strip()
        if not href or is_hidden(link):
            continue
        inside = any(one is container for one in link.iterancestors())
        if _is_file(href) and (inside or _is_attached(link, own)):
            title = squeeze(text_of(link)) or squeeze(link.get("title") or "")
            links.append(FileLink(href, title))
    return tuple({link.href: link for link in reversed(links)}.values())[::-1]


def _is_file(href: str) -> bool:
    bare = href.partition("#")[0]
    path, _, query = bare.partition("?")
    if ending_of(path) in FILE_ENDINGS:
        return True
    return any(ending_of(part) in FILE_ENDINGS for part in re.split(r"[=&]", query)) or "downfile" in path.casefold()


def _is_attached(link: etree._Element, own: etree._Element | None) -> bool:
    if own is not None:
        sections = [one for one in link.iterancestors("section")]
        return any(one.get("aria-labelledby") == "attachments" for one in sections)
    for ancestor in link.iterancestors():
        if is_noise_element(ancestor) and not any(_ATTACHED.fullmatch(token) for token in tokens_of(ancestor)):
            return False
        if any(_ATTACHED.fullmatch(token) for token in tokens_of(ancestor)):
            return True
        if name_of(ancestor) in {"p", "li", "div", "td", "tr", "ul"} and len(text := text_of(ancestor)) < 300:
            if _ATTACHED_WORDS.match(compact(text)):
                return True
    return False


def line_of_status(page: SavedPage) -> str:
    """Return the mark of an old site that a document has ended or was changed; ``""`` for none."""
    return page.status_mark if _ENDED.search(page.status_mark) and "有效" != lines.compact(page.status_mark) else ""

