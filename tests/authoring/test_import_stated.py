"""What ``gongkai import`` offers from the text: 解读对象, form, days and channels of a consultation, end of a 公示."""

from pathlib import Path

import pytest
from support.project import Project
from support.word_files import p, raw

from generator.authoring.importing.official.document import kind_by_title
from generator.authoring.importing.questions import with_question_levels
from generator.authoring.importing.stated.consultation import stated_by_consultation
from generator.authoring.importing.stated.interpretation import stated_by_interpretation
from generator.authoring.importing.stated.notice import stated_by_notice
from generator.authoring.importing.stated.periods import periods_in
from generator.authoring.importing.word.blocks import Block, Paragraph, Words
from generator.domain.vocabulary import Kind


def blocks(*texts: str, bold: bool = False) -> list[Block]:
    """Return paragraphs of some texts; ``bold`` is whether those that ask are bold."""
    return [Paragraph((Words(text, bold=bold and text.endswith("？")),)) for text in texts]


_TITLE = "示例市人社局关于印发《示例市公益性岗位管理办法》的通知"


@pytest.fixture
def site(project: Project) -> Path:
    """Return a site with two policies."""
    project.write("content/policies/gw.md", f"---\n标题: {_TITLE}\n文号: 例人社规〔2026〕2号\n---\n")
    project.write("content/policies/other.md", "---\ntitle: 示例市就业见习办法\ndoc_number: 例人社发〔2025〕7号\n---\n")
    return project.folder


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("政策解读", "近日，我局印发了例人社规[2026]2号文件。"),
        ("政策解读", "近日，《示例市公益性岗位管理办法》印发，现解读如下。"),
        ("《示例市公益性岗位管理办法》解读", "现解读如下。"),
        ("《关于印发〈示例市公益性岗位管理办法〉的通知》解读", "现解读如下。"),
        ("例人社规〔2026〕2号政策解读", "现解读如下。"),
        ("政策解读", "依据上级文件（国发〔2020〕1号），《示例市公益性岗位管理办法》（例人社规〔2026〕2号）已经印发。"),
    ],
)
def test_what_is_interpreted_is_found(site: Path, title: str, text: str) -> None:
    """The one policy whose number or 《title》 the interpretation names is offered, with the words that name it."""
    offered = dict(stated_by_interpretation(title, blocks(text, "其他。"), site))
    assert offered["interprets"].value == "gw"
    assert "请核对" in offered["interprets"].note


@pytest.mark.parametrize(
    "text",
    ["《示例市公益性岗位管理办法》和《示例市就业见习办法》印发。", "国发〔2020〕1号印发。", "《管理办法》印发。"],
)
def test_what_is_not_sure_is_left_to_a_person(site: Path, text: str) -> None:
    """Two policies, none of the site or a short name: nothing is offered."""
    assert "interprets" not in dict(stated_by_interpretation("政策解读", blocks(text), site))


def test_the_title_of_the_site_is_sure(site: Path) -> None:
    """A title that has the whole title of a policy needs no check."""
    offered = dict(stated_by_interpretation(f"《{_TITLE}》解读", blocks("甲。"), site))
    assert (offered["interprets"].value, offered["interprets"].note) == ("gw", "")


_ASKED = ("引言。", "问：为什么出台？", "答：为规范。", "问：谁能申请？", "答：失业人员。")
_BOLD = ("引言。", "一、概况", "为什么出台？", "为规范。", "谁能申请？", "失业人员。")


def test_questions_are_headings_and_give_the_form(tmp_path: Path) -> None:
    """问 and 答, or bold questions, are 政策问答; each question is a heading below the one above it."""
    assert dict(stated_by_interpretation("解读", blocks(*_ASKED), tmp_path))["form"].value == "政策问答"
    assert with_question_levels(blocks(*_ASKED), {}) == {1: 2, 3: 2}
    assert with_question_levels(blocks(*_BOLD, bold=True), {1: 2}) == {1: 2, 2: 3, 4: 3}
    assert dict(stated_by_interpretation("政策问答", blocks("甲。"), tmp_path))["form"].value == "政策问答"
    assert dict(stated_by_interpretation("一图读懂《甲》", blocks("甲。"), tmp_path))["form"].value == "图表图解"
    for texts in (_BOLD, _ASKED[:3], ("问题较多。", "答复如下。", "问题二。", "答复。")):
        assert with_question_levels(blocks(*texts), {}) == {}
        assert "form" not in dict(stated_by_interpretation("解读", blocks(*texts), tmp_path))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("意见反馈截止时间为2026年12月20日。", None, "2026-12-20"),
        ("请于2026年12月20日前将意见反馈至我局。", None, "2026-12-20"),
        ("征求意见截止日期：2026年12月20日17:00。", None, "2026-12-20"),
        ("有关单位和个人可在2026年12月20日前提出意见。", None, "2026-12-20"),
        ("征集时间：2026年11月20日至2026年12月20日。", "2026-11-20", "2026-12-20"),
        ("征求意见时间为2026年11月20日起至12月20日止。", "2026-11-20", "2026-12-20"),
        ("公开征求意见期限为30日（2026年12月20日—1月19日）。", "2026-12-20", "2027-01-19"),
        ("征集时间：2026-11-20至2026-12-20", "2026-11-20", "2026-12-20"),
        ("征集时间：２０２６年11月20日至12月２０日", "2026-11-20", "2026-12-20"),
        ("一、征求意见时间\n2026年11月20日至12月20日", "2026-11-20", "2026-12-20"),
        ("一、办理时间\n2026年11月20日至12月20日", None, None),
        ("办法自2026年12月20日起施行。", None, None),
        ("2026年12月20日前完成整改。", None, None),
        ("意见征集截至2026年13月40日。", None, None),
    ],
)
def test_days_of_a_consultation(text: str, first: str | None, last: str | None) -> None:
    """First and last day are offered where the text says that opinions are taken then, and for nothing else."""
    offered = dict(stated_by_consultation(blocks("现公开征求意见。", text)))
    days = [offered[key].value if key in offered else None for key in ("opens_on", "closes_on")]
    assert days == [first, last]


def test_two_different_days_are_left_to_a_person() -> None:
    """Where the text names two last days, neither is offered."""
    text = ("意见反馈截止时间为2026年12月20日。", "书面意见截止时间为2026年12月25日。")
    assert "closes_on" not in dict(stated_by_consultation(blocks(*text)))


def test_channels_of_a_consultation() -> None:
    """Mailbox, address, fax and telephone are offered as the text has them, each once."""
    texts = (
        "一、电子邮箱：rsj@a.gov.cn。",
        "二、通信地址：甲路1号，邮编650000；传真：0870-1234567。",
        "发送至rsj@a.gov.cn或b@a.gov.cn。",
        "1.信函邮寄：甲路2号就业股（邮编650000），信封注明“意见”。",
        "书面意见邮寄至：甲路3号。",
    )
    assert dict(stated_by_consultation(blocks(*texts)))["channels"].value == (
        "电子邮箱：rsj@a.gov.cn", "通信地址：甲路1号，邮编650000", "传真：0870-1234567", "电子邮箱：b@a.gov.cn",
        "信函邮寄：甲路2号就业股（邮编650000）", "邮寄至：甲路3号",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("公示时间：2026年11月20日至11月26日。", "2026-11-27"),
        ("公示期为2026年11月20日—2026年11月26日（5个工作日）。", "2026-11-27"),
        ("公示期7天（2026年12月25日至31日）。", "2027-01-01"),
        ("公示期自2026年11月20日起至2026年11月26日止。", "2026-11-27"),
        ("培训时间：2026年11月20日至11月26日。", None),
    ],
)
def test_the_end_of_a_public_notice(text: str, day: str | None) -> None:
    """The day behind the last one of a 公示期 is offered: on that last day the notice still stands."""
    offered = dict(stated_by_notice("名单公示", blocks("现予公示。", text)))
    assert (offered["takedown_on"].value if "takedown_on" in offered else None) == day


def test_periods_are_read_once() -> None:
    """A period that runs backwards, or a day that no month has, is none."""
    assert list(periods_in("2026年11月26日至2026年11月20日；2026年2月30日至3月1日")) == []


def test_offered_fields_stand_in_the_page(project: Project) -> None:
    """Offered fields are in front matter, each with 请核对 and the words; a given field goes before them."""
    body = p("关于公开征求《示例市零工市场管理办法（征求意见稿）》意见的公告", '<w:jc w:val="center"/>') + p("各界：")
    body += p("意见反馈截止时间为2026年12月20日。") + p("邮箱：a@b.gov.cn")
    place = project.folder.parent / "z-1.docx"
    place.write_bytes(raw(body))
    ran = project.run("import", str(place))
    page = (project.folder / "content/consultations/z-1.md").read_text()
    assert "\ncloses_on: 2026-12-20  # 请核对：正文写“意见反馈截止时间为2026年12月20日”\n" in page
    assert "\nchannels:  # 请核对：正文写“邮箱：a@b.gov.cn”\n  - 邮箱：a@b.gov.cn\n" in page
    assert "征集结束：2026-12-20（取自正文，请核对）" in ran.err
    project.run("import", str(place), "--id", "z-2", "--field", "征集结束=2026-12-25")
    assert "\ncloses_on: 2026-12-25\n" in (project.folder / "content/consultations/z-2.md").read_text()


def test_a_public_notice_is_a_notice() -> None:
    """公示 in the title gives a notice."""
    assert kind_by_title("2026年补贴名单公示") is Kind.NOTICE
