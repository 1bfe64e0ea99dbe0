"""``gongkai import`` of an odt: what it says, in the words and the order of the paper."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.odt_files import numbered, odt, p
from support.project import Project
from support.word_files import png, zipped

from generator.authoring.importing.open_document.source import read_odt
from generator.authoring.importing.word.markdown import PictureMarkup, Writer, pictures_of
from generator.authoring.importing.word.outline import levels_of
from generator.authoring.importing.word.tidy import tidy_blocks


def read(body: str, *, styles: str = "", shared: str = "") -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """Return the Markdown of an odt, what was left out of it, and what is to be compared."""
    file = read_odt(Path("a.odt"), odt(body, styles=styles, shared=shared))
    blocks = tidy_blocks(file.document.blocks).blocks
    notes = tuple(tidy_blocks(note).blocks for note in file.document.notes)
    pictures = {one: PictureMarkup(f"images/{one.part}", one.alt) for one in pictures_of(blocks)}
    text = Writer(pictures, notes).text(blocks, levels_of(blocks, ()))
    return text, file.document.dropped, file.document.warnings


def bring(project: Project, data: bytes, name: str = "a-1.odt") -> tuple[int, str, str]:
    """Import one file; returns the exit status, the page, and stderr."""
    place = project.folder.parent / name
    place.write_bytes(data)
    ran = project.run("import", str(place))
    return ran.status, (project.folder / ran.out.strip()).read_text() if ran.out else "", ran.err


def test_an_official_document_becomes_a_page(project: Project) -> None:
    """Head, title, signature and note are fields of the page, as in a docx."""
    body = (
        p("例人社发〔2026〕5号", "C") + p("示例市人力资源和社会保障局", "C") + p("关于做好培训工作的通知", "C")
        + p("各区人民政府：") + p("现就有关事项通知如下。") + p("示例市人力资源和社会保障局", "R")
        + p("2026年5月6日", "R") + p("（此件公开发布）")
    )  # fmt: skip
    status, page, _ = bring(project, odt(body))
    assert status == 0
    assert "\ntitle: 示例市人力资源和社会保障局关于做好培训工作的通知\n" in page
    assert "\ndoc_number: 例人社发〔2026〕5号\n" in page
    assert "\ndisclosure: 主动公开\n" in page
    assert page.endswith("示例市人力资源和社会保障局\n\n2026年5月6日\n\n（此件公开发布）\n")


def test_numbers_of_lists_are_words() -> None:
    """第N条 and （N） that only the list counts are words; a level starts again, a list goes on where it says so."""
    style = numbered(
        "L",
        'style:num-format="一, 二, 三, ..." style:num-prefix="第" style:num-suffix="条"',
        'style:num-format="一, 二, 三, ..." style:num-prefix="（" style:num-suffix="）"',
    )
    inner = "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>"
    body = (
        '<text:list xml:id="l1" text:style-name="L">'
        f"<text:list-item><text:p>甲。</text:p>{inner.format('乙。')}</text:list-item>"
        f"<text:list-item><text:p>丙。</text:p>{inner.format('丁。')}</text:list-item></text:list>"
        + p("中间。")
        + '<text:list text:continue-list="l1" text:style-name="L"><text:list-item><text:p>戊。</text:p><text:p>无号。'
        "</text:p></text:list-item></text:list>"
        '<text:list text:style-name="L"><text:list-item text:start-value="9"><text:p>己。</text:p></text:list-item>'
        "</text:list>"
    )
    text, _, _ = read(body, styles=style)
    assert text == (
        "第一条　甲。\n\n（一）乙。\n\n第二条　丙。\n\n（一）丁。\n\n中间。\n\n第三条　戊。\n\n无号。\n\n第九条　己。\n"
    )


@pytest.mark.parametrize(
    ("sign", "text"),
    [("•", "- 甲\n- 乙\n"), ("□", "□ 甲\n\n□ 乙\n"), ("注：", "注：甲\n\n注：乙\n"), (" ", "甲\n\n乙\n")],
)
def test_bullets_are_lists_and_words_before_items_are_words(sign: str, text: str) -> None:
    """A bullet makes a list; a box to tick or words before each item are words; nothing makes none."""
    style = f'<text:list-style style:name="L"><text:list-level-style-bullet text:level="1" text:bullet-char="{sign}"/>'
    items = "".join(f"<text:list-item><text:p>{word}</text:p></text:list-item>" for word in "甲乙")
    body = f'<text:list text:style-name="L">{items}</text:list>'
    assert read(body, styles=f"{style}</text:list-style>")[0] == text


def test_headings_have_their_levels_and_numbers() -> None:
    """Headings are headings; where the outline counts them their numbers are words."""
    outline = (
        '<office:styles><text:outline-style><text:outline-level-style text:level="1" style:num-format="1" '
        'style:num-suffix="."/><text:outline-level-style text:level="2" style:num-format=""/></text:outline-style>'
        "</office:styles>"
    )
    body = (
        '<text:h text:outline-level="1">概况</text:h><text:p>甲。</text:p><text:h text:outline-level="2">人口</text:h>'
        '<text:p>乙。</text:p><text:h text:outline-level="1">就业</text:h><text:p>丙。</text:p>'
    )
    text, _, _ = read(body, shared=outline)
    assert text == "## 1.概况\n\n甲。\n\n### 人口\n\n乙。\n\n## 2.就业\n\n丙。\n"


def test_merged_cells_footnotes_and_forms() -> None:
    """Merged cells, a repeated cell, footnotes, bold and lowered letters, links and broken lines are kept."""
    body = (
        '<table:table><table:table-header-rows><table:table-row><table:table-cell table:number-rows-spanned="2">'
        '<text:p>项目</text:p></table:table-cell><table:table-cell table:number-columns-spanned="2"><text:p>人数'
        "</text:p></table:table-cell><table:covered-table-cell/></table:table-row></table:table-header-rows><table:table-row>"
        "<table:covered-table-cell/><table:table-cell><text:p>男</text:p></table:table-cell><table:table-cell><text:p>女"
        "</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>就业</text:p>"
        '</table:table-cell><table:table-cell table:number-columns-repeated="2"><text:p>0</text:p></table:table-cell>'
        "</table:table-row></table:table>"
        + p(
            'CO<text:span text:style-name="Sub">2</text:span><text:note text:note-class="footnote"><text:note-citation>'
            "1</text:note-citation><text:note-body><text:p>见公报。</text:p></text:note-body></text:note>，"
            '<text:span text:style-name="B">重点</text:span>见<text:a xlink:href="https://x.gov.cn/a">网站</text:a>。'
        )
        + p("地址：甲路1号<text:line-break/>电话：12345")
    )
    text, _, _ = read(body)
    assert '<th scope="col" rowspan="2">项目</th><th scope="colgroup" colspan="2">人数</th>' in text
    assert "<tr><td>就业</td><td>0</td><td>0</td></tr>" in text
    assert "CO<sub>2</sub>[^1]，**重点**见[网站](https://x.gov.cn/a)。" in text
    assert "\n[^1]: 见公报。\n" in text
    assert "地址：甲路1号  \n电话：12345" in text


def test_changes_are_accepted_and_hidden_words_go() -> None:
    """Deleted and hidden words and comments are left out and counted; inserted words stay."""
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删去的话</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        + p(
            "留下<text:change-start/>加上<text:change-end/>。<office:annotation><text:p>批注的话</text:p></office:annotation>"
        )
        + p('看得见。<text:span text:style-name="V">看不见的话</text:span>')
    )
    text, dropped, _ = read(body)
    assert text == "留下加上。\n\n看得见。\n"
    assert dropped == ("批注 1 条", "修订 1 处（按接受修订处理）", "隐藏文字 1 处")


def test_formulas_text_boxes_and_ruby_keep_their_words() -> None:
    """A formula is one line, or a gap that says so; words of a text box stand before its paragraph."""
    math = '<math xmlns="http://www.w3.org/1998/Math/MathML">{}</math>'
    fraction = "<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac>"
    body = (
        p('式：<draw:frame><draw:object xlink:href="./Object 1"/></draw:frame>。')
        + p('又：<draw:frame><draw:object xlink:href="./Object 2"/></draw:frame>。')
        + p("框边。<draw:frame><draw:text-box><text:p>框里的话。</text:p></draw:text-box></draw:frame>")
        + p("<text:ruby><text:ruby-base>鄞</text:ruby-base><text:ruby-text>yín</text:ruby-text></text:ruby>县")
    )
    parts = {
        "Object 1/content.xml": math.format(fraction),
        "Object 2/content.xml": math.format("<mtable><mtr><mtd><mi>x</mi></mtd></mtr></mtable>"),
    }
    file = read_odt(Path("a.odt"), odt(body, parts=parts))
    text = Writer({}, ()).text(tidy_blocks(file.document.blocks).blocks, {})
    assert text == "式：(a+b)/2。\n\n又：〓。\n\n框里的话。\n\n框边。\n\n鄞（yín）县\n"
    assert any("写不成一行" in line and "x" in line for line in file.document.warnings)


def test_pictures_are_files_with_their_captions(project: Project) -> None:
    """A picture is a file beside the page; its title is its text, or the caption below it."""
    frame = '<draw:frame text:anchor-type="as-char">{}<draw:image xlink:href="Pictures/a.png"/></draw:frame>'
    body = p("关于统计的公告", "C") + p("各区：") + p(frame.format("<svg:desc>产值逐年上升</svg:desc>"))
    body += p("中间的话。") + p(frame.format("")) + p("图 2　就业人数", "C") + p("结束的话。")
    _, page, err = bring(project, odt(body, parts={"Pictures/a.png": png()}))
    assert "![产值逐年上升](images/a-1-1.png)" in page
    assert "![图 2 就业人数](images/a-1-1.png)" in page
    assert (project.folder / "content/notices/images/a-1-1.png").exists() or (
        project.folder / "content/policies/images/a-1-1.png"
    ).exists()
    assert "取自图题“图 2 就业人数”" in err


_HEADER = (
    "<office:master-styles><style:master-page><style:header><text:p>机密★10年</text:p></style:header>"
    "</style:master-page></office:master-styles>"
)
_DELETED = (
    "<text:tracked-changes><text:changed-region><text:deletion><text:p>内部资料 严禁外传</text:p></text:deletion>"
    "</text:changed-region></text:tracked-changes>"
)


@pytest.mark.parametrize(
    ("body", "shared", "parts"),
    [
        (p("正文。"), _HEADER, {}),
        (_DELETED + p("正文。"), "", {}),
        (p("正文。"), "", {"meta.xml": "<meta>秘密★3年</meta>"}),
        (p('正文。<text:span text:style-name="V">机密★10年</text:span>'), "", {}),
    ],
)  # fmt: skip
def test_a_secrecy_mark_outside_the_text_refuses_the_file(
    project: Project, body: str, shared: str, parts: dict[str, str]
) -> None:
    """A mark in a header, in deleted or hidden words or in the properties refuses the file: nothing is written."""
    status, page, err = bring(project, odt(p("关于甲的通知", "C") + body, shared=shared, parts=parts))
    assert (status, page) == (2, "")
    assert "保密审查" in err


def test_lost_words_are_named(project: Project) -> None:
    """Words in a place that the reader does not know are named at the end of the import."""
    unknown = "<draw:frame><draw:plugin><text:p>谁也不读的话</text:p></draw:plugin></draw:frame>"
    _, page, err = bring(project, odt(p("关于甲的通知", "C") + p("各区：") + p(f"正文。{unknown}")))
    assert "谁也不读的话" not in page
    assert "对照原件补上：“谁也不读的话”" in err


_WIDE_ROW = (
    '<table:table-row table:number-rows-repeated="200"><table:table-cell table:number-columns-repeated="200">'
    "<text:p>甲</text:p></table:table-cell></table:table-row>"
)


@pytest.mark.parametrize(
    "data",
    [
        b"", b"PK", zipped({"a": "b"}), odt("<text:p>")[:-1], zipped({"mimetype": "text/plain", "content.xml": "<a/>"}),
        odt(p("甲"), parts={"META-INF/manifest.xml": "<encryption-data/>"}),
        odt(p("甲"), parts={"Basic/Standard/Module1.xml": "<a/>"}),
        odt(f"<table:table>{_WIDE_ROW * 50}</table:table>"),
        odt("<!DOCTYPE a [<!ENTITY b 'c'>]>"), odt("<text:section>" * 5000 + "</text:section>" * 5000),
    ],
)  # fmt: skip
def test_what_is_no_odt_is_refused_in_chinese(project: Project, data: bytes) -> None:
    """Broken, encrypted and other files are named with what to do, never with a traceback."""
    status, page, err = bring(project, data)
    assert (status, page) == (2, "")
    assert "没有导入: " in err
    assert "改法: " in err
    assert "Traceback" not in err


_WORDS = st.text(alphabet="甲乙丙丁*_[]<>{}#1.、 　", min_size=1, max_size=12)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["p", "span", "cell", "item", "box"]), _WORDS), min_size=1, max_size=8))
def test_every_word_is_on_the_page(pieces: list[tuple[str, str]]) -> None:
    """Whatever holds some words, they are in the text."""
    shapes = {
        "p": "<text:p>{}</text:p>",
        "span": '<text:p>字<text:span text:style-name="B">{}</text:span></text:p>',
        "cell": "<table:table><table:table-row><table:table-cell><text:p>{}</text:p></table:table-cell>"
        "<table:table-cell><text:p>格</text:p></table:table-cell></table:table-row></table:table>",
        "item": "<text:list><text:list-item><text:p>{}</text:p></text:list-item></text:list>",
        "box": "<text:p>边<draw:frame><draw:text-box><text:p>{}</text:p></draw:text-box></draw:frame></text:p>",
    }
    escaped = [(kind, text.replace("<", "&lt;").replace(">", "&gt;")) for kind, text in pieces]
    file = read_odt(Path("a.odt"), odt("".join(shapes[kind].format(text) for kind, text in escaped)))
    text = Writer({}, ()).text(tidy_blocks(file.document.blocks).blocks, {})
    for _, words in pieces:
        for letter in "甲乙丙丁":
            assert text.count(letter) >= words.count(letter)
