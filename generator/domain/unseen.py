r"""Characters that a reader does not see, by class, for every check that refuses, removes or skips them.

Each constant is the inside of a character class of a regular expression, so that classes are joined by putting them
one behind the other: ``re.compile(f"[{CONTROLS}{BIDI_CONTROLS}]")``. Line breaks (``\n``, ``\r``), tabs and blanks
belong to no class: where a text must not hold them, the check names them itself.
"""

CONTROLS = r"\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
"""The control characters C0 and C1 with DEL, without tab and line breaks."""

LINE_SEPARATORS = r"\u2028\u2029"
"""The line and paragraph separators of Unicode, which some programs take for a line break and others do not."""

BIDI_CONTROLS = r"\u202a-\u202e\u2066-\u2069"
"""Embeddings, overrides and isolates: they change the direction of writing, so that a text is not what it seems."""

ZERO_WIDTH = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2065\ufeff"
"""Characters without width: soft hyphen, joiners, marks of direction, invisible operators, byte-order mark."""

VARIATION_SELECTORS = r"\ufe00-\ufe0f"
"""They choose the form of the character before them and are nothing by themselves."""

ANNOTATIONS = r"\ufff9-\ufffb"
"""The interlinear annotation characters."""

HANGUL_FILLERS = "\u115f\u1160\u3164\uffa0"
"""Blanks that Unicode counts as letters; the characters themselves, not escapes."""

SURROGATES = r"\ud800-\udfff"
"""Halves of a character, which UTF-8 cannot hold: Python reads bytes of another encoding in a file name as these."""

NONCHARACTERS = r"\ufdd0-\ufdef\ufffe\uffff"
"""Code points that are no characters; XML 1.0 cannot hold the last two."""

NOT_IN_XML = "[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]"
"""A pattern for what XML 1.0 cannot hold, not even escaped."""

NOT_IN_TEXT = CONTROLS + BIDI_CONTROLS + SURROGATES + NONCHARACTERS
"""What no text of a page, a table or a config may hold."""
