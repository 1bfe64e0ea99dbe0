"""What the text of a policy says of its own fields, to be compared with its front matter (T001 to T005).

Only what a text surely says of itself counts: nothing in quotation marks, tables and quotations, nothing of single
clauses, and nothing that another text says which an amending or forwarding document carries.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from generator.domain.model import BlockKind, PartLocation, StatedFields, Text
from generator.domain.model.stated_fields import NOTHING_STATED
from generator.source.facts.stated_effects import EFFECT, TERM, find_effects_and_terms
from generator.source.facts.stated_head_and_signature import find_head, find_signature_day
from generator.source.facts.stated_repeals import REPEAL, find_repeals

_DRAFT = re.compile("征求意见|草案|送审稿|讨论稿")
_CARRIES_OTHERS = re.compile(r"转发|批转|\A(?!.*印发).*(?:修改|修正|修订|废止|清理|延续)", re.DOTALL)
_FORWARDS = re.compile("转发|批转")
_QUOTED = re.compile(r"“[^“”]{0,4000}(?:”|\Z)|“[^“”\n]*")
_CHARACTER = re.compile(r"[^\n]")
_LEFT_OUT = frozenset({BlockKind.TABLE, BlockKind.QUOTE, BlockKind.CODE, BlockKind.FOOTNOTES, BlockKind.OTHER})


class Passage(NamedTuple):
    """The words of one block outside quotation marks, their place in the whole text, and the titles it may mean.

    ``names`` are the titles whose last words 本办法 may stand for; ``part`` is the id of the declared part.
    """

    words: str
    start: int
    names: str
    part: str


def find_stated_fields(
    text: Text, title: str, genre: str, parts: Sequence[tuple[PartLocation, str]] = ()
) -> StatedFields:
    """Return what a text says of its fields; ``parts`` are the declared parts that were found, with their titles."""
    if _DRAFT.search(title):
        return NOTHING_STATED
    head, signed = find_head(text), find_signature_day(text)
    words = text.words
    if not any(word in words for word in (*REPEAL, *EFFECT, *TERM)):
        return StatedFields(number=head.number, signed=signed, caption_days=head.days)
    passages = list(_passages(text, title, genre, parts))
    effects, terms = find_effects_and_terms(text, passages)
    repeals = () if _FORWARDS.search(title) else tuple(find_repeals(text, passages))
    return StatedFields(effects, terms, repeals, head.number, signed, head.days)


def _passages(text: Text, title: str, genre: str, parts: Sequence[tuple[PartLocation, str]]) -> Iterator[Passage]:
    """Yield the blocks that speak for themselves; quotation marks are replaced by blanks of their length."""
    whole = f"{title}\n{genre}"
    if _CARRIES_OTHERS.search(title):  # 关于修改《示例办法》的决定: 本办法 is the other text
        whole = f"{title.rpartition('的')[2]}\n{genre}"
    begins = {place.anchor: (place, name) for place, name in parts}
    words = _QUOTED.sub(_blank, text.words) if "“" in text.words else text.words
    start, part, names = 0, "", whole
    within: frozenset[str] = frozenset()
    for block in text.blocks:
        if block.kind is BlockKind.HEADING:
            if block.anchor in begins:
                location, name = begins[block.anchor]
                part, within, names = location.id, location.anchors, name
            elif part and block.anchor not in within:
                part, within, names = "", frozenset(), whole
        if not block.text:
            continue
        if block.kind not in _LEFT_OUT:
            yield Passage(words[start : start + len(block.text)], start, names, part)
        start += len(block.text) + 1


def _blank(quoted: re.Match[str]) -> str:
    return _CHARACTER.sub(" ", quoted[0])
