"""Reading Word files: what they say comes back, word for word and in order, and nothing is read as markup."""

import io
import re
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import pytest
from docx.oxml import parse_xml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from support.word_files import listed, numbering, p, raw, saved, zipped
from support.word_text import markdown, page, read

from generator.authoring.importing.word.counting import format_number
from generator.authoring.importing.word.symbols import visible_text
from generator.authoring.importing.word.tidy import tidy_blocks
from generator.domain.numerals import to_chinese
from generator.domain.problems import GongkaiError


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
_TABLE = st.integers(1, 3).flatmap(
    lambda width: st.lists(st.lists(_TEXT, min_size=width, max_size=width), min_size=1, max_size=3)
)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("before", "bold", "behind"),
    [
        ("张", "某", "到场"),
        ("3", "4", "5"),
        ("见", "。", "乙"),
        ("见", "，注意", "乙"),
        ("见", "（", "乙"),
        ("请", "务必", "核对"),
    ],
)
def test_bold_words_are_bold_wherever_they_are(before: str, bold: str, behind: str) -> None:
    """Behind a surname, between digits, and of punctuation alone, bold words are bold, and no star is shown."""
    runs = (
        f"<w:r><w:t>{before}</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>{bold}</w:t></w:r><w:r><w:t>{behind}</w:t></w:r>"
    )
    made = page(raw(f"<w:p>{runs}</w:p>"))
    assert made.text == before + bold + behind
    assert f"<strong>{bold}</strong>" in made.html


@given(st.lists(_PARAGRAPH | _TABLE.map(tuple), max_size=6))
@example([[("&#", False, False, ""), ("`", False, False, "superscript")]])
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
    expected = "".join(visible_text(text)[0] for text in said)
    assert bare(made.text) == bare(expected)
    assert not made.links
    tags = set(re.findall(r"<(\w+)", made.html))
    assert tags <= {
        "p",
        "h2",
        "h3",
        "br",
        "strong",
        "em",
        "sup",
        "sub",
        "div",
        "table",
        "thead",
        "tbody",
        "tr",
        "th",
        "td",
        "caption",
    }


@pytest.mark.parametrize("mark", [odd for odd in _ODD if odd.strip()])
def test_no_mark_means_anything_at_the_beginning_of_a_line(mark: str) -> None:
    """Alone, before words, on a second line, in a list and in a cell: a mark of Markdown is the mark itself."""
    body = f"<w:p><w:r><w:t>甲</w:t><w:br/><w:t xml:space='preserve'>{_xml(mark)}</w:t><w:br/><w:t>乙</w:t></w:r></w:p>"
    texts = [mark, f"{mark}丙", f"丁{mark}", f"{mark} 戊 {mark}", f"**{mark}**"]
    body += "".join(p(_xml(text)) for text in texts) + listed(_xml(f"{mark} 己"), 1)
    body += f"<w:tbl><w:tr><w:tc>{p(_xml(mark))}</w:tc><w:tc>{p('庚')}</w:tc></w:tr>" * 1
    body += f"<w:tr><w:tc>{p(_xml(mark))}</w:tc><w:tc>{p('辛')}</w:tc></w:tr></w:tbl>"
    made = page(raw(body, {"numbering.xml": numbering([("bullet", "•")])}))
    said = "".join(["甲", mark, "乙", *texts, f"{mark} 己", mark, "庚", mark, "辛"])
    assert bare(made.text) == bare(visible_text(said)[0])
    assert made.html.count("<li>") == 1
    assert not made.links


def _xml(text: str) -> str:
    return visible_text(text)[0].replace("&", "&amp;").replace("<", "&lt;")


def test_automatic_numbers_are_words() -> None:
    """What Word counts by itself stands in the text: 章, 条, 一、, （一）, 1.1, each from its own list and level.

    A blank that was typed before the words stays the only one.
    """
    lists = numbering(
        [("chineseCountingThousand", "第%1章"), ("decimal", "%1.%2")],
        [("chineseCountingThousand", "第%1条")],
        [("japaneseCounting", "%1、"), ("japaneseCounting", "（%2）"), ("decimal", "%3.")],
        [("decimalEnclosedCircleChinese", "%1")],
    )
    body = "".join(
        [
            listed("总则", 1), listed("为了规范，制定本办法。", 2), listed("适用本市。", 2), listed("附则", 1), listed("节。", 1, 1),
            listed("自公布之日起施行。", 2), listed("总体要求", 3), listed("目标", 3, 1), listed("加强。", 3, 2), listed("落实。", 3, 2),
            listed("原则", 3, 1), listed("明确。", 3, 2), listed("保障措施", 3), listed("组织", 3, 1), listed("圈", 4), p("完。"),
            listed("　罚则", 1),
        ]
    )  # fmt: skip
    assert markdown(raw(body, {"numbering.xml": lists})).split("\n\n") == [
        "## 第一章　总则", "第一条　为了规范，制定本办法。", "第二条　适用本市。", "## 第二章　附则", "二.1 节。", "第三条　自公布之日起施行。",
        "## 一、总体要求", "### （一）目标", "1.加强。", "2.落实。", "### （二）原则", "1.明确。", "## 二、保障措施", "### （一）组织", "① 圈", "完。",
        "## 第三章　罚则\n",
    ]  # fmt: skip


def test_lists_made_from_one_share_their_count_and_may_begin_anew() -> None:
    """Two lists of one abstract list count on; one with an override begins where it says."""
    more = (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="3"><w:abstractNumId w:val="1"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>'
    )
    lists = numbering([("decimal", "第%1条")], more=more)
    body = "".join(
        [listed("甲。", 1), listed("乙。", 2), listed("丙。", 3), listed("丁。", 3), listed("", 3), listed("戊。", 3)]
    )
    assert re.findall(r"第\d+条", markdown(raw(body, {"numbering.xml": lists}))) == [
        "第1条",
        "第2条",
        "第7条",
        "第8条",
        "第10条",
    ]


def test_numbers_of_styles() -> None:
    """A paragraph whose style belongs to a list has its number; one that says list 0 has none."""
    styles = (
        '<w:styles NS><w:style w:type="paragraph" w:styleId="a"><w:name w:val="条"/><w:pPr><w:numPr><w:numId w:val="1"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    )
    body = p("甲。", '<w:pStyle w:val="a"/>') + p("乙。", '<w:pStyle w:val="b"/>')
    body += p("丙。", '<w:pStyle w:val="a"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    made = markdown(raw(body, {"numbering.xml": numbering([("chineseCounting", "第%1条")]), "styles.xml": styles}))
    assert made == "第一条　甲。\n\n第二条　乙。\n\n丙。\n"


@pytest.mark.parametrize(
    ("number", "form", "told"),
    [(0, "decimal", "0"), (12, "chineseCounting", "十二"), (105, "chineseCountingThousand", "一百零五"), (10, "ideographDigital", "一〇"),
     (4, "upperRoman", "IV"), (1999, "lowerRoman", "mcmxcix"), (28, "upperLetter", "BB"), (3, "ideographTraditional", "丙"),
     (12, "ideographZodiac", "亥"), (20, "decimalEnclosedCircle", "⑳"), (21, "decimalEnclosedCircle", "21"), (3, "decimalZero", "03"),
     (12, "decimalFullWidth", "１２"), (12, "chineseLegalSimplified", "壹拾贰"), (10**9, "chineseCounting", "1000000000"), (5, "none", "")],
)  # fmt: skip
def test_forms_of_numbers(number: int, form: str, told: str) -> None:
    """Every form that Chinese offices use is written as Word writes it."""
    assert format_number(number, form) == told


@given(st.integers(1, 9_999))
def test_chinese_numbers_can_be_read_back(number: int) -> None:
    """A number in Chinese is that number."""
    total = digit = 0
    for char in to_chinese(number):
        if char in "十百千":
            total += (digit or 1) * 10 ** ("十百千".index(char) + 1)
            digit = 0
        elif char != "零":
            digit = "零一二三四五六七八九".index(char)
    assert total + digit == number


def test_changes_are_accepted_and_what_is_hidden_goes() -> None:
    """Insertions stay, deletions, comments and hidden text go, whoever hides it; all of it is told."""
    styles = '<w:styles NS><w:style w:type="character" w:styleId="h"><w:name w:val="h"/><w:rPr><w:vanish/></w:rPr></w:style></w:styles>'
    body = (
        '<w:p><w:commentRangeStart w:id="1"/><w:r><w:t>原文</w:t></w:r><w:ins w:id="1" w:author="王五"><w:r><w:t>新增</w:t></w:r></w:ins>'
        '<w:del w:id="2" w:author="王五"><w:r><w:delText>删去</w:delText></w:r></w:del><w:r><w:commentReference w:id="1"/></w:r></w:p>'
        + p("暗一", run="<w:vanish/>")
        + p("暗二", run='<w:rStyle w:val="h"/>')
        + p("末尾")
    )
    comments = "<w:comments NS><w:comment w:id='1' w:author='赵六'><w:p><w:r><w:t>为什么</w:t></w:r></w:p></w:comment></w:comments>"
    document = read(raw(body, {"styles.xml": styles, "comments.xml": comments}))
    text = page(raw(body, {"styles.xml": styles, "comments.xml": comments})).text
    assert bare(text) == "原文新增末尾"
    told = "；".join(document.dropped)
    assert "批注 1 条" in told
    assert "修订 2 处" in told
    assert "隐藏文字" in told


def test_a_text_box_is_read_once() -> None:
    """The words of a text box stand before its paragraph, once, although the file holds them in two forms."""
    box = "<w:txbxContent>" + p("框里的字") + "</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent><w:t>框外</w:t></w:r></w:p>"
    )
    assert page(raw(body)).text == "框里的字\n框外"
    assert any("文本框" in one for one in read(raw(body)).warnings)


def test_notes_stand_where_they_are_called() -> None:
    """Footnotes and endnotes become notes of the page, in the order in which the text calls them."""
    body = (
        '<w:p><w:r><w:t>甲</w:t></w:r><w:r><w:endnoteReference w:id="3"/></w:r><w:r><w:t>乙</w:t></w:r>'
        '<w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )
    foot = f'<w:footnotes NS><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote><w:footnote w:id="2">{p("脚注的话*")}</w:footnote></w:footnotes>'
    end = f'<w:endnotes NS><w:endnote w:id="3">{p("尾注一")}{p("尾注二")}</w:endnote></w:endnotes>'
    data = raw(body, {"footnotes.xml": foot, "endnotes.xml": end})
    assert markdown(data) == "甲[^1]乙[^2]\n\n[^1]: 尾注一\n\n    尾注二\n\n[^2]: 脚注的话\\*\n"
    assert page(data).html.count('class="footnote-ref"') == 2


def test_links_keep_only_safe_addresses() -> None:
    """A link to the web stays a link; one to a script or a file of the office keeps its words alone."""
    document = docx.Document()
    paragraph = document.add_paragraph("见")
    kept = [
        "https://www.gov.cn/a_(b)?c=1&d=2",
        "javascript:alert(1)",
        "file:///C:/内部/a.doc",
        "mailto:a@example.gov.cn",
    ]
    for target in kept:
        relation = document.part.relate_to(
            target, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink", is_external=True
        )
        link = parse_xml(
            '<w:hyperlink xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r='
            f'"http://schemas.openxmlformats.org/officeDocument/2006/relationships" r:id="{relation}"><w:r><w:t>网[址]！!</w:t></w:r></w:hyperlink>'
        )
        paragraph._p.append(link)
    made = page(saved(document))
    assert [link.target for link in made.links] == [
        "https://www.gov.cn/a_%28b%29?c=1&d=2",
        "mailto:a@example.gov.cn",
    ]
    assert made.text == "见" + "网[址]！!" * 4
    assert "<img" not in made.html


def test_fields_show_their_result() -> None:
    """A field shows its result, a link made as a field is a link, a table of contents and its page numbers go."""

    def made(instruction: str, result: str) -> str:
        marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
        told = f"<w:r><w:instrText>{instruction}</w:instrText></w:r>"
        return f"{marks[0]}{told}{marks[1]}{result}{marks[2]}"

    words = "<w:r><w:t>结果</w:t></w:r>"
    contents = made("TOC \\o", "<w:r><w:t>第一章 总则 1</w:t></w:r>")
    body = f"<w:p>{contents}</w:p><w:p>{made('REF x', words)}{made('HYPERLINK &quot;https://a.gov.cn/&quot;', words)}</w:p>"
    made_page = page(raw(body))
    assert made_page.text == "结果结果"
    assert [link.target for link in made_page.links] == ["https://a.gov.cn/"]


def test_a_table_with_merged_cells_is_html() -> None:
    """Cells that cover others keep their place; a row over the whole width is the caption; a frame is no table."""
    document = docx.Document()
    table = document.add_table(4, 3)
    for row in table.rows:
        for number, cell in enumerate(row.cells):
            cell.text = f"格{number}*"
    table.cell(0, 0).merge(table.cell(0, 2)).text = "补贴 <标准>"
    table.cell(2, 0).merge(table.cell(3, 0)).text = "合并\n两行"
    document.add_paragraph("后文")
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "框"
    made = page(saved(document))
    assert "<caption>补贴 &lt;标准&gt;</caption>" in made.html
    assert '<td rowspan="2">合并<br>两行</td>' in made.html
    assert made.html.count("<table") == 1
    assert made.html.count("<p>") == 2


def test_a_table_in_a_table_loses_nothing() -> None:
    """The words of a nested table stand inside their cell."""
    document = docx.Document()
    table = document.add_table(2, 2)
    inner = table.cell(0, 0).add_table(2, 2)
    for number, cell in enumerate(cell for row in inner.rows for cell in row.cells):
        cell.text = f"内{number}"
    table.cell(1, 1).text = "外"
    assert bare(page(saved(document)).text) == "内0内1内2内3外"


def test_breaks_inside_a_sentence_are_joined() -> None:
    """A line broken in mid-sentence goes on; sentences on lines of their own become paragraphs; an address keeps its lines."""
    document = docx.Document()
    document.add_paragraph(
        "　　各县（区）人力资源社会保障部门要切实加强组织领导，\n明确专人负责。\n二是抓好落实。\n\n　　三是强化督促。"
    )
    document.add_paragraph("地址：幸福路\n邮编：100000")
    tidied = tidy_blocks(read(saved(document)).blocks)
    assert markdown(saved(document)) == (
        "各县（区）人力资源社会保障部门要切实加强组织领导，明确专人负责。\n\n二是抓好落实。\n\n三是强化督促。\n\n地址：幸福路  \n邮编：100000\n"
    )
    assert tidied.changes == ("句子中间的换行 1 处，已接上",)


def test_clauses_get_their_blank_where_they_number() -> None:
    """第N条 that numbers a paragraph is parted from its words; one that is only named is not."""
    document = docx.Document()
    for text in [
        "第一条 甲。",
        "第二条乙。",
        "第三条　　丙。",
        "第一条规定的补贴不得重复。",
        "第二条、第三条另有规定的除外。",
    ]:
        document.add_paragraph(text)
    made = page(saved(document))
    assert made.anchors == {"第一条", "第二条", "第三条"}
    assert "<p>第一条规定的补贴不得重复。</p>" in made.html


def test_headings_by_number_and_by_word() -> None:
    """一、 and （一） that stand alone are headings, lines of a list are not; Word's own headings keep their order."""
    document = docx.Document()
    for text in [
        "一、总体要求",
        "甲。",
        "（一）申请表",
        "（二）身份证明",
        "（三）承诺书",
        "二、抓好落实。",
        "丙。",
        "三、保障",
        "丁。",
    ]:
        document.add_paragraph(text)
    document.add_heading("背景", 2)
    document.add_heading("依据", 3)
    document.add_heading("这一整段话被误用了标题样式，其实是一段正文。", 2)
    outline = [(heading.level, heading.text) for heading in page(saved(document)).outline]
    assert outline == [(2, "一、总体要求"), (2, "三、保障"), (2, "背景"), (3, "依据")]


def test_signs_and_forms() -> None:
    """Signs of symbol fonts, boxes to tick, blank lines to write on, formulas and readings are words."""
    body = (
        '<w:p><w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Wingdings" w:char="F0A8"/><w:sym w:font="怪" w:char="F012"/></w:r>'
        '<w:r><w:rPr><w:u w:val="single"/></w:rPr><w:t xml:space="preserve">        </w:t></w:r><w:r><w:noBreakHyphen/></w:r>'
        "<w:r><w:ruby><w:rt><w:r><w:t>yín</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>鄞</w:t></w:r></w:rubyBase></w:ruby></w:r>"
        "<m:oMath><m:sSup><m:e><m:r><m:t>x</m:t></m:r></m:e><m:sup><m:r><m:t>2</m:t></m:r></m:sup></m:sSup></m:oMath></w:p>"
    )
    assert page(raw(body)).text == "☑□〓＿＿＿＿-鄞（yín）x2"
    assert any("〓" in one for one in read(raw(body)).warnings)


def test_strict_files_are_read() -> None:
    """A file in the strict form of the standard, whose namespaces differ, says the same."""
    body = listed("甲。", 1) + p("乙", "<w:outlineLvl w:val='0'/>") + p("丙。")
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    parts = {"numbering.xml": numbering([("decimal", "第%1条")])}
    assert markdown(raw(body, parts, space=strict)) == markdown(raw(body, parts)) == "第1条　甲。\n\n## 乙\n\n丙。\n"


def test_comments_of_xml_are_nothing() -> None:
    """Comments and instructions of XML, wherever they stand, say nothing."""
    rest = {name: content.decode().replace("><", "><!-- 甲 --><?a b?><") for name, content in _SAMPLE.items()}
    assert markdown(zipped(dict(rest))) == markdown(zipped(dict(_SAMPLE)))


def _laughs() -> str:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    return f'<!DOCTYPE w [<!ENTITY l0 "笑">{entities}]>'


_HOSTILE: dict[str, bytes] = {
    "空.docx": b"",
    "文本.docx": "只是文字".encode(),
    "旧版.docx": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "旧版.doc": b"\xd0\xcf\x11\xe0",
    "金山.wps": b"x",
    "带宏.docm": b"PK",
    "扫描.pdf": b"%PDF-1.7",
    "压缩.docx": raw("")[:200],
    "坏了.docx": raw(p("甲")).replace(b"PK\x01\x02", b"PK\x01\x03"),
    "断了.docx": raw("<w:p>"),
    "没有正文.docx": raw("").replace(b"w:body", b"w:bodx"),
}


@pytest.mark.parametrize("name", _HOSTILE)
def test_what_is_no_docx_is_refused_in_chinese(tmp_path: Path, name: str) -> None:
    """Old, encrypted, broken and other files: what it is and what to do, never a traceback."""
    (tmp_path / name).write_bytes(_HOSTILE[name])
    _refused(tmp_path / name)


def _refused(place: Path) -> str:
    from support.stages import CONFIG, DAY

    from generator.authoring.importing.import_file import ImportOptions, import_file

    with pytest.raises(GongkaiError) as caught:
        import_file(place.parent / "site", CONFIG, place, ImportOptions(), DAY)
    assert caught.value.hint
    assert re.search(r"[\u4e00-\u9fff]", caught.value.message)
    assert not (place.parent / "site").exists()
    return caught.value.message


@pytest.mark.slow
def test_bombs_are_refused(tmp_path: Path) -> None:
    """Entities, a DOCTYPE, nesting without end, too much to unpack and macros end as a word about the file."""
    plain = raw(p("甲"))
    with zipfile.ZipFile(io.BytesIO(plain)) as package:
        members = {name: package.read(name) for name in package.namelist()}

    def changed(**parts: bytes) -> bytes:
        data = io.BytesIO()
        with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
            for name, content in (members | parts).items():
                package.writestr(name, content)
        return data.getvalue()

    text = members["word/document.xml"]
    for number, data in enumerate(
        [
            changed(**{"word/document.xml": _laughs().encode() + text.replace("甲".encode(), b"&l8;")}),
            changed(**{"word/document.xml": b'<!DOCTYPE w SYSTEM "file:///etc/passwd">' + text}),
            changed(**{"word/document.xml": text.replace(b"<w:body>", b"<w:body>" + b"<w:sdt><w:sdtContent>" * 400)}),
            changed(**{"word/media/a.bin": bytes(97_000_000)}),
            changed(**{"word/document.xml": text.replace(b"<w:body>", b"<w:body>" + b"<w:p/>" * 800_000)}),
            changed(**{"word/vbaProject.bin": b"x"}),
        ]
    ):
        place = tmp_path / f"{number}.docx"
        place.write_bytes(data)
        _refused(place)


@given(st.data())
@settings(max_examples=150)
def test_broken_bytes_never_end_in_a_traceback(data: st.DataObject) -> None:
    """A docx with bytes of its parts changed is read, or refused with a word about it."""
    body = bytearray(_SAMPLE["word/document.xml"])
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(body) - 1))
        piece = data.draw(
            st.sampled_from(
                [b"", b"<", b"/>", b"w:", b'"', b"&#0;", b"999999999999", b"-1", b"<w:p>", b"</w:p>", b"\xff", b"r:"]
            )
        )
        body[place : place + data.draw(st.integers(0, 9))] = piece
    parts: dict[str, bytes | str] = {**_SAMPLE, "word/document.xml": bytes(body)}
    from support.stages import CONFIG, DAY

    from generator.authoring.importing.import_file import ImportOptions, import_file

    with TemporaryDirectory() as folder:
        file = Path(folder) / "a.docx"
        file.write_bytes(zipped(parts))
        try:
            assert import_file(Path(folder), CONFIG, file, ImportOptions(), DAY).place.exists()
        except GongkaiError as error:
            assert error.hint  # noqa: PT017 - both ends are right


def _sample() -> dict[str, bytes]:
    body = listed("甲", 1) + p("乙", '<w:pStyle w:val="a"/>') + (
        f'<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/><w:vMerge w:val="restart"/></w:tcPr>{p("格")}</w:tc></w:tr>'
        f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{p('')}</w:tc><w:tc>{p('右')}</w:tc></w:tr></w:tbl>"
        '<w:p><w:hyperlink r:id="r1"><w:r><w:t>链</w:t></w:r></w:hyperlink><w:r><w:footnoteReference w:id="2"/></w:r></w:p>'
    )  # fmt: skip
    foot = f'<w:footnotes NS><w:footnote w:id="2">{p("注")}</w:footnote></w:footnotes>'
    data = raw(body, {"numbering.xml": numbering([("decimal", "第%1条")]), "footnotes.xml": foot})
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


_SAMPLE = _sample()
