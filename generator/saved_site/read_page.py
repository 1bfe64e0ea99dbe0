"""One saved page as the facts that an audit needs: its fields and its text as a ``Page``, what it shows, its links."""

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from generator.authoring.importing.saved_pages.attached_files import FileLink
from generator.authoring.importing.saved_pages.blocks import map_pieces
from generator.authoring.importing.saved_pages.container import TextContainer, find_container, only_article
from generator.authoring.importing.saved_pages.decode import decode_page
from generator.authoring.importing.saved_pages.kinds import kind_of_page
from generator.authoring.importing.saved_pages.own_pages import own_article
from generator.authoring.importing.saved_pages.page import SavedPage, read_article
from generator.authoring.importing.saved_pages.page_fields import canonical_of, columns_of, marked_moment, metas_of
from generator.authoring.importing.saved_pages.tree import (
    compact,
    paragraphs_of,
    parse_tree,
)
from generator.authoring.importing.saved_pages.values import moment_in, moment_text
from generator.authoring.importing.stated.consultation import stated_by_consultation
from generator.authoring.importing.word.blocks import Piece, Table, Words, block_text
from generator.authoring.importing.word.markdown import PictureMarkup, Writer, pictures_of
from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, find_doc_numbers
from generator.domain.model import Field, Match, Page
from generator.domain.privacy import matches_of
from generator.domain.problems import GongkaiError
from generator.domain.titles import titles_in
from generator.domain.vocabulary import Disclosure, Kind
from generator.saved_site.page_links import PageLink, hidden_words, links_of, pictures_in
from generator.saved_site.page_role import PageRole, column_title, is_empty_column, page_title_of, role_of
from generator.saved_site.validity_marks import marks_end, printed_status, says_ended, shows_end, status_in_lines
from generator.source.load import parse_page

TAGS = ("SiteName", "SiteDomain", "SiteIDCode", "ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
CONTENT_TAGS = ("ArticleTitle", "PubDate", "ContentSource")
_RENEWS = re.compile(
    r"延长[^。]{0,20}有效期|有效期[^。]{0,12}(?:延长|延续)|延续[^。]{0,12}有效|继续(?:有效|执行|施行|实施)"
)
_EDGE = 6  # lines of a text above and below which labels may stand
_MAJOR = re.compile(r"(?:属于?|作为|列为|列入|系|是)[^。]{0,12}重大行政决策|重大行政决策(?:事项|草案)")
_UPDATED = frozenset({"更新日期", "更新时间", "录入时间", "修改时间", "最后更新", "时间", "日期"})
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2})?", re.ASCII)
_REGISTERED = re.compile(r"规范性文件|统一编号|统一编码|登记编?号|备案登记|制发编号")
_OF_BOTH = re.compile(r"(?:文件|政策|法规|规章)[和及与、/].{0,4}解读|解读[和及与、/]")
_NO_MARKUP = str.maketrans(
    {"<": "＜", ">": "＞", "&": "＆", "\\": "＼", "`": "｀", "*": "＊", "_": "＿", "~": "～", "|": "｜"}
)
_OPENING = 800  # characters
_LEAST_WORDS = 20  # characters
_EMBEDDING = ("iframe", "video", "audio", "object", "embed", "canvas")


class ReadPage(NamedTuple):
    """One saved page, before it is compared with the others.

    ``kind`` is what the page itself says; ``page`` has the fields and the facts of the text, read as of a policy where
    that may turn out. ``named`` are the keys of titles and numbers in the title, ``opening`` those at the beginning.
    ``beside`` are matches outside of the text; ``doubt`` says why a page cannot be judged.
    """

    path: str
    role: PageRole
    page: Page
    kind: Kind = Kind.PAGE
    title: str = ""
    page_title: str = ""
    columns: tuple[str, ...] = ()
    column_title: str = ""
    is_empty: bool = False
    links: tuple[PageLink, ...] = ()
    files: tuple[FileLink, ...] = ()
    pictures: tuple[str, ...] = ()
    relations: Mapping[str, Sequence[tuple[str, str]]] = {}
    is_own: bool = False
    tags: frozenset[str] = frozenset()
    status: str = ""
    says_end: bool = False
    shows_end: bool = False
    shows_term: bool = False
    shows_effect: bool = False
    disclosure: str = ""
    is_registered: bool = False
    declared_address: str = ""
    site_name: str = ""
    letters: str = ""
    named_titles: tuple[str, ...] = ()
    named_numbers: tuple[str, ...] = ()
    opening_titles: tuple[str, ...] = ()
    opening_numbers: tuple[str, ...] = ()
    renews: bool = False
    beside: tuple[Match, ...] = ()
    doubt: str = ""


def read_page(path: str, data: bytes) -> ReadPage:
    """Read one saved page; whatever is wrong with it becomes its ``doubt``, nothing is raised."""
    try:
        decoded = decode_page(data)
        root = parse_tree(decoded.text)
        kept = list(root.iter())  # an element that nothing holds is made anew by each walk
    except (GongkaiError, ValueError, RecursionError) as error:
        return ReadPage(path, PageRole.UNREADABLE, _bare_page(path, ""), doubt=f"读不了：{error}")
    metas = metas_of(root)
    container = find_container(root) or (only_article(root) if "articletitle" in metas else None)
    page_title = page_title_of(root)
    whole = "\n".join(paragraphs_of(root))
    role = role_of(path, root, metas, container, page_title, length=len(whole))
    article = None
    doubt = ""
    if role is PageRole.ARTICLE and container is not None:
        try:
            own = own_article(root)
            article = read_article(path, root, metas, container, own, "", 0, None, "", _kind_to_read)
        except GongkaiError as error:
            role, doubt = PageRole.SCRIPT, str(error)
    visible = matches_of("\n".join((whole, hidden_words(root))))
    columns = tuple(columns_of(root, metas)) if article is None else article.columns
    read = ReadPage(
        path,
        role,
        _bare_page(path, page_title),
        title=page_title,
        page_title=page_title,
        columns=columns,
        column_title=column_title(root, metas, columns) if role in {PageRole.COLUMN, PageRole.OTHER} else "",
        is_empty=bool(kept) and role is not PageRole.ARTICLE and is_empty_column(root, metas),
        links=tuple(links_of(root, container)),
        tags=frozenset(name for name in (*TAGS, *CONTENT_TAGS) if metas.get(name.casefold())),
        declared_address=metas.get("url", "") or canonical_of(root) or metas.get("og:url", ""),
        site_name=metas.get("sitename", "") or metas.get("og:site_name", ""),
        doubt=doubt or ("由脚本显示，保存下来的网页里没有内容" if role is PageRole.SCRIPT else ""),
        beside=visible,
    )
    if article is None or container is None:
        return read
    return _article(read, root, container, article, metas, page_title, visible)


def of_one_kind(columns: Iterable[str]) -> list[str]:
    """Return the names of columns without those that hold both policies and interpretations."""
    return [name for name in columns if not _OF_BOTH.search(name)]


def _kind_to_read(title: str, columns: Collection[str], keys: Collection[str]) -> Kind:
    """Return the kind by which a page is read: what may be a policy is read as one."""
    kind = kind_of_page(title, of_one_kind(columns), keys)
    return Kind.POLICY if kind is Kind.NOTICE else kind


def _add_consultation_fields(fields: dict[str, str | Sequence[str]], article: SavedPage, text: str) -> None:
    """Add the days of a consultation that its text states, and whether it calls the matter a major one."""
    for key, offered in stated_by_consultation(article.blocks):
        if key in {"opens_on", "closes_on"}:
            fields.setdefault(key, str(offered.value))
    published = str(fields.get("date_published", ""))[:10]
    if "opens_on" not in fields and published and published <= str(fields.get("closes_on", ""))[:10]:
        fields["opens_on"] = published  # nobody could give an opinion before
    if _MAJOR.search(text):
        fields["is_major"] = "true"


def _article(
    read: ReadPage,
    root: etree._Element,
    container: TextContainer,
    article: SavedPage,
    metas: Mapping[str, str],
    page_title: str,
    visible: tuple[Match, ...],
) -> ReadPage:
    fields = {key: value for key, value in article.fields.items() if key not in {"status", "draft", "migrated"}}
    published_by = {pair.label for pair in article.labelled if pair.label in _UPDATED or "发布" in pair.label}
    is_updated = published_by and all(label.startswith(("更新", "录入", "修改", "最后")) for label in published_by)
    if is_updated and not metas.get("pubdate"):
        fields.pop("date_published", None)  # the day of the last change says nothing of the first
    if article.sources.get("doc_type") == "标题":
        del fields["doc_type"]  # no title says for certain whether a text is a 规范性文件
    if "date_published" not in fields and (day := _other_day(metas) or marked_moment(root)):
        fields["date_published"] = day
    text = "\n".join(article.words)
    if article.kind is Kind.CONSULTATION:
        _add_consultation_fields(fields, article, text)
    shown = str(fields.pop("disclosure", ""))
    page = _parsed(read.path, article, fields)
    if not page.length and any(next(container.element.iter(name), None) is not None for name in _EMBEDDING):
        page = page._replace(length=100)  # what is embedded may be the text
    if len(article.files) >= len(page.announced_attachments):
        page = page._replace(announced_attachments=())
    in_text = {match.key for match in page.matches}
    opening = text[:_OPENING]
    pictures = tuple(pictures_in(container.element))
    beside_lines = [line for line in paragraphs_of(root, {container.element}) if len(line) < 200]
    doubt = "正文只有图片，没有文字" if page.length < _LEAST_WORDS and pictures and not article.files else ""
    edges = (*article.words[:_EDGE], *article.words[-_EDGE:], *beside_lines)
    status = printed_status(article.labelled) or status_in_lines(edges) or _own_status(root)
    is_over = shows_end(root, article.title, page_title, article.columns, article.words, beside_lines)
    return read._replace(
        page=page,
        kind=article.kind if not _is_notice(article) else Kind.NOTICE,
        title=article.title,
        columns=article.columns,
        files=article.files,
        pictures=pictures,
        relations=article.relations,
        is_own=bool(article.document_id),
        status=status,
        says_end=says_ended(status) or marks_end(article.title) or marks_end(page_title),
        shows_end=is_over,
        shows_term="expires_on" in fields,
        shows_effect="date_effective" in fields,
        disclosure=shown,
        is_registered=any(_REGISTERED.search(pair.label) and compact(pair.value) for pair in article.labelled),
        letters=article.letters,
        named_titles=tuple(key for *_, key in titles_in(article.title)),
        named_numbers=tuple(_numbers(article.title)),
        opening_titles=tuple(dict.fromkeys(key for *_, key in titles_in(opening))),
        opening_numbers=tuple(dict.fromkeys(_numbers(opening))),
        renews=bool(_RENEWS.search(text) or _RENEWS.search(article.title)),
        beside=tuple(match for match in visible if match.key not in in_text),
        doubt=doubt,
    )


def _own_status(root: etree._Element) -> str:
    own = own_article(root)
    value = own.get("data-status") if own is not None else ""
    return {"repealed": "已废止", "expired": "已失效"}.get(value or "", "")


def _is_notice(article: SavedPage) -> bool:
    """Whether the page itself does not tell what kind of information it is."""
    keys = {key for key in article.fields if article.fields[key] != "none"}
    by_page = kind_of_page(article.title, of_one_kind(article.columns), keys)
    return article.kind is Kind.POLICY and by_page is Kind.NOTICE and not article.document_id


def _other_day(metas: Mapping[str, str]) -> str:
    names = ("dc.date", "dc.date.issued", "dcterms.issued", "dcterms.created", "article:published_time", "publishdate")
    for name in (*names, "publish_date", "pub_date", "publish-date", "date"):
        if moment := moment_in(metas.get(name, "")):
            return moment_text(moment)
    return ""


def _parsed(path: str, article: SavedPage, fields: Mapping[str, str | Sequence[str]]) -> Page:
    """Return the facts of a text as of a source file with the same fields and words."""
    body = "\n\n".join(_plain_text(article))
    rows = [f"kind: {article.kind.value}", f"disclosure: {Disclosure.PROACTIVE.value}"]
    rows += [f"{key}: {_yaml(value)}" for key, value in fields.items()]
    text = "\n".join(["---", *rows, "---", "", body])
    page = parse_page("content/policies/page.md", path, text.encode("utf-8", "replace")).page
    matches = tuple(match._replace(where="", line=1) for match in page.matches)
    return page._replace(path=path, id=page_id(path), body=path, problems=(), matches=matches, empty_keys={})


def _plain_text(article: SavedPage) -> Iterator[str]:
    """Yield the blocks of a text as the plainest Markdown, which is read fastest: nothing of it is shown to anybody."""
    markup = {picture: PictureMarkup("picture.png", picture.alt or "图") for picture in pictures_of(article.blocks)}
    for place, block in enumerate(article.blocks):
        level = article.levels.get(place, 0)
        if isinstance(block, Table) or (markup and list(pictures_of([block]))):
            yield Writer(markup, ()).text(map_pieces((block,), _without_address), {})
        elif text := block_text(block).translate(_NO_MARKUP).strip():
            yield f"{'#' * level} {text}" if level and "\n" not in text else text


def page_id(path: str) -> str:
    """Return the id of a page: its path, without the sign that begins a part."""
    return path.replace("#", "%23")


def _without_address(piece: Piece) -> Piece:
    return piece._replace(href="") if isinstance(piece, Words) and piece.href else piece


def _yaml(value: str | Sequence[str]) -> str:
    if isinstance(value, str) and (_DAY.fullmatch(value) or value in {"true", "false"}):
        return value
    return json.dumps(value if isinstance(value, str) else list(value), ensure_ascii=False)


def _bare_page(path: str, title: str) -> Page:
    fields = {"title": Field(title or path, 1), "disclosure": Field(Disclosure.PROACTIVE, 1)}
    return Page(path, path, Kind.PAGE, page_id(path), fields)


def _numbers(text: str) -> Iterator[str]:
    for *_, number in find_doc_numbers(text):
        yield from (doc_number_key(candidate) for candidate in doc_number_candidates(number))
