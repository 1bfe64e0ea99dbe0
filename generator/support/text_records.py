"""A text as bytes for the cache: plain values only, and the HTML of a plain paragraph not twice."""

import marshal
from typing import Any

from generator.domain.model import Block, BlockKind, LineBreak, Text
from generator.domain.model.text import new_block
from generator.support.seal import NotReadableError

_KINDS = tuple(BlockKind)
_PARAGRAPH, _CLAUSE = BlockKind.PARAGRAPH, BlockKind.CLAUSE
_PLACES = {kind: place for place, kind in enumerate(_KINDS)}
_UNREADABLE = (EOFError, IndexError, TypeError, ValueError)


def pack_text(text: Text) -> bytes:
    """Return a text as bytes."""
    return marshal.dumps([_packed(block) for block in text.blocks])


def unpack_text(data: bytes) -> Text:
    """Return the text that ``pack_text`` made bytes of.

    Raises ``NotReadableError`` for other bytes.
    """
    try:
        return Text(tuple([_block(values) for values in marshal.loads(data)]))
    except _UNREADABLE as error:
        raise NotReadableError from error


def _packed(block: Block) -> tuple[Any, ...]:
    """Return a block without what the rest says: a paragraph as words and line, a clause with its anchor."""
    kind, anchor, html, text, line, level, ids, breaks = block
    if not breaks and ids == (anchor,) and kind is _CLAUSE and html == f'<p id="{anchor}">{text}</p>':
        return text, line, anchor
    if kind is _PARAGRAPH and not ids and not breaks and html == f"<p>{text}</p>":
        return text, line
    return _PLACES[kind], anchor, html, text, line, level, ids, tuple(map(tuple, breaks)) if breaks else ()


def _block(values: tuple[Any, ...]) -> Block:
    if len(values) == 2:
        text, line = values
        return new_block((_PARAGRAPH, "", f"<p>{text}</p>", text, line, 0, (), ()))
    if len(values) == 3:
        text, line, anchor = values
        return new_block((_CLAUSE, anchor, f'<p id="{anchor}">{text}</p>', text, line, 0, (anchor,), ()))
    kind, anchor, html, text, line, level, ids, breaks = values
    return new_block((_KINDS[kind], anchor, html, text, line, level, ids, tuple(map(LineBreak._make, breaks))))
