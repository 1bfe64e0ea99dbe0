"""Chinese numerals: words and numbers are each other's opposite, and nothing that a pattern takes is fatal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.domain.numerals import TENS, from_numeral, to_chinese


@pytest.mark.parametrize("number", range(1, 100))
def test_words_are_numbers(number: int) -> None:
    """A number below a hundred comes back from its words, and from its digits."""
    assert from_numeral(to_chinese(number)) == from_numeral(str(number)) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "零"), (10, "十"), (12, "十二"), (20, "二十"), (101, "一百零一"), (110, "一百一十"), (1006, "一千零六")],
)
def test_numbers_in_words(number: int, words: str) -> None:
    """A number is written as it is said."""
    assert to_chinese(number) == words


@pytest.mark.parametrize("text", ["二〇二六", "二○二六", "二零二六", "2026"])
def test_years_digit_by_digit(text: str) -> None:
    """A year is read digit by digit, whatever its zero is."""
    assert from_numeral(text) == 2026


@given(st.text(alphabet=TENS, min_size=1, max_size=3))
def test_any_row_of_numerals_is_some_number(text: str) -> None:
    """What looks like a number is read as one, right or wrong, and never raises."""
    assert from_numeral(text) >= 0
