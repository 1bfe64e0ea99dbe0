"""Characters that a reader takes for a digit, for the X of an identity number, or for no gap between two of them.

One regular expression looks for runs of eleven digits and more with nothing but blanks, signs and marks
between them; a text without such a run is not searched any further.
"""

import re
from collections.abc import Iterable, Iterator

from generator.domain.unseen import HANGUL_FILLERS

# The zero of every decimal script that Unicode knows: full-width, Arabic-Indic, mathematical bold …
_ZEROS = (
    0x30, 0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6,
    0xE50, 0xED0, 0xF20, 0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40,
    0x1C50, 0xA620, 0xA8D0, 0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x11066, 0x110F0,
    0x11136, 0x111D0, 0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x11730, 0x118E0, 0x11950, 0x11C50, 0x11D50,
    0x11DA0, 0x16A60, 0x16AC0, 0x16B50, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC, 0x1D7F6, 0x1E140, 0x1E2F0, 0x1E950,
    0x1FBF0, 0x2080, 0x17F0, 0x1F101,
)  # fmt: skip
# Rows that begin with 1: circled, in brackets, with a full stop, Roman, counting rods …
_ONES = (
    0x2460, 0x2474, 0x2488, 0x24F5, 0x2776, 0x2780, 0x278A, 0x2160, 0x2170, 0x3021, 0x3220, 0x3280, 0x1369, 0x1D360,
)  # fmt: skip
_SINGLE = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_MORE_ZEROS = "⓪⓿🄀🄋🄌〇零○◯◦⭘⚪"
_CHINESE = ("一壹壱弌", "二贰貳貮弐弍", "三叁參叄参弎", "四肆亖", "五伍", "六陆陸", "七柒", "八捌", "九玖")
_LETTERS = {**dict.fromkeys("OoＯｏОоΟο", "0"), **dict.fromkeys("lIｌＩ", "1")}

CIPHERS: dict[str, str] = {
    **{chr(zero + n): str(n) for zero in _ZEROS for n in range(10)},
    **{chr(one + n): str(n + 1) for one in _ONES for n in range(9)},
    **{char: str(n) for n, char in enumerate(_SINGLE)},
    **dict.fromkeys(_MORE_ZEROS, "0"),
    **{char: str(n) for n, chars in enumerate(_CHINESE, 1) for char in chars},
}
LETTERS = frozenset(_LETTERS)
_X = "XxＸｘХхΧχⅩⅹ×✕✖✗✘╳⨉⨯❌ⓍⓧⲬⲭ𝐗𝐱𝑋𝑥𝑿𝒙𝖷𝗑𝗫𝘅𝚇𝚡🅇🅧🆇"
_KNOWN = {**CIPHERS, **_LETTERS, **dict.fromkeys(_X, "X")}


def _ranges(chars: Iterable[str]) -> Iterator[str]:
    """Yield the ranges of a character class."""
    codes = sorted(map(ord, chars))
    start = last = codes[0]
    for code in [*codes[1:], -1]:
        if code != last + 1:
            yield f"{re.escape(chr(start))}-{re.escape(chr(last))}" if start != last else re.escape(chr(start))
            start = code
        last = code


_BASIC = [char for char in _KNOWN if char <= "\uffff"]  # a class of those alone is ten times as fast
_RARE = {ord(char): digit for char, digit in _KNOWN.items() if char > "\uffff"}
# The inside of a character class of all characters that a reader takes for a digit or for X.
DIGIT = "".join(_ranges(_BASIC))
_SIGNS = "".join(_ranges(char for char in _BASIC if not char.isalnum()))  # a sign that is a digit is no gap
# Anything that is no word, and fillers that count as letters. One or two stars are emphasis, four its end and its
# beginning; other rows of stars are a mask that is there already.
_GAP = rf"(?:[^\w*{_SIGNS}]|[_{HANGUL_FILLERS}]|\*{{1,2}}(?!\*)|(?<!\*)\*{{4}}(?!\*))*+"
_LEAST = 11
_RUN = re.compile(rf"[{DIGIT}](?:{_GAP}[{DIGIT}]){{{_LEAST - 1},}}+")
_EACH = re.compile(f"[{DIGIT}]")


class _Plain(dict[int, str | None]):
    """A translation to ASCII digits and X; every other character is removed."""

    def __missing__(self, _: int) -> None:
        return None


_PLAIN = _Plain({ord(char): digit for char, digit in _KNOWN.items()})


def with_basic(text: str) -> str:
    """Return a text of the same length with ASCII for the digits beyond U+FFFF (mathematical bold …)."""
    return text.translate(_RARE) if b"\xf0" in text.encode("utf-8", "replace") else text


def runs_in(text: str) -> Iterator[re.Match[str]]:
    """Yield every run of eleven or more digits without a word between them."""
    return _RUN.finditer(text)


def plain(run: str) -> str:
    """Return the digits of a run in ASCII, with X for every form of that letter.

    >>> plain("１1-②　X")
    '112X'
    """
    return run.translate(_PLAIN)


def places_in(text: str, start: int, end: int) -> list[int]:
    """Return the positions of the digits that ``plain`` returns for the same run."""
    return [digit.start() for digit in _EACH.finditer(text, start, end)]
