"""Limits as findings: who is late, since when, by how much, counted on paper from the official schedules."""

import datetime as dt
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.project import Project
from support.stages import CONFIG, RULE_SITES, archive_of, findings_of, notice_text, policy_text, text_of

from generator.audit import RULES, run_rules, select_rules
from generator.config.load import SiteConfig, load_config
from generator.config.settings import HolidaySettings, read_period
from generator.domain.problems import ConfigError, Finding
from generator.domain.workdays import NATIONAL, Calendar, Span, Unit

D = dt.date
DAY = dt.timedelta(days=1)
ELEMENTS = "[背景依据, 目标任务, 主要内容, 涉及范围, 执行标准, 注意事项, 关键词诠释, 惠民利民举措, 新旧政策差异]"

WHOLE_2027 = [
    "2027-01-01 至 2027-01-03",
    "2027-02-05 至 2027-02-11",
    "2027-04-05",
    "2027-06-09",
    "2027-09-15",
    "2027-10-01 至 2027-10-07",
]


def stretch(text: str) -> list[dt.date]:
    """Return the days of a stretch as the config writes it."""
    first, _, last = text.partition(" 至 ")
    days = (D.fromisoformat(last or first) - D.fromisoformat(first)).days
    return [D.fromisoformat(first) + number * DAY for number in range(days + 1)]


def settings(**changes: object) -> SiteConfig:
    return SiteConfig.model_validate({**CONFIG.model_dump(), **changes})


def found(texts: dict[str, str], as_of: dt.date, *rules: str, config: SiteConfig = CONFIG) -> list[Finding]:
    return run_rules(archive_of(texts, as_of, config=config), config, select_rules(rules, ["D006"]))


def interpreted(published: dt.date, interpreted_on: dt.date | None) -> dict[str, str]:
    """Make a document that must be interpreted, and its interpretation where there is a day for it."""
    texts = {"policies/p1.md": policy_text(1, date_written=published, date_published=published, doc_type="normative")}
    if interpreted_on:
        fields = {"title": "解读", "disclosure": "proactive", "interprets": "p1", "form": "article"}
        own = {**fields, "elements": ELEMENTS, "date_published": interpreted_on}
        texts["interpretations/i1.md"] = text_of(own, "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n")
    return texts


# published, last of three working days, a later day, working days by which that is late; counted on paper
INTERPRETATIONS = [
    # 国办发明电〔2022〕16号: 31 December 2022 to 2 January free, nothing made up → 30 | 3 | 4; then 5, 6
    (D(2022, 12, 29), D(2023, 1, 4), D(2023, 1, 6), 2),
    # 国办发明电〔2022〕16号: 29 September to 6 October free, Saturday 7 and Sunday 8 worked → 7 | 8 | 9; then 10 to 13
    (D(2023, 9, 28), D(2023, 10, 9), D(2023, 10, 13), 4),
    # 国办发明电〔2023〕7号: 10 to 17 February free, Sundays 4 and 18 worked → 9 | 18 | 19; then 20
    (D(2024, 2, 8), D(2024, 2, 19), D(2024, 2, 20), 1),
    # 国办发明电〔2023〕7号: 1 to 5 May free, Sunday 28 April and Saturday 11 May worked → 9 | 10 | 11; then Monday 13
    (D(2024, 5, 8), D(2024, 5, 11), D(2024, 5, 13), 1),
    # 国办发明电〔2023〕7号: 1 to 7 October free, Sunday 29 September, Saturday 12 October worked → 29 | 30 | 8; then 9
    (D(2024, 9, 27), D(2024, 10, 8), D(2024, 10, 9), 1),
    # 国办发明电〔2024〕12号: 28 January to 4 February free, Sunday 26, Saturday 8 worked → 26 | 27 | 5; then 6, 7, 8
    (D(2025, 1, 24), D(2025, 2, 5), D(2025, 2, 8), 3),
    # 国办发明电〔2025〕7号: 1 to 3 January 2026 free, Sunday 4 worked → 31 | 4 | 5; then 6, 7
    (D(2025, 12, 30), D(2026, 1, 5), D(2026, 1, 7), 2),
    # 国办发明电〔2025〕7号: 15 to 23 February free, Saturdays 14 and 28 worked → 14 | 24 | 25; then 26, 27, 28
    (D(2026, 2, 13), D(2026, 2, 25), D(2026, 2, 28), 3),
    # 国办发明电〔2025〕7号: 1 to 7 October free, Saturday 10 worked → 8 | 9 | 10; then Monday 12
    (D(2026, 9, 30), D(2026, 10, 10), D(2026, 10, 12), 1),
]
# a consultation closes, the thirtieth working day behind
OUTCOMES = [
    # January 8–12, 15–19, 22–26, 29–2: 20; Sunday 4: 21; 5–9: 26; 春节 10 to 17; Sunday 18, 19, 20, 21: 30
    (D(2024, 1, 5), D(2024, 2, 21)),
    # September 3–6: 4; 9–14 (Saturday worked): 10; 中秋 15 to 17; 18–20: 13; 23–27: 18; Sunday 29, 30: 20;
    # 国庆 1 to 7; 8–12 (Saturday worked): 25; 14–18: 30
    (D(2024, 9, 2), D(2024, 10, 18)),
    # September 8–12, 15–19, 22–26: 15; Sunday 28, 29, 30: 18; 国庆 1 to 8; 9, 10, Saturday 11: 21; 13–17: 26; 20–23: 30
    (D(2025, 9, 5), D(2025, 10, 23)),
    # December 15–19, 22–26: 10; 29–31: 13; 元旦 1 to 3; Sunday 4: 14; 5–9: 19; 12–16: 24; 19–23: 29; 26: 30
    (D(2025, 12, 12), D(2026, 1, 26)),
]
# made, limit in days, limit in working days, the stricter due day, the words of the limit that governs
DISCLOSURES = [
    (D(2024, 5, 6), 20, 20, D(2024, 5, 26), "20 日"),
    (D(2025, 1, 10), 20, 20, D(2025, 1, 30), "20 日"),
    # January 13–17, 20–24: 10; Sunday 26, 27: 12; 春节 28 to 4; 5–7, Saturday 8: 16; 10–13: 20
    (D(2025, 1, 10), 0, 20, D(2025, 2, 13), "20 个工作日"),
    # Sunday 20, 21–24: 5; 中秋 25 to 27; 28–30: 8; 国庆; 8, 9, Saturday 10: 11; 12–16: 16; 19–22: 20;
    # forty days: 28 October
    (D(2026, 9, 18), 40, 20, D(2026, 10, 22), "20 个工作日"),
    # the same, and ten working days: the tenth is 9 October
    (D(2026, 9, 18), 40, 10, D(2026, 10, 9), "10 个工作日"),
]


@pytest.mark.parametrize(("published", "due", "late_day", "late"), INTERPRETATIONS)
def test_interpretation_limit(published: dt.date, due: dt.date, late_day: dt.date, late: int) -> None:
    """On its last day an interpretation is in time; later, the finding says by how many working days."""
    rules = ("L002", "L003", "L004", "D005")
    assert not found(interpreted(published, due), late_day, *rules)
    (finding,) = found(interpreted(published, late_day), late_day, *rules)
    assert finding.rule == "L003"
    assert f"晚了 {late} 个工作日" in finding.message
    assert f"最迟 {due}" in finding.message


@pytest.mark.parametrize(("published", "due", "late_day", "late"), INTERPRETATIONS)
def test_missing_interpretation(published: dt.date, due: dt.date, late_day: dt.date, late: int) -> None:
    """Without an interpretation there is a warning up to the last day, and an error from the day behind it."""
    rules = ("L002", "L003", "L004", "D005")
    for day in (published, due):
        (finding,) = found(interpreted(published, None), day, *rules)
        assert finding.rule == "L004"
        assert f"最迟 {due}，{'还剩 3 个工作日' if day == published else '今天到期'}" in finding.message
    (finding,) = found(interpreted(published, None), late_day, *rules)
    assert finding.rule == "L002"
    assert f"已晚 {late} 个工作日" in finding.message
    assert [one.rule for one in found(interpreted(published, None), due + DAY, *rules)] == ["L002"]


@pytest.mark.parametrize(("closes", "due"), OUTCOMES)
def test_outcome_limit(closes: dt.date, due: dt.date) -> None:
    """Of thirty working days for an outcome it is due on the thirtieth; on the next day it is overdue."""
    config = settings(deadlines={"consult_outcome_workdays": 30})
    fields = {"title": "征求意见", "date_published": closes - 40 * DAY, "disclosure": "proactive"}
    own = {**fields, "opens_on": closes - 40 * DAY, "closes_on": closes}
    texts = {"consultations/c1.md": text_of(own)}
    assert not found(texts, due, "D003", "D005", config=config)
    (finding,) = found(texts, due + DAY, "D003", "D005", config=config)
    assert (finding.rule, f"最迟 {due} 公布" in finding.message) == ("D003", True)
    for day, findings in ((due, 0), (due + DAY, 1)):
        answered = {"consultations/c1.md": text_of({**own, "outcome_published": day})}
        assert len(found(answered, due + 100 * DAY, "D003", config=config)) == findings


@pytest.mark.parametrize(("made", "days", "workdays", "due", "governs"), DISCLOSURES)
def test_stricter_limit_governs(made: dt.date, days: int, workdays: int, due: dt.date, governs: str) -> None:
    """Of two limits the one that ends first governs, and the finding says which."""
    config = settings(deadlines={"publish_max_days": days, "publish_max_workdays": workdays})
    for day, count in ((due, 0), (due + DAY, 1)):
        texts = {"policies/p1.md": policy_text(1, date_written=made, date_published=day)}
        findings = found(texts, due + 30 * DAY, "D001", config=config)
        assert len(findings) == count
        assert all(f"最迟 {due}" in one.message and f"按 {governs}（" in one.message for one in findings)


def test_day_of_printing_is_stronger_than_day_of_writing() -> None:
    """The limit to disclose begins with 印发日期 where there is one."""
    text = policy_text(1, date_written="2024-04-01", date_printed="2024-05-06", date_published="2024-05-26")
    assert not found({"policies/p1.md": text}, D(2024, 6, 1), "D001")


def test_limit_in_a_year_without_a_schedule_is_provisional() -> None:
    """A limit that reaches into a year without a schedule is said to be provisional, by D005 and by the finding."""
    texts = interpreted(D(2026, 12, 30), None)
    pending, unknown = sorted(found(texts, D(2026, 12, 31), "L", "D"), key=lambda one: one.rule, reverse=True)
    assert (pending.rule, unknown.rule) == ("L004", "D005")
    assert "暂定" in pending.message
    assert "2027年的放假安排还不知道" in unknown.message
    assert {one.rule for one in found(texts, D(2027, 1, 8), "L", "D")} == {"L002", "D005"}


def test_what_no_schedule_can_change_is_not_provisional() -> None:
    """What was done before the year began, or is late by months, does not hang on the schedule."""
    assert not found(interpreted(D(2026, 12, 30), D(2026, 12, 31)), D(2027, 1, 8), "L", "D")
    assert [one.rule for one in found(interpreted(D(2026, 12, 30), None), D(2027, 6, 1), "L", "D")] == ["L002"]
    assert [one.rule for one in found(interpreted(D(2003, 5, 6), None), D(2026, 11, 21), "L", "D")] == ["L002"]


def test_schedule_of_the_config_makes_a_year_known() -> None:
    """With the schedule of the year in the config the limit is certain: 31 | 4 | 5 January."""
    config = settings(holidays={"years": {"2027": {"off": WHOLE_2027}}})
    (pending,) = found(interpreted(D(2026, 12, 30), None), D(2026, 12, 31), "L", "D", config=config)
    assert (pending.rule, "最迟 2027-01-05，还剩 2 个工作日" in pending.message) == ("L004", True)
    assert "暂定" not in pending.message


@pytest.mark.parametrize("lacking", ["2027-01-01", "2027-02-08", "2027-10-01"])
def test_a_schedule_that_is_not_whole_makes_no_year_known(lacking: str) -> None:
    """Where a statutory holiday is missing the limit stays provisional, and D005 names the day."""
    day = D.fromisoformat(lacking)
    off = [one for one in WHOLE_2027 if not one.startswith(lacking) and day not in stretch(one)]
    config = settings(holidays={"years": {"2027": {"off": off}}})
    findings = found(interpreted(D(2026, 12, 30), None), D(2026, 12, 31), "L", "D", config=config)
    assert {one.rule for one in findings} == {"L004", "D005"}
    assert all(lacking in one.hint for one in findings if one.rule == "D005")


def test_days_in_a_known_year_change_single_ones() -> None:
    """What the config adds to a year that the program knows leaves the national schedule as it is."""
    calendar = HolidaySettings.model_validate({"years": {"2026": {"off": ["2026-03-03"]}}}).calendar
    assert not calendar.is_workday(D(2026, 3, 3))
    assert not calendar.is_workday(D(2026, 10, 1))
    assert calendar.is_workday(D(2026, 2, 14))
    assert calendar.known(D(2026, 1, 1), D(2026, 12, 31))


def test_local_holiday_moves_a_limit() -> None:
    """A holiday of the place is no working day: 9 May free, then 10, Saturday 11 and Monday 13."""
    local = settings(holidays={"local": [{"name": "火把节", "days": ["2024-05-09"]}]})
    (finding,) = found(interpreted(D(2024, 5, 8), None), D(2024, 5, 8), "L", config=local)
    assert "最迟 2024-05-13" in finding.message
    assert not found(interpreted(D(2024, 5, 8), D(2024, 5, 13)), D(2024, 6, 1), "L", config=local)


def test_weekend_worked_by_the_schedule_of_the_config() -> None:
    """A weekend day that the config says is worked counts, and a free day that is also local stays free."""
    calendar = HolidaySettings.model_validate(
        {
            "years": {"2027": {"off": ["2027-02-05 至 2027-02-11"], "work": ["2027-01-30", "2027-02-20"]}},
            "local": [{"name": "某节", "days": ["2027-02-20"]}],
        }
    ).calendar
    assert calendar.is_workday(D(2027, 1, 30))
    assert not calendar.is_workday(D(2027, 2, 20))
    # Friday 29 January 2027 → Saturday 30, Monday 1 to Thursday 4, Friday 12: six working days
    assert calendar.deadline(D(2027, 1, 29), 6) == D(2027, 2, 12)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("holidays:\n  local:\n    - {name: 某节, days: [2027-13-01]}\n", r":7: holidays\.local.*不是日期"),
        ("holidays:\n  local:\n    - {name: 某节, days: [2027-02-11 至 2027-02-05]}\n", "首尾不对"),
        ("holidays:\n  years:\n    2027: {off: [2026-12-31]}\n", "2026-12-31 不在 2027 年"),
        (
            "holidays:\n  years:\n    2027: {off: [2027-01-01 至 2027-01-03], work: [2027-01-02]}\n",
            "2027-01-02 既写了放假",
        ),
        ("holidays:\n  years:\n    二〇: {off: []}\n", r"holidays\.years\.二〇: "),
        ("holidays:\n  years:\n    2027: {work: [2027-01-30]}\n", "没有写放假的日子"),
        ("request: {receiver: 甲, email: x}\n", r"request\.email: “x”不是电子邮箱"),
        ("request: {receiver: 甲, online: 'http://[::1/'}\n", r"request\.online: 应为以 http://"),
        ("deadlines:\n  column_updates: {policies: 常常}\n", "“常常”不是周期"),
        ("deadlines:\n  interpret_max_workdays: 99999\n", "太大，最大 "),
        ("deadlines:\n  publish_max_day: 20\n", "是不是 publish_max_days"),
        ("quotas:\n  interview: 3\n", "是不是 interviews"),
        ("interpretation:\n  elements: [背景]\n", "没有解读要素“背景”"),
        ("catalogue: 没有.csv\n", "没有这个文件"),
    ],
)
def test_wrong_setting_is_refused_with_its_place(tmp_path: Path, written: str, told: str) -> None:
    """A setting that cannot be used is refused in Chinese, with what is wrong with it."""
    place = tmp_path / "site_config.yaml"
    place.write_text(
        "site:\n  title: 甲\n  agency: 乙\n  base_url: https://a.example.cn/\n" + written, encoding="utf-8"
    )
    with pytest.raises(ConfigError, match=told):
        load_config(place)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("序号,事项名\n1,甲\n".encode(), "没有“事项名”这一列"),
        ("公开事项,公开事项名称\n甲,乙\n".encode(), "有两列都是"),
        ("公开事项\n甲\n甲\n".encode(), "目录.csv:3: 事项“甲”和第 2 行相同"),
        ("公开事项,更新频次\n甲,常常\n".encode(), "更新频次“常常”看不懂"),
        ("序号,公开事项\n1,\n".encode(), "没有公开事项名称"),
        ("公开事项\n".encode(), "没有事项"),
        ("公开事项\n甲\n".encode("gb18030"), "不是 UTF-8"),
    ],
)
def test_wrong_catalogue_is_refused(tmp_path: Path, content: bytes, told: str) -> None:
    """A catalogue that cannot be used is refused in Chinese, with its line."""
    place = tmp_path / "site_config.yaml"
    text = "site:\n  title: 甲\n  agency: 乙\n  base_url: https://a.example.cn/\ncatalogue: 目录.csv\n"
    place.write_text(text, encoding="utf-8")
    (tmp_path / "目录.csv").write_bytes(content)
    with pytest.raises(ConfigError, match=told):
        load_config(place)


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("14日", Span(14, Unit.DAY)),
        ("两周", None),
        ("2周", Span(14, Unit.DAY)),
        ("20个工作日", Span(20, Unit.WORKDAY)),
        ("每月", Span(1, Unit.MONTH)),
        ("每季度", Span(3, Unit.MONTH)),
        ("半年", Span(6, Unit.MONTH)),
        ("6个月", Span(6, Unit.MONTH)),
        ("每年", Span(12, Unit.MONTH)),
        ("0日", None),
        ("不定期", None),
    ],
)
def test_period_as_people_write_it(text: str, span: Span | None) -> None:
    """更新频次 is read in the words of the official tables."""
    assert read_period(text) == span


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (D(2024, 8, 31), 6, D(2025, 2, 28)),
        (D(2023, 8, 31), 6, D(2024, 2, 29)),
        (D(2024, 12, 15), 1, D(2025, 1, 15)),
        (D(9999, 12, 31), 1, dt.date.max),
    ],
)
def test_months_end_on_the_same_day_or_the_last(start: dt.date, months: int, end: dt.date) -> None:
    """A period of months ends on the same day of the month, or on the last of a shorter one."""
    assert Span(months, Unit.MONTH).due(start) == end


@given(st.dates(D(1990, 1, 1), D(2040, 1, 1)), st.integers(0, 500), st.sets(st.dates(D(2020, 1, 1), D(2029, 1, 1))))
def test_lag_is_the_sum_of_single_days(start: dt.date, days: int, free: set[dt.date]) -> None:
    """The lag is what counting day by day gives, over any years and with any local holidays."""
    calendar = Calendar(free=frozenset(free))
    end = start + days * DAY
    assert calendar.lag(start, end) == sum(calendar.is_workday(start + n * DAY) for n in range(1, days + 1))


def test_last_day_that_there_is_has_a_deadline() -> None:
    """A date at the end of all calendars is a slip, and no reason to stop."""
    assert NATIONAL.deadline(dt.date.max, 3) == dt.date.max
    assert Span(30, Unit.DAY).due(dt.date.max) == dt.date.max
    assert NATIONAL.lag(D(2024, 1, 1), dt.date.max) > 2_000_000


EXEMPTABLE = [
    rule
    for rule in sorted(RULES)
    if rule[0] in "LDVA"
    and not RULES[rule].needs_pages
    and any(".md:" in row for row in (RULE_SITES / rule / "bad" / "expected.txt").read_text().split("\n"))
]


def exempt(site: Path, target: Path, rule: str, paths: list[str]) -> Path:
    """Copy an example site and exempt documents of it from a rule."""
    shutil.copytree(site, target, copy_function=shutil.copyfile)
    for path in paths:
        text = (target / path).read_text(encoding="utf-8")
        end = text.index("\n---\n", 4) + 1
        (target / path).write_text(f"{text[:end]}exempt: {{{rule}: 已经说明}}\n{text[end:]}", encoding="utf-8")
    return target


@pytest.mark.parametrize("rule", EXEMPTABLE)
def test_exemption_holds_for_every_rule_of_limits(rule: str, tmp_path: Path) -> None:
    """A document that is exempt from a rule, with a reason, is not found by it, and the exemption is of use."""
    site = RULE_SITES / rule / "bad"
    paths = sorted({one.path for one in findings_of(site, tmp_path) if one.rule == rule and one.path.endswith(".md")})
    copy = exempt(site, tmp_path / rule / "bad", rule, paths)
    left = findings_of(copy, tmp_path / "again")
    assert paths
    assert not [one for one in left if one.path in paths and one.rule in {rule, "X001"}]


@pytest.mark.parametrize("rule", EXEMPTABLE)
def test_exemption_that_is_of_no_use_is_found(rule: str, tmp_path: Path) -> None:
    """On a site without the fault the same exemption is itself a finding."""
    site = RULE_SITES / rule / "good"
    path = next(place.relative_to(site).as_posix() for place in sorted(site.glob("content/*/*.md")))
    copy = exempt(site, tmp_path / rule / "good", rule, [path])
    assert [(one.path, one.rule) for one in findings_of(copy, tmp_path / "again")] == [(path, "X001")]


def test_only_what_must_be_interpreted_is_looked_at() -> None:
    """A document that needs no interpretation is found by none of L002 to L005 and L007, however it is."""
    texts = {
        "policies/p1.md": policy_text(1, doc_type="policy", issuer_level="city_gov"),
        "interpretations/i1.md": text_of(
            {"title": "解读", "date_published": "2024-07-08", "disclosure": "proactive", "interprets": "p1"},
            "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n",
        ),
    }
    assert not found(texts, D(2026, 11, 21), "L002", "L003", "L004", "L005", "L007")
    assert {one.rule for one in found(texts, D(2026, 11, 21), "L", config=settings(interpretation=OTHERS))} == {
        "L003",
        "L005",
        "L007",
    }


OTHERS = {"also_required": ["其他政策文件"]}


def test_duty_begins_with_the_day_of_the_config() -> None:
    """What was published before interpretation became a duty here needs none."""
    config = settings(interpretation={"since": "2024-05-09"})
    assert not found(interpreted(D(2024, 5, 8), None), D(2026, 11, 21), "L", config=config)
    assert found(interpreted(D(2024, 5, 9), None), D(2026, 11, 21), "L", config=config)


def test_catalogue_that_changed_is_read_by_the_next_build(project: Project) -> None:
    """A build after a build looks at the catalogue again, although no source and no config has changed."""
    project.policy(catalogue_item="甲")
    rules = "catalogue: '目录.csv' # 标准目录\nrules: {C001: {blocking: true}}\n"
    project.write("site_config.yaml", (project.folder / "site_config.yaml").read_text(encoding="utf-8") + rules)
    project.write("目录.csv", "公开事项\n甲\n")
    project.build()
    project.write("目录.csv", "公开事项\n甲\n乙\n")
    ran = project.run("build", "--no-search")
    assert (ran.status, "目录.csv:3" in ran.err) == (1, True)


def test_withheld_documents_owe_the_public_nothing() -> None:
    """A document that is not public has no limit to be disclosed or interpreted in."""
    held = {"disclosure": "withheld", "withhold_class": "N02", "withhold_note": "商业秘密"}
    texts = {
        "policies/p1.md": policy_text(1, doc_type="normative", date_written="2023-01-05", **held),
        "notices/n1.md": notice_text(date_written="2023-01-05", **held),
    }
    assert not found(texts, D(2026, 11, 21), "L", "D")


def test_interpretation_that_is_not_public_is_none() -> None:
    """An interpretation that is marked secret, or whose date cannot be read, interprets nothing."""
    for wrong in ({"is_secret": "true"}, {"disclosure": "withheld"}, {"date_published": "5月"}):
        texts = interpreted(D(2024, 5, 8), D(2024, 7, 8))
        own = {"title": "解读", "date_published": "2024-07-08", "disclosure": "proactive", "interprets": "p1", **wrong}
        texts["interpretations/i1.md"] = text_of(own, "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n")
        assert [one.rule for one in found(texts, D(2026, 11, 21), "L002", "L003", "L004")] == ["L002"]


def test_two_documents_of_one_id_stop_no_rule() -> None:
    """Rules go on where ids are wrong, and every finding can be printed."""
    texts = interpreted(D(2024, 5, 8), D(2024, 7, 8))
    own = {"title": "解读", "id": "i1", "date_published": "2024-05-08", "disclosure": "withheld", "interprets": "p1"}
    texts["interpretations/a.md"] = text_of(own)
    texts["policies/b.md"] = policy_text(2, id="p1", doc_type="normative")
    assert {"F003", "G002"} <= {one.rule for one in run_rules(archive_of(texts), CONFIG, select_rules([], []))}
