"""Every rule on whole tiny sites: ``bad`` says in ``expected.txt`` what ``check`` prints, ``good`` is clean."""

import datetime as dt
import inspect
from collections.abc import Iterable
from pathlib import Path

import pytest
from support.project import WHOLE_SITE
from support.stages import CONFIG, DAY, RULE_SITES, SECRET, archive_of, findings_of, notice_text, policy_text, text_of

from generator.audit import RULES, run_rules, select_rules
from generator.audit.registry import Rule
from generator.cli.terminal import finding_text
from generator.config.load import SiteConfig, load_config
from generator.domain.problems import ConfigError, Finding, GongkaiError, Severity
from generator.domain.vocabulary import FIELDS

ITEMS = {"attachments", "parts", "cleanup"}  # each item has a line of its own
FOLDERS = sorted(folder.name for folder in RULE_SITES.iterdir())


def printed(findings: Iterable[Finding]) -> str:
    """Return the lines that ``gongkai check`` prints for findings."""
    return "".join(f"{finding_text(finding)}\n" for finding in findings)


def lines_of(path: Path) -> list[str]:
    """Return the lines of a source as an editor numbers them."""
    text = path.read_bytes().decode("utf-8-sig", "replace")
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def settings(**rules: object) -> SiteConfig:
    return SiteConfig.model_validate({**CONFIG.model_dump(), "rules": rules})


@pytest.mark.parametrize("rule", FOLDERS)
def test_bad_site_gives_exactly_the_expected_findings(rule: str, tmp_path: Path, pytestconfig: pytest.Config) -> None:
    """What is printed of a bad site is its list, word for word, and no more; ``pytest --update`` rewrites the list."""
    findings = findings_of(RULE_SITES / rule / "bad", tmp_path)
    expected = RULE_SITES / rule / "bad" / "expected.txt"
    if pytestconfig.getoption("update"):
        expected.write_text(printed(findings), encoding="utf-8", newline="\n")
    assert printed(findings) == expected.read_text(encoding="utf-8")
    assert rule in {finding.rule for finding in findings}


@pytest.mark.parametrize("rule", FOLDERS)
def test_good_site_gives_no_finding(rule: str, tmp_path: Path) -> None:
    """A good site, near to the bad one, gives no finding of any rule."""
    assert not findings_of(RULE_SITES / rule / "good", tmp_path)


@pytest.mark.parametrize("rule", FOLDERS)
def test_line_points_into_the_file_and_to_the_key(rule: str, tmp_path: Path) -> None:
    """The line of a finding lies in its file, and begins with the field's key where the file has that key."""
    for finding in findings_of(RULE_SITES / rule / "bad", tmp_path):
        lines = lines_of(RULE_SITES / rule / "bad" / finding.path)
        assert 1 <= finding.line <= len(lines), finding
        if finding.field not in FIELDS or finding.field in ITEMS:
            continue
        spec = FIELDS[finding.field]
        keys = tuple(f"{word}{colon}" for word in (spec.key, spec.label, *spec.aliases) for colon in (":", "：", " ："))
        places = [
            number for number, line in enumerate(lines, 1) if line.startswith(keys) and not line.endswith((": ", ": ~"))
        ]
        assert not places or finding.line in places, finding


@pytest.mark.parametrize("rule", FOLDERS)
def test_finding_says_everything_that_a_reader_needs(rule: str, tmp_path: Path) -> None:
    """A finding has a message, a mend, its ground, its weight and the document that it is about."""
    for finding in findings_of(RULE_SITES / rule / "bad", tmp_path):
        assert finding.message
        assert finding.hint, finding
        assert finding.source
        assert (finding.severity, finding.blocking) == (RULES[finding.rule].severity, RULES[finding.rule].blocking)
        assert (
            finding.document
            or finding.path.endswith("/")
            or finding.path == "site_config.yaml"
            or finding.field in {"catalogue", "request.register_file"}
            or finding.path.endswith(".csv")  # a register beside the config
            or finding.rule == "F017"  # about a file that no document reads
        ), finding


def test_every_rule_has_a_bad_and_a_good_site() -> None:
    """Every rule about sources has an example site of each sort, and no folder stands for no rule.

    The rules about saved pages have theirs in ``tests/sites/pages``.
    """
    about_sources = {name for name, rule in RULES.items() if not rule.needs_pages}
    assert set(FOLDERS) == about_sources
    for rule in about_sources:
        assert (RULE_SITES / rule / "bad" / "expected.txt").is_file(), rule
        assert (RULE_SITES / rule / "good" / "site_config.yaml").is_file(), rule


@pytest.mark.parametrize("rule", RULES.values(), ids=list(RULES))
def test_rule_explains_itself(rule: Rule) -> None:
    """A rule's docstring says what is wrong in one sentence, then 不对, 对 and 改法; its ground is named."""
    lines = rule.explanation.splitlines()
    assert lines[0].endswith("。")
    assert not lines[1]
    heads = [line.partition("：")[0].strip("　 ") for line in lines[2:] if "：" in line]
    assert [head for head in heads if head in {"不对", "对", "改法"}] == ["不对", "对", "改法"]
    for head in ("不对", "对", "改法"):
        assert any(line.startswith(f"{head}：") and line.partition("：")[2].strip("　 ") for line in lines), head
    assert rule.source.strip()
    assert rule.title == lines[0].removesuffix("。")
    assert inspect.isgeneratorfunction(rule.check)


def test_blocking_is_what_the_contract_says() -> None:
    """Rules that the contract marks E! are errors and block; the others are warnings and do not."""
    warnings = {
        "D006",
        "D007",
        "D008",
        "D010",
        "F007",
        "F024",
        "F025",
        "G006",
        "G007",
        "H008",
        "L003",
        "L004",
        "L007",
        "L008",
        "L010",
        "L011",
        "L012",
        "L013",
        "L015",
        "L017",
        "L018",
        "L019",
        "L020",
        "L022",
        "F013",
        "F017",
        "F018",
        "F020",
        "V003",
        "V004",
        "V011",
        "V012",
        "V013",
        "D005",
        "S002",
        "S006",
        "S007",
        "S008",
        "S009",
        "S010",
        "S012",
        "S011",
        "H004",
        "H005",
        "H006",
        "H007",
        "H012",
        "H013",
        "C001",
        "C002",
        "C003",
        "C004",
        "C005",
        "C006",
        *(rule_id for rule_id in RULES if rule_id.startswith(("K", "O"))),
        *("A003", "A004", "A005", "A006", "A007", "C007", "C008", "C009"),
        *("H015", "H016", "H017", "H018", "H019", "H020", "H021", "H022", "H023", "H024", "H025", "Q012"),
        "Q001",
        *("Q002", "Q003", "Q004", "Q005", "M001", "M002", "M003"),
        "F026",
        "R004",
        "T005",
        "X001",
        *("P004", "P005"),
    }
    merely_errors = {
        *("L002", "L003", "L005", "L014", "L021", "V005", "D001", "D002", "D003", "D004", "S005", "S010", "A001"),
        *("P001", "P002", "P003"),
        *("T001", "T002", "T003", "T004", "H014", "T006", "A002", "Q010", "Q011"),
        *("D009", "D011", "D012", "F021", "F022", "F023", "L016"),
    }
    for rule in RULES.values():
        if rule.id in merely_errors:
            assert (rule.severity, rule.blocking) == (Severity.ERROR, False), rule.id
        elif rule.id in warnings:
            assert (rule.severity, rule.blocking) == (Severity.WARNING, False), rule.id
        else:
            assert (rule.severity, rule.blocking) == (Severity.ERROR, True), rule.id


def orphan_findings(config: SiteConfig) -> list[Finding]:
    texts = {
        "interpretations/i1.md": text_of(
            {"title": "解读", "date_published": "2024-05-08", "disclosure": "proactive"},
            "补贴怎么领，一看就懂：先申请，后审核，再发放，全程网上办理。\n",
        )
    }
    return run_rules(archive_of(texts), config, select_rules(["L001"], []))


def test_config_changes_severity_and_blocking() -> None:
    """The config may make a rule milder or stop it from blocking, each without touching the other."""
    assert [(one.severity, one.blocking) for one in orphan_findings(CONFIG)] == [(Severity.ERROR, True)]
    milder = settings(L001={"severity": "warning"})
    assert [(one.severity, one.blocking) for one in orphan_findings(milder)] == [(Severity.WARNING, True)]
    passing = settings(L001={"blocking": False})
    assert [(one.severity, one.blocking) for one in orphan_findings(passing)] == [(Severity.ERROR, False)]


@pytest.mark.parametrize("rule", sorted(rule for rule in RULES if rule.startswith("G") or rule == "S001"))
@pytest.mark.parametrize("change", [{"severity": "warning"}, {"blocking": "false"}, {"severity": "error"}])
def test_config_cannot_touch_the_gate(rule: str, change: dict[str, str]) -> None:
    """A config that names a rule of the gate is refused, whatever it wants."""
    with pytest.raises(ConfigError, match=f"规则 {rule} 的级别不能改"):
        run_rules(archive_of({}), settings(**{rule: change}), select_rules([], WHOLE_SITE))


def test_config_with_an_unknown_rule_names_the_nearest() -> None:
    """A config that names no rule is refused with the nearest one."""
    with pytest.raises(ConfigError, match="没有规则“L01”") as refused:
        run_rules(archive_of({}), settings(L01={"severity": "warning"}), select_rules([], WHOLE_SITE))
    assert "L010" in refused.value.hint


def test_config_severity_is_one_of_two_words(tmp_path: Path) -> None:
    """Another severity than error or warning is refused with its line."""
    place = tmp_path / "site_config.yaml"
    place.write_text(
        "site:\n  title: 甲\n  agency: 乙\n  base_url: https://a.example.cn/\nrules:\n  L001:\n    severity: mild\n",
        encoding="utf-8",
    )
    with pytest.raises(ConfigError, match=r":7: rules\.L001\.severity.*error 或 warning"):
        load_config(place)


@pytest.mark.parametrize(
    ("select", "ignore", "wanted"),
    [
        ([], [], bool),
        (["L"], [], lambda rule: rule.startswith("L")),
        (["L", "V001"], [], lambda rule: rule.startswith("L") or rule == "V001"),
        ([], ["F", "H"], lambda rule: rule[0] not in "FH"),
        (["F"], ["F007", "F008"], lambda rule: rule.startswith("F") and rule not in {"F007", "F008"}),
        (["G"], ["G"], lambda rule: not rule),
        (["F00"], [], lambda rule: rule.startswith("F00")),
    ],
)
def test_choice_of_rules_by_id_and_family(select: list[str], ignore: list[str], wanted: object) -> None:
    """--select and --ignore take ids and families; a rule runs when it is selected and not ignored."""
    assert callable(wanted)
    assert [rule.id for rule in select_rules(select, ignore)] == sorted(rule for rule in RULES if wanted(rule))


@pytest.mark.parametrize("name", ["Z", "F999", "L00l", "f001"])
def test_choice_of_an_unknown_rule_is_refused(name: str) -> None:
    """A name that fits no rule is refused on either side, and the hint leads on."""
    for select, ignore in (([name], []), ([], [name])):
        with pytest.raises(GongkaiError, match=f"没有规则“{name}”") as refused:
            select_rules(select, ignore)
        assert refused.value.hint


def test_only_chosen_rules_run() -> None:
    """A rule that was not chosen finds nothing."""
    texts = {
        "notices/n1.md": notice_text(title=None, **SECRET),
        "policies/p1.md": policy_text(1, doc_number="例人社发[2024]1号"),
    }
    archive = archive_of(texts)
    assert {one.rule for one in run_rules(archive, CONFIG, select_rules([], WHOLE_SITE))} == {"F001", "F007", "G004"}
    assert {one.rule for one in run_rules(archive, CONFIG, select_rules(["G"], []))} == {"G004"}
    assert {one.rule for one in run_rules(archive, CONFIG, select_rules([], ["F001", "G", *WHOLE_SITE]))} == {"F007"}


def test_findings_are_sorted_by_file_and_line() -> None:
    """Findings come by file, then by line, whatever the order of rules and files."""
    texts = {
        "notices/z.md": notice_text(unknown_a="甲"),
        "notices/a.md": notice_text(unknown_b="甲", **SECRET),
        "notices/m.md": notice_text(**SECRET, unknown_c="甲"),
    }
    findings = run_rules(archive_of(texts), CONFIG, reversed(select_rules([], WHOLE_SITE)))
    assert [(one.path, one.line, one.rule) for one in findings] == [
        ("content/notices/a.md", 5, "F002"),
        ("content/notices/a.md", 6, "G004"),
        ("content/notices/m.md", 5, "G004"),
        ("content/notices/m.md", 6, "F002"),
        ("content/notices/z.md", 5, "F002"),
    ]


def test_index_no_patterns_of_the_config_decide() -> None:
    """An 索引号 is right when any pattern of the config fits it."""
    texts = {"policies/p1.md": policy_text(1, index_no="AB-1"), "policies/p2.md": policy_text(2)}
    config = SiteConfig.model_validate({**CONFIG.model_dump(), "index_no_patterns": [r"^AB-\d+$"]})
    assert [(one.path, one.rule) for one in run_rules(archive_of(texts), config, select_rules(["F003"], []))] == [
        ("content/policies/p2.md", "F003")
    ]
    assert [(one.path, one.rule) for one in run_rules(archive_of(texts), CONFIG, select_rules(["F003"], []))] == [
        ("content/policies/p1.md", "F003")
    ]


def test_status_finding_depends_on_the_day() -> None:
    """A hand-written status that is right today is wrong from the day on which it changes."""
    texts = {"policies/p1.md": policy_text(1, status="有效", expires_on=DAY)}
    for day, count in ((DAY, 0), (DAY + dt.timedelta(days=1), 1)):
        assert len(run_rules(archive_of(texts, day), CONFIG, select_rules(["V001"], []))) == count


# ---------------------------------------------------------------- exemptions


def rules_of(text: str, *chosen: str) -> list[str]:
    return [
        one.rule for one in run_rules(archive_of({"policies/p1.md": text}), CONFIG, select_rules(chosen, WHOLE_SITE))
    ]


def test_exemption_with_a_reason_hides_that_finding_alone() -> None:
    """An exemption with its reason hides the findings of its rule in its document, and no others."""
    text = policy_text(1, doc_number="例人社发[2024]1号", date_published="2024-05-01", exempt="{F007: 原件如此印发}")
    assert rules_of(text) == ["F004"]
    archive = archive_of({"policies/p1.md": text, "policies/p2.md": policy_text(2, doc_number="例人社发[2024]2号")})
    assert [(one.path, one.rule) for one in run_rules(archive, CONFIG, select_rules(["F007"], []))] == [
        ("content/policies/p2.md", "F007")
    ]


@pytest.mark.parametrize("reason", ["", "''"])
def test_exemption_without_a_reason_hides_nothing(reason: str) -> None:
    """An exemption without a reason exempts nothing and is a finding itself."""
    assert rules_of(policy_text(1, doc_number="例人社发[2024]1号", exempt=f"{{F007: {reason}}}")) == ["F007", "X001"]


@pytest.mark.parametrize("rule", sorted(rule for rule in RULES if rule.startswith("G") or rule == "S001"))
def test_nobody_is_exempt_from_the_gate(rule: str) -> None:
    """A document that exempts itself from a rule of the gate is found by both."""
    found = rules_of(policy_text(1, **SECRET, disclosure=None, exempt=f"{{{rule}: 理由}}"))
    assert found == ["G001", "G004", "X001"]


def test_unused_exemption_is_judged_only_when_its_rule_ran() -> None:
    """An exemption is unused only where its rule was run and found nothing."""
    text = policy_text(1, exempt="{F007: 原件如此印发}")
    assert rules_of(text) == ["X001"]
    assert rules_of(text, "X") == []
    assert rules_of(text, "X", "F007") == ["X001"]


@pytest.mark.parametrize("rule_id", ["G001", "F001", "F002", "F003", "F008", "X001"])
def test_some_rules_exempt_nobody(rule_id: str) -> None:
    """Nobody is exempt from the gate, from what cannot be read, or from the rule about exemptions."""
    archive = archive_of({"notices/n1.md": notice_text(exempt=f"{{{rule_id}: 理由}}")})
    found = run_rules(archive, CONFIG, select_rules((), WHOLE_SITE))
    assert [(one.rule, f"规则 {rule_id} 不能豁免") for one in found] == [(one.rule, one.message) for one in found]
    assert [one.rule for one in found] == ["X001"]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_the_letter_of_a_rule_leads_to_its_file(rule: Rule) -> None:
    """A rule is found by its id: the letter comes first in the name of its file."""
    assert rule.check.__module__.rpartition(".")[2].startswith(f"{rule.id[0].lower()}_")
