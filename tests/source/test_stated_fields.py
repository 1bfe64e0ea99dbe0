"""What a text says of its own fields: effect, term, repeals, number and day, in the words that texts use."""

import datetime as dt

import pytest
from support.stages import page_of, policy_text

from generator.domain.model import DayBasis, StatedFields

TITLE = "关于印发《示例市补贴办法》的通知"


def stated(body: str, /, **fields: object) -> StatedFields:
    return page_of(policy_text(1, f"{body}\n", **{"title": TITLE, **fields}), "content/policies/p1.md").stated_fields


def effects(body: str, /, **fields: object) -> list[str]:
    """Return every effect as a day or as an event with what follows it."""
    return [
        str(one.day or f"{one.basis}+{one.days}d{one.months}m").replace("+0d0m", "")
        for one in stated(body, **fields).effects
    ]


def terms(body: str, /, **fields: object) -> list[str]:
    return [str(one.last_day or f"{one.months} months") for one in stated(body, **fields).terms]


def repeals(body: str, /, **fields: object) -> list[str]:
    return [one.number or one.title for one in stated(body, **fields).repeals]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("第九条　本办法自2024年6月1日起施行。", "2024-06-01"),
        ("第九条 本办法自二〇二四年六月一日起施行。", "2024-06-01"),
        ("本办法自 2024年6月 1日起正式实施。", "2024-06-01"),
        ("本通知从2024年6月1日起执行，此前规定与本通知不一致的，以本通知为准。", "2024-06-01"),
        ("本办法由市局负责解释，自2024年6月1日起施行。", "2024-06-01"),
        ("本办法由市局负责解释。自2024年6月1日起施行。", "2024-06-01"),
        ("本办法有效期5年，自2024年6月1日起施行。", "2024-06-01"),
        ("《示例市补贴办法》已经审议通过，现印发给你们，请认真执行，自2024年6月1日起施行。", "2024-06-01"),
        ("《示例市补贴办法》已经审议通过，现予公布，自2024年6月1日起施行。", "2024-06-01"),
        ("本《办法》自２０２４年６月１日起施行。", "2024-06-01"),
        ("本办法2024年6月1日起施行。", "2024-06-01"),
        ("第九条　自2024年6月1日起施行。", "2024-06-01"),
        ("本办法自印发之日起施行。", "printed"),
        ("本办法自公布之日起施行。", "published"),
        ("本通知自发布之日起执行。", "published"),
        ("本办法自公布之日起30日后施行。", "published+30d0m"),
        ("本办法自印发之日起满三十日后施行。", "printed+30d0m"),
        ("本办法自发布之日起三个月后施行。", "published+0d3m"),
    ],
)
def test_effect_of_the_text_itself(body: str, expected: str) -> None:
    """A text that says from when it applies is understood, in digits and in words, from a day or from an event."""
    assert effects(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "第三条自2025年1月1日起施行。",
        "本市自2024年7月1日起执行新的缴费基数。",
        "本局规定自2024年7月1日起执行新的流程。",
        "劳动合同自签订之日起生效。",
        "补贴标准自2024年7月1日起执行。",
        "本办法所称补贴标准，自2024年7月1日起执行。",
        "将第九条修改为：“本办法自2024年6月1日起施行。”",
        "第九条修改为：本办法自2024年6月1日起施行。",
        "将第九条“本办法自2018年6月1日起施行”改为“本办法自2024年6月1日起施行，有效期5年”。",
        "> 本办法自2024年6月1日起施行。",
        "| 条款 |\n|---|\n| 本办法自2024年6月1日起施行。 |",
        "《旧办法全文》规定本办法自2024年6月1日起施行。",
        "本规程自2024年6月1日起施行。",
        "本办法自2024年6月31日起施行。",
        "本办法自2024年6月起施行。",
    ],
)
def test_effect_of_something_else(body: str) -> None:
    """What single clauses, contracts, quotations and other texts say is not the effect of the text."""
    assert not effects(body)


@pytest.mark.parametrize("title", ["关于修改《示例市补贴办法》的决定", "转发省局关于补贴办法的意见的通知"])
def test_text_that_carries_another_one(title: str) -> None:
    """Where an amending or forwarding document carries another text, only what it says of itself counts."""
    noun = title[-2:]
    body = f"本{noun}自2024年6月1日起施行。\n\n第九条　本办法自2018年5月1日起施行，有效期5年。"
    assert effects(body, title=title) == ["2024-06-01"]
    assert not terms(body, title=title)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("本办法自2024年6月1日起施行，有效期5年。", "60 months"),
        ("本办法自2024年6月1日起施行，有效期为五年。", "60 months"),
        ("本办法自2024年6月1日起施行。有效期两年。", "24 months"),
        ("本办法自印发之日起施行，试行期一年，期满自动失效。", "12 months"),
        ("本办法自2024年6月1日起施行，有效期至2029年5月31日。", "2029-05-31"),
        ("本办法自2024年6月1日起施行，有效期至2029年5月31日止。", "2029-05-31"),
        ("本办法自2024年6月1日起施行，有效期截至2029年5月31日。", "2029-05-31"),
        ("本办法有效期自2024年6月1日至2029年5月31日。", "2029-05-31"),
        ("本办法有效期为5年，自2024年6月1日起至2029年5月31日。", "2029-05-31"),
        ("本办法自2024年6月1日起施行，至2029年5月31日止。", "2029-05-31"),
        ("本通知的有效期至2029年5月31日。", "2029-05-31"),
        ("本办法执行期限为2024年6月1日至2029年5月31日。", "2029-05-31"),
        ("本办法自2024年6月1日起施行，执行至2029年5月31日。", "2029-05-31"),
        ("本办法自2024年6月1日起施行，2029年5月31日废止。", "2029-05-31"),
        ("本办法自2024年6月1日起施行，有效期至2028年底。", "2028-12-31"),
        ("本办法自2024年6月1日起施行，有效期暂定２年。", "24 months"),
        ("本办法有效期5年，自2024年6月1日起施行。", "60 months"),
        ("本办法自2024年6月1日起施行，试行两年。", "24 months"),
        ("此办法自印发之日起施行，有效期2年。", "24 months"),
    ],
)
def test_term_of_the_text_itself(body: str, expected: str) -> None:
    """A term in years or up to a day is understood."""
    assert terms(body) == [expected]


@pytest.mark.parametrize(
    "body",
    [
        "许可证有效期为5年。",
        "本办法规定的许可证有效期5年。",
        "本办法自2024年6月1日起施行，证书有效期3年。",
        "备案有效期不得超过3年。",
        "本办法自2024年6月1日起施行，有效期与《示例市就业办法》一致。",
        "本办法自2024年6月1日起施行，其中《示例市核定规程》有效期至2026年12月31日。",
        "本办法自2024年6月1日起施行，有效期5年以上的证书继续有效。",
        "本办法自2024年6月1日起施行，试行两年以上的单位继续试行。",
    ],
)
def test_term_of_something_else(body: str) -> None:
    """The term of a licence, or of one of several texts, is not the term of the text."""
    assert not terms(body)


OLD = "示例人社发〔2019〕3号"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (f"《示例市旧补贴办法》（{OLD}）同时废止。", [OLD]),
        ("本办法自2024年6月1日起施行，原《示例市旧补贴办法》（示例人社发[2019]3号）同时废止。", [OLD]),
        ("《示例市旧补贴办法》同时废止。", ["示例市旧补贴办法"]),
        ("《示例市甲种办法》《示例市乙种办法》同时废止。", ["示例市乙种办法", "示例市甲种办法"]),
        (
            f"《示例市甲种办法》（{OLD}）、《示例市乙种办法》（示例人社规〔2020〕1号）和《示例市丙种办法》等3件文件同时废止。",
            ["示例市丙种办法", "示例人社规〔2020〕1号", OLD],
        ),
        (f"{OLD}文件同时废止。", [OLD]),
        (f"自施行之日起，{OLD}文件废止。", [OLD]),
        ("原《示例市旧补贴办法》不再执行。", ["示例市旧补贴办法"]),
        ("《示例市旧补贴办法》同时停止执行。", ["示例市旧补贴办法"]),
        ("此前印发的《示例市旧补贴办法》同时作废。", ["示例市旧补贴办法"]),
        (f"《示例市旧补贴办法》（{OLD}）同时宣布废止。", [OLD]),
        (f"第九条　《示例市旧补贴办法》（{OLD}）同时废止。", [OLD]),
        (f"《示例市旧补贴办法》（{OLD}）自本办法施行之日起废止。", [OLD]),
        ("自本办法施行之日起，《示例市旧补贴办法》即行废止。", ["示例市旧补贴办法"]),
        (f"经研究，决定废止《示例市旧补贴办法》（{OLD}）。", [OLD]),
        ("2018年根据《关于修改部分文件的决定》修正的《示例市旧补贴办法》同时废止。", ["示例市旧补贴办法"]),
        (
            f"下列文件同时废止：\n\n1. 《示例市甲种办法》（{OLD}）；\n\n2. 《示例市乙种办法》；\n\n附件：无",
            [OLD, "示例市乙种办法"],
        ),
        (
            f"以下文件予以废止：\n\n（一）关于发放补贴的通知（{OLD}）\n\n（二）《示例市乙种办法》",
            [OLD, "示例市乙种办法"],
        ),
    ],
)
def test_documents_that_a_text_repeals(body: str, expected: list[str]) -> None:
    """Every document of the enumeration before 同时废止, or in the list behind 下列文件, is found once."""
    assert repeals(body) == expected


@pytest.mark.parametrize(
    "body",
    [
        "《示例市旧补贴办法》第五条同时废止。",
        "《示例市旧补贴办法》中关于现场提交材料的规定同时废止。",
        "废止《示例市旧补贴办法》第五条。",
        "决定废止《示例市旧补贴办法》第五条。",
        "此前规定与本办法不一致的，以本办法为准。",
        "根据《示例市旧补贴办法》，原有做法同时废止。",
        "《示例市旧补贴办法》不再废止。",
        "《示例市旧补贴办法》废止后，尚未办结的按照本办法办理。",
        "将第九条修改为：“本办法自2024年6月1日起施行，《示例市旧补贴办法》同时废止。”",
        "根据《关于废止部分文件的决定》制定本办法。",
        "《示例市旧补贴办法》已于2020年废止。",
        "下列条款同时废止：\n\n1. 《示例市旧补贴办法》第五条；",
        "文件被修改、废止的，办公室应当在3个工作日内标注。",
    ],
)
def test_texts_that_repeal_nothing_whole(body: str) -> None:
    """Repeals of single clauses, in quotations, of long ago, and mere words on repealing are no repeals."""
    assert not repeals(body)


def test_title_before_a_number_that_is_only_the_ground() -> None:
    """A document that is only named as the ground is not repealed with the others."""
    assert repeals("依据《示例市总办法》（示例人社发〔2018〕1号），《示例市旧补贴办法》同时废止。") == [
        "示例市旧补贴办法"
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("示例人社发〔2024〕15号", "示例人社发〔2024〕15号"),
        ("示例人社发[2024] 15号　　　签发人：张三", "示例人社发〔2024〕15号"),
        ("# 示例市补贴办法\n\n（示例人社发〔2024〕15号）", "示例人社发〔2024〕15号"),
        ("文号：示例人社发〔2024〕15号", "示例人社发〔2024〕15号"),
        ("<center>示例人社发〔2024〕15号</center>", "示例人社发〔2024〕15号"),
        ("| 索引号 | 123/2024-1 |\n|---|---|\n| 文　号 | 示例人社发〔2024〕15号 |", "示例人社发〔2024〕15号"),
        ("| 名称 | 废止的文件 |\n|---|---|\n| 示例市旧办法 | 示例人社发〔2014〕15号 |", None),
        ("（2019年3月2日国务院令第709号公布）", None),
        ("根据示例人社发〔2024〕15号", None),
        ("各县（区）人力资源和社会保障局：\n\n示例人社发〔2024〕15号", None),
    ],
)
def test_number_above_the_text(head: str, expected: str | None) -> None:
    """Only a line that is a 文号 and nothing else, above the addressee and the first sentence, is the number."""
    number = stated(f"{head}\n\n现将有关事项通知如下，请认真贯彻执行。").number
    assert (number and number.number) == expected


@pytest.mark.parametrize(
    ("end", "expected"),
    [
        ("示例市人力资源和社会保障局\n\n2024年5月6日", "2024-05-06"),
        ("示例市人力资源和社会保障局\n\n二〇二四年五月六日\n\n（此件公开发布）", "2024-05-06"),
        ("示例市人力资源和社会保障局　2024年5月6日\n\n附件：申请表", "2024-05-06"),
        ("市长　张某\n\n2024年5月6日", "2024-05-06"),
        ("示例市人力资源和社会保障局\n\n2024-05-06", "2024-05-06"),
        ("示例市人力资源和社会保障局\n\n2024.5.6\n\n（此件公开发布）", "2024-05-06"),
        ("版本\n\n2024.5.6", None),
        ("2024年5月6日", "2024-05-06"),
        (
            "示例市人社局\n\n2024年5月6日\n\n## 示例市补贴办法\n\n第一条　甲。\n\n示例市财政局\n\n2023年1月1日",
            "2024-05-06",
        ),
        ("示例市人力资源和社会保障局办公室 2024年5月8日印发", None),
        ("2024年5月6日\n\n召开动员会。", None),
        ("会议定于2024年5月6日", None),
    ],
)
def test_day_under_the_signature(end: str, expected: str | None) -> None:
    """The day below the first body that signs, or on the last line, is the day of the text."""
    signed = stated(f"请认真贯彻执行。\n\n{end}").signed
    assert (signed and str(signed.day)) == expected


def test_lines_of_what_is_stated() -> None:
    """Every statement has its line in the file, also behind a table."""
    body = (
        "示例人社发〔2024〕15号\n\n| 甲 |\n|---|\n| 乙 |\n\n本办法自2024年6月1日起施行，有效期5年。\n"
        "《示例市旧补贴办法》同时废止。\n\n示例市人社局\n\n2024年5月6日"
    )
    facts = stated(body)
    first = 9  # the line of the body's beginning
    assert facts.number
    assert facts.signed
    statements = (facts.number, facts.effects[0], facts.terms[0], facts.repeals[0], facts.signed)
    assert [one.line - first for one in statements] == [0, 6, 6, 7, 11]


def test_statements_of_a_declared_part() -> None:
    """What a declared part says belongs to the part, what the notice says to the notice."""
    parts = "\n  - id: a\n    title: 示例市甲种规程\n  - id: b\n    title: 示例市乙种规程"
    body = (
        "现印发给你们，自2024年6月1日起施行。\n\n## 示例市甲种规程\n\n本规程自2024年7月1日起施行，有效期5年。\n\n"
        "## 示例市乙种规程\n\n第一条　甲。"
    )
    facts = stated(body, title="关于印发两个规程的通知", parts=parts)
    assert [(one.part, one.day) for one in facts.effects] == [("", dt.date(2024, 6, 1)), ("a", dt.date(2024, 7, 1))]
    assert [one.part for one in facts.terms] == ["a"]


def test_drafts_and_other_kinds_state_nothing() -> None:
    """A draft for comments, and every kind that is no policy, states nothing of itself."""
    body = "第九条　本办法自2024年6月1日起施行。\n"
    assert not effects(body, title="示例市补贴办法（征求意见稿）")
    assert not page_of(policy_text(1, body), "content/notices/n1.md").stated_fields.effects


def test_event_of_the_effect() -> None:
    """印发 and 公布 are two events."""
    assert [one.basis for one in stated("本办法自印发之日起施行。").effects] == [DayBasis.PRINTED]
