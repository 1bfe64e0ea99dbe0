"""What a page shows of the validity of its document: a label, a mark at its title, a notice, a stamp."""

import functools
import re
from collections.abc import Iterable, Sequence

from lxml import etree

from generator.authoring.importing.saved_pages.labels import LabelledText, key_of_label
from generator.authoring.importing.saved_pages.tree import compact, tokens_of
from generator.authoring.importing.saved_pages.values import plain

_ENDED = re.compile(r"废止|失效|无效|作废|停止执行|已?过期")
_NOT_ENDED = re.compile(r"部分|条款|(?:未|没有|尚未|不)(?:被)?(?:废止|失效|过期)|继续有效")
_IN_FORCE = re.compile(r"(?:现行|继续|全文|仍然)?有效(?:文件)?|现行|生效(?:中)?|有效中|执行中|正在执行")
# 【有效性】废止 on a line of labels above a text, beside other labels.
_IN_LINE = re.compile(
    r"(?:有效性|时效性|效力状态|有效状态)[】\]）)]?[:：]?((?:已|现行|全文|尚未|部分)?(?:有效|废止|失效|作废|施行|生效))"
)
_YES_NO_LABELS = frozenset({"是否有效", "有效", "是否有效性"})
_IN_TITLE = re.compile(
    r"[（(【\[〔﹝](?:本文|全文|该文|现)?(?:已|现已)?(?:经)?(?:被)?(?:废止|失效|作废|停止执行|过期)[^）)】\]〕﹞]{0,20}[）)】\]〕﹞]"
)
_ALONE = re.compile(
    r"[【\[（(]?(?:本|该|此)?(?:文件|文|办法|规定|通知)?(?:已|现已|状态[:：]?|时效[:：]?|有效性[:：]?)?(?:全文)?(?:废止|失效|作废)(?:文件)?[】\]）)]?"
)
_SAYS = re.compile(
    r"(?:本|此|该|以下|上述|下列)(?:文件|规定|办法|通知|意见|规章|政策|文|页面|细则|公文)?(?:，)?(?:现)?(?:已|于|自|根据|经|被|由)[^。；]{0,80}?"
    r"(?:废止|失效|停止执行|不再(?:执行|适用|有效))"
)
_STAMP = re.compile(r"废止|失效|作废|feizhi|shixiao|yifeizhi|yishixiao|zuofei", re.IGNORECASE)
_TOKENS = re.compile(
    r".*(?:feizhi|shixiao|zuofei|abolish|abolished|repealed|expired|invalid).*|(?:is-|status-)?(?:fz|sx)(?:-?icon)?"
)
_MARKED = ("div", "span", "p", "i", "em", "b", "body", "strong")
_MOST_NOTICE = 160
_EDGE = 3


def printed_status(labelled: Sequence[LabelledText]) -> str:
    """Return the validity as a label prints it; empty for none."""
    for label, value, _ in labelled:
        if key_of_label(label) == "status" and plain(value):
            return f"否（{label}）" if label in _YES_NO_LABELS and compact(value) == "否" else plain(value)
    return ""


def status_in_lines(lines: Iterable[str]) -> str:
    """Return the validity that a line of labels prints above or below a text; empty for none.

    >>> status_in_lines(["【文　　号】示例发〔2024〕1号　【有 效 性】废止"])
    '废止'
    """
    for line in lines:
        bare = compact(line)
        if len(bare) <= _MOST_NOTICE and (match := _IN_LINE.search(bare)):
            return match[1]
    return ""


def says_ended(words: str) -> bool:
    """Whether a printed validity says that a document has ended.

    >>> [says_ended(words) for words in ("已废止", "有效", "否（是否有效）", "未废止")]
    [True, False, True, False]
    """
    bare = compact(words)
    return bool(_ENDED.search(bare) and not _NOT_ENDED.search(bare)) or bare.startswith("否（")


def marks_end(title: str) -> bool:
    """Whether a title carries the mark that its document has ended.

    >>> [marks_end(title) for title in ("某某办法（已废止）", "关于废止某某办法的通知")]
    [True, False]
    """
    return bool(_IN_TITLE.search(compact(title)))


def says_in_force(words: str) -> bool:
    """Whether a printed validity says that a document is in force."""
    bare = compact(words)
    return not says_ended(bare) and (bare == "是" or bool(_IN_FORCE.fullmatch(bare)))


@functools.lru_cache(maxsize=4096)
def _is_mark(token: str) -> bool:
    return bool(_TOKENS.fullmatch(token))


def shows_end(
    root: etree._Element,
    title: str,
    page_title: str,
    columns: Iterable[str],
    text: Sequence[str],
    beside: Iterable[str],
) -> bool:
    """Whether a page says anywhere that its document has ended.

    ``text`` are the lines of the document itself, of which only the first and last count; ``beside`` are the others.
    """
    if _IN_TITLE.search(compact(title)) or _IN_TITLE.search(compact(page_title)):
        return True
    if any(_ENDED.search(name) and "目录" not in name and len(name) <= 12 for name in columns):
        return True
    lines = [compact(line) for line in (*text[:_EDGE], *text[-_EDGE:], *beside)]
    if any(_ALONE.fullmatch(line) or (len(line) <= _MOST_NOTICE and _SAYS.search(line)) for line in lines):
        return True
    if any(_IN_TITLE.search(line) and len(line) <= _MOST_NOTICE for line in lines[:_EDGE]):
        return True
    for image in root.iter("img"):
        words = " ".join(image.get(name) or "" for name in ("alt", "title", "src"))
        if _STAMP.search(words):
            return True
    return any(_is_mark(token) for one in root.iter(*_MARKED) for token in tokens_of(one))
