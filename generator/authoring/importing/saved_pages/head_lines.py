"""The lines above a text that say again what fields have: its title, its day and source, the tools of the page."""

import re
from collections.abc import Sequence

from lxml import etree

from generator.authoring.importing.saved_pages.labels import (
    LabelledText,
    key_of_label,
    labelled_texts,
)
from generator.authoring.importing.saved_pages.noise import is_noise_line
from generator.authoring.importing.saved_pages.tree import (
    compact,
)
from generator.authoring.importing.word.blocks import Block, Paragraph, block_text
from generator.authoring.importing.word.markdown import pictures_of
from generator.domain.titles import title_key

GENERIC_LABELS = frozenset({"日期", "时间", "主题", "地点"})
_TAKEN_FROM_LINES = ("date_published", "issuer", "index_no", "doc_number", "source_name", "disclosure")
_MOMENT = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?: \d{1,2}:\d{2}(?::\d{2})?)?", re.ASCII)
_MOST_HEAD = 8


def without_tools(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """Take out the lines that are tools of the page."""
    kept, tools = [], []
    for block in blocks:
        text = block_text(block)
        if isinstance(block, Paragraph) and not list(pictures_of([block])) and is_noise_line(text):
            tools.append(text)
        else:
            kept.append(block)
    return tuple(kept), tools


def pairs_of_line(line: str) -> list[LabelledText]:
    """Return the labels and values of a line."""
    holder = etree.Element("div")
    holder.text = line
    return labelled_texts(holder, ())


def without_head_lines(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], list[str]]:
    """Take out the lines above a text that say when and by whom it was published."""
    kept, taken = list(blocks), []
    for block in blocks[:_MOST_HEAD]:
        if not isinstance(block, Paragraph):
            break
        if block in kept[:2] and _MOMENT.fullmatch(line := block.text.strip()):  # below the title
            kept.remove(block)
            taken.append(f"发布时间：{line}")
            continue
        pairs = pairs_of_line(block.text)
        keys = {key_of_label(pair.label) for pair in pairs if pair.label not in GENERIC_LABELS}
        covered = sum(len(compact(pair.label)) + len(compact(pair.value)) for pair in pairs)
        is_head = bool(keys & set(_TAKEN_FROM_LINES)) and covered >= 0.7 * len(re.sub(r"\W", "", block.text))
        if is_head and len(block.text) < 200:
            kept.remove(block)
            taken.append(block.text)
        elif len(block.text) > 60:
            break
    return tuple(kept), taken


def without_title(blocks: Sequence[Block], title: str) -> tuple[tuple[Block, ...], list[str]]:
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
