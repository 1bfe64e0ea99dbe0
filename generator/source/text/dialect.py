r"""The dialect of official documents: what is Markdown in a text, and what are words (the handbook's 写正文).

Markdown gives a meaning to signs that official text uses as words: p<0.05, {2024年}, [注]: 本表…, C:\资料,
four blanks before 第一条. ``with_literals`` puts a sign of its own in the place of each character that is a
word there, so that the library copies it; emphasis has a module of its own.
"""

import re
from collections import Counter

from generator.source.text.html_tags import KNOWN_TAG
from generator.source.text.signs import LITERALS

_LESS = re.compile(r"(?P<escaped>(?<!\\)(?:\\\\)*\\(?=<(?!/)))?<(?:!--|[!?/A-Za-z])?")
_AUTOLINK = re.compile(
    r"<(?:(?:[Hh]ttps?|[Ff]tp|mailto|tel|javascript):[^<>\s]*|[\w.%+-]+@[\w.-]+\.[A-Za-z]+)>", re.ASCII
)
_DECLARATION = re.compile(r"<(?:!\[(?!CDATA)|![A-Za-z]|\?[A-Za-z])[^<>]*>")
_LESS_MARKUP = (KNOWN_TAG, _AUTOLINK, _DECLARATION)
_ATTRIBUTES = re.compile(r"\{:?[ ]*[#.][^\s{}#.][^{}\n]*\}")
_DEFINITION = re.compile(r"^ {0,3}\[(?!\^)([^\[\]\n]+)\]:(?P<rest>.*)$", re.MULTILINE)
_LABEL = re.compile(r"\[(?!\^)([^\[\]\n]+)\]")
_TITLE = r"(?:[ ]+(?:\"[^\"\n]*\"|'[^'\n]*'|\([^)\n]*\)))?[ ]*\Z"
_FILE_NAME = r"\.[A-Za-z][A-Za-z0-9]{1,4}(?:#\S*)?"
_ADDRESS = re.compile(
    rf"[ ]*(?:<[^<>\n]*>|(?:[A-Za-z][A-Za-z0-9+.\-]*:|[./#])[^\s<]*|[!-~]+/|[^\s<:@]*{_FILE_NAME}){_TITLE}"
)
_COMMENT = re.compile(rf"[ ]*(?:#|<>){_TITLE}")
_FILE = re.compile(rf"[ ]*(?:<[^<>\n:@]*|[^\s<:@]*)\.[A-Za-z][A-Za-z0-9]{{1,4}}(?:#\S*)?>?{_TITLE}")
_PATH = re.compile(  # two backslashes behind the beginning are one that was escaped
    r"(?<![A-Za-z0-9\\])(?:[A-Za-z]:\\(?!\\)|\\\\[\w.$-]+\\(?!\\))[^\s，。；、（）《》“”<>|\"'*]*"
)
_OPEN_REFERENCE = re.compile(r"&(?=#(?:[0-9]+(?![0-9;])|[xX][0-9A-Fa-f]+(?![0-9A-Fa-f;])))")  # &#65 without ; is words
_SIGN_LINE = re.compile(  # a heading, a quotation has a blank and words
    r"(\n {0,3})(?:#(?=[^#\s])|#(?=#* *(?:\n|\Z))|>(?=[^>\s])|(?<![^\n]\n)>(?= *(?:\n\n|\n?\Z)))"
)
# A year before its month, an amount and a note are no items of a list: 2026. 5. 1, + 5%, * 注：….
_NO_ITEM = re.compile(
    r"(?P<before>\n {0,3}(?:\d{4,})?)(?P<sign>(?<=\d)\.|\+(?= +\d)|\*(?= +(?:备?注|说明)(?:[:：\d]|\n|\Z)))(?= )"
)
_LINE_OF_SIGNS = re.compile(r"\n(?:=+|-+) *(?=\n|\Z)")  # quick to look for
_UNDERLINED = re.compile(r"(?:\A|(?<=\n\n))(?P<words>[^\n]*\S[^\n]*)\n(?P<line>=+|-+) *(?=\n|\Z)")
_NO_HEADING = re.compile(r" {0,3}(?:[>#]|[-+*] |\d+\. )|.*[。；：，、！？.;:,!?][”’）)》]* *\Z|.{41}")
_SHORTEST_LINE = 3
_LIST = re.compile(r"^ {0,3}(?:[-+*]|\d+\.|\[\^[^\]]+\]:|:)[ \t]", re.MULTILINE)
_CHINESE = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef“‘]"
_BEFORE_CHINESE = r"(?![-+*] )[0-9A-Z.()%+~*\- \u2010-\u2e7f]{0,8}"  # the number of an item, a year, an amount, a sign
_INDENTED_WORDS = re.compile(rf"^ {{4,}}(?={_BEFORE_CHINESE}{_CHINESE})", re.MULTILINE)


def with_literals(text: str) -> str:
    """Return a text in which the characters that are words stand as their literal signs."""
    if ("\n    " in text or text.startswith("    ")) and _INDENTED_WORDS.search(text):
        text = _without_indents(text)
    if "<" in text:
        text = _with_words_for_less(text)
    if "{" in text:
        text = _replaced(text, "{", _ATTRIBUTES)
    if "[" in text and "]:" in text:
        text = _with_bracketed_lines(text)
    if "\\" in text:
        text = _PATH.sub(lambda path: path[0].replace("\\", LITERALS["\\"]), text)
    if "&#" in text:
        text = _OPEN_REFERENCE.sub(LITERALS["&"], text)
    if ". " in text or "+ " in text or "* " in text:
        text = _NO_ITEM.sub(lambda item: item["before"] + LITERALS[item["sign"]], "\n" + text)[1:]
    if ("\n-" in text or "\n=" in text) and _LINE_OF_SIGNS.search(text):
        text = _UNDERLINED.sub(_underlined, text)
    if "#" in text or ">" in text:
        text = _SIGN_LINE.sub(lambda sign: sign[1] + LITERALS[sign[0][-1]], "\n" + text)[1:]
    return text


def _underlined(match: re.Match[str]) -> str:
    """Keep a line of === or --- as that of a heading only under words that read as one; else it is a rule or words."""
    words, line = match["words"], match["line"]
    is_long = len(line) >= _SHORTEST_LINE
    ends = match.string[match.end() : match.end() + 2] in {"", "\n", "\n\n"}
    if is_long and ends and not _NO_HEADING.match(words):
        return match[0]
    if is_long and line[0] == "-":
        return f"{words}\n {line}"  # with a blank before it, it is a rule
    return f"{words}\n{LITERALS[line[0]]}{line[1:]}"


def _without_indents(text: str) -> str:
    """Take away the four blanks before Chinese words that would make code of them, but not inside a list."""
    blocks = text.split("\n\n")
    in_list = False
    for number, block in enumerate(blocks):
        lines = block.strip("\n")
        if not lines.strip():
            continue
        if lines.startswith("    "):
            if not in_list:
                blocks[number] = _INDENTED_WORDS.sub("", block)
        else:
            in_list = bool(_LIST.search(lines))
    return "\n\n".join(blocks)


def _with_words_for_less(text: str) -> str:
    """Put the literal sign in the place of every < that begins no tag, comment or address."""

    def literal(match: re.Match[str]) -> str:
        if match["escaped"]:
            return match["escaped"][:-1] + match[0][len(match["escaped"]) :].replace("<", LITERALS["<"])
        place = match.start()
        if match[0] == "<!--":
            is_markup = text.find("-->", match.end()) >= 0
        else:
            is_markup = any(markup.match(text, place) for markup in _LESS_MARKUP) or text.startswith("](", place - 2)
        return match[0] if is_markup else LITERALS["<"] + match[0][1:]

    return _LESS.sub(literal, text)


def _replaced(text: str, character: str, markup: re.Pattern[str]) -> str:
    """Put the literal sign in the place of a character that does not begin markup."""
    pieces = text.split(character)
    done = len(pieces[0])
    made = [pieces[0]]
    for piece in pieces[1:]:
        is_markup = _ends_escaped(made[-1]) or markup.match(text, done)
        made.append(character if is_markup else LITERALS[character])
        made.append(piece)
        done += 1 + len(piece)
    return "".join(made)


def _ends_escaped(before: str) -> bool:
    """Whether the character behind some text is escaped by a backslash."""
    return (len(before) - len(before.rstrip("\\"))) % 2 == 1


def _with_bracketed_lines(text: str) -> str:
    """Keep a line [名称]: 地址 as a definition only where the text refers to it, or where it is no words.

    No words are a comment, as in [//]: # (备忘), and a file of the site: the line was a definition, and nothing
    refers to it any more.
    """
    unused = {match.start() for match in unused_definitions(text)}

    def line(match: re.Match[str]) -> str:
        is_used = match.start() not in unused and _ADDRESS.match(match["rest"])
        if is_used or _COMMENT.match(match["rest"]) or _FILE.match(match["rest"]):
            return match[0]
        return match[0].replace("[", LITERALS["["], 1)

    return _DEFINITION.sub(line, text)


def unused_definitions(text: str) -> list[re.Match[str]]:
    """Return the lines [名称]: … to which nothing refers; the label is the first group."""
    named = Counter(label.casefold() for label in _LABEL.findall(text))
    definitions = list(_DEFINITION.finditer(text))
    defined = Counter(match[1].casefold() for match in definitions)
    return [match for match in definitions if named[match[1].casefold()] <= defined[match[1].casefold()]]


def is_forgotten_file(definition: re.Match[str]) -> bool:
    """Whether an unused definition leads to a file, and so is left out of the page."""
    return bool(_FILE.match(definition["rest"]))
