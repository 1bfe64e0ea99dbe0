"""The signs that stand in a text for something else while it is converted: code points that no text may hold.

None of them is left in what is written. A writer cannot type them: ``without_signs`` takes them out first,
and an entity for one of them stays text, because a token of this process is part of a run's sign.
"""

import re
import secrets

_ANY = re.compile("[\ufdd0-\ufdef\x02\x03]")
RUN_OPEN, RUN_CLOSE = "\ufdd0", "\ufdd1"
LINE_OPEN, NUMBER_OPEN, CLOSE = "\ufdd2", "\ufdd3", "\ufdd4"
_TOKEN = secrets.token_hex(6)
RUN = re.compile(f"{RUN_OPEN}{_TOKEN}-([0-9]+){RUN_CLOSE}")
"""Stands for a run of plain blocks; the number is its place."""
LINE = re.compile(f"{LINE_OPEN}([0-9]+){CLOSE}")
"""Behind the last word of a source line; the number is that of the line."""
NUMBER = re.compile(f"{NUMBER_OPEN}([0-9]+){CLOSE}")
"""Before the words of a list item; the number is the one that was typed."""
# A sign that is Markdown elsewhere and a word where it stands.
LITERALS = {sign: chr(0xFDD5 + place) for place, sign in enumerate("<{[\\#>&*+-=.")}
_RESTORED = str.maketrans({sign: character for character, sign in LITERALS.items()})
_RESTORED_HTML = str.maketrans(
    {sign: {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(character, character) for character, sign in LITERALS.items()}
)


def run_sign(place: int) -> str:
    """Return the sign of a run of plain blocks."""
    return f"{RUN_OPEN}{_TOKEN}-{place}{RUN_CLOSE}"


def line_sign(line: int) -> str:
    """Return the sign of a source line."""
    return f"{LINE_OPEN}{line}{CLOSE}"


def number_sign(number: str) -> str:
    """Return the sign of a number that was typed before a list item."""
    return f"{NUMBER_OPEN}{number}{CLOSE}"


def without_signs(text: str) -> str:
    """Return a text without the code points that are used as signs, and without those of the library."""
    return _ANY.sub("", text)


def restored(text: str) -> str:
    """Return a text with the characters that its literal signs stand for."""
    return text.translate(_RESTORED)


def restored_html(html: str) -> str:
    """Return HTML with the characters that its literal signs stand for, escaped."""
    return html.translate(_RESTORED_HTML)
