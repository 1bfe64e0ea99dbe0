"""Markdown → blocks of clean HTML, and the facts of the text: outline, anchors, links.

Everything but runs of plain blocks, which hold no ``<``, ``>`` or ``&``, goes through the library and nh3.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

from generator.domain.model import Heading, Text
from generator.domain.problems import Problem
from generator.source.text.anchors import Anchors
from generator.source.text.block_reader import FoundLink, find_links, read_blocks
from generator.source.text.dialect import with_literals
from generator.source.text.html_tags import with_tidy_tags
from generator.source.text.kept_words import kept_words_problems
from generator.source.text.markup_problems import heading_problems, markup_problems
from generator.source.text.plain import blocks_of, extract_plain_blocks
from generator.source.text.signs import RUN, restored, restored_html, without_signs
from generator.source.text.tidy_lines import tidy_lines

_COMMENT_BLOCK = re.compile(r"(?:\A|(?<=\n\n))<!--(?:(?!-->).)*+-->(?=\n\n|\n*\Z)", re.DOTALL)
_RAW_ID = re.compile(r"\bid\s*=\s*[\"']?([^\"'\s>]+)", re.IGNORECASE)
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})
_LOST = re.compile(r"\b(?:href|src|poster)\s*=\s*[\"']?\s*(?!(?:https?|mailto|tel):)[a-z][a-z0-9+.-]*:", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Markup:
    """A converted text: its blocks, its structure, and what is wrong with its Markdown."""

    blocks: Text
    outline: tuple[Heading, ...]
    anchors: frozenset[str]
    links: tuple[FoundLink, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def html(self) -> str:
        """The clean HTML of the text."""
        return self.blocks.html

    @property
    def text(self) -> str:
        """The words of the text, a line for each paragraph, heading and cell."""
        return self.blocks.words


def convert(body: str, first_line: int = 1, *, may_hold_signs: bool = True) -> Markup:
    """Convert one Markdown text; template syntax in it is text, HTML in it is sanitised.

    ``first_line`` is the line of the file on which ``body`` begins; ``may_hold_signs`` is false for a text that surely
    holds none of the code points that are used as signs. Raises ``RecursionError`` for lists or
    quotations that are nested without end.
    """
    typed, numbers = tidy_lines(without_signs(body) if may_hold_signs else body, first_line)
    if "<!--" in typed:
        typed = _COMMENT_BLOCK.sub(lambda comment: "\n" * comment[0].count("\n"), typed)
    literal = with_literals(typed)
    extracted = extract_plain_blocks(literal, numbers)
    if extracted.runs and RUN.fullmatch(extracted.rest.strip("\n")):
        anchors = Anchors((), deeper=extracted.titled)
        blocks = tuple(blocks_of(extracted.runs[0], anchors))
        problems = tuple(heading_problems(typed, numbers)) if "#" in typed or "＃" in typed else ()
        if "｜" in typed or "］" in typed:
            problems += tuple(markup_problems(typed, numbers))
        return Markup(Text(blocks), tuple(anchors.outline), frozenset(anchors.used), (), problems)
    from generator.source.text import converter

    rendered = converter.render(extracted, set(map(restored, _RAW_ID.findall(literal))) if "<" in literal else set())
    made, clean = rendered.html, converter.CLEANER.clean(rendered.html)
    if literal is not typed:
        made, clean = restored_html(made), restored_html(clean)
    text = Text(tuple(read_blocks(clean, rendered.runs, first_line)))
    ids = frozenset(anchor for block in text.blocks for anchor in block.ids)
    links = tuple(_with_lost_links(made, clean, first_line))
    plain = {id(block) for run in rendered.runs for block in run}  # their words are copied
    read = [block for block in text.blocks if id(block) not in plain]
    problems = (
        *heading_problems(typed, numbers),
        *markup_problems(typed, numbers),
        *kept_words_problems(extracted.rest, read, first_line),
    )
    return Markup(text, tuple(rendered.outline), ids, links, problems)


def _with_lost_links(made: str, clean: str, first_line: int) -> Iterator[FoundLink]:
    """Yield the links of clean HTML, and in their places those whose address no browser opens: cleaning took it off."""
    links = list(find_links(clean, first_line))
    if made.count(' href="') == clean.count(' href="') and not _LOST.search(made):
        yield from links
        return
    kept = Counter(link._replace(line=0) for link in links)
    by_place = {link._replace(line=0): link for link in reversed(links)}
    for link in find_links(with_tidy_tags(made), first_line):
        bare = link._replace(line=0)
        if kept[bare]:
            kept[bare] -= 1
            yield link
        elif not _is_opened(link.target):
            yield link
    yield from (by_place[bare] for bare in kept.elements())  # what only cleaning made a link


def _is_opened(address: str) -> bool:
    """Whether a browser opens an address, as far as its scheme and its host tell."""
    try:
        parts = urlsplit(address)
        has_host = bool(parts.hostname) and " " not in parts.netloc and parts.port != 0
    except ValueError:
        return False
    return not parts.scheme or parts.scheme in {"mailto", "tel"} or (parts.scheme in _SCHEMES and has_host)
