"""The fields of a saved page: from its labels, its meta tags, its title and its text."""

import datetime as dt
import functools
import re
from collections.abc import Iterator, Mapping, Sequence

from lxml import etree

from generator.authoring.importing.official.document import read_official
from generator.authoring.importing.saved_pages.head_lines import GENERIC_LABELS, pairs_of_line
from generator.authoring.importing.saved_pages.labels import (
    LabelledText,
    key_of_label,
    labelled_texts,
    runs_of,
)
from generator.authoring.importing.saved_pages.noise import is_noise_element
from generator.authoring.importing.saved_pages.tree import (
    compact,
    is_hidden,
    name_of,
    squeeze,
    text_of,
    tokens_of,
)
from generator.authoring.importing.saved_pages.values import first_values, moment_in, moment_text, plain, values_of
from generator.authoring.importing.word.blocks import Block, Paragraph
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import FIELDS, Kind

_SITE_SUFFIX = re.compile(r"\s*(?:[-_|–—]{1,2}|>>|::)\s*[^-_|–—]{2,40}$")
_TITLE_TOKENS = re.compile(r"[a-z\d_-]*(?:title|biaoti)|(?:[a-z]+[-_])?(?:tit|bt)")
_CRUMBS = re.compile(r".*crumbs?.*|.*position.*|.*location.*|dqwz|wz|weizhi|path|cur(?:rent)?-?(?:pos|path|nav)")
_CRUMB_WORDS = re.compile(r"(?:当前|所在|现在)(?:所在)?(?:的)?位置[:：]?|首页|>+|»|/|\\|›|正文|-+")
_NOT_ABOUT = re.compile(
    r"foot(?:er)?|.*[-_]footer|copyright|.*prev[-_]?next.*|neighbou?rs|nav|menu|sidebar|related|.*list"
)
_LISTS = frozenset({"nav", "footer", "li", "a", "select"})
_ONLY_MOMENT = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?", re.ASCII
)
_FORMS = (
    (re.compile(r"答记者问"), "媒体专访"),
    (re.compile(r"问答"), "政策问答"),
    (re.compile(r"一图读懂|图解|图文解读"), "图表图解"),
    (re.compile(r"新闻发布会"), "新闻发布会"),
)
_FONT_SIZES = re.compile(r"大|中|小|[A+-]")
_MOST_SUMMARY = 300
_OF_TEXT = frozenset({"doc_number", "date_written", "date_printed", "disclosure", "genre", "doc_type"})
_PUBLISHED = frozenset(
    {"datepublished", "published", "entry-date", "dt-published", "date-published", "post-date", "pubdate"}
)


def metas_of(root: etree._Element) -> dict[str, str]:
    """Return the meta tags of a page by their names in small letters; the first of a name counts."""
    metas: dict[str, str] = {}
    for meta in root.iter("meta"):
        name = (meta.get("name") or meta.get("property") or "").strip().casefold()
        content = squeeze(meta.get("content") or "")
        if name and content:
            metas.setdefault(name, content)
    return metas


def canonical_of(root: etree._Element) -> str:
    """Return the canonical link of a page, ``""`` for none."""
    links = (one for one in root.iter("link") if "canonical" in (one.get("rel") or "").casefold().split())
    return next((str(one.get("href") or "") for one in links), "")


def marked_moment(root: etree._Element) -> str:
    """Return the moment of publication that the markup of a page has (``time``, ``abbr``, ``itemprop``), or ``""``.

    One that is marked as such goes before the only ``time`` of a page.
    """
    marked: list[str] = []
    times: list[str] = []
    for one in root.iter("time", "abbr", "span", "meta", "data"):
        shown = one.get("title") if name_of(one) == "abbr" else ""
        value = one.get("datetime") or one.get("content") or shown or ""
        words = {*tokens_of(one), *(one.get("itemprop") or "").casefold().split(), *map(str, one.keys())}
        if words & _PUBLISHED and (text := value or text_of(one)):
            marked.append(text)
        elif name_of(one) == "time" and value:
            times.append(value)
    moments = [moment_text(moment) for text in marked or times if (moment := moment_in(text))]
    return moments[0] if marked and moments else moments[0] if len(set(moments)) == 1 else ""


def labelled_of(root: etree._Element, container: etree._Element, heads: Sequence[etree._Element]) -> list[LabelledText]:
    """Return labels and values of a page, those of the tables above its text first."""
    aside = {one for one in root.iter(etree.Element) if name_of(one) in {"nav", "footer"} or _is_aside(one)}
    aside -= set(container.iterancestors())
    pairs = [pair for head in heads for pair in labelled_texts(head, ())]
    return [*pairs, *labelled_texts(root, {*aside, container})]


def runs_beside(root: etree._Element, container: etree._Element) -> list[str]:
    """Return the runs of words outside of the text, of lists and of what is on every page."""
    aside = {one for one in root.iter(etree.Element) if name_of(one) in _LISTS or _is_aside(one)}
    return runs_of(root, {*(aside - set(container.iterancestors())), container})


def _is_aside(element: etree._Element) -> bool:
    return any(map(_is_aside_token, tokens_of(element)))


@functools.lru_cache(maxsize=4096)
def _is_aside_token(token: str) -> bool:
    return bool(_NOT_ABOUT.fullmatch(token))


def title_of(
    root: etree._Element, metas: Mapping[str, str], labelled: Sequence[LabelledText], own: etree._Element | None
) -> str:
    """Return the title: by its tag, a label, a heading that the page's own title has, else that title."""
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
        return str(max(in_both, key=len))
    meta_title = plain(metas.get("og:title", "") or metas.get("title", ""))
    bare = _SITE_SUFFIX.sub("", page_title) or page_title
    return next((str(text) for text in (*heads[:1], *named[:1], meta_title) if text), bare)


def fields_of(
    metas: Mapping[str, str],
    labelled: Sequence[LabelledText],
    title: str,
    agency: str,
    text: str,
    tokens: Sequence[str],
) -> tuple[dict[str, str | Sequence[str]], dict[str, str]]:
    """Return the fields of labels, then of meta tags, and from where each is."""
    pairs = sorted(labelled, key=lambda pair: (not pair.is_table, pair.label in GENERIC_LABELS))
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


def unread_values(labelled: Sequence[LabelledText], fields: Mapping[str, object]) -> Iterator[str]:
    """Yield the values of known labels that are not of the form of their field."""
    for label, text, _ in dict.fromkeys(labelled):
        key = key_of_label(label)
        if (
            key
            and key not in {"status", "title"}
            and key not in fields
            and plain(text)
            and not (label == "字号" and _FONT_SIZES.search(text))
            and not dict(values_of(key, text))
        ):
            yield f"“{label}”写的是“{plain(text)[:60]}”，认不出来，没有填“{FIELDS[key].label}”"


def add_by_title(kind: Kind, title: str, blocks: Sequence[Block], fields: dict[str, str | Sequence[str]]) -> None:
    """Add the form of an interpretation, the period of a consultation, as title and text say them."""
    if kind is Kind.INTERPRETATION and "form" not in fields:
        form = next((label for pattern, label in _FORMS if pattern.search(title)), "")
        if form:
            fields["form"] = form
    if kind is Kind.CONSULTATION:
        texts = [block.text for block in blocks if isinstance(block, Paragraph)]
        for pair in (pair for text in texts for pair in pairs_of_line(text)):
            if (key := key_of_label(pair.label)) in {"opens_on", "closes_on"} and pair.label not in GENERIC_LABELS:
                for name, value in values_of(key, pair.value):
                    fields.setdefault(name, value)


def has_own_number(blocks: Sequence[Block], title: str) -> bool:
    """Whether a text has its 文号 above it, as the printed document has; old sites often have it nowhere else."""
    try:
        return any(extracted.key == "doc_number" for extracted in read_official(blocks, title).fields)
    except GongkaiError:  # a mark of secrecy
        return False


def add_official(
    blocks: Sequence[Block], title: str, fields: dict[str, str | Sequence[str]], sources: dict[str, str]
) -> Iterator[str]:
    """Add what the text itself says for certain: number, days, the note on disclosure; yield where the two differ."""
    for extracted in read_official(blocks, title).fields:
        key, value = extracted.key, extracted.value
        if key not in _OF_TEXT:
            continue
        if key not in fields:
            fields[key] = value
            sources[key] = extracted.where
        elif key == "disclosure" and fields[key] != value:
            yield f"{FIELDS[key].label}：{sources[key]}“{fields.pop(key)}”和{extracted.where}互相矛盾，没有填"
        elif key in {"doc_number", "date_written"} and fields[key] != value:
            yield f"{FIELDS[key].label}按{sources[key]}填写，{extracted.where}是“{value}”"


def dropped_fields(kind: Kind, fields: dict[str, str | Sequence[str]]) -> Iterator[str]:
    """Take out the fields that have no effect on a kind, and say so."""
    for key in [key for key in fields if kind not in FIELDS[key].kinds]:
        value = fields.pop(key)
        text = value if isinstance(value, str) else "、".join(value)
        yield f"{FIELDS[key].label}“{text}”：{kind.label}没有这一项，没有填"


def columns_of(root: etree._Element, metas: Mapping[str, str]) -> list[str]:
    """Return the names of the columns above a page, from its crumbs and tags, the nearest last."""
    crumbs = [
        one
        for one in root.iter("div", "p", "nav", "ul", "ol", "td", "span")
        if any(_CRUMBS.fullmatch(token) for token in tokens_of(one))
        or re.match(r"(?:您)?(?:的)?(?:当前|所在|现在).{0,4}位置", compact(one.text or ""))
    ]
    names = [
        text
        for one in crumbs[:1]
        for part in re.split(r">+|»|›|/|\s{1,}", text_of(one))
        if (text := _CRUMB_WORDS.sub("", compact(part)))
    ]
    names = [one for one in names if len(one) <= 20]
    return [*names, *(metas[key] for key in ("columntype", "columnname") if key in metas)]
