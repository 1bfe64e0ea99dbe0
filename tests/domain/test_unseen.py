"""Characters that nobody sees are the same ones for every check."""

import re

import pytest

from generator.authoring.importing.word.symbols import visible_text
from generator.domain.printed_disclosure import find_reserved
from generator.domain.privacy import find_private_data
from generator.domain.problems import GongkaiError
from generator.domain.unseen import (
    ANNOTATIONS,
    BIDI_CONTROLS,
    CONTROLS,
    HANGUL_FILLERS,
    LINE_SEPARATORS,
    NONCHARACTERS,
    NOT_IN_TEXT,
    SURROGATES,
    VARIATION_SELECTORS,
    ZERO_WIDTH,
)
from generator.support.tables import cell_text, csv_rows
from generator.support.yaml_text import YamlTextError, parse

CLASSES = (
    CONTROLS,
    LINE_SEPARATORS,
    BIDI_CONTROLS,
    ZERO_WIDTH,
    VARIATION_SELECTORS,
    ANNOTATIONS,
    HANGUL_FILLERS,
    SURROGATES,
    NONCHARACTERS,
)
FORBIDDEN = ["\x00", "\x1f", "\x7f", "\x80", "\x9f", "\u202e", "\u2066", "\ud800", "\ufdd0", "\ufffe", "\uffff"]


def members(characters: str) -> set[str]:
    """Return the characters of a class, those beyond U+FFFF left out."""
    pattern = re.compile(f"[{characters}]")
    return {char for char in map(chr, range(0x10000)) if pattern.match(char)}


def test_no_character_is_in_two_classes() -> None:
    """A character belongs to one class, and no class holds a blank or a line break that people type."""
    sets = [members(characters) for characters in CLASSES]
    assert sum(map(len, sets)) == len(set().union(*sets))
    assert set().union(*sets).isdisjoint("\t\n\r 　\u00a0")


@pytest.mark.parametrize("char", FORBIDDEN, ids=ascii)
def test_what_no_text_may_hold_is_refused_and_removed_alike(char: str) -> None:
    """Config, tables read and tables written, and imports know the same characters that no text may hold."""
    assert re.search(f"[{NOT_IN_TEXT}]", char)
    with pytest.raises(YamlTextError):
        parse(f"甲: 乙{char}丙")
    with pytest.raises(GongkaiError):
        list(csv_rows(f"甲\n乙{char}丙\n", "表.csv"))
    assert cell_text(f"乙{char}丙") == "乙丙"
    assert visible_text(f"乙{char}丙") == ("乙丙", 1)


@pytest.mark.parametrize("char", ["\u00ad", "\u061c", "\u200b", "\u2060", "\u2064", "\ufeff"], ids=ascii)
def test_a_character_without_width_hides_nothing(char: str) -> None:
    """A character without width, whichever it is, hides no number and no printed attribute."""
    assert [match.value for match in find_private_data(f"电话138{char}1234{char}5678")] == ["13812345678"]
    assert list(find_reserved(f"公开属性：不予{char}公开")) == ["公开属性:不予公开"]
    assert visible_text(f"乙{char}丙") == ("乙丙", 1)


@pytest.mark.parametrize("char", sorted(members(BIDI_CONTROLS)), ids=ascii)
def test_a_change_of_direction_hides_no_number(char: str) -> None:
    """Embeddings and isolates between the digits of a number do not part it."""
    assert [match.value for match in find_private_data(f"电话138{char}1234{char}5678")] == ["13812345678"]
