"""Phone numbers in a short text as links that call them."""

import re
from collections.abc import Iterator

from generator.publish.theme.environment import View

_NUMBER = re.compile(r"(?<![\w-])\+?\d[\d-]{1,18}\d(?![\w-])")
_FEWEST_DIGITS, _MOST_DIGITS = 5, 15


def phone_pieces(text: str) -> Iterator[View]:
    """Yield a text in pieces, each with its ``address``: that of a phone number is ``tel:``, all others have none."""
    end = 0
    for match in _NUMBER.finditer(text):
        digits = match[0].replace("-", "")
        if not _FEWEST_DIGITS <= len(digits.lstrip("+")) <= _MOST_DIGITS:
            continue
        if match.start() > end:
            yield {"text": text[end : match.start()], "address": ""}
        yield {"text": match[0], "address": f"tel:{digits}"}
        end = match.end()
    if end < len(text):
        yield {"text": text[end:], "address": ""}
