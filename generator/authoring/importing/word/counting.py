"""Numbers as Word writes them before paragraphs: 一, 第十二, ①, IV, c (ECMA-376, ST_NumberFormat)."""

import re

from generator.domain.numerals import DIGITS, LEGAL_DIGITS, to_chinese

_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9_999
_MOST_IDEOGRAPHS_IN_RINGS = 10
_RINGS = (
    ("decimalEnclosedCircle", 0x2460, 20),
    ("decimalEnclosedParen", 0x2474, 20),
    ("decimalEnclosedFullstop", 0x2488, 20),
)
_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_PLAIN_CHINESE = frozenset(
    {"chineseCounting", "chineseCountingThousand", "japaneseCounting", "taiwaneseCounting", "taiwaneseCountingThousand"}
    | {"koreanCounting", "ideographLegalTraditional"}
)


_BY_NAME = frozenset(
    {"none", "decimal", "decimalHalfWidth", "decimalZero", "upperRoman", "lowerRoman", "upperLetter", "lowerLetter"}
    | {"ideographTraditional", "ideographZodiac", "ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}
    | {"chineseLegalSimplified", "ideographEnclosedCircle", "numberInDash", "bullet"}
)
_PADDED = re.compile(r"0*1(?:, 0*\d+)*, \.\.\.")  # 001, 002, 003, ...


def is_known_form(form: str) -> bool:
    """Whether numbers of a form are written here as Word writes them."""
    return bool(
        form in _BY_NAME
        or form in _PLAIN_CHINESE
        or form.startswith(("decimalFullWidth", *(name for name, _, _ in _RINGS)))
        or _PADDED.fullmatch(form)
    )


def format_number(number: int, form: str) -> str:
    """Return a number in one of Word's forms; in Arabic digits where the form is not known or does not reach."""
    if form == "none":
        return ""
    if not 0 <= number <= _MOST:
        return str(number)
    for name, first, most in _RINGS:
        if form.startswith(name):
            return chr(first + number - 1) if 1 <= number <= most else str(number)
    if form in _PLAIN_CHINESE:
        return to_chinese(number)
    if form == "chineseLegalSimplified":
        return to_chinese(number, LEGAL_DIGITS, "拾佰仟")
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join(f"〇{DIGITS[1:]}"[int(digit)] for digit in str(number))
    return _other(number, form)


def _other(number: int, form: str) -> str:
    if form in {"ideographTraditional", "ideographZodiac"} and number:
        row = _STEMS if form == "ideographTraditional" else _BRANCHES
        return row[(number - 1) % len(row)]
    if form in {"upperRoman", "lowerRoman"} and number:
        return _roman(number) if form == "upperRoman" else _roman(number).lower()
    if form in {"upperLetter", "lowerLetter"} and number:
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if form == "upperLetter" else letter.lower()
    if form.startswith("decimalFullWidth"):
        return str(number).translate(_WIDE)
    if form == "ideographEnclosedCircle" and 1 <= number <= _MOST_IDEOGRAPHS_IN_RINGS:
        return chr(0x3280 + number - 1)
    if form == "numberInDash":
        return f"- {number} -"
    if _PADDED.fullmatch(form):
        return str(number).zfill(form.index(","))
    return f"{number:02}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    numeral = ""
    for worth, sign in _ROMAN:
        numeral += sign * (number // worth)
        number %= worth
    return numeral
