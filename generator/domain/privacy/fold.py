"""A text as a reader sees it, with every character at its place: markup is replaced by characters without width."""

import html
import re
from urllib.parse import unquote

from generator.domain.privacy.digits import DIGIT

NOTHING = "\u200b"  # replaces markup that does not separate the digits of a number
WALL = "\x00"  # replaces markup that separates numbers: the border of a cell or a paragraph
_TAG = re.compile(r"<(?:!--.{0,5000}?-->|(?=[/!?A-Za-z])/?([A-Za-z][A-Za-z0-9:]*)?[^<>]{0,2000}>)", re.DOTALL)
_SEPARATES = re.compile(r"<(?:(?!!--)|(?<=\w<))")  # a comment that touches no word hides none
_TARGET = re.compile(
    r"\](?:\([^()\n]{0,2000}\)|\[[^\[\]\n]{0,200}\])|\[\^[^\[\]\n]{1,80}\]|\{:?[ ]?[.#][^{}\n]{0,200}\}"
)
_HAS_TARGET = re.compile(r"\][\[(]|\[\^|\{:?[ ]?[.#]")
# Character references of HTML (whose numbers need no semicolon), escapes of YAML and JSON, percent-escapes of links.
_ESCAPE = re.compile(
    r"&(?:#0{0,20}[0-9]{1,7};?|#[xX]0{0,20}[0-9A-Fa-f]{1,6};?|[A-Za-z][A-Za-z0-9]{1,31};|(?:nbsp|shy|middot|times|sup[123]))"
    r"|\\(?:u([0-9A-Fa-f]{4})|x([0-9A-Fa-f]{2})|U([0-9A-Fa-f]{8}))"
    r"|%[0-9A-Fa-f]{2}(?:%[0-9A-Fa-f]{2}){0,2000}"
)
_RELEVANT_BEFORE = re.compile(rf"[{DIGIT}绝機机秘密年月天期内內部资料文件材用参阅考传泄散存管焚回收前久][\W_]{{0,5}}\Z")
_HAS_ESCAPE = re.compile(
    r"&(?:#|[A-Za-z][A-Za-z0-9]{1,31};|nbsp|shy|middot|times|sup)|\\[uxU][0-9A-Fa-f]|%[0-9A-Fa-f]{2}"
)
_CONTINUED = re.compile(r"%[89ABab][0-9A-Fa-f]")
_BLOCK_ELEMENTS = re.compile(
    r"p|div|h[1-6]|li|[uod]l|d[dt]|t[rdh]|table|thead|tbody|caption|blockquote|pre|hr|section|fig\w+|details|summary"
    r"|option|label|title|style|script"
)


def unescape(text: str) -> str:
    """Return a text of the same length with character references and escapes read."""
    has_any = ("&" in text or "\\" in text or "%" in text) and _HAS_ESCAPE.search(text)
    return _ESCAPE.sub(_escape_replacement, text) if has_any else text


def fold(text: str) -> str:
    """Return an unescaped text of the same length with tags and the targets of links replaced."""
    folded = text
    if "<" in text and _SEPARATES.search(text):
        folded = _TAG.sub(_tag_replacement, folded)
    if ("[" in text or "{" in text) and _targets_separate(text):
        folded = _TARGET.sub(_target_replacement, folded)
    return folded


def _targets_separate(text: str) -> bool:
    """Whether a target follows a digit or a character of a secrecy mark: others hide nothing."""
    return any(
        _RELEVANT_BEFORE.search(text, max(0, link.start() - 6), link.start()) for link in _HAS_TARGET.finditer(text)
    )


def end_of(text: str, end: int) -> int:
    """Return where a match in the folded text ends in the text itself: after the escape of its last character."""
    if not end or text[end - 1] not in "&\\%":
        return end
    escape = _ESCAPE.match(text, end - 1)
    if not escape or text[end - 1] != "%":
        return escape.end() if escape else end
    end += 2
    while _CONTINUED.match(text, end):  # the other bytes of the same character
        end += 3
    return end


def _target_replacement(target: re.Match[str]) -> str:
    return NOTHING * len(target[0])


def _tag_replacement(tag: re.Match[str]) -> str:
    name = (tag[1] or "").lower()
    if name == "br":
        return "\n" + NOTHING * (len(tag[0]) - 1)
    return (WALL if _BLOCK_ELEMENTS.fullmatch(name) else NOTHING) * len(tag[0])


def _escape_replacement(escape: re.Match[str]) -> str:
    typed = escape[0]
    if typed[0] == "%":
        return "".join(char + NOTHING * (3 * len(char.encode()) - 1) for char in _unquoted(typed)) or typed
    try:
        char = html.unescape(typed) if typed[0] == "&" else chr(int(escape[1] or escape[2] or escape[3], 16))
    except (ValueError, OverflowError):
        return typed
    return char + NOTHING * (len(typed) - 1) if len(char) == 1 else typed


def _unquoted(typed: str) -> str:
    """Return the text of percent-escapes, empty where it is not UTF-8."""
    try:
        return unquote(typed, errors="strict")
    except UnicodeDecodeError:
        return ""
