"""Phone numbers in a short text as links that call them."""

import re
from collections.abc import Iterator

from generator.publish.theme.environment import View

_NUMBER = re.compile(
    r"(?<![0-9A-Za-z+-])(?:(?:\+86-?)?(?:0\d{2,3}-?\d{7,8}|1[3-9]\d{9})"  # with an area code; mobile
    r"|[48]00-?\d{3}-?\d{4}|(?!20\d{6})[2-8]\d{6,7}|(?:12|9[56])\d{3})(?![0-9A-Za-z-])"  # free, local, public
)


def phone_pieces(text: str) -> Iterator[View]:
    """Yield a text in pieces, each with its ``address``: that of a phone number is ``tel:``, all others have none."""
    end = 0
    for match in _NUMBER.finditer(text):
        if match.start() > end:
            yield {"text": text[end : match.start()], "address": ""}
        yield {"text": match[0], "address": f"tel:{match[0].replace('-', '')}"}
        end = match.end()
    if end < len(text):
        yield {"text": text[end:], "address": ""}
