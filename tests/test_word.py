"""Reading Word files: what they say comes back, word for word and in order, and nothing is read as markup."""

import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from wordfiles import listed, numbering, p, raw, saved

from generator.authoring.word.blocks import Document
from generator.authoring.word.counting import chinese, counted
from generator.authoring.word.markdown import Shown, Writer, pictures_of
from generator.authoring.word.outline import levels_of
from generator.authoring.word.package import open_word
from generator.authoring.word.read import read_document
from generator.authoring.word.symbols import seen
from generator.authoring.word.tidy import tidied
from generator.problems import GongkaiError
from generator.source.markup import Markup, convert


def read(data: bytes) -> Document:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "a.docx"
        place.write_bytes(data)
        return read_document(open_word(place))


def markdown(data: bytes) -> str:
    document = read(data)
    blocks = tidied(document.blocks).blocks
    notes = tuple(tidied(note).blocks for note in document.notes)
    shown = {one: Shown(one.part or "none", one.alt) for one in pictures_of(blocks)}
    return Writer(shown, notes).text(blocks, levels_of(blocks, ()))


def page(data: bytes) -> Markup:
    return convert(markdown(data))


def bare(text: str) -> str:
    """Return a text without blanks."""
    return re.sub(r"\s+", "", text)


_ODD = ["*", "**", "_", "__", "`", "\\", "[", "]", "(", ")", "<", ">", "<b>", "</b>", "<!--", "&", "&amp;", "&#42;", "#", "##",
        "- ", "+ ", "---", "===", "1. ", "12) ", ": ", "> ", "|", "||", "|---|", "![", "](", "[^1]", "[^1]: ", "[a]: b", "{", "}",
        "{: #a}", "{#a}", "[TOC]", "~~", "!", "    ", "\t", "\n", "　　", "http://a.b/c_d_e", "a@b.cn", "第一条", "第二条 ", "一、", "（一）",
        "附件：", "。", "，", "的", "通知", "二〇二六年", "\u200b", "\u00a0", "\ufdd0"]  # fmt: skip
_TEXT = st.lists(st.sampled_from(_ODD) | st.text("甲乙丙丁ab12，。 ", min_size=1, max_size=6), max_size=8).map("".join)
_RUN = st.tuples(_TEXT, st.booleans(), st.booleans(), st.sampled_from(["", "superscript", "subscript"]))
_PARAGRAPH = st.lists(_RUN, max_size=4)
_TABLE = st.integers(1, 3).flatmap(lambda width: st.lists(st.lists(_TEXT, min_size=width, max_size=width), min_size=1, max_size=3))


@given(st.lists(_PARAGRAPH | _TABLE.map(tuple), max_size=6))
@settings(max_examples=100)
def test_every_word_comes_back_in_order(blocks: list[object]) -> None:
    """Whatever stands in paragraphs, runs and tables is the page's text, in its order; nothing becomes a link or a list."""
    document = docx.Document()
    said = []
    for block in blocks:
        if isinstance(block, tuple):
            table = document.add_table(len(block), len(block[0]))
            for cells, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(cells.cells, texts, strict=True):
                    cell.text = text
                    said.append(text)
        elif isinstance(block, list):
            paragraph = document.add_paragraph()
            for text, bold, italic, height in block:
                run = paragraph.add_run(text)
                run.bold, run.italic = bold, italic
                if height:
                    setattr(run.font, height, True)
                said.append(text)
    made = page(saved(document))
    expected = "".join(seen(text)[0] for text in said)
    assert bare(made.text) == bare(expected)
    assert not made.links
    tags = set(re.findall(r"<(\w+)", made.html))
    assert tags <= {"p", "h2", "h3", "br", "strong", "em", "sup", "sub", "div", "table", "thead", "tbody", "tr", "th", "td", "caption"}
