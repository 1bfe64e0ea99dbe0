"""A duty does not end where a field is left out: 文号, issuer, title and text say what a document is."""

import pytest
from support.stages import CONFIG, archive_of, notice_text, policy_text, text_of

from generator.audit import run_rules, select_rules
from generator.config.load import SiteConfig
from generator.domain.model import Document
from generator.domain.normative_signs import normative_code, normative_noun
from generator.domain.problems import Finding
from generator.domain.vocabulary import DocType, InterpretationState

RULED = {"title": "关于补贴标准的通知", "doc_number": "例人社规〔2024〕1号"}


def document_of(body: str = "正文。\n", /, **fields: object) -> Document:
    return archive_of({"policies/p1.md": policy_text(1, body, **fields)}).by_id["p1"]


def findings_of(texts: dict[str, str], *rules: str, config: SiteConfig = CONFIG) -> list[Finding]:
    return run_rules(archive_of(texts, config=config), config, select_rules(rules, ()))


def configured(**deadlines: object) -> SiteConfig:
    return SiteConfig.model_validate({"site": CONFIG.site.model_dump(), "deadlines": deadlines})


def test_number_of_a_normative_document_brings_its_duties() -> None:
    """Under 规〔2024〕1号 a document must be interpreted and consulted, and the findings say why."""
    found = findings_of({"policies/p1.md": policy_text(1, **RULED)}, "L002", "D006", "L019")
    assert [one.rule for one in found] == ["D006", "L002"]
    assert all("没有写“文件类别”，按文号的代字“例人社规”看作行政规范性文件" in one.message for one in found)


@pytest.mark.parametrize(
    "fields",
    [
        {"doc_type": "policy"},
        {"doc_number": "例人社发〔2024〕1号"},
        {"migrated": "true"},
        {"date_written": "2015-05-06", "date_published": "2015-05-08"},
        {"title": "关于废止部分规范性文件的决定"},
        {"issuer": "示例市规划局", "doc_number": "例规〔2024〕1号"},
        {"issuer": "某省人力资源和社会保障厅", "source_type": "reprint"},
        {"issuer": "某省人力资源和社会保障厅"},
    ],
    ids=["declared", "other number", "migrated", "older", "repeal", "planning", "reprint", "of another body"],
)
def test_declared_or_other_documents_have_no_presumed_type(fields: dict[str, object]) -> None:
    """文件类别 goes before the number; what is old, moved in, of others or only ends others is not presumed."""
    document = document_of(**{**RULED, **fields})
    assert document.interpretation_state is InterpretationState.NOT_REQUIRED
    assert document.presumption is None


def test_declared_type_is_kept() -> None:
    """A declared type is never replaced, and nothing presumed is shown as declared."""
    assert document_of(**RULED).doc_type is None
    assert document_of(**RULED).duty_type is DocType.NORMATIVE
    assert document_of(**RULED, doc_type="plan").duty_type is DocType.PLAN


@pytest.mark.parametrize(
    "number", ["云岭人社规〔2026〕1号", "云政规〔2026〕1号", "云政办规字〔2026〕1号", "云自然资规〔2026〕1号"]
)
def test_codes_of_normative_documents(number: str) -> None:
    """A 代字 that ends with 规 is one of 行政规范性文件."""
    assert normative_code(number, ("云岭市人民政府",))


@pytest.mark.parametrize(
    "number", ["云规划〔2026〕1号", "云法规〔2026〕1号", "云人社发〔2026〕1号", "", "none", "云岭市人民政府令第5号"]
)
def test_other_codes(number: str) -> None:
    """规 elsewhere in a 代字, and numbers without a year, say nothing."""
    assert not normative_code(number, ())


@pytest.mark.parametrize(
    "title",
    [
        "示例市灵活就业补贴办法",
        "示例市职称评审实施细则（试行）",
        "关于进一步促进就业的实施意见",
        "关于印发示例市补贴规定的通知",
        "示例局 示例局关于印发《示例市补贴暂行规定》等两个文件的通知",
    ],
)
def test_titles_of_normative_documents(title: str) -> None:
    """办法, 规定, 细则 and 实施意见 name 规范性文件, alone or issued by a notice."""
    assert normative_noun(title)


@pytest.mark.parametrize(
    "title",
    [
        "关于转发《某省补贴办法》的通知",
        "关于废止《示例市补贴办法》的决定",
        "《示例市补贴办法》解读",
        "示例市补贴办法（征求意见稿）",
        "关于延续《示例市补贴办法》有效期的通知",
        "关于贯彻执行《工伤保险条例实施办法》的通知",
        "关于做好补贴工作的通知",
        "关于缴费基数有关规定的通知",
    ],
)
def test_titles_that_only_speak_of_them(title: str) -> None:
    """Titles that forward, end, explain, draft, renew or carry out such a document are none."""
    assert not normative_noun(title)


@pytest.mark.parametrize(
    ("title", "body", "sign"),
    [
        ("关于补贴标准的通知", "违反规定骗取补贴的，处一千元以下罚款。\n", "处罚条款"),
        ("关于禁放烟花爆竹的通告", "任何单位和个人不得燃放烟花爆竹。\n\n本通告自2024年6月1日起施行。\n", "义务"),
        ("关于补贴标准的通知", "《示例市旧标准》（例人社发〔2010〕4号）同时废止。\n", "废止条款"),
    ],
)
def test_clauses_of_normative_documents(title: str, body: str, sign: str) -> None:
    """A penalty, a duty from a day on, and the repeal of another document bind people outside the body."""
    presumption = document_of(body, title=title).presumption
    assert presumption
    assert sign in presumption.sign
    assert not presumption.certain


@pytest.mark.parametrize(
    ("title", "body"),
    [
        ("关于报送材料的通知", "各用人单位应当于3月1日前报送材料。\n"),
        ("2023年工作总结", "全年责令改正违法行为20起，并处罚款3万元。\n"),
        ("行政处罚决定书", "违反规定，处一千元罚款。\n"),
        ("关于劳动监察情况的通报", "某公司违反规定，责令改正。\n"),
        ("关于考勤的通知", "局机关各科室、局属各单位：\n\n违反考勤规定的，责令改正。\n"),
        ("关于印发补贴宣传资料的通知", "资料里写：“骗取补贴的，处一千元罚款”。\n"),
    ],
    ids=["ordinary notice", "report", "decision", "circular", "internal", "quoted"],
)
def test_texts_that_bind_nobody(title: str, body: str) -> None:
    """Ordinary notices, reports, single decisions, internal papers and quotations are not presumed."""
    assert document_of(body, title=title).presumption is None


def one_form(**fields: object) -> list[str]:
    """Return the messages of L005 on a policy with one interpretation."""
    interpretation = {
        "title": "解读",
        "date_published": "2024-05-08",
        "disclosure": "proactive",
        "interprets": "p1",
        "form": "article",
    }
    texts = {
        "policies/p1.md": policy_text(1, **{"title": "关于促进就业的通知", "doc_type": "normative", **fields}),
        "interpretations/i1.md": text_of(interpretation),
    }
    return [one.message for one in findings_of(texts, "L005")]


@pytest.mark.parametrize(
    "fields",
    [
        {"issuer_level": "city_gov"},
        {"issuer": "示例市人民政府"},
        {"issuer": "示例市人民政府办公室"},
        {"issuer": "示例州人民政府办公厅", "doc_number": "例政发〔2024〕3号"},
        {"doc_number": "示例政办发〔2024〕3号"},
        {"doc_number": "例政发〔2024〕3号"},
        {"issuer": "示例市人民政府", "doc_type": None, "title": "示例市人民政府关于印发示例市补贴办法的通知"},
    ],
)
def test_level_of_the_city_is_seen(fields: dict[str, object]) -> None:
    """The issuer or the 代字 says that a document is in the name of the city government, if 发文层级 does not."""
    [message] = one_form(**fields)
    assert ("没有写“发文层级”" in message) == ("issuer_level" not in fields)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"issuer_level": "department", "issuer": "示例市人民政府"},
        {"issuer": "示例县人民政府办公室", "doc_number": "例政办发〔2024〕3号"},
        {"issuer": "示例市某某区人民政府"},
        {"issuer": "某省人民政府", "doc_number": "鲁政发〔2024〕3号"},
        {"doc_number": "鲁政发〔2024〕3号"},
        {"issuer": "示例市人民政府", "source_type": "reprint"},
        {"doc_number": "例财政〔2024〕3号"},
    ],
)
def test_other_levels_are_left_alone(fields: dict[str, object]) -> None:
    """A bureau, a county, a province and a reprint are not the city government; what is declared counts."""
    assert not one_form(**fields)


def test_consultation_is_missed_where_the_site_never_held_one() -> None:
    """D006 speaks on a site without any consultation, of documents since 国办发〔2018〕37号, not of migrated ones."""
    new, old = {"doc_type": "normative"}, {"date_written": "2018-01-02", "date_published": "2018-01-03"}
    assert findings_of({"policies/p1.md": policy_text(1, **new)}, "D006")
    assert not findings_of({"policies/p1.md": policy_text(1, **new, **old)}, "D006")
    assert not findings_of({"policies/p1.md": policy_text(1, **new, migrated="true")}, "D006")


def test_budget_is_known_by_its_title() -> None:
    """Final accounts outside their column have 20 days too, from their approval."""
    fields = {"title": "示例市人力资源和社会保障局2023年度部门决算公开", "date_published": "2024-09-25"}
    late = findings_of({"notices/n1.md": notice_text(**fields, date_written="2024-09-02")}, "D001", "F024")
    assert [(one.rule, "按 20 日（预算法第十四条）" in one.message) for one in late] == [("D001", True)]
    assert [one.rule for one in findings_of({"notices/n1.md": notice_text(**fields)}, "D001", "F024")] == ["F024"]


@pytest.mark.parametrize(
    "title", ["关于编制2025年部门预算的通知", "2024年预算绩效管理办法", "2024年部门预算编制培训班"]
)
def test_other_papers_about_budgets(title: str) -> None:
    """Papers about budgets are none."""
    assert not findings_of({"notices/n1.md": notice_text(title=title)}, "F024")


def test_end_on_a_day_off_moves_only_where_the_config_says_so() -> None:
    """民法典 art. 203 as a setting: a limit that ends on a Saturday ends on Monday, and the ground is named."""
    fields = {"title": "2024年部门预算", "date_written": "2024-05-05"}  # 20 days: Saturday 2024-05-25
    on_monday = {"notices/n1.md": notice_text(**fields, date_published="2024-05-27")}
    on_tuesday = {"notices/n1.md": notice_text(**fields, date_published="2024-05-28")}
    moving = configured(end_on_workday=True)
    assert findings_of(on_monday, "D001")
    assert not findings_of(on_monday, "D001", config=moving)
    [late] = findings_of(on_tuesday, "D001", config=moving)
    assert "2024-05-25 不上班，顺延到 2024-05-27（民法典第二百零三条）" in late.message


def test_first_day_counts_only_where_the_config_says_so() -> None:
    """By default the day on which a limit begins does not count; a setting makes it the first day."""
    consultation = {"opens_on": "2024-05-06", "closes_on": "2024-06-04", "is_major": "true"}
    texts = {"consultations/c1.md": notice_text(**{"date_published": "2024-05-06", **consultation})}
    assert findings_of(texts, "D002")
    assert not findings_of(texts, "D002", config=configured(count_first_day=True))
    interpreted = {
        "policies/p1.md": policy_text(1, doc_type="normative"),
        "interpretations/i1.md": notice_text(date_published="2024-05-11", interprets="p1"),  # a working Saturday
    }
    assert not findings_of(interpreted, "L003")
    assert findings_of(interpreted, "L003", config=configured(count_first_day=True))
