"""What a text lacks of its kind, in the words of many writers."""

import datetime as dt

import pytest
from support.stages import page_of, text_of

from generator.domain.model import TextFacts

GUIDE = """\
## 一、分类

公开的信息分为四类。

## 二、编排体系

按主题编排，每条信息有索引号。

## 三、获取方式

可以通过网站查阅。

## 四、公开机构

本机关政府信息公开工作由办公室负责。办公地址：人民路1号；办公时间：周一至周五上午8:30至12:00；联系电话：0000-1234567；\
传真：0000-1234568；电子邮箱：xxgk@a.example.gov.cn。
"""
SERVICE = {
    "设定依据": "**一、设定依据**：《就业促进法》",
    "申请条件": "**二、申请条件**：毕业五年以内。",
    "申请材料": "**三、办理材料**：身份证。",
    "办理流程": "**四、办理程序**：网上申请，审核，发放。",
    "审批时限": "**五、办结时限**：20个工作日。",
    "收费依据及标准": "**六、收费情况**：不收费。",
    "审批决定证件": "**七、审批结果**：发放补贴。",
    "年检要求": "**八、年审要求**：无。",
    "注意事项": "**九、注意事项**：只能领一次。",
    "联系方式": "**十、咨询电话**：0000-1234567",
    "投诉渠道": "**十一、监督投诉电话**：0000-1234568",
}


def facts(body: str, path: str = "content/notices/n1.md", **fields: object) -> TextFacts:
    usual = {"title": "标题", "date_published": "2026-05-08", "disclosure": "proactive"}
    return page_of(text_of({**usual, **fields}, body), path).text_facts


@pytest.mark.parametrize(
    ("cut", "part"),
    [
        ("办公时间：周一至周五上午8:30至12:00；", "办公时间"),
        ("传真：0000-1234568；", "传真号码"),
        ("办公地址：人民路1号；", "办公地址"),
        ("联系电话：0000-1234567；", "联系电话"),
        ("电子邮箱：xxgk@a.example.gov.cn", "互联网联系方式"),
        ("本机关政府信息公开工作由办公室负责。", "政府信息公开工作机构的名称"),
    ],
)
def test_a_guide_lacks_what_is_cut_from_it(cut: str, part: str) -> None:
    """A complete guide lacks nothing; without one fact it lacks that one."""
    assert facts(GUIDE, "content/pages/guide.md", column="guide").lacking == ()
    assert facts(GUIDE.replace(cut, ""), "content/pages/guide.md", column="guide").lacking == (part,)


def test_a_word_without_its_value_is_no_fact() -> None:
    """A guide that lists 办公时间 among what the bureau publishes has not said when the office is open."""
    text = GUIDE.replace("办公时间：周一至周五上午8:30至12:00；", "机构职能包括办公地址、办公时间、负责人。")
    assert facts(text, "content/pages/guide.md", column="guide").lacking == ("办公时间",)


@pytest.mark.parametrize("part", SERVICE)
def test_a_service_guide_lacks_what_is_cut_from_it(part: str) -> None:
    """Each of the eleven elements is missed, and nothing else with it."""
    assert facts("\n\n".join(SERVICE.values()), doc_type="办事指南").lacking == ()
    rest = [text for name, text in SERVICE.items() if name != part]
    assert facts("\n\n".join(rest), doc_type="办事指南").lacking == (part,)


@pytest.mark.parametrize(
    "text",
    [
        *("详见附件。", "（详见附件）", "具体内容见附件1。", "请见附件：《某某方案》。", "现予公布，详见附件。"),
        *("全文请下载附件查看。", "请点击附件查看全文。", "有关事项通知如下：\n\n详见附件。", "[详见附件](a.docx)"),
        *("正文见附件。\n\n附件：1. 某某办法\n\n2. 某某表",),
    ],
)
def test_a_text_that_only_refers(text: str) -> None:
    """However it is worded, a text that only refers to an attachment is found."""
    assert facts(text).refers_only


@pytest.mark.parametrize(
    "text",
    [
        "申请人应当提交附件所列材料，详见附件。办理时间为工作日。",
        "名单予以公示，公示期5个工作日，有异议的请与办公室联系。名单详见附件。",
        "各县（区）人社局：\n\n现将文件印发给你们，请认真贯彻执行。\n\n附件：办法",
    ],
)
def test_a_text_with_words_of_its_own(text: str) -> None:
    """A text that says anything itself may refer to its attachments."""
    assert not facts(text).refers_only


@pytest.mark.parametrize(
    "text",
    [
        "已成立调查组进行调查，调查结果将及时向社会公布。",
        "针对网友反映的问题，我局正在核实，后续情况将及时通报。",
        "感谢网友关注，我们将认真研究。",
        "我局已关注到该情况，正与有关方面沟通。",
    ],
)
def test_a_response_without_a_result(text: str) -> None:
    """A response that only announces is found."""
    assert facts(text, "content/responses/r1.md").promise


@pytest.mark.parametrize(
    "text",
    [
        "经核实，网传消息不实。",
        "经调查，该机构违规收费，已责令退还。后续处理情况将及时公布。",
        "关于补贴标准，按照规定每人每月500元，可以在网上申请。",
        "问题原因是系统升级，5月10日已恢复。",
    ],
)
def test_a_response_with_a_result(text: str) -> None:
    """A response that says what was found, done or applies is complete."""
    assert not facts(text, "content/responses/r1.md").promise


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("本指南于2026年3月1日修订。", dt.date(2026, 3, 1)),
        ("更新时间：2026-03-01", dt.date(2026, 3, 1)),
        ("（2026年3月更新）", dt.date(2026, 3, 1)),
        ("本指南自2026年3月1日起施行。", None),
    ],
)
def test_the_day_of_a_revision(text: str, day: dt.date | None) -> None:
    """A guide states in several ways when it was revised."""
    assert facts(text, "content/pages/guide.md", column="guide").revised_on == day


def test_layout_does_not_change_the_key_of_a_text() -> None:
    """Two texts with the same words have the same key, a short one has none."""
    words = (
        "为了方便群众办事，决定从六月一日起在市政务服务中心增设三个窗口，周六上午照常受理就业失业登记和社会保险参保登记。"
        * 2
    )
    assert facts(words).key == facts(words.replace("，", " ， ")).key
    assert facts(words).key != facts(words.replace("六月", "七月")).key
    assert not facts("停水通知。").key
