"""Texts come back from their records as they were; other bytes are refused."""

import marshal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.source.text.markup import convert
from generator.support.seal import NotReadableError
from generator.support.text_records import pack_text, unpack_text

_PIECES = [
    "第一条　甲",
    "**乙**丙",
    "甲&乙",
    "## 丙",
    "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    "- 丁\n- 戊",
    "甲\n乙",
    "<p>己</p>",
]


@given(st.lists(st.sampled_from(_PIECES), max_size=8))
def test_every_block_comes_back_as_it_was(pieces: list[str]) -> None:
    """Kind, anchor, HTML, words, lines and ids of every block are those that were stored, with their types."""
    text = convert("\n\n".join(pieces), 7).blocks
    stored = unpack_text(pack_text(text))
    assert stored == text
    assert [type(block.kind) for block in stored.blocks] == [type(block.kind) for block in text.blocks]
    assert list(stored.lines()) == list(text.lines())


@pytest.mark.parametrize(
    "data", [b"", b"x", marshal.dumps(1), marshal.dumps(((1, 2, 3, 4),)), marshal.dumps(((99,) * 8,))]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    """Bytes that are no record of a text are named as that, never read as one."""
    with pytest.raises(NotReadableError):
        unpack_text(data)
