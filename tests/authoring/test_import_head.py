"""The lines above and below an official text: which are its title, its numbers, its head, its signature."""

import time

import pytest
from support.project import Project
from support.word_files import p, raw
from support.word_text import read

from generator.authoring.importing.official import labels, lines
from generator.authoring.importing.official.document import OfficialDocument, kind_by_title, read_official
from generator.authoring.importing.official.head import read_head
from generator.authoring.importing.word.blocks import (
    Block,
    Break,
    Cell,
    Paragraph,
    Picture,
    Piece,
    Table,
    Words,
    block_text,
)
from generator.domain.vocabulary import Kind

_UNIT = "示例市人力资源和社会保障局"


def centred(text: str) -> Paragraph:
    """Return a centred paragraph, with a break for each line."""
    return plain(text, is_centred=True)


def plain(text: str, *, is_centred: bool = False, is_right: bool = False) -> Paragraph:
    """Return a paragraph, with a break for each line."""
    pieces: list[Piece] = []
    for line in text.split("\n"):
        pieces += [Break(), Words(line)]
    return Paragraph(tuple(pieces[1:]), centred=is_centred, right=is_right)


_END: tuple[Block, ...] = (
    plain("各区："),
    plain("现将有关事项通知如下。"),
    plain(_UNIT, is_right=True),
    plain("2026年5月6日", is_right=True),
)


def value(document: OfficialDocument, key: str) -> object:
    """Return the value of a field, ``None`` where it was not found."""
    return next((one.value for one in document.fields if one.key == key), None)


@pytest.mark.parametrize(
    ("head", "number", "title"),
    [
        (["示例市人民政府令（第58号）", "示例市供水管理办法"], "示例市人民政府令第58号", "示例市供水管理办法"),
        (["示例市人民政府令", "第五十八号", "示例市供水管理办法"], "示例市人民政府令第58号", "示例市供水管理办法"),
        ([f"{_UNIT}公告", "（第5号）", "关于限水的公告"], f"{_UNIT}公告第5号", "关于限水的公告"),
        ([f"{_UNIT}2026年第5号公告", "关于限水的公告"], f"{_UNIT}公告2026年第5号", "关于限水的公告"),
    ],
)
def test_numbers_of_decrees_and_announcements_in_brackets_or_words(head: list[str], number: str, title: str) -> None:
    """A number in brackets, in Chinese, before 公告 or without a year is the 文号 and no title."""
    document = read_official([*(centred(line) for line in head), *_END])
    assert (value(document, "doc_number"), value(document, "title")) == (number, title)


def test_all_who_sign_and_every_number_beside_the_mark_are_told() -> None:
    """The second 签发人 and a line 编号：… are no words of the text, and are told."""
    head = [f"{_UNIT}文件", "编号：SL01-2026-0005", "示例人社发〔2026〕5号　　签发人：张三　李四", "关于限水的请示"]
    document = read_official([*(centred(line) for line in head), *_END])
    assert all(any(word in one for one in document.dropped) for word in ("张三", "李四", "SL01-2026-0005"))
    assert document.blocks[0] == _END[0]


@pytest.mark.parametrize("blank", [" ", "　　", "、"])
def test_two_bodies_of_an_announcement_stay_apart(blank: str) -> None:
    """The number of an announcement of two bodies keeps what parts them, as the standard form has it."""
    sign = "、" if blank == "、" else " "
    head = centred(f"示例市财政局{blank}示例市税务局公告 2026年 第5号")
    document = read_official([head, centred("关于延续优惠的公告"), *_END])
    assert value(document, "doc_number") == f"示例市财政局{sign}示例市税务局公告2026年第5号"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ([_UNIT, "关于做好技能培训工作的通知"], f"{_UNIT}关于做好技能培训工作的通知"),
        ([_UNIT, "关于做好技能培训工作的", "通　　知"], f"{_UNIT}关于做好技能培训工作的通知"),
        (["关于做好技能培训工作的", "通  知"], "关于做好技能培训工作的通知"),
        (["示例市财政局　　示例市税务局", "关于延续优惠的公告"], "示例市财政局 示例市税务局关于延续优惠的公告"),
        (["示例市财政局", "示例市税务局", "关于延续优惠的公告"], "示例市财政局 示例市税务局关于延续优惠的公告"),
        (["示例市财政局\n示例市税务局\n关于延续优惠的公告"], "示例市财政局 示例市税务局关于延续优惠的公告"),
        (["关于印发《示例市技能培训补贴办法", "实施细则》的通知"], "关于印发《示例市技能培训补贴办法实施细则》的通知"),
        (["关于印发《示例市技能\n培训补贴办法\n（试行）》的通知"], "关于印发《示例市技能培训补贴办法（试行）》的通知"),
        (["关于公布审批事项目录", "和办事指南的通知"], "关于公布审批事项目录和办事指南的通知"),
        (["关于印发示例市养老保险办法", "（试行）的通知"], "关于印发示例市养老保险办法（试行）的通知"),
        (["示例市公安局", "通　　告"], "示例市公安局通告"),
        (["示例市供水管理办法", "示例市人民政府"], "示例市供水管理办法"),
    ],
)
def test_a_title_over_several_lines_is_whole(head: list[str], title: str) -> None:
    """The bodies before 关于, spread words, and a break inside 《》 all belong to the title."""
    document = read_official([*(centred(line) for line in head), *_END])
    assert value(document, "title") == title


def test_a_body_that_begins_the_title_is_not_said_twice() -> None:
    """Where the title itself begins with the body, the line above it is the letterhead."""
    head = [centred(_UNIT), plain("例人社函〔2026〕5号"), centred(f"{_UNIT}关于某事的复函")]
    document = read_official([*head, *_END])
    assert value(document, "title") == f"{_UNIT}关于某事的复函"
    assert f"发文机关标志“{_UNIT}”" in document.dropped


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ([f"{_UNIT}公告", "2026年第5号", "关于调整缴费基数的公告"], "关于调整缴费基数的公告"),
        ([f"{_UNIT}公　告", "（2026年 第5号）", "关于调整缴费基数的公告"], "关于调整缴费基数的公告"),
        ([_UNIT, "公　　告", "二〇二六年第五号", "关于调整缴费基数的公告"], "关于调整缴费基数的公告"),
        ([f"{_UNIT}公告\n2026年第5号", "关于调整缴费基数的公告"], "关于调整缴费基数的公告"),
        (["关于调整缴费基数的公告", f"{_UNIT}公告2026年第5号"], "关于调整缴费基数的公告"),
        (["关于调整缴费基数的公告", "2026年第5号"], "关于调整缴费基数的公告"),
        ([f"{_UNIT}公告", "2026年第5号"], None),
        ([f"{_UNIT}公告", "第5号", "关于调整缴费基数的公告"], "关于调整缴费基数的公告"),
    ],
)
def test_the_head_of_an_announcement_is_not_its_title(head: list[str], title: str | None) -> None:
    """Name and number of a 公告 are taken out and told; the title is the line that says what it is about."""
    document = read_official([*(centred(line) for line in head), *_END])
    assert value(document, "title") == title
    words = "".join((*document.dropped, *(f"{one.value}{one.where}" for one in document.fields)))
    for line in "\n".join(head).split("\n"):
        assert lines.compact(line) in lines.compact(words)
        assert line not in [block_text(block) for block in document.blocks[:1]]
    is_number = value(document, "doc_number") is not None
    assert is_number or any("公告编号" in doubt for doubt in document.doubts)


def test_an_announcement_without_a_number_is_its_title() -> None:
    """某某局通告 without a number is a title, as GB/T 9704 allows."""
    assert value(read_official([centred("示例市公安局通告"), *_END]), "title") == "示例市公安局通告"


@pytest.mark.parametrize(
    ("head", "number", "reported"),
    [
        (["例人社规〔2026〕5号", "登记号：ABPR—2026—05001"], "例人社规〔2026〕5号", "登记号：ABPR—2026—05001"),
        (["例人社规〔2026〕5号    统一编号：SL01-2026-0005"], "例人社规〔2026〕5号", "统一编号：SL01-2026-0005"),
        (["例人社规〔2026〕5号 统一登记号:SL01-2026-0005"], "例人社规〔2026〕5号", "统一登记号:SL01-2026-0005"),
        (["文号：例人社规〔2026〕5号"], "例人社规〔2026〕5号", ""),
        (["发文字号:例人社规[2026]5号　备案号：B-2026-0001"], "例人社规〔2026〕5号", "备案号：B-2026-0001"),
        (["ABPR—2026—05001", "例人社规〔2026〕5号"], "例人社规〔2026〕5号", "ABPR—2026—05001"),
        (["例人社规〔2026〕5号（ABPR—2026—05001）"], "例人社规〔2026〕5号", "（ABPR—2026—05001）"),
        (
            ["（登记号：ABPR—2026—05001）", "编号：例人社规〔2026〕5号"],
            "例人社规〔2026〕5号",
            "（登记号：ABPR—2026—05001）",
        ),
        (["规范性文件编号：SL01-2026-0005"], None, "规范性文件编号：SL01-2026-0005"),
    ],
)
def test_registration_numbers_are_no_title(head: list[str], number: str | None, reported: str) -> None:
    """Numbers under which a text is registered are told, never part of the title; a labelled 文号 is one."""
    mark = centred(f"{_UNIT}文件")
    document = read_official([mark, *(centred(line) for line in head), centred("关于做好示例工作的通知"), *_END])
    assert value(document, "title") == "关于做好示例工作的通知"
    assert value(document, "doc_number") == number
    assert not reported or f"版头“{reported}”" in document.dropped


def _cell(text: str) -> Cell:
    return Cell((plain(text),))


_TABLE = Table(
    (
        (_cell("索 引 号："), _cell("123456789/2026-00005"), _cell("主题分类："), _cell("劳动就业")),
        (_cell("发文机关："), _cell(_UNIT), _cell("成文日期："), _cell("2026年05月06日")),
        (_cell("标　　题："), _cell("关于做好示例工作的通知"), _cell("发文字号："), _cell("例人社发〔2026〕5号")),
        (_cell("公开方式：主动公开"), _cell("发布日期"), _cell("2026-05-08"), _cell("")),
    )
)


def test_a_labelled_table_above_the_text_is_taken() -> None:
    """The fields of a table 索引号 … are taken, the table is told and not in the text."""
    document = read_official([_TABLE, centred("关于做好示例工作的通知"), *_END])
    expected = {
        "index_no": "123456789/2026-00005", "doc_number": "例人社发〔2026〕5号", "date_written": "2026-05-06",
        "date_published": "2026-05-08", "disclosure": "主动公开", "issuer": _UNIT, "title": "关于做好示例工作的通知",
    }  # fmt: skip
    assert {key: value(document, key) for key in expected} == expected
    assert any("劳动就业" in one for one in document.dropped)
    assert document.doubts == ()
    assert not any(isinstance(block, Table) for block in document.blocks)


def test_a_table_that_says_otherwise_is_told() -> None:
    """Where table and text differ, the text counts and a person is told; two attributes of disclosure are none."""
    end = [*_END, plain("（此件依申请公开）")]
    document = read_official([_TABLE, centred("关于另一件事的通知"), *end])
    assert value(document, "title") == "关于另一件事的通知"
    assert value(document, "disclosure") is None
    assert any("标题按" in doubt for doubt in document.doubts)
    assert any("互相矛盾" in doubt for doubt in document.doubts)
    assert labels.values_of_table(Table(((_cell("姓名"), _cell("主题")), (_cell("张某"), _cell("供水"))))) == []


def test_labelled_lines_are_fields() -> None:
    """Lines 索引号：… above the text are fields; the same words in the text are text."""
    head = [plain("索引号：123456789/2026-00005　　公开日期：2026/5/8"), centred("关于做好示例工作的通知")]
    document = read_official([*head, *_END])
    assert value(document, "index_no") == "123456789/2026-00005"
    assert value(document, "date_published") == "2026-05-08"
    later = read_official(
        [centred("关于做好示例工作的通知"), *_END[:2], plain("索引号：123456789/2026-00005"), *_END[2:]]
    )
    assert value(later, "index_no") is None


@pytest.mark.parametrize(
    "last",
    [
        "示例县就业服务中心",
        "本办法解释权归市财政局",
        "请于12月底前报送市人力资源和社会保障局办公室",
        "（三）市政务服务中心",
        "联系单位是市就业局",
    ],
)
def test_a_line_above_the_signature_is_no_body(last: str) -> None:
    """The last line of a text signs nothing, even where it names a body."""
    document = read_official([centred("关于某事的通知"), *_END[:2], plain(last), *_END[2:]])
    assert value(document, "issuer") == _UNIT
    assert last in [block_text(block) for block in document.blocks]


def test_joint_signatures_are_all_taken() -> None:
    """Bodies that sign below each other are issuers: named in the title or the letterhead, or on the right as well."""
    signed = [plain("示例市财政局"), plain("示例市税务局"), plain("2026年5月6日")]
    document = read_official([centred("示例市财政局 示例市税务局关于某事的通知"), *_END[:2], *signed])
    assert value(document, "issuer") == ("示例市财政局", "示例市税务局")
    signed = [plain("示例市财政局", is_right=True), plain("示例市税务局", is_right=True), plain("2026年5月6日")]
    document = read_official([centred("关于某事的通知"), *_END[:2], *signed])
    assert value(document, "issuer") == ("示例市财政局", "示例市税务局")


def _cells(*rows: tuple[str, ...]) -> Table:
    return Table(tuple(tuple(Cell((plain(text),)) for text in row) for row in rows))


def test_a_letterhead_and_a_signature_set_as_tables() -> None:
    """All bodies of a joint letterhead in a table count, whichever row 文件 is in; a 落款 in a table is one."""
    letterhead = _cells(("示例市财政局", "文件"), ("示例市税务局",), ("示例市医疗保障局",))
    signed = _cells(("示例市财政局", "示例市税务局"), ("示例市医疗保障局", ""), ("2026年5月6日",))
    head: list[Block] = [letterhead, centred("例财社〔2026〕7号"), centred("关于某事的通知")]
    issuers = ("示例市财政局", "示例市税务局", "示例市医疗保障局")
    document = read_official([*head, *_END[:2], plain("请遵照执行。")])
    assert value(document, "issuer") == issuers
    document = read_official([centred("关于某事的通知"), *_END[:2], signed])
    assert (value(document, "issuer"), value(document, "date_written")) == (issuers, "2026-05-06")
    assert [block_text(block) for block in document.blocks[-4:]] == [*issuers, "2026年5月6日"]
    below = read_official([centred("关于某事的通知"), *_END[:2], _cells(("示例市财政局", "示例市税务局")), _END[3]])
    assert value(below, "issuer") == ("示例市财政局", "示例市税务局")


def test_a_line_that_shares_its_paragraph_with_a_body_is_not_lost() -> None:
    """What is broken by hand into one paragraph with a body above the mark stays in the text."""
    above = plain("关于做好培训工作的通知\n示例市财政局")
    document = read_official([above, plain(f"{_UNIT}文件"), *_END])
    kept = "".join(map(block_text, document.blocks)) + str(document.fields)
    assert "关于做好培训工作的通知" in kept


@pytest.mark.parametrize("rows", [[("示例市财政局",), ("示例市税务局",)], [("时间", "2026年5月6日")]])
def test_a_table_of_the_text_is_no_signature(rows: list[tuple[str, ...]]) -> None:
    """A table of bodies without a day, or of days without bodies, stays a table."""
    table = _cells(*rows)
    assert table in read_official([centred("关于某事的通知"), *_END[:2], table, plain("以上请参加。")]).blocks


def test_bodies_set_apart_by_one_blank() -> None:
    """One blank sets bodies apart; a name that is spread over its line is one body."""
    assert lines.organs_of("示例市财政局 示例市税务局") == ["示例市财政局", "示例市税务局"]
    assert lines.organs_of("示例市 财政局") == ["示例市财政局"]
    assert lines.organs_of("示 例 市 财 政 局") == ["示例市财政局"]
    assert lines.organs_of("示例市财政局 各区税务局关于") == []


def test_what_is_on_the_right_is_known() -> None:
    """A line is on the right by its alignment, a wide indent, its style or blanks typed before it."""
    styles = (
        '<w:styles NS><w:style w:type="paragraph" w:styleId="r"><w:pPr><w:jc w:val="end"/></w:pPr></w:style></w:styles>'
    )
    body = "".join(
        [
            p("甲", '<w:jc w:val="right"/>'),
            p("乙", '<w:ind w:left="4800"/>'),
            p("丙", '<w:pStyle w:val="r"/>'),
            p("　" * 12 + "丁"),
            p("　　戊"),
            p("己", '<w:ind w:firstLineChars="200"/>'),
        ]
    )
    blocks = read(raw(body, {"styles.xml": styles})).blocks
    assert [block.right for block in blocks if isinstance(block, Paragraph)] == [True] * 4 + [False] * 2


@pytest.mark.parametrize(
    "name",
    [
        "将乐县人民政府",
        "秭归县财政局",
        "示例自由贸易试验区管理委员会",
        "示例市专家咨询委员会",
        "财政部",
        "国务院办公厅",
        "自然资源局",
        "示例市农产品配送中心",
    ],
)
def test_names_of_bodies(name: str) -> None:
    """Names that have a letter of a sentence are names of bodies none the less."""
    assert lines.organs_of(name) == [name]


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("关于《示例市供水管理办法（征求意见稿）》公开征求意见的公告", Kind.CONSULTATION),
        ("关于公开征求《示例市情况通报结果运用办法》意见的公告", Kind.CONSULTATION),
        ("示例市供水管理办法（征求意见稿）", Kind.CONSULTATION),
        ("关于公开征集供水规划意见建议的公告", Kind.CONSULTATION),
        ("关于征求意见采纳情况的通告", Kind.POLICY),
        ("《示例市供水管理办法（征求意见稿）》意见反馈", Kind.POLICY),
        ("关于进一步听取群众意见改进工作的通知", Kind.POLICY),
        ("关于拟录用人员名单的公示", Kind.NOTICE),
        ("示例市拟录用人员公示（第二批）", Kind.NOTICE),
        ("关于印发《公示办法》的通知", Kind.POLICY),
        ("《示例市供水管理办法（征求意见稿）》的解读", Kind.INTERPRETATION),
        ("解读《示例市供水管理办法》", Kind.INTERPRETATION),
        ("图解｜《示例市供水管理办法》", Kind.INTERPRETATION),
        ("政策解读丨示例市供水管理办法", Kind.INTERPRETATION),
        ("示例市政策解读工作办法", Kind.POLICY),
        ("关于示例市第十五届人大三次会议第46号建议的答复", Kind.NOTICE),
        ("关于政协示例市委员会第12号提案答复的函", Kind.NOTICE),
        ("关于做好建议提案答复工作的通知", Kind.POLICY),
    ],
)
def test_the_kind_that_a_title_says(title: str, kind: Kind) -> None:
    """征求意见 gives a consultation, 公示 and a reply to a proposal a notice; a report about a consultation is none."""
    assert kind_by_title(title) is kind


@pytest.mark.parametrize(
    "line",
    [
        "　" * 60_000 + "x", "甲" + " " * 60_000 + "x", "（通过" * 30_000, "市" * 60_000 + "会", "1" * 60_000,
        "第" + "一" * 60_000, "（一" * 40_000, "登记" * 30_000 + "号", "A-1" * 30_000, "甲 " * 30_000 + "公告",
        "索引号" * 20_000, "《" * 60_000, "2026年第" + "5" * 60_000,
    ],
)  # fmt: skip
def test_hostile_lines_cost_little(line: str) -> None:
    """A line without end is read in the time that its length asks for."""
    started = time.perf_counter()
    read_head([Paragraph((Words(line),), centred=True, is_title=True), *_END])
    read_official([centred("关于某事的通知"), *_END[:2], plain(line), *_END[2:]])
    assert time.perf_counter() - started < 5


def test_a_picture_below_the_title_is_the_text() -> None:
    """一图读懂 has nothing but its title and a picture, which stays in the text."""
    picture = Paragraph((Picture("a.png", ""),), centred=True)
    for title in (centred("一图读懂《示例办法》"), Paragraph((Words("一图读懂《示例办法》"),), outline=0)):
        assert picture in read_official([title, picture]).blocks


def test_an_imported_consultation_and_notice(project: Project) -> None:
    """The kind decides the folder of the page."""
    for title, folder in [("关于征求《示例办法》意见的公告", "consultations"), ("关于拟奖励名单的公示", "notices")]:
        place = project.folder.parent / f"{folder}-1.docx"
        place.write_bytes(raw(p(title, '<w:jc w:val="center"/>') + p("现公告如下。")))
        assert project.run("import", str(place)).out == f"content/{folder}/{folder}-1.md\n"
