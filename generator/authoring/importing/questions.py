"""Questions of a text in questions and answers: 问：…, 答：…, or bold lines that end with a question mark."""

import re
from collections.abc import Mapping, Sequence

from generator.authoring.importing.word.blocks import Block, Break, Paragraph, Words

_QUESTION = re.compile(
    r"(?:\d{1,3}[.．、]|[一二三四五六七八九十]{1,3}、)?\s*(?:问题?\s*[一二三四五六七八九十\d]{0,3}|[Qq]\d{0,2})\s*[:：.．、]"
)
_ANSWER = re.compile(r"(?:答\s*[一二三四五六七八九十\d]{0,3}|[Aa]\d{0,2})\s*[:：.．、]")
_ENDS = ("？", "?")
_MOST_LETTERS = 100
_LEAST_QUESTIONS = 2
_FIRST, _DEEPEST = 2, 6


def question_places(blocks: Sequence[Block]) -> list[int]:
    """Return the places of the paragraphs that are questions and nothing else."""
    return [place for place, block in enumerate(blocks) if isinstance(block, Paragraph) and _is_question(blocks, place)]


def with_question_levels(blocks: Sequence[Block], levels: Mapping[int, int]) -> dict[int, int]:
    """Return the levels of headings with the questions of a text, each one below the heading above it."""
    questions = question_places(blocks)
    result = dict(levels)
    if len(questions) < _LEAST_QUESTIONS:
        return result
    for place in questions:
        above = max((one for one in levels if one < place), default=None)
        result.setdefault(place, min(levels[above] + 1 if above is not None else _FIRST, _DEEPEST))
    return result


def _is_question(blocks: Sequence[Block], place: int) -> bool:
    block = blocks[place]
    if not isinstance(block, Paragraph) or block.bullet is not None or place + 1 >= len(blocks):
        return False
    text = block.text.strip()
    if not text or len(text) > _MOST_LETTERS or any(isinstance(piece, Break) for piece in block.pieces):
        return False
    below = blocks[place + 1]
    is_answered = isinstance(below, Paragraph) and bool(_ANSWER.match(below.text.strip()))
    if _QUESTION.match(text):
        return is_answered or text.endswith(_ENDS)
    return text.endswith(_ENDS) and (is_answered or _is_bold(block))


def _is_bold(paragraph: Paragraph) -> bool:
    words = [piece for piece in paragraph.pieces if isinstance(piece, Words) and piece.text.strip()]
    return bool(words) and all(piece.bold for piece in words)
