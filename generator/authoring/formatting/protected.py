"""The parts of a text that ``fmt`` never touches: code, tags, addresses, paths, file names, marks of Markdown."""

import re
from collections.abc import Iterator

from generator.source.text.html_tags import KNOWN_TAG

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_VERBATIM = re.compile(r"<(pre|script|style|textarea)\b", re.IGNORECASE)
INDENTED_CODE = re.compile(r"(?: {4,}|\t)(?![\u3000-\u303f\u3400-\u9fff\uff00-\uffef“‘])\s*\S")
TABLE_RULE = r" {0,3}\|?[ ]*:?-+:?[ ]*(?:\|[ ]*:?-*:?[ ]*)+"
_PROTECTED = re.compile(
    r"<!--.*?-->"
    rf"|{KNOWN_TAG.pattern}"
    r"|<[^<>\s]+[:@][^<>\s]+>"  # an address in angle brackets
    r"|(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`)"
    r"|\]\((?:<[^<>\n]*>|[^()\n]|\([^()\n]*\))*\)"  # the target of a link
    r"|!(?=\[)"
    r"|\[\^[^\]\n]*\]:?"
    r"|^ {0,3}\[[^\[\]\n]+\]:[^\n]*$"
    r"|\{:?[ ]*[#.][^{}\n]*\}"
    r"|&(?:#[0-9]+|#[xX][0-9A-Fa-f]+|[0-9A-Za-z]+);"
    r"|(?:https?|ftp|file|mailto|tel)://?(?:[!-~]|(?<=[/=])[\u4e00-\u9fff]+(?=[/?#&.%]))*[A-Za-z0-9/#=_-]"
    r"|(?<![A-Za-z0-9])[A-Za-z]:[\\/][^\s，。；、《》“”]*|\\\\[\w.$-]+\\[^\s，。；、《》“”]*"
    r"|[^\s，。；：、《》“”,;:!?\[\]|`*]{1,80}\.(?:docx?|xlsx?|pptx?|pdf|wps|et|ofd|rtf|txt|csv|zip|rar|png|jpe?g|md)(?![A-Za-z0-9])"
    r"|\\[!-/:-@\[-`{-~]"
    rf"|^{TABLE_RULE}$"
    r"|^ {0,3}:[ \t]"
    r"|^[ >]*(?:[-+*]|\d+[.)])[ \t]",
    re.DOTALL | re.MULTILINE | re.IGNORECASE,
)


def verbatim_lines(lines: list[str]) -> list[bool]:
    """Return for each line whether it is shown as typed: in a code block, in ``<pre>`` or in a comment."""
    marks: list[bool] = []
    fence = closing = ""
    for line in lines:
        if fence:
            marks.append(True)
            if re.fullmatch(rf" {{0,3}}{fence[0]}{{{len(fence)},}}\s*", line):
                fence = ""
        elif closing:
            marks.append(True)
            closing = "" if closing in line.lower() else closing
        elif match := _FENCE.match(line):
            fence = match[1]
            marks.append(True)
        elif (tag := _VERBATIM.search(line)) and f"</{tag[1].lower()}" not in line.lower():
            closing = f"</{tag[1].lower()}"
            marks.append(True)
        elif "<!--" in line and "-->" not in line[line.rindex("<!--") :]:
            closing = "-->"
            marks.append(True)
        else:
            marks.append(bool(INDENTED_CODE.match(line)))
    return marks


def protected_spans(text: str) -> Iterator[tuple[int, int]]:
    """Yield begin and end of every part of a text in which no sign may change, in their order."""
    lines = text.split("\n")
    spans = [match.span() for match in _PROTECTED.finditer(text)]
    place = 0
    for line, is_verbatim in zip(lines, verbatim_lines(lines), strict=True):
        if is_verbatim:
            spans.append((place, place + len(line)))
        place += len(line) + 1
    yield from sorted(spans)
