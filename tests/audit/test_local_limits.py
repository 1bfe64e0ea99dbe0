"""Only limits of national law are defaults; those of one place are presets that a config names."""

import re

import pytest
from pydantic import BaseModel
from support.project import CONFIG as CONFIG_TEXT
from support.project import Project
from support.stages import CONFIG, archive_of, notice_text, policy_text

from generator.audit import RULES, run_rules, select_rules
from generator.config.limit_presets import PresetFileError, known_presets, read_presets
from generator.config.load import SiteConfig
from generator.config.settings import Deadlines, Quotas
from generator.domain.laws import known_laws


def configured(**settings: object) -> SiteConfig:
    return SiteConfig.model_validate({"site": CONFIG.site.model_dump(), **settings})


def messages_of(texts: dict[str, str], config: SiteConfig, rule: str) -> list[str]:
    findings = run_rules(archive_of(texts, config=config), config, select_rules((rule,), ()))
    return [finding.message for finding in findings]


def late(config: SiteConfig, published: str) -> list[str]:
    """Return the messages of D001 on a policy written on 2024-05-06."""
    texts = {"policies/p1.md": policy_text(1, date_written="2024-05-06", date_published=published)}
    return messages_of(texts, config, "D001")


def consulted(config: SiteConfig, rule: str, closes: str, **fields: object) -> list[str]:
    fields = {"opens_on": "2024-05-06", "closes_on": closes, **fields}
    texts = {"consultations/c1.md": notice_text(**{"date_published": "2024-05-06", **fields})}
    return messages_of(texts, config, rule)


def test_defaults_are_those_of_national_law() -> None:
    """Without settings a document has 20 working days (条例 art. 26), not the 20 days of another city."""
    assert not late(configured(), "2024-05-31")
    assert "按 20 个工作日（条例第二十六条）" in late(configured(), "2024-06-03")[0]


def test_preset_sets_the_limits_of_its_place() -> None:
    """``limits: zhengzhou-2020`` makes the 20 days a limit, and the finding names the paper."""
    assert "按 20 日（郑人社办〔2020〕199号 二（一））" in late(configured(limits="zhengzhou-2020"), "2024-05-27")[0]
    assert not late(configured(limits="zhengzhou-2020"), "2024-05-26")


def test_number_of_the_config_goes_before_that_of_a_preset() -> None:
    """A number in the config is kept whatever the default or the preset, and is said to be the site's own."""
    both = configured(limits="zhengzhou-2020", deadlines={"publish_max_days": 25}, quotas={"interviews": 1})
    assert both.deadlines.publish_max_days == 25
    assert both.quotas.interviews == 1
    assert both.deadlines.consult_min_days == 15
    assert not late(both, "2024-05-31")
    assert "按 25 日（本网站的配置）" in late(both, "2024-06-01")[0]
    assert "按 5 日（本网站的配置）" in late(configured(deadlines={"publish_max_days": 5}), "2024-05-13")[0]


def test_general_consultation_has_a_limit_only_where_the_config_sets_one() -> None:
    """No national law gives the days of an ordinary consultation; 30 days for a major matter are national."""
    assert not consulted(configured(), "D002", "2024-05-10")
    assert consulted(configured(limits="zhengzhou-2020"), "D002", "2024-05-10")
    assert consulted(configured(deadlines={"consult_min_days": 7}), "D002", "2024-05-10")
    assert "按 30 日" in consulted(configured(), "D002", "2024-05-30", is_major="true")[0]


def test_outcome_is_due_only_where_the_config_says_when() -> None:
    """D003 needs a number of working days, of a preset or of the config."""
    assert not consulted(configured(), "D003", "2024-06-10")
    assert "（郑人社办〔2020〕199号 五）" in consulted(configured(limits="zhengzhou-2020"), "D003", "2024-06-10")[0]
    assert (
        "（本网站的配置）" in consulted(configured(deadlines={"consult_outcome_workdays": 9}), "D003", "2024-06-10")[0]
    )


def test_later_preset_goes_before_an_earlier_one() -> None:
    """Several presets work together, that of the city behind that of the province."""
    config = configured(limits=["shandong-2019", "zhengzhou-2020"])
    assert (config.quotas.leader_interpretations, config.quotas.interviews) == (2, 3)


def test_yearly_numbers_are_required_only_by_the_config(project: Project) -> None:
    """Q001 is silent on a site that names no preset and no quota, and points at the line that requires the number."""
    project.policy(date_published="2025-05-08")
    select = ("check", "--select", "Q001", "--as-of", "2026-03-01")
    assert "没有发现问题" in project.run(*select, as_of=None).err
    project.write("site_config.yaml", CONFIG_TEXT + "limits: shandong-2019\n")
    assert "site_config.yaml:5: quotas.leader_interpretations: 2025 年主要负责人解读 0 次，应有 2 次（山东省人社厅" in (
        project.run(*select, as_of=None).err
    )


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        (
            "limits: zhenzhou-2020\n",
            "site_config.yaml:5: limits: 没有“zhenzhou-2020”这套本地期限，是不是 zhengzhou-2020？",
        ),
        ("limits:\n  - 某市\n", "可用：zhengzhou-2020（"),
        ("limits: {a: b}\n", "site_config.yaml:5: limits: "),
    ],
)
def test_unknown_preset_is_refused_with_the_nearest(project: Project, setting: str, expected: str) -> None:
    """A preset that does not exist stops the program at its line, with the nearest name and all names."""
    assert expected in project.refused(setting)


def test_presets_are_settings_with_a_ground() -> None:
    """Every preset rests on an act of ``laws.yaml`` and sets numbers that the settings accept."""
    for preset in known_presets().values():
        assert preset.cite in known_laws()
        groups: dict[str, type[BaseModel]] = {"deadlines": Deadlines, "quotas": Quotas}
        for (group, setting), limit in preset.limits.items():
            assert getattr(groups[group].model_validate({setting: limit.number}), setting) == limit.number
            assert limit.ground.startswith(preset.cite)


@pytest.mark.parametrize(
    "text",
    [
        "- a",
        "x: {cite: 郑人社办〔2020〕199号}",
        "x: {label: 甲, cite: 没有的〔2020〕1号, quotas: {interviews: [3, 五]}}",
        "x: {label: 甲, cite: 郑人社办〔2020〕199号, quotas: {interviews: 3}}",
        "x: {label: 甲, cite: 郑人社办〔2020〕199号}",
    ],
)
def test_file_of_presets_is_checked(text: str) -> None:
    """A preset without label, act, ground or limit is no preset."""
    with pytest.raises(PresetFileError):
        read_presets(text)


def test_no_limit_of_a_rule_rests_on_one_place() -> None:
    """The grounds of D001, D002, D003 and Q001 name no act of one city or province."""
    for rule in ("D001", "D002", "D003", "Q001"):
        assert not [law.cite for law in RULES[rule].ground.named() if law.local]


def test_no_finding_names_another_place() -> None:
    """Without local limits the ground of no rule names a city, province, county or bureau."""
    for rule in RULES.values():
        words = rule.ground.text(local=frozenset())
        assert not re.search("人社[局厅字办函]|[一-龥]{2}[省市县][一-龥]{0,6}[府局]", words), rule.id
