"""标题: which of the lines above a text make its title, and how they are joined (GB/T 9704—2012 7.3.1)."""

import re
from collections.abc import Sequence

from generator.authoring.importing.official import labels, lines
from generator.authoring.importing.word.blocks import Block, Paragraph, block_text

_MOST_TITLE = 150
_MOST_ORGANS = 6
_MOST_ORGAN = 60
_BLANKS = re.compile(r"[ 　]+")
_CJK = re.compile(r"[\u3400-\u9fff（）《》、，]")
_GOES_ON = re.compile(r"[的及和与等》）、]|[（(].*[）)].")
_CONTENTS = frozenset({"目录", "目次"})
_SUBTITLE = ("——", "—")


def is_contents(text: str) -> bool:
    """Whether a line is 目录 alone."""
    return lines.compact(text) in _CONTENTS


def title_places(zone: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """Return the places of the lines that make the title, none where nothing is sure."""
    paragraphs = [(place, block) for place in zone if isinstance(block := blocks[place], Paragraph)]
    candidates = [
        (place, block) for place, block in paragraphs if block.text.strip() and not _is_something_else(block.text)
    ]
    for chosen in (
        [place for place, block in candidates if block.is_title],
        [place for place, block in candidates if block.centred and not lines.is_caption(block.text)],
    ):
        if chosen:
            return _with_organs(_whole(chosen, blocks), zone, blocks)
    if candidates:
        block = candidates[0][1]
        text = lines.compact(block.text)
        whole = _whole([one for one, _ in candidates], blocks)
        joined = lines.compact("".join(block_text(blocks[place]) for place in whole))
        is_broken = "关于" in joined and _is_whole(joined)  # over several lines, as a txt has it
        alone = [other for other in blocks if isinstance(other, Paragraph) and other.outline == 0] == [block]
        is_title = lines.ends_title(text) or (text.startswith("关于") and len(text) > 4) or "的解读" in text
        if is_title or is_broken or alone:
            return _with_organs(whole, zone, blocks)
    return []


def _is_something_else(text: str) -> bool:
    """Whether a line above the text is certainly no title."""
    return bool(
        is_contents(text)
        or lines.organs_of(text)
        or lines.date_of(text)
        or lines.number_of(text)
        or lines.notice_number(text)
        or labels.is_registration(text)
        or labels.is_named_number(text)
        or labels.value_in(text)
    )


def _whole(places: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """Return the first lines of those that follow each other, until the title is whole."""
    whole: list[int] = []
    joined = ""
    for place in places:
        text = lines.compact(block_text(blocks[place]))
        if whole and place != whole[-1] + 1:
            break
        if joined and _is_whole(joined) and not _continues(text):
            break
        whole.append(place)
        joined += text
        if len(joined) > _MOST_TITLE:
            break
    return whole


def _is_whole(joined: str) -> bool:
    """Whether lines end as a title does, with no bracket open."""
    is_open = joined.count("《") > joined.count("》") or joined.count("（") > joined.count("）")
    return lines.ends_title(joined) and not is_open


def _continues(text: str) -> bool:
    """Whether a line goes on with the title above it, although that could end there."""
    if lines.is_part_of_title(text) or text.startswith(_SUBTITLE) or text in lines.GENRES:
        return True
    return bool(_GOES_ON.match(text)) and lines.ends_title(text)


def _with_organs(places: list[int], zone: Sequence[int], blocks: Sequence[Block]) -> list[int]:
    """Return the lines of a title with those above it that name the bodies which issue it."""
    text = lines.compact("".join(block_text(blocks[place]) for place in places))
    if not places or lines.genre_of(text) is None:
        return places
    before: list[int] = []
    while len(before) < _MOST_ORGANS:
        above = places[0] - 1 - len(before)
        organs = lines.organs_of(block_text(blocks[above])) if above in zone else []
        if not organs or not isinstance(blocks[above], Paragraph) or text.startswith(organs[0]):
            break
        before.insert(0, above)
    return [*before, *places]


def title_and_subtitle(places: Sequence[int], blocks: Sequence[Block]) -> tuple[str, str]:
    """Return the title that some lines make, and the subtitle among them, empty for none."""
    texts = [line.strip(" 　") for place in places for line in block_text(blocks[place]).split("\n") if line.strip()]
    subtitle = next((text for text in texts[1:] if text.startswith(_SUBTITLE)), "")
    title = ""
    for text in texts:
        if text is not subtitle:
            parts = (
                bool(title) and bool(lines.organs_of(title.rsplit(" ", maxsplit=1)[-1])) and _begins_with_organ(text)
            )
            title += (" " if parts else "") + text
    return _joined(title), subtitle.lstrip("—")


def _joined(title: str) -> str:
    """Return a title without the blanks that only spread it over its line."""

    def between(match: re.Match[str]) -> str:
        start, end = match.span()
        before, behind = title[max(start - _MOST_ORGAN, 0) : start], title[end : end + _MOST_ORGAN]
        if not (_CJK.match(before[-1:]) or _CJK.match(behind[:1])):
            return match[0]
        organ = _BLANKS.split(before)[-1]
        return " " if lines.is_organ(organ) and _begins_with_organ(behind) else ""

    return _BLANKS.sub(between, title).strip()


def _begins_with_organ(text: str) -> bool:
    """Whether a text begins with the name of a body, before a blank or 关于."""
    first = _BLANKS.split(text[:_MOST_ORGAN].partition("关于")[0].strip(" 　"))[0]
    return lines.is_organ(first) or lines.notice_head(first) is not None
