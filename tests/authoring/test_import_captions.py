"""Captions of an imported text are proposed as the text alternatives of its pictures; seals are named."""

import io

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from support.project import Project
from support.word_files import drawing, p, png, raw, red_letter, saved

from generator.authoring.importing.captions import caption_of, with_captions
from generator.authoring.importing.word.blocks import Block, Break, Cell, Paragraph, Picture, Table, Words

_A, _B = Picture("a.png", ""), Picture("b.png", "")


def pictured(*pictures: Picture) -> Paragraph:
    """Return a paragraph of pictures."""
    return Paragraph(pictures)


def words(text: str) -> Paragraph:
    """Return a paragraph of words."""
    return Paragraph((Words(text),))


def alts(*blocks: Block) -> list[str]:
    """Return the text alternatives of the pictures of some blocks, those in tables as well."""
    result: list[str] = []
    for block in with_captions(blocks).blocks:
        if isinstance(block, Paragraph):
            result += [piece.alt for piece in block.pieces if isinstance(piece, Picture)]
        else:
            result += [alt for row in block.rows for cell in row for alt in alts(*cell.blocks)]
    return result


@pytest.mark.parametrize(
    "text",
    [
        "图1 参保情况", "图 2-1　就业人数", "图3：收入", "附图 位置示意图", "附图1 平面图", "图一、流程", "图1参保情况",
        "图2.3 构成（2025年）", "Figure 1 Results",
    ],
)  # fmt: skip
def test_lines_that_are_captions(text: str) -> None:
    """图 with a number and words, and 附图, are captions, whatever sets the number apart."""
    assert caption_of(text) == " ".join(text.split())
    assert caption_of(f"{text}。") == " ".join(text.split())


@pytest.mark.parametrize(
    "text",
    [
        "图1显示，人数增加。",
        "如图1所示",
        "图书馆 开放时间",
        "图1",
        "表1 参保情况",
        "图1为参保情况",
        "附图纸目录",
        "图谋 不轨",
        "",
    ],
)
def test_lines_that_are_none(text: str) -> None:
    """Sentences about a picture, and lines that begin with the letter alone, are no captions."""
    assert caption_of(text) == ""


def test_the_caption_below_or_above_is_the_text() -> None:
    """A caption under its picture is taken, and above it where all of them are above."""
    assert alts(pictured(_A), words("图1 甲"), pictured(_B), words("图2 乙")) == ["图1 甲", "图2 乙"]
    assert alts(words("图1 甲"), pictured(_A), words("图2 乙"), pictured(_B)) == ["图1 甲", "图2 乙"]
    assert alts(words("图1 甲"), pictured(_A), words("话。"), pictured(_B), words("图2 乙")) == ["图1 甲", "图2 乙"]
    assert alts(pictured(_A), words("话。"), words("图1 甲")) == [""]
    assert alts(pictured(_A), pictured(_B), words("图1 甲")) == ["", "图1 甲"]


def test_pictures_that_share_a_caption_or_have_words_of_their_own() -> None:
    """Two pictures over one caption are numbered; a text that a person wrote stays."""
    assert alts(pictured(_A, _B), words("图1 甲")) == ["图1 甲（第 1 张）", "图1 甲（第 2 张）"]
    assert alts(pictured(Picture("a.png", "原有的话")), words("图1 甲")) == ["原有的话"]
    assert alts(Paragraph((_A, Break(), Words("图1 甲")))) == ["图1 甲"]


def test_captions_in_tables() -> None:
    """A caption in the cell of a picture, or in the cell below it, is its text."""
    rows = (
        (Cell((pictured(_A),)), Cell((pictured(_B),))),
        (Cell((words("图1 甲"),)), Cell((words("图2 乙"),))),
    )
    assert alts(Table(rows)) == ["图1 甲", "图2 乙"]
    assert alts(Table(((Cell((pictured(_A), words("图1 甲"))), Cell((words("话"),))),))) == ["图1 甲"]


def test_a_caption_is_marked_for_checking(project: Project) -> None:
    """The page says where a text alternative comes from; a picture without a caption keeps none, and H003 names it."""
    title = p("关于统计的通报", '<w:jc w:val="center"/>')
    body = title + p("各区：") + drawing("r1") + p("图1　参保情况") + p("话。") + drawing("r2")
    place = project.folder.parent / "t-1.docx"
    place.write_bytes(raw(body, {"media/a.png": png(), "media/b.png": png()}))
    ran = project.run("import", str(place))
    page = (project.folder / ran.out.strip()).read_text()
    front, text = page.split("\n---\n", 1)
    assert "![图1 参保情况](images/t-1-1.png)\n\n图1　参保情况" in text
    assert "![](images/t-1-2.png)" in text
    assert front.endswith("\n# 请核对：images/t-1-1.png 的文字说明取自图题“图1 参保情况”")
    assert ran.err.count("(H003)") == 1
    number = page[: page.index("![](images/t-1-2.png)")].count("\n") + 1
    assert f"{ran.out.strip()}:{number}: " in ran.err


def test_a_picture_that_floats_at_the_signature_may_be_a_seal(project: Project) -> None:
    """A floating picture beside the signature is reported as a possible 印章; one in a line of the text is not."""
    document = red_letter()
    line = next(one for one in document.paragraphs if one.text.startswith("2026年5月6日"))
    line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = line.add_run()
    run.add_picture(io.BytesIO(png()))
    place = project.folder.parent / "s-1.docx"
    place.write_bytes(saved(document))
    assert "印章" not in project.run("import", str(place)).err
    inline = run._r.find(f".//{qn('wp:inline')}")
    assert inline is not None
    inline.tag = qn("wp:anchor")
    place.write_bytes(saved(document))
    ran = project.run("import", str(place), "--id", "s-2")
    assert "images/s-2-1.png 浮在落款处，可能是印章" in ran.err
    assert "![](images/s-2-1.png)" in (project.folder / ran.out.strip()).read_text()
