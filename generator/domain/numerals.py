"""Chinese numerals: their characters for use in patterns, and the conversion of numbers in both directions."""

DIGITS = "零一二三四五六七八九"
LEGAL_DIGITS = "零壹贰叁肆伍陆柒捌玖"
TENS = "一二三四五六七八九十"
"""The characters of a number below a hundred, for use in a character class."""
ORDINAL = r"[零〇一二三四五六七八九十百千\d]+"
"""A pattern of the number between 第 and 条, 章, 节 or 编, in Chinese or Arabic digits."""

_VALUES = {**{char: value for value, char in enumerate(DIGITS)}, **dict.fromkeys("〇○ＯO", 0)}


def to_chinese(number: int, digits: str = DIGITS, units: str = "十百千") -> str:
    """Return a number below ten thousand in Chinese.

    >>> [to_chinese(number) for number in (0, 10, 12, 20, 101, 110, 1006)]
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
    words = "".join(parts)
    return words[1:] if digits == DIGITS and words.startswith("一十") else words


def from_numeral(text: str) -> int:
    """Return a number in Arabic digits, or in Chinese ones below a hundred or digit by digit (二〇二六).

    >>> [from_numeral(text) for text in ("15", "十", "十二", "三十", "二十五", "二〇二六", "○", "廿六")]
    [15, 10, 12, 30, 25, 2026, 0, 26]
    """
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return int("".join(str(_VALUES[char]) for char in text))
    return _VALUES.get(tens[-1:], 1) * 10 + _VALUES.get(ones[-1:], 0)
