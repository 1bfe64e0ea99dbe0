"""Words as Markdown that says exactly them: what our dialect would read as markup is escaped, nothing else."""

import re

from generator.authoring.importing.word.blocks import VerticalPosition, Words
from generator.source.text.emphasis import is_clearly_strong

_IN_TEXT = str.maketrans(
    {
        **{mark: f"\\{mark}" for mark in "*_[]{}"},
        "\\": "&#92;",
        "`": "&#96;",
        "|": "&#124;",
        "<": "&lt;",
    }
)
_ENTITY = re.compile(r"&(?=#|\w+;)")  # an open &# takes what stands behind it, a tag too
_LINE_START = re.compile(r"(?:(#|\+|-|>)|(\d+)(\.)(?=\s|\Z)|([=:~]))")
_ODD = {"=": "&#61;", ":": "&#58;", "~": "&#126;"}
_IN_HTML = str.maketrans({"<": "&lt;", ">": "&gt;", "\\": "&#92;"})
_IN_ALT = str.maketrans(
    {"[": "［", "]": "］", "<": "＜", ">": "＞", '"': "”", "|": "｜", "{": "｛", "}": "｝"} | dict.fromkeys("\\`*_", "")
)


def text(words: str) -> str:
    """Escape what has a meaning anywhere in a line."""
    return _ENTITY.sub("&amp;", words).translate(_IN_TEXT)


def line(markdown: str, *, is_first: bool = True) -> str:
    """Escape what has a meaning only where a line begins; the rest of the line is Markdown already.

    A list begins only where a block does: behind a broken line its number means nothing.
    """
    match = _LINE_START.match(markdown)
    if not match or (match[2] and not is_first):
        return markdown
    mark, digits, _, odd = match.groups()
    behind = markdown[match.end() :]
    if mark:
        return f"\\{mark}{behind}"
    return f"{digits}\\.{behind}" if digits else _ODD[odd] + behind


def heading(markdown: str) -> str:
    """Escape the # signs of a heading: the last ones would be taken for its end."""
    return re.sub(r"(?<![\\&])#", r"\\#", markdown)


def html(words: str) -> str:
    """Escape words inside an HTML block."""
    return _ENTITY.sub("&amp;", words).translate(_IN_HTML)


def alt(words: str) -> str:
    """Return the text of an image without what would end it."""
    return words.translate(_IN_ALT).replace("&", "＆").strip()


def formed(words: Words, escaped: str, written: str, *, as_html: bool) -> str:
    """Put the form of words around their escaped text; blanks at the ends stay outside.

    ``written`` is what stands before them: behind a surname or between digits two stars would be words.
    """
    bare = escaped.strip(" 　")
    if not bare or words.is_plain:
        return escaped
    start = escaped.index(bare)
    before, behind = escaped[:start], escaped[start + len(bare) :]
    tags = [words.height.value] if words.height is not VerticalPosition.LINE else []
    tags += ["del"] * words.struck + ["em"] * words.italic
    if words.bold and (as_html or tags or not is_clearly_strong(written + before, bare)):
        tags.append("strong")
    elif words.bold:
        bare = f"**{bare}**"
    for tag in tags:
        bare = f"<{tag}>{bare}</{tag}>"
    return before + bare + behind
