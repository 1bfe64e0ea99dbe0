"""Markdown → clean HTML, and the facts of the text: outline, anchors, links, plain text.

Everything but runs of plain blocks, which hold no ``<``, ``>`` or ``&``, goes through nh3.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

import nh3

from generator.domain.model import Heading, LinkRole
from generator.domain.numerals import ORDINAL
from generator.source.text.anchors import Anchors, anchor_of
from generator.source.text.plain import MARK, MARK_CLOSE, MARK_OPEN, extract_plain_blocks, html_of, words_of

__all__ = ["Markup", "anchor_of", "convert", "plain_text"]

_BARE_CLAUSE = re.compile(rf"^(第{ORDINAL}条)\n(?=[\u4e00-\u9fff])", re.MULTILINE)
_INDENTED = re.compile(r"(?<=\S)\n(?=　)")
_TABLE_RULE = re.compile(r"\n {0,3}\|?[ ]*:?-+:?[ ]*\|[-:| ]*(?=\n|\Z)")
_MARKED = re.compile(f"<p>{MARK.pattern}</p>")
_UNTIDY = ("\t", "\r", "\x02", "\x03", "\n ")
_BLANK_LINE = re.compile(r"(?<=\n) +\n")
_TAB = 4

_BLOCK_TAG = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|tr|td|th|table|thead|tbody|caption|blockquote|pre|hr|br"
    r"|section|figure|figcaption|details|summary)\b[^>]*>"
)
_TAG = re.compile(r"<[^>]+>")
_BLANK_LINES = re.compile(r"\s*\n\s*")
_LINKING = re.compile(r'<(a|img|audio|video|source|track)\b((?:"[^"]*"|[^">])*)>')
_ADDRESS = re.compile(r'\s(href|src|poster)="([^"]*)"')
_RAW_ID = re.compile(r"\bid\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_ALT = re.compile(r'\salt="([^"]*)"')
_ID = re.compile(r'\sid="([^"]*)"')
_ALIGN = re.compile(r'<(t[dh]) align="(left|right|center)"')
# On a phone a wide table scrolls by itself, from the keyboard too.
_SCROLL = '<div class="table-scroll" role="region" aria-label="表格" tabindex="0">'


@dataclass(frozen=True, slots=True)
class Markup:
    """A converted text: clean HTML, plain text with a line per block, and its structure."""

    html: str
    text: str
    outline: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[tuple[str, LinkRole, bool], ...]


def convert(body: str) -> Markup:
    """Convert one Markdown text; template syntax in it is text, HTML in it is sanitised."""
    typed = _as_typed(body)
    cut = extract_plain_blocks(typed)
    if cut.runs and MARK.fullmatch(cut.rest.strip("\n")):
        anchors = Anchors((), deeper=cut.titled)
        clean = _with_scrolling(html_of(cut.runs[0], anchors))
        return Markup(clean, words_of(cut.runs[0]), tuple(anchors.outline), frozenset(anchors.used), ())
    from generator.source.text import dialect

    rendered = dialect.render(cut, set(_RAW_ID.findall(typed)) if "<" in typed else set())
    clean = _CLEANER.clean(rendered.html)
    words = plain_text(clean)
    links = tuple(_links_and_lost(rendered.html, clean))
    ids = frozenset(map(html.unescape, _ID.findall(clean))).union(rendered.names if cut.runs else ())
    if cut.runs:
        clean = _MARKED.sub(lambda found: rendered.runs[int(found[1])], clean)
        words = MARK.sub(lambda found: words_of(cut.runs[int(found[1])]), words)
    return Markup(_with_scrolling(clean), words, tuple(rendered.outline), ids, links)


def _with_scrolling(clean: str) -> str:
    if "<table" not in clean:
        return clean
    clean = clean.replace("<table", _SCROLL + "<table").replace("</table>", "</table></div>")
    return _ALIGN.sub(r'<\1 class="\2"', clean)  # align is obsolete HTML, and style is not ours to allow


def _links(clean: str) -> Iterator[tuple[str, LinkRole, bool]]:
    """Yield every address of clean HTML, what it is for, and whether it has a text where it needs one."""
    for tag in _LINKING.finditer(clean) if "<a " in clean or " src=" in clean else ():
        alt = _ALT.search(tag[2])
        described = tag[1] != "img" or bool(alt and alt[1].strip())
        for address in _ADDRESS.finditer(tag[2]):
            role = LinkRole.LINK if address[1] == "href" else LinkRole.MEDIA
            yield html.unescape(address[2]), role, described


def _links_and_lost(made: str, clean: str) -> Iterator[tuple[str, LinkRole, bool]]:
    """Yield the links of clean HTML, and in their places those whose address no browser opens: cleaning took it off."""
    links = list(_links(clean))
    if made.count(' href="') == clean.count(' href="'):
        yield from links
        return
    kept = Counter(links)
    for link in _links(made):
        if kept[link]:
            kept[link] -= 1
            yield link
        elif link[1] is LinkRole.LINK and not _is_opened(link[0]):
            yield link
    yield from kept.elements()  # what only cleaning made a link


def _is_opened(address: str) -> bool:
    """Whether a browser opens an address, as far as its scheme and its host tell."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False
    return not scheme or scheme in _SCHEMES


def _as_typed(body: str) -> str:
    """Give a text from Word the blank lines that Markdown needs: before an indented paragraph, before a table."""
    if MARK_OPEN in body or MARK_CLOSE in body:
        body = body.replace(MARK_OPEN, "").replace(MARK_CLOSE, "")
    if any(mark in body for mark in _UNTIDY):  # what the library does itself, but later
        body = body.replace("\x02", "").replace("\x03", "").replace("\r\n", "\n").replace("\r", "\n")
        body = _BLANK_LINE.sub("\n", body.expandtabs(_TAB))
    if "\n　" in body:
        body = _INDENTED.sub("\n\n", body)
    if "条\n" in body:
        body = _BARE_CLAUSE.sub(r"\1　", body)
    return _with_tables_apart(body) if "|" in body else body


def _with_tables_apart(body: str) -> str:
    """Put a blank line before every table that follows its paragraph at once."""
    for rule in reversed(list(_TABLE_RULE.finditer(body))):
        head = body.rfind("\n", 0, rule.start()) + 1  # where the row of headings begins
        before = body[body.rfind("\n", 0, max(head - 1, 0)) + 1 : max(head - 1, 0)]
        if before.strip() and "|" not in before:
            body = f"{body[:head]}\n{body[head:]}"
    return body


def plain_text(markup: str) -> str:
    """Return the words of clean HTML, one line per block."""
    text = _TAG.sub("", _BLOCK_TAG.sub("\n", markup))
    return _BLANK_LINES.sub("\n", html.unescape(text)).strip()


_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_SPAN = {"colspan", "rowspan", "scope", "align"}
_CLEANER = nh3.Cleaner(
    tags=nh3.ALLOWED_TAGS
    | {"audio", "video", "source", "track", "section", "figure", "figcaption", "details", "summary"},
    clean_content_tags={"script", "style", "iframe", "object", "embed", "form", "template", "noscript", "svg", "math"},
    attributes={
        "*": {"id", "class", "title", "lang"},
        "a": {"href", "id"},
        "img": {"src", "alt", "width", "height"},
        "audio": {"src", "controls", "preload"},
        "video": {"src", "controls", "preload", "poster", "width", "height"},
        "source": {"src", "type"},
        "track": {"src", "kind", "srclang", "label", "default"},
        "td": _SPAN,
        "th": _SPAN,
        "col": {"span"},
        "colgroup": {"span"},
        "ol": {"start", "type"},
        "li": {"value"},
        "details": {"open"},
        "abbr": {"title"},
    },
    url_schemes=set(_SCHEMES),
    link_rel=None,
    strip_comments=True,
)
