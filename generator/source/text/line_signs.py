"""Line numbers that travel through the library: a sign behind the last word of every line.

The library keeps no lines. A sign that stands between the words of a line changes nothing of what the
library makes of it, and says afterwards on which line the words before it were typed.
"""

import re
from collections.abc import Sequence

from generator.source.text.html_tags import TAG
from generator.source.text.signs import line_sign

# What is not words: a sign inside would change it.
_PROTECTED = re.compile(
    r"<!--.*?-->"
    rf"|(?P<tag>{TAG})"
    r"|(?P<target>\]\([^()\n]*(?:\([^()\n]*\)[^()\n]*)*\))"
    r"|`[^`\n]*(?:\n(?!\n)[^`\n]*)*`"
    r"|<[^<>\n]*>"
    r"|\{[^{}\n]*\}"
    r"|^ {0,3}\[[^\]\n]*\]:[^\n]*$"
    r"|\[[^\[\]\n]*\](?!\()"
    r"|&#?\w+;"
    r"|https?://[!-~]+"
    r"|^[ >]*(?:\d+[.)]|[-+*:])(?=[ \t])",
    re.DOTALL | re.MULTILINE,
)
_FOOTNOTE = re.compile(r"^ {0,3}\[\^[^\]\n]*\]:", re.MULTILINE)
_SEEN_TAG = re.compile(r"<(?:img|a|video|audio|/a)\b", re.IGNORECASE)
_NO_WORD = r"\s\-=*_|:#>+`~\[\](){}<&!\\\"'."
_LAST_WORD = re.compile(rf"[^{_NO_WORD}](?=[{_NO_WORD}]*\Z)")

_LAST_IN_ROW = re.compile(r"[^\s|:=\-\\](?=[\s|:=\-\\]*\Z)")  # a cell may hold nothing but #


def with_line_signs(text: str, numbers: Sequence[int]) -> str:
    """Return a text with the number of every line that has a word or an image, behind the last of them."""
    masked = _PROTECTED.sub(_mask, text)
    lines = []
    for line, seen, number in zip(text.split("\n"), masked.split("\n"), numbers, strict=True):
        match = _LAST_WORD.search(seen) or (_LAST_IN_ROW.search(seen) if "|" in seen else None)
        lines.append(f"{line[: match.end()]}{line_sign(number)}{line[match.end() :]}" if match else line)
    return "\n".join(lines)


def _mask(match: re.Match[str]) -> str:
    """Return blanks in the place of what is no words; behind an image or link a sign may stand."""
    piece = match[0]
    if match["tag"]:
        ends = bool(_SEEN_TAG.match(piece))
    else:
        footnote = _FOOTNOTE.match(piece)
        if footnote:
            return " " * footnote.end() + piece[footnote.end() :]
        ends = bool(match["target"]) and match.string[match.end() : match.end() + 1] not in {"{", "[", "("}
        ends = ends or piece.startswith("http")  # an address in plain words is no link
    blank = "".join("\n" if character == "\n" else " " for character in piece)
    return blank[:-1] + "\x01" if ends else blank
