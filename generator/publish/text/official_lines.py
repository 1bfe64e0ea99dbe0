"""Lines that official documents set in a way of their own: addressee, attachment notes, signature and day.

GB/T 9704—2012: the addressee begins at the left edge, the names of attachments stand below each other, the body that
issues the document stands at the right, centred over the day.
"""

import re
from collections.abc import Sequence

from generator.domain.model import Block, BlockKind
from generator.domain.model.text import with_html
from generator.domain.numerals import ORDINAL
from generator.domain.printed_days import DAY

ADDRESSEE, ATTACHMENT, ATTACHMENT_ITEM, SIGNATURE, SIGNATURE_DAY = (
    "addressee",
    "attachment-note",
    "attachment-item",
    "signature",
    "signature-day",
)
OFFICIAL_CLASS = re.compile(rf'<p class="({ADDRESSEE}|{ATTACHMENT_ITEM}|{ATTACHMENT}|{SIGNATURE_DAY}|{SIGNATURE})">')
"""The beginning of a paragraph that is one of these lines, with its class."""
SIGNED_BEGIN, SIGNED_END = '<div class="signed">', "</div>"

_LONGEST_SIGNER = 60
_MOST_SIGNERS = 12
_LONGEST_ADDRESSEE = 400
_FIRST_BLOCKS = 4
_ATTACHMENTS = ("附件：", "附件:")
_CLAUSE_KIND, _PARAGRAPH = BlockKind.CLAUSE, BlockKind.PARAGRAPH
_DAY = re.compile(DAY)
_CLAUSE = re.compile(rf"^(<p [^>]*>)(第{ORDINAL}条(?:之{ORDINAL})?)")
_NUMBERED = re.compile(r"\d{1,2}[ 　]*[.．、](?!\d)")
_ORGAN = re.compile(
    r"(?:局|厅|委|会|府|部|院|室|心|处|科|署|行|司|社|团|队|站|所|办|组|学|校|关|馆|税务|公司|市长|省长|县长|区长"
    r"|(?:市长|省长|县长|区长|州长|局长|主任|部长|厅长|总理)[ 　]*[\u4e00-\u9fff ]{2,6})(?:（[^（）]*）)?\Z"
)
_ADDRESSED = ("单位", "企业", "机构", "部门", "同志")
_NOT_A_SIGNER = re.compile(r"[。；;：:，,？！]|^第|^[一二三四五六七八九十]+、|^（")


def with_official_lines(blocks: Sequence[Block]) -> list[Block]:
    """Return the blocks of a text; lines that official documents set in their own way have a class.

    The number of a clause is bold.
    """
    found = list(blocks)
    unmarked = 0  # the first place behind what is marked
    for place, block in enumerate(blocks):
        if block.kind is _CLAUSE_KIND:
            if number := _CLAUSE.match(block.html):
                found[place] = with_html(block, f"{number[1]}<b>{number[2]}</b>{block.html[number.end() :]}")
        elif block.kind is _PARAGRAPH and place >= unmarked:
            text = block.text
            if text.startswith(_ATTACHMENTS):
                unmarked = _mark_attachments(found, place)
            elif text.endswith("日"):
                if len(text) <= _LONGEST_SIGNER * _MOST_SIGNERS:
                    _mark_signature(found, place)
            elif place < _FIRST_BLOCKS and text.endswith(("：", ":")) and _is_addressee(found, place):
                found[place] = _classed(block, ADDRESSEE)
    return found


def _is_addressee(blocks: Sequence[Block], place: int) -> bool:
    """Whether a paragraph is the addressee: the first one that is a list of bodies, above the first sentence."""
    text = blocks[place].text
    return (
        len(text) <= _LONGEST_ADDRESSEE
        and "。" not in text
        and "\n" not in text
        and bool(_ORGAN.search(text[:-1]) or text[:-1].endswith(_ADDRESSED))
        and all(block.kind is BlockKind.PARAGRAPH and "。" not in block.text for block in blocks[:place])
    )


def _mark_attachments(blocks: list[Block], place: int) -> int:
    """Mark the note of attachments at a place, and the numbered names below it; return the place behind them."""
    numbered = _NUMBERED.match(blocks[place].text[3:].lstrip())
    blocks[place] = _classed(blocks[place], ATTACHMENT)
    place += 1
    while numbered and place < len(blocks):
        block = blocks[place]
        if block.kind is not BlockKind.PARAGRAPH or not _NUMBERED.match(block.text):
            break
        blocks[place] = _classed(block, ATTACHMENT_ITEM)
        place += 1
    return place


def _mark_signature(blocks: list[Block], place: int) -> None:
    """Mark the day at a place and the bodies above it, if it is the day under a signature."""
    *above, last = blocks[place].text.split("\n")
    if not _DAY.fullmatch(last.strip()):
        return
    first = place
    while (
        first
        and place - first < _MOST_SIGNERS
        and not above
        and blocks[first - 1].kind is BlockKind.PARAGRAPH
        and _are_signers(blocks[first - 1].text.split("\n"))
    ):
        first -= 1
    is_last = all(block.text.startswith("（") for block in blocks[place + 1 :])
    if above:
        if not _are_signers(above):
            return
        blocks[place] = _classed(blocks[place], SIGNATURE)
    elif first == place and not (is_last and place):
        return
    else:
        blocks[first:place] = [_classed(block, SIGNATURE) for block in blocks[first:place]]
        blocks[place] = _classed(blocks[place], SIGNATURE_DAY)
    blocks[first] = with_html(blocks[first], SIGNED_BEGIN + blocks[first].html)
    blocks[place] = with_html(blocks[place], blocks[place].html + SIGNED_END)


def _are_signers(lines: Sequence[str]) -> bool:
    return all(
        len(line) <= _LONGEST_SIGNER and not _NOT_A_SIGNER.search(line) and _ORGAN.search(line.strip())
        for line in lines
    )


def _classed(block: Block, name: str) -> Block:
    """Return a paragraph with a class; one with attributes of its own stays as it is."""
    return with_html(block, block.html.replace("<p>", f'<p class="{name}">', 1))
