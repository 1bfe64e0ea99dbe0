"""Every word of a docx comes over: fields, old forms, signs, WordArt, lists, changes; what does not is reported."""

import re

import pytest
from support.project import Project
from support.word_files import field, listed, numbering, p, paragraph, raw, run
from support.word_text import markdown, page, read

from generator.authoring.importing.word.symbols import MISSING

_BOX = '<w:checkBox><w:default w:val="0"/>{}</w:checkBox>'
_CHOICES = '<w:ddList>{}<w:listEntry w:val="甲类"/><w:listEntry w:val="乙类"/></w:ddList>'
_HEAD = p("关于做好示例工作的通知", '<w:jc w:val="center"/>')


def font(name: str) -> str:
    """Return the properties of a run in a font."""
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("form", "code", "result", "expected"),
    [
        (_BOX.format("<w:checked/>"), "FORMCHECKBOX", None, "☑"),
        (_BOX.format('<w:checked w:val="0"/>'), "FORMCHECKBOX", None, "☐"),
        (_BOX.format(""), "FORMCHECKBOX", "", "☐"),
        ('<w:checkBox><w:default w:val="1"/></w:checkBox>', "FORMCHECKBOX", None, "☑"),
        (_CHOICES.format('<w:result w:val="1"/>'), "FORMDROPDOWN", None, "乙类"),
        (_CHOICES.format(""), "FORMDROPDOWN", None, "甲类"),
        (_CHOICES.format(""), "FORMDROPDOWN", run("乙类"), "乙类"),
        ("<w:textInput/>", "FORMTEXT", run("某公司"), "某公司"),
        ('<w:textInput><w:default w:val="填写单位"/></w:textInput>', "FORMTEXT", "", "填写单位"),
    ],
)
def test_old_forms_say_what_is_ticked_and_chosen(form: str, code: str, result: str | None, expected: str) -> None:
    """A box of an old form has its tick or none, a list its choice, a line what was written on it."""
    assert markdown(raw(paragraph(run("申请："), field(code, result, form), run("。")))) == f"申请：{expected}。\n"


def test_content_controls_keep_their_ticks_and_choices() -> None:
    """A newer box is its sign; words that are only offered to be replaced are told, not written."""
    box = (
        '<w:sdt xmlns:n="urn:n"><w:sdtPr><n:checkbox><n:checked w:val="{}"/></n:checkbox></w:sdtPr>'
        "<w:sdtContent>{}</w:sdtContent></w:sdt>"
    )
    offered = (
        "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>" + run("单击此处输入") + "</w:sdtContent></w:sdt>"
    )
    chosen = "<w:sdt><w:sdtPr><w:dropDownList/></w:sdtPr><w:sdtContent>" + run("丙类") + "</w:sdtContent></w:sdt>"
    body = paragraph(box.format(1, run("☒")), box.format(1, ""), box.format(0, ""), offered, chosen)
    assert markdown(raw(body)) == "☒☑☐丙类\n"
    assert "没有填写的占位提示“单击此处输入”" in read(raw(body)).dropped


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("Wingdings", "þ¨ü", "☑□✓"),
        ("Wingdings", "\uf0fe\uf0a8", "☑□"),
        ("Wingdings 2", "R£", "☑□"),
        ("Symbol", "a£b", "α≤β"),
        ("Wingdings", "甲", "甲"),
        ("宋体", "þ", "þ"),
    ],
)
def test_letters_of_symbol_fonts_are_their_signs(name: str, typed: str, expected: str) -> None:
    """What is typed in a font of signs is the sign that it shows, whether run, style or paragraph names the font."""
    styles = (
        f'<w:styles NS><w:style w:type="character" w:styleId="c"><w:rPr>{font(name)}</w:rPr></w:style>'
        f'<w:style w:type="paragraph" w:styleId="b"><w:rPr>{font(name)}</w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="q"><w:basedOn w:val="b"/></w:style></w:styles>'
    )
    body = p(typed, run=font(name)) + p(typed, run='<w:rStyle w:val="c"/>') + p(typed, '<w:pStyle w:val="q"/>')
    assert markdown(raw(body, {"styles.xml": styles})) == f"{expected}\n\n{expected}\n\n{expected}\n"


def test_an_unknown_sign_is_told_with_its_paragraph() -> None:
    """A sign that nobody knows is a gap, and the note names the paragraph."""
    body = paragraph(run("图例"), run("Q", font("Wingdings")))
    assert markdown(raw(body)) == f"图例{MISSING}\n"
    assert any("在“图例" in one for one in read(raw(body)).warnings)
    assert markdown(raw(paragraph(field(r'SYMBOL 252 \f "Wingdings"', run("x"))))) == "✓\n"


def test_capitals_are_capitals() -> None:
    """Letters that Word shows as capitals are capitals."""
    assert markdown(raw(p("abc", run="<w:caps/>"))) == "ABC\n"


@pytest.mark.parametrize("code", ["AUTONUM", "REF 附表", "LISTNUM"])
def test_a_field_without_a_result_is_told(code: str) -> None:
    """What Word would work out and the file does not hold is reported, with its paragraph."""
    body = paragraph(run("见附表"), field(code))
    assert any(code in one and "见附表" in one for one in read(raw(body)).warnings)
    assert markdown(raw(paragraph(run("见"), field("MACROBUTTON NoMacro [填写]")))) == "见\\[填写\\]\n"
    assert read(raw(paragraph(run("见"), field("XE 词条")))).warnings == ()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (paragraph(run("合计"), field("=SUM(ABOVE)")), "=SUM(ABOVE)"),
        (paragraph(run("合计"), field('INCLUDEPICTURE "http://a.gov.cn/b.png"', "")), "INCLUDEPICTURE"),
        (paragraph(run("合计"), "<w:subDoc r:id='x'/>"), "子文档"),
        (paragraph(run("合计"), "<w:r><w:contentPart r:id='x'/></w:r>"), "墨迹"),
    ],
)
def test_what_the_file_does_not_hold_is_told_with_its_paragraph(body: str, told: str) -> None:
    """A sum, a linked picture, a part of a master document or ink that is not in the text is reported."""
    assert any(told in one and "合计" in one for one in read(raw(body)).warnings)


@pytest.mark.parametrize(
    ("code", "target"),
    [
        (r'HYPERLINK "https://a.gov.cn/p" \l "sec"', "https://a.gov.cn/p#sec"),
        (r'HYPERLINK \o "提示" "https://a.gov.cn/q"', "https://a.gov.cn/q"),
        (r'HYPERLINK "https://a.gov.cn/附 件.doc"', "https://a.gov.cn/%E9%99%84%20%E4%BB%B6.doc"),
        (r"HYPERLINK https://a.gov.cn/r \t _blank", "https://a.gov.cn/r"),
        (r'HYPERLINK "www.a.gov.cn/r"', "http://www.a.gov.cn/r"),
        (r'hyperlink "mailto:a@a.gov.cn"', "mailto:a@a.gov.cn"),
    ],
)
def test_links_of_fields_keep_their_whole_address(code: str, target: str) -> None:
    """Blanks, anchors and switches of a link made as a field are read as Word reads them."""
    assert [link.target for link in page(raw(paragraph(field(code, run("网页"))))).links] == [target]


def test_links_that_lead_nowhere_are_told_once() -> None:
    """A link inside the file, or to a computer, keeps its words and is told, once for each."""
    body = (
        paragraph(field(r'HYPERLINK \l "sec"', run("甲") + run("乙"))) + '<w:p><w:hyperlink w:anchor="sec">' + run("丙")
    )
    body += "</w:hyperlink></w:p>" + paragraph(field(r'HYPERLINK "file:///C:/a b.doc"', run("丁") + run("戊")))
    document = read(raw(body))
    assert page(raw(body)).text == "甲乙\n丙\n丁戊"
    assert set(document.dropped) == {"指向文件内部的链接（文字保留） 2 处", "不安全或指向本机的链接（文字保留） 1 处"}


def test_word_art_is_words() -> None:
    """WordArt in both of its forms, and words in a drawing, are in the text and told."""
    path = '<w:r><w:pict><v:shape type="#t136"><v:textpath string="{}"/></v:shape></w:pict></w:r>'
    graphic = "<a:graphicData uri='u'><a:txBody><a:p><a:r><a:t>框内</a:t></a:r></a:p></a:txBody></a:graphicData>"
    drawn = f"<w:r><w:drawing>{graphic}</w:drawing></w:r>"
    box = f"<w:txbxContent>{p('新式')}</w:txbxContent>"
    both = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback>{path.format('旧式')}</mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = paragraph(path.format("热线电话"), run("。")) + paragraph(drawn, run("图")) + paragraph(both, run("完"))
    assert page(raw(body)).text == "热线电话。\n框内\n图\n新式\n完"
    assert any("热线电话" in one for one in read(raw(body)).warnings)


def test_a_title_in_word_art_is_the_title(project: Project) -> None:
    """WordArt in the place of the title is the title."""
    shape = '<v:shape><v:textpath string="关于供水的通知"/></v:shape>'
    path = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r><w:pict>{shape}</w:pict></w:r></w:p>'
    place = project.folder.parent / "t-1.docx"
    place.write_bytes(raw(path + p("各区：") + p("现通知如下。")))
    assert project.run("import", str(place)).status == 0
    assert "\ntitle: 关于供水的通知\n" in (project.folder / "content/policies/t-1.md").read_text()


def test_empty_numbered_paragraphs_count() -> None:
    """A numbered paragraph without words counts as on paper, and is told; a hidden one does not."""
    empty = '<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr>{}</w:pPr></w:p>'
    lists = {"numbering.xml": numbering([("chineseCounting", "第%1条")])}
    body = listed("甲。", 1) + empty.format("") + listed("乙。", 1)
    assert markdown(raw(body, lists)) == "第一条　甲。\n\n第三条　乙。\n"
    assert any("第二条" in one for one in read(raw(body, lists)).warnings)
    for mark in (
        "<w:rPr><w:vanish/></w:rPr>",
        '<w:rPr><w:del w:id="1"/></w:rPr>',
        '<w:rPr><w:moveFrom w:id="1"/></w:rPr>',
    ):
        body = listed("甲。", 1) + empty.format(mark) + listed("乙。", 1)
        assert markdown(raw(body, lists)) == "第一条　甲。\n\n第二条　乙。\n", mark


def test_numbers_of_rows_stay() -> None:
    """A cell that holds nothing but an automatic number holds that number; a covered cell holds none."""
    numbered = '<w:tc>{}<w:p><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:p></w:tc>'
    rows = "".join(f"<w:tr>{numbered.format('')}<w:tc>{p(text)}</w:tc></w:tr>" for text in ("甲", "乙"))
    lists = {"numbering.xml": numbering([("decimal", "%1")])}
    assert markdown(raw(f"<w:tbl>{rows}</w:tbl>", lists)) == "| 1 | 甲 |\n|---|---|\n| 2 | 乙 |\n"
    merged = ('<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>', "<w:tcPr><w:vMerge/></w:tcPr>")
    rows = "".join(f"<w:tr>{numbered.format(merge)}<w:tc>{p('丙')}</w:tc></w:tr>" for merge in merged)
    assert '<td rowspan="2">1</td>' in markdown(raw(f"<w:tbl>{rows}</w:tbl>", lists)).replace("th", "td").replace(
        ' scope="col"', ""
    )


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    """What stands between two paragraphs and is none, such as a bookmark, does not keep them apart."""
    between = '<w:bookmarkStart w:id="9" w:name="x"/><!-- 注 --><w:bookmarkEnd w:id="9"/>'
    first = '<w:p><w:pPr><w:rPr><w:del w:id="1"/></w:rPr></w:pPr>' + run("前半句，") + "</w:p>"
    assert markdown(raw(first + between + p("后半句。"))) == "前半句，后半句。\n"
    control = "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>"
    assert markdown(raw(first + control.format(p("后半句。")))) == "前半句，后半句。\n"
    assert markdown(raw(control.format(first) + p("后半句。"))) == "前半句，后半句。\n"
    assert markdown(raw(first + "<w:tbl><w:tr><w:tc>" + p("甲") + "</w:tc></w:tr></w:tbl>")) == "前半句，\n\n甲\n"


def test_moved_words_are_where_they_were_moved_to() -> None:
    """A sentence that was moved stands once, in its new place."""
    moved = "<w:p><w:moveFrom w:id='1'>{0}</w:moveFrom></w:p>{1}<w:p><w:moveTo w:id='2'>{0}</w:moveTo></w:p>"
    assert markdown(raw(moved.format(run("移动的话。"), p("中间。")))) == "中间。\n\n移动的话。\n"


@pytest.mark.parametrize(
    ("sign", "name", "expected"),
    [
        (" ", "", "甲"), ("", "", "甲"), ("\u200b", "", "甲"), ("•", "", "- 甲"), ("\uf0b7", "Symbol", "- 甲"),
        ("l", "Wingdings", "- 甲"), ("o", "Courier New", "- 甲"), ("—", "", "- 甲"), ("附注：", "", "附注：甲"),
        ("\uf0a8", "Wingdings", "□ 甲"), ("□", "", "□ 甲"),
    ],
)  # fmt: skip
def test_bullets_are_what_they_show(sign: str, name: str, expected: str) -> None:
    """A bullet that shows nothing makes no list; one of words or a box to tick is words; others make a list."""
    level = (
        f'<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="{sign}"/><w:rPr>{font(name)}</w:rPr></w:lvl>'
    )
    lists = (
        f'<w:numbering NS><w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )
    assert markdown(raw(listed("甲", 1), {"numbering.xml": lists})) == f"{expected}\n"


def test_numbers_come_through_chains_of_styles() -> None:
    """List and level may be said by different styles of a chain, by the paragraph, or by the list itself."""
    levels = "".join(
        f'<w:lvl w:ilvl="{level}"><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>{style}</w:lvl>'
        for level, (form, text, style) in enumerate(
            [
                ("chineseCounting", "%1、", '<w:pStyle w:val="base"/>'),
                ("chineseCounting", "（%2）", ""),
                ("decimal", "%3.", '<w:pStyle w:val="third"/>'),
            ]
        )
    )  # fmt: skip
    lists = (
        f'<w:numbering NS><w:abstractNum w:abstractNumId="1">{levels}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def style(name: str, based_on: str, numbered: str) -> str:
        return (
            f'<w:style w:type="paragraph" w:styleId="{name}"><w:basedOn w:val="{based_on}"/>'
            f"<w:pPr><w:numPr>{numbered}</w:numPr></w:pPr></w:style>"
        )

    styles = "<w:styles NS>" + "".join(
        [
            style("base", "", '<w:numId w:val="1"/>'),
            style("second", "base", '<w:ilvl w:val="1"/>'),
            style("inherits", "second", ""),
            style("third", "base", '<w:numId w:val="1"/>'),
            style("none", "base", '<w:numId w:val="0"/>'),
        ]
    )
    body = "".join(
        p(text, f'<w:pStyle w:val="{name}"/>{own}')
        for text, name, own in [
            ("甲。", "base", ""), ("乙。", "second", ""), ("丙。", "inherits", ""), ("丁。", "third", ""),
            ("戊。", "none", ""),
            ("己。", "base", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'), ("庚。", "base", ""),
        ]
    )  # fmt: skip
    made = markdown(raw(body, {"numbering.xml": lists, "styles.xml": styles + "</w:styles>"}))
    assert made.split("\n\n") == ["一、甲。", "（一）乙。", "（二）丙。", "1.丁。", "戊。", "（三）己。", "二、庚。\n"]


def test_a_list_that_begins_anew_does_so_at_every_level() -> None:
    """An override says where a level begins, also each time after a higher one."""
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering([("decimal", "%1."), ("decimal", "%1.%2")], more=more)
    body = "".join(listed("甲", *place) for place in [(1, 0), (1, 1), (2, 0), (2, 1), (2, 0), (2, 1), (2, 1)])
    made = markdown(raw(body, {"numbering.xml": lists}))
    assert re.findall(r"^[\d.]+", made, re.MULTILINE) == ["1.", "1.1", "1.", "1.5", "2.", "2.5", "2.6"]


def test_forms_of_numbers_that_are_unknown_are_told() -> None:
    """A form that is not known is written in Arabic digits, and told; hidden numbers are not on the paper."""
    lists = {"numbering.xml": numbering([("hebrew1", "第%1条")])}
    assert markdown(raw(listed("甲。", 1), lists)) == "第1条　甲。\n"
    two = read(raw(listed("甲。", 1) + listed("乙。", 1), lists)).warnings
    assert ["在“第1条甲" in one for one in two] == [True, False]
    padded = numbering([("decimal", "%1.")]).replace(
        '<w:numFmt w:val="decimal"/>',
        '<mc:AlternateContent><mc:Choice><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice>'
        "</mc:AlternateContent>",
    )
    assert markdown(raw(listed("甲。", 1), {"numbering.xml": padded})) == "001.甲。\n"


def test_words_behind_a_table_of_contents_stay() -> None:
    """A table of contents goes; what is in its last paragraph or its control without being part of it stays."""
    contents = field('TOC \\o "1-3"', run("第一章 1"))
    body = paragraph(contents, run("前言的话。"))
    assert markdown(raw(body)) == "前言的话。\n"
    control = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
    control += "<w:sdtContent>"
    control += p("目 录") + paragraph(contents) + p("说明：本办法另行解释。") + "</w:sdtContent></w:sdt>"
    assert markdown(raw(control)) == "说明：本办法另行解释。\n"


def test_watermarks_are_told(project: Project) -> None:
    """The words of a watermark and of headers are told, page numbers are not."""
    shape = '<w:p><w:r><w:pict><v:shape><v:textpath string="请勿复制"/></v:shape></w:pict></w:r></w:p>'
    place = project.folder.parent / "w-1.docx"
    place.write_bytes(raw(_HEAD + p("正文。"), {"header1.xml": f"<w:hdr NS>{shape}{p('— 3 —')}</w:hdr>"}))
    ran = project.run("import", str(place))
    assert "水印“请勿复制”" in ran.err
    assert "页眉" not in ran.err


@pytest.mark.parametrize(
    "shapes",
    [
        '<v:shape><v:textpath string="机"/></v:shape><v:shape><v:textpath string="密"/></v:shape>',
        '<v:group><v:shape><v:textpath string="内部资料　严禁外传"/></v:shape></v:group>',
    ],
)
def test_a_secrecy_mark_as_a_watermark_refuses_the_file(project: Project, shapes: str) -> None:
    """A mark in a watermark, in one shape or letter by letter, refuses the file."""
    header = f"<w:hdr NS><w:p><w:r><w:pict>{shapes}</w:pict></w:r></w:p></w:hdr>"
    place = project.folder.parent / "w-1.docx"
    place.write_bytes(raw(_HEAD + p("正文。"), {"header1.xml": header}))
    ran = project.run("import", str(place))
    assert ran.status == 2
    assert "保密审查" in ran.err


@pytest.mark.parametrize(
    "drawn",
    [
        '<w:pict><v:shape><v:textpath string="机密★10年"/></v:shape></w:pict>',
        "<w:drawing><a:txBody><a:p><a:r><a:t>内部资料 严禁外传</a:t></a:r></a:p></a:txBody></w:drawing>",
    ],
)
def test_a_secrecy_mark_that_is_drawn_refuses_the_file(project: Project, drawn: str) -> None:
    """A mark in WordArt or in a drawing refuses the file, wherever in the text it is."""
    body = _HEAD + p("各区：") + p("现通知如下。") + f"<w:p><w:r>{drawn}</w:r></w:p>" + p("特此通知。")
    place = project.folder.parent / "d-1.docx"
    place.write_bytes(raw(body))
    ran = project.run("import", str(place))
    assert ran.status == 2
    assert "保密审查" in ran.err


def test_a_note_of_the_title_is_told(project: Project) -> None:
    """A footnote that only the title calls is no note of the page, and its words are told."""
    title = '<w:p><w:pPr><w:jc w:val="center"/></w:pPr>' + run("关于供水的通知")
    title += '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = {"footnotes.xml": f'<w:footnotes NS><w:footnote w:id="2">{p("经会议审议")}</w:footnote></w:footnotes>'}
    place = project.folder.parent / "n-1.docx"
    place.write_bytes(raw(title + p("各区：") + p("现通知如下。"), notes))
    ran = project.run("import", str(place))
    assert "脚注“经会议审议”" in ran.err
    assert "[^" not in (project.folder / "content/policies/n-1.md").read_text()
