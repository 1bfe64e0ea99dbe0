"""At the end of an import every word of the paper is in the page, among what was left out, or reported."""

import re
import tempfile
import unicodedata
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.stages import CONFIG, DAY
from support.word_files import field, letters, listed, math, numbering, p, paragraph, raw, run

from generator.authoring.importing.comparison import missing_words
from generator.authoring.importing.import_file import ImportOptions, import_file
from generator.authoring.importing.word.docx import open_word
from generator.authoring.importing.word.paper import words_on_paper

_BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
_GRAPHIC = "<a:graphicData uri='u'><a:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></a:txBody></a:graphicData>"
_DRAWING = f"<w:drawing>{_GRAPHIC}</w:drawing>"
_WINGDINGS = '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>'
# What a run of text may be wrapped in, so that it is still on the paper; {} is a word that is nowhere else.
_VISIBLE = {
    "run": run("{}"),
    "bold": run("{}", "<w:b/>"),
    "raised": run("{}", '<w:vertAlign w:val="superscript"/>'),
    "inserted": f"<w:ins w:id='1'>{run('{}')}</w:ins>",
    "moved": f"<w:moveTo w:id='1'>{run('{}')}</w:moveTo>",
    "smart tag": f"<w:smartTag>{run('{}')}</w:smartTag>",
    "control": f"<w:sdt><w:sdtContent>{run('{}')}</w:sdtContent></w:sdt>",
    "offered": f"<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{run('{}')}</w:sdtContent></w:sdt>",
    "link": f"<w:hyperlink r:id='none'>{run('{}')}</w:hyperlink>",
    "link field": field('HYPERLINK "https://a.gov.cn/"', run("{}")),
    "reference": field("REF x", run("{}")),
    "simple field": f'<w:fldSimple w:instr="REF x">{run("{}")}</w:fldSimple>',
    "reading": field(r"EQ \* jc2 \o\ad(\s\up 9(yi),{})"),
    "fraction field": field(r"EQ \f({},2)"),
    "unclear field": field(r"EQ \o({},乙)"),
    "button": field("MACROBUTTON None {}"),
    "ruby": f"<w:r><w:ruby><w:rt>{run('yi')}</w:rt><w:rubyBase>{run('{}')}</w:rubyBase></w:ruby></w:r>",
    "choice": field("FORMDROPDOWN", None, '<w:ddList><w:listEntry w:val="{}"/></w:ddList>'),
    "formula": f"<m:oMath>{math('f', num=letters('{}'), den=letters('a+b'))}</m:oMath>",
    "power": f"<m:oMath>{math('sSup', e=letters('{}'), sup=letters('2'))}</m:oMath>",
    "unclear formula": f"<m:oMath>{math('groupChr', e=letters('{}'))}</m:oMath>",
    "word art": '<w:r><w:pict><v:shape><v:textpath string="{}"/></v:shape></w:pict></w:r>',
    "text box": _BOX.format(p("{}")),
    "box in a box": _BOX.format(paragraph(_BOX.format(p("{}")))),
    "drawing": f"<w:r>{_DRAWING}</w:r>",
    "two forms": (
        f"<w:r><mc:AlternateContent><mc:Choice>{_DRAWING}</mc:Choice><mc:Fallback/></mc:AlternateContent></w:r>"
    ),
    "sign beside": run("þ", _WINGDINGS) + run("{}"),
    "code of a field": '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + run("{}"),
}
_BLOCKS = {
    "plain": "<w:p>{}</w:p>",
    "list": '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>{}</w:p>',
    "bullet": '<w:p><w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr>{}</w:p>',
    "heading": '<w:p><w:pPr><w:outlineLvl w:val="1"/></w:pPr>{}</w:p>',
    "centred": '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{}</w:p>',
    "joined": '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>{}</w:p>',
    "table": (
        "<w:tbl><w:tr><w:tc><w:p>{}</w:p></w:tc><w:tc><w:p/></w:tc></w:tr>"
        "<w:tr><w:tc><w:p/></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
    ),
    "merged": '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr><w:p>{}</w:p></w:tc></w:tr></w:tbl>',
    "control": "<w:sdt><w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>",
    "contents": (
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        "<w:sdtContent><w:p>{}</w:p></w:sdtContent></w:sdt>"
    ),
    "custom": "<w:customXml><w:p>{}</w:p></w:customXml>",
}  # fmt: skip
_LISTS = numbering([("chineseCounting", "第%1条")], [("bullet", "•")])
_NOTES = '<w:footnotes NS><w:footnote w:id="2"><w:p>{}</w:p></w:footnote></w:footnotes>'


def _words() -> Iterator[str]:
    """Yield words of four letters that are nowhere else in the file, its notes or its messages."""
    for number in count(1):
        yield "".join(chr(0x5E00 + number // 60**place % 60 + 60 * place) for place in range(4))


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFKC", text) if char.isalnum())


_RUN = st.sampled_from([*_VISIBLE])
_BLOCK = st.tuples(st.sampled_from([*_BLOCKS]), st.lists(_RUN, min_size=1, max_size=4))


def _imported(data: bytes) -> tuple[str, str]:
    """Return the page that a docx becomes, and what a person is shown."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "a-1.docx"
        place.write_bytes(data)
        result = import_file(Path(folder), CONFIG, place, ImportOptions(), DAY)
        return result.place.read_text(), "\n".join(result.messages)


@given(st.lists(_BLOCK, min_size=1, max_size=5), st.lists(_RUN, max_size=2))
@settings(max_examples=100, deadline=None)
def test_no_visible_word_is_lost(blocks: list[tuple[str, list[str]]], noted: list[str]) -> None:
    """Whatever a word of the text, a box or a note is wrapped in, it is in the page or a person is shown it."""
    words, all_words, body = _words(), [], p("关于做好示例工作的通知", '<w:jc w:val="center"/>')
    for kind, runs in blocks:
        own = [next(words) for _ in runs]
        all_words += own
        body += _BLOCKS[kind].format("".join(_VISIBLE[one].format(word) for one, word in zip(runs, own, strict=True)))
    own = [next(words) for _ in noted]
    note = "".join(_VISIBLE[one].format(word) for one, word in zip(noted, own, strict=True))
    body += f'<w:p>{run("完。")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    page, messages = _imported(raw(body, {"numbering.xml": _LISTS, "footnotes.xml": _NOTES.format(note)}))
    everything = _bare(page + messages)
    if "code of a field" in (*(one for _, runs in blocks for one in runs), *noted):
        assert "对照原件补上" in messages or all(word in everything for word in all_words)
    else:
        assert [word for word in (*all_words, *own) if word not in everything] == []


@pytest.mark.parametrize("kind", [one for one in _VISIBLE if one != "code of a field"])
def test_each_construct_alone(kind: str) -> None:
    """A word in each construct is in the page, or reported; nothing is said to be missing that is not."""
    word = next(_words())
    page, messages = _imported(raw(p("关于做好示例工作的通知") + paragraph(run("见"), _VISIBLE[kind].format(word))))
    assert word in _bare(page + messages)
    assert "对照原件补上" not in messages


def test_words_of_a_field_that_never_ends_are_reported() -> None:
    """A field without an end hides all that follows: the comparison at the end says so."""
    begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r></w:p>'
    _, messages = _imported(raw(p("关于示例的通知") + p("各区：") + begun + p("补贴每人八百元。")))
    assert "“补贴每人八百元”" in messages


def test_what_is_not_on_the_paper_is_not_missing(tmp_path: Path) -> None:
    """Deleted, moved, hidden and unread words are no loss; lost ones are, even where others are said twice."""
    body = paragraph(
        run("留下。"),
        run("藏", "<w:vanish/>"),
        "<w:del><w:r><w:delText>删</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('移')}</w:moveFrom>",
        "<w:r><w:instrText>码</w:instrText></w:r>",
    )
    place = tmp_path / "a.docx"
    place.write_bytes(raw(body + p("丢了的话。") + p("留下。")))
    words = list(words_on_paper(open_word(place)))
    assert list(missing_words(words, "留下。\n\n留下。", ["丢了的话"])) == []
    assert list(missing_words(words, "留下。\n\n留下。", [])) == ["“丢了的话”"]
    assert list(missing_words(words, "留下。", ["丢了的话"])) == ["“留下”这些字"]
    assert not re.search("[藏删移码]", "".join(missing_words(words, "", [])))


def test_escaped_brackets_are_words_of_the_page() -> None:
    """What looks like a link and was escaped is not missing; the address of a link is no word of the page."""
    assert list(missing_words(["[甲](乙丙)"], r"\[甲\](乙丙)", [])) == []
    assert list(missing_words(["甲乙丙"], "[甲](乙丙)", [])) == ["“甲乙丙”"]


def test_the_notes_of_a_list_are_compared(tmp_path: Path) -> None:
    """Words of footnotes that the text calls are compared as those of the text are."""
    body = f'<w:p>{run("正文。")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + listed("项目。", 1)
    place = tmp_path / "a.docx"
    place.write_bytes(raw(body, {"footnotes.xml": _NOTES.format(run("注释的话。"))}))
    assert list(missing_words(words_on_paper(open_word(place)), "正文。项目。", [])) == ["“注释的话”"]
