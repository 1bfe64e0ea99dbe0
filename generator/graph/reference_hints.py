"""What a reference that matches nothing was meant to be: another form of a name, or a file that could not be read."""

import re
from collections.abc import Callable, Sequence
from typing import TypeAlias

from generator.domain.model import Document, Reference

_Find: TypeAlias = Callable[[str], Sequence[Document]]
_MARK = re.compile(r"(?:^|(?<=\s))(?:[-－—–·•●*]|\d{1,2}[.、．])[ \t　]*(?=\S)")
_ADDRESS = re.compile(r"(?:.*[/\\])?([^/\\#]+?)(?:\.md|\.html|/index\.html|/)?")
_CLAUSE = re.compile(r"(?P<target>\S.*?)[\s　,，、的]*(?P<clause>第[〇零一二三四五六七八九十百\d]+[条章](?:第.*)?)")
_TITLE = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
_MOST_UNREAD = 3


def rewritten(reference: Reference, find: _Find, titled: _Find) -> str:
    """Return how to write a reference that names one document in a form that no reference has; else nothing.

    ``find`` returns the documents of a name, ``titled`` those of a title.
    """
    text = reference.text.strip()
    if _MARK.match(text):
        items = [one for one in _MARK.sub(" ", text).split() if one]
        if items and all(map(find, items)):
            return f"列表的每项另起一行，前面写半角减号和一个空格：{'、'.join(f'- {one}' for one in items)}"
    if (match := _CLAUSE.fullmatch(text)) and find(match["target"]):
        return f"条款写在“#”后面：{match['target']}#{match['clause']}"
    clause = f"#{reference.clause}" if reference.clause else ""
    if (match := _ADDRESS.fullmatch(text)) and match[1] != text and find(match[1]):
        return f"只写编号：{match[1]}{clause}"
    bare = _TITLE.sub("", text).strip(" \t　（）()")
    if bare and bare != text and find(bare):
        return f"只写文号或编号：{bare}{clause}"
    documents = titled(text)
    if len(documents) == 1:
        return f"写它的文号或编号：{documents[0].doc_number or documents[0].id}{clause}"
    return ""


def unread_hint(paths: Sequence[str]) -> str:
    """Return the hint that names files that could not be read: the document may be one of them."""
    names = "、".join(paths) if len(paths) <= _MOST_UNREAD else f"{paths[0]} 等 {len(paths)} 个文件"
    return f"先改好 {names}（有字段读不了，可能就是它），再核对一次"
