"""Numbers as Word writes them before paragraphs: 一, 第十二, ①, IV, c (ECMA-376, ST_NumberFormat)."""

_DIGITS = "零一二三四五六七八九"
_LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
    (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_MOST = 9_999
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
        return chinese(number)
    if form == "chineseLegalSimplified":
        return chinese(number, _LEGAL_DIGITS, "拾佰仟")
    if form in {"ideographDigital", "japaneseDigitalTenThousand", "taiwaneseDigital"}:
        return "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number))
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
    return f"{number:02}" if form == "decimalZero" else str(number)


def chinese(number: int, digits: str = _DIGITS, units: str = "十百千") -> str:
    """Return a number below ten thousand in Chinese.

    >>> [chinese(number) for number in (0, 10, 12, 20, 101, 110, 1006)]
    ['零', '十', '十二', '二十', '一百零一', '一百一十', '一千零六']
    """
    if number == 0:
        return digits[0]
    parts = []
    gap = False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if digit:
            parts.append((digits[0] if gap else "") + digits[digit] + (units[power - 1] if power else ""))
            gap = False
        else:
            gap = bool(parts)
    numeral = "".join(parts)
    return numeral[1:] if digits == _DIGITS and numeral.startswith("一十") else numeral


def _roman(number: int) -> str:
    numeral = ""
    for worth, sign in _ROMAN:
        numeral += sign * (number // worth)
        number %= worth
    return numeral
