"""Every number of the report, the workbooks, the CSV files, the letters and ``audit.json`` agrees with the others."""

import datetime as dt
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.audit_agreement import check_agreement
from support.pairs import Pair
from support.pairs.run import PAIRS, found
from support.project import AS_OF, Project
from support.stages import CONFIG, RULE_SITES, archive_of, notice_text, policy_text, text_of

from generator.audit import run_rules, select_rules
from generator.audit.registry import RULES
from generator.domain.model import Evidence
from generator.domain.vocabulary import Disclosure
from generator.report.agenda import AGENDA, agenda_calendar
from generator.report.audit_files import audit_json, audit_of, tables_of
from generator.report.audit_page import page_bytes
from generator.report.filing import about_audit, filing_files
from generator.report.mending_notices import notice_files

ROOT = Path(__file__).parents[2]
# One pair for each rule, of those that are checked from sources.
SITES = list({pair.rules: pair for pair in PAIRS if not pair.pages}.values())


def files_in(folder: Path) -> dict[str, bytes]:
    return {place.name: place.read_bytes() for place in folder.iterdir()}


@pytest.mark.slow
def test_numbers_of_the_demo_agree(tmp_path: Path) -> None:
    """All files of the audit of the demo site say the same."""
    for name in ("content", "themes"):
        shutil.copytree(ROOT / name, tmp_path / "site" / name)
    for place in (*ROOT.glob("*.csv"), ROOT / "site_config.yaml"):
        shutil.copy(place, tmp_path / "site" / place.name)
    project = Project(tmp_path / "site", tmp_path / "cache")
    ran = project.run("audit", "--as-of", AS_OF, "--fail-on", "never", as_of=None)
    assert ran.status == 0, ran.err
    report = check_agreement(files_in(tmp_path / "site/reports"))
    assert report["figures"]["total"]["suspended"]
    assert report["figures"]["total"]["late_exempt"]


@pytest.mark.parametrize("rule", ["D001", "L002", "C002", "M002", "G007"])
def test_numbers_of_a_faulty_site_agree(tmp_path: Path, rule: str) -> None:
    """All files of the audit of a site with faults say the same."""
    shutil.copytree(RULE_SITES / rule / "bad", tmp_path / "site")
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.run("audit", "--as-of", AS_OF, as_of=None)
    assert rule in {item["rule"] for item in check_agreement(files_in(tmp_path / "site/reports"))["findings"]}


@pytest.mark.slow
@pytest.mark.parametrize("pair", SITES, ids=[pair.rules for pair in SITES])
def test_numbers_of_pairs_agree(pair: Pair, project: Project) -> None:
    """All files of the audit of the faulty site of a pair say the same, and have what ``check`` finds."""
    rules = found(project, pair, pair.fault)
    project.run("audit", "--as-of", pair.as_of, as_of=None)
    report = check_agreement(files_in(project.folder / "reports"))
    assert [item["rule"] for item in report["findings"] if item["rule"] in pair.rules.split()] == rules


DAYS = st.dates(min_value=dt.date(2022, 1, 1), max_value=dt.date(2027, 6, 30))
DOCUMENT = st.fixed_dictionaries(
    {"written": DAYS, "lag": st.integers(0, 60), "kind": st.sampled_from(["policies", "notices", "interpretations"])},
    optional={
        "unit": st.sampled_from(["甲科", "[乙科, 甲科]", '"=丙"']),
        "disclosure": st.sampled_from([item.value for item in Disclosure]),
        "exempt": st.booleans(),
        "suspends": st.integers(1, 6),
        "doc_type": st.sampled_from(["normative", "enforcement"]),
        "expires": DAYS,
    },
)


@settings(max_examples=25, deadline=None)
@given(st.lists(DOCUMENT, min_size=1, max_size=6))
def test_numbers_of_any_site_agree(documents: list[dict[str, Any]]) -> None:
    """Whatever documents a site has, all files of its audit say the same."""
    texts = {}
    for place, made in enumerate(documents, 1):
        published = made["written"] + made["lag"] * (made["written"].resolution)
        fields = {
            "date_written": made["written"],
            "date_published": published,
            "disclosure": made.get("disclosure", "proactive"),
            "responsible_unit": made.get("unit"),
            "exempt": "{D001: 已经核对。}" if made.get("exempt") else None,
        }
        if made["kind"] == "policies":
            fields |= {"doc_type": made.get("doc_type"), "expires_on": made.get("expires")}
            if made.get("suspends", place) != place:
                fields["suspends"] = f"d{made['suspends']}"
            texts[f"policies/d{place}.md"] = policy_text(place, **fields)
        elif made["kind"] == "notices":
            texts[f"notices/d{place}.md"] = notice_text(**fields)
        else:
            own = {"title": "解读", "interprets": f"d{place % len(documents) + 1}", "form": "article"}
            texts[f"interpretations/d{place}.md"] = text_of({**own, **fields})
    archive = archive_of(texts)
    rules = select_rules((), ["S005", "S010", "V005", "L011", "L020"])
    findings = tuple(run_rules(archive, CONFIG, rules))
    report = audit_of(archive, CONFIG, Evidence(), findings, tuple(RULES.values()), commit="")
    about = about_audit(archive.day, CONFIG, "", [rule.id for rule in rules])
    check_agreement(
        {
            "report.html": page_bytes(report, archive),
            "audit.json": audit_json(report),
            **tables_of(report),
            **filing_files(report.filing, report.scores, about),
            **notice_files(report.filing, CONFIG, archive.day, scores=report.scores),
            AGENDA: agenda_calendar(report.agenda, CONFIG, archive.day),
        }
    )
