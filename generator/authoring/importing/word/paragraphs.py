"""Small questions to a paragraph that is being read, whichever format it is in."""

from collections.abc import Sequence

from generator.authoring.importing.word.blocks import Piece, Words

_TIGHT = "条章节编款项、.．。）)】]：:"  # what ends a number behind which paper has no blank
_CLAUSE_ENDS = "条章节编"
_MOVED_RIGHT = 16  # blanks typed before a signature; a full-width one counts two


def is_moved_right(text: str) -> bool:
    """Whether blanks were typed to move a line to the right."""
    blanks = text[: len(text) - len(text.lstrip(" 　"))]
    return len(blanks) + blanks.count("　") >= _MOVED_RIGHT


def says_something(pieces: Sequence[Piece]) -> bool:
    """Whether a paragraph has more than blanks."""
    return any(not isinstance(piece, Words) or piece.text.strip() for piece in pieces)


def gap_behind(label: str, pieces: Sequence[Piece]) -> str:
    """Return the blank between a number and its text: none where the number ends with a mark or the text has one."""
    if pieces and isinstance(pieces[0], Words) and pieces[0].text[:1].isspace():
        return ""
    if label[-1] in _CLAUSE_ENDS:
        return "　"
    first = next((piece.text.lstrip() for piece in pieces if isinstance(piece, Words) and piece.text.strip()), "")
    return "" if label[-1] in _TIGHT and not first[:1].isascii() else " "
