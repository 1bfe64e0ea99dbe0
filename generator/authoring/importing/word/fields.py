"""Fields of Word: what their code says (ECMA-376, 17.16), where the paper shows more than their stored result."""

import re
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from itertools import pairwise
from urllib.parse import quote

from lxml import etree

from generator.authoring.importing.word.elements import attribute, boolean_property, child, number, value
from generator.authoring.importing.word.symbols import symbol

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^“”]*)”|(\\[^\s"\\])|([^\s"]+)')
_ESCAPED = re.compile(r"\\(.)")
_WITH_VALUE = frozenset({"\\l", "\\o", "\\t"})  # switches of HYPERLINK behind which a value is written
_WITHOUT_SCHEME = re.compile(r"www\.[\w-]+\.", re.IGNORECASE)
# Fields that show nothing, or what only pages have.
_SILENT = frozenset(
    {"", "XE", "TC", "TA", "RD", "PRIVATE", "ADVANCE", "SET", "ASK", "NEXT", "NEXTIF", "SKIPIF", "PAGE", "NUMPAGES"}
    | {"SECTIONPAGES", "SECTION", "PAGEREF", "TOC", "INDEX", "TOA", "BIBLIOGRAPHY", "ADDIN", "HYPERLINK"}
)
_BY_CODE = frozenset({"EQ", "SYMBOL", "MACROBUTTON", "GOTOBUTTON", "FORMCHECKBOX", "FORMDROPDOWN"})


@dataclass
class WordField:
    """One field while it is being read: its code, then its result.

    ``hidden_words`` are letters in it that the paper does not show.
    """

    code: str = ""
    in_result: bool = False
    has_result: bool = False
    form: etree._Element | None = None
    href: str = ""
    hidden_words: list[str] = dataclass_field(default_factory=list)

    @property
    def name(self) -> str:
        """The first word of the code, in capitals."""
        return next(iter(self.code.split()), "").upper()

    @property
    def is_contents(self) -> bool:
        """Whether it is a table of contents."""
        return self.name == "TOC"

    @property
    def shows_code(self) -> bool:
        """Whether the paper shows what the code says, and no result."""
        return self.name in _BY_CODE and not (self.name == "FORMDROPDOWN" and self.has_result)

    @property
    def is_missing(self) -> bool:
        """Whether the paper shows something that the file does not have: a field without a result."""
        is_shown = self.has_result if self.name == "INCLUDEPICTURE" else self.in_result
        return not is_shown and self.name not in _SILENT


def link_of(code: str) -> tuple[str, str]:
    r"""Return address and anchor of a HYPERLINK field, empty where it has none.

    >>> link_of(r' HYPERLINK "https://a.gov.cn/p" \l "sec" \o "tip" ')
    ('https://a.gov.cn/p', 'sec')
    """
    tokens = list(_TOKEN.finditer(code))
    if not tokens or tokens[0][0].upper() != "HYPERLINK":
        return "", ""
    address = anchor = ""
    waiting = ""
    for token in tokens[1:]:
        if token[3]:
            waiting = token[3].lower() if token[3].lower() in _WITH_VALUE else ""
            continue
        text = _ESCAPED.sub(r"\1", token[1]) if token[1] is not None else token[2] or token[4] or ""
        if waiting == "\\l":
            anchor = text
        elif not waiting and not address:
            address = text
        waiting = ""
    return address.strip(), anchor.strip()


def address_of(target: str, anchor: str) -> str:
    """Return one address with its anchor, blanks and other letters that no address has written as %20."""
    whole = target.strip()
    if _WITHOUT_SCHEME.match(whole):  # as Word itself opens it
        whole = f"http://{whole}"
    if whole and anchor and "#" not in whole:
        whole = f"{whole}#{anchor}"
    return "".join(char if not char.isspace() and char not in '<>"' else quote(char) for char in whole)


def form_text(field: WordField) -> str:
    """Return what a field of an old form shows: a box with or without its tick, the choice of a list."""
    box = child(field.form, "checkBox")
    if box is not None:
        is_checked = boolean_property(box, "checked")
        is_ticked = is_checked if is_checked is not None else boolean_property(box, "default")
        return "☑" if is_ticked else "☐"
    choices = child(field.form, "ddList")
    if choices is not None:
        entries = [attribute(one, "val") for one in choices.iterfind("{*}listEntry")]
        place = number(value(choices, "result")) or number(value(choices, "default")) or 0
        return entries[place] if 0 <= place < len(entries) else ""
    return ""


def default_text(field: WordField) -> str:
    """Return the text with which an old form offers a field that nobody filled in."""
    return value(field.form, "textInput", "default")


def button_text(code: str) -> str:
    """Return the words that a MACROBUTTON or GOTOBUTTON shows."""
    return [*code.split(None, 2), "", "", ""][2].strip()


def symbol_text(code: str) -> str:
    """Return the letter of a SYMBOL field."""
    tokens = [token[1] if token[1] is not None else token[0] for token in _TOKEN.finditer(code)]
    if len(tokens) < 2:
        return ""
    written = tokens[1].lower()
    place = int(written, 16) if re.fullmatch(r"0x[0-9a-f]{1,6}", written) else number(written)
    if place is None:
        return tokens[1][:1]
    font = next((behind for switch, behind in pairwise(tokens) if switch.lower() == "\\f"), "")
    return symbol(font, f"{place:x}")
