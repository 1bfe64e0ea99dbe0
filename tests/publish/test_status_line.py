"""The line under the title of a policy or consultation, on the day of the build and on the reader's."""

from typing import TYPE_CHECKING

import pytest
from support.built_site import made, read_page
from support.project import Project, hosted

if TYPE_CHECKING:
    from playwright.sync_api import Browser

AS_OF = "按2026年11月21日计算"
DATED = {"date_effective": "2024-06-01", "expires_on": "2029-05-31"}
LATER = {"date_published": "2026-11-01", "date_written": "2026-10-30"}
CONSULTATION = {
    "title": "征求意见", "disclosure": "proactive", "date_published": "2026-11-10", "opens_on": "2026-11-20",
    "closes_on": "2026-12-15",
}  # fmt: skip


def line_of(project: Project, address: str = "policies/p1") -> str:
    lines = read_page(made(project) / address / "index.html").all(data_status_line="*")
    assert len(lines) == 1
    return "".join(lines[0].text.split())


@pytest.mark.parametrize(
    ("fields", "act", "expected"),
    [
        (DATED, None, f"现行有效·自2024年6月1日起施行·有效期至2029年5月31日·{AS_OF}"),
        ({}, None, f"现行有效·2024年5月8日发布·{AS_OF}"),
        ({"date_effective": "2027-01-01"}, None, f"尚未施行·自2027年1月1日起施行·{AS_OF}"),
        ({"expires_on": "2025-05-31"}, None, f"已失效·有效期至2025年5月31日·{AS_OF}"),
        (
            {"expires_on": "2025-05-31"},
            {"repeals": "p1", "date_effective": "2026-11-05"},
            f"已废止·有效期至2025年5月31日·自2026年11月5日起废止·{AS_OF}",
        ),
        (DATED, {"repeals": "p1", "date_effective": "2026-11-05"}, f"已废止·自2026年11月5日起废止·{AS_OF}"),
        (
            DATED,
            {"repeals": "p1", "date_effective": "2027-01-01"},
            f"现行有效·自2024年6月1日起施行·有效期至2029年5月31日·将自2027年1月1日起废止·{AS_OF}",
        ),
        (
            DATED,
            {"amends": "p1", "date_effective": "2026-11-05"},
            f"现行有效（已修改）·自2024年6月1日起施行·自2026年11月5日起修改·有效期至2029年5月31日·{AS_OF}",
        ),
        (
            DATED,
            {"suspends": "p1", "suspended_from": "2026-11-10", "suspended_until": "2027-01-15"},
            "暂停执行·自2024年6月1日起施行·自2026年11月10日起暂停执行至2027年1月15日·有效期至2029年5月31日·" + AS_OF,
        ),
        (
            DATED,
            {"renews": "p1", "renewed_until": "2031-12-31", "date_effective": "2026-11-05"},
            f"现行有效·自2024年6月1日起施行·有效期至2031年12月31日·{AS_OF}",
        ),
    ],
)
def test_the_line_of_a_policy(
    project: Project, fields: dict[str, str], act: dict[str, str] | None, expected: str
) -> None:
    """Every policy says its status, since when, until when and as of which day; a suspended one is not in force."""
    project.policy("p1", **fields)
    if act:
        project.policy("p2", **{**LATER, **act})
    assert line_of(project) == expected


@pytest.mark.parametrize(
    ("kind", "line", "notice"),
    [
        ("amends", "最近一次自2026年11月5日起修改", "最近一次自2026年11月5日起修改，请与各次的修改文件对照使用"),
        ("repeals", "自2025年1月1日起先后有部分内容废止", "自2025年1月1日起，下列内容先后废止"),
    ],
)
def test_acts_of_several_days_have_no_single_beginning(project: Project, kind: str, line: str, notice: str) -> None:
    """Where acts of several days have changed a document, its line and its notice do not give one day for all."""
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n")
    project.policy("p2", **{**LATER, "date_published": "2024-12-01", "date_written": "2024-11-30",
                            "date_effective": "2025-01-01", kind: "p1#第一条"})  # fmt: skip
    project.policy("p3", **{**LATER, "date_effective": "2026-11-05", kind: "p1#第二条"})
    root = read_page(made(project) / "policies/p1/index.html")
    assert line in root.one(data_status_line="*").text
    assert notice in root.one(data_notice="amended" if kind == "amends" else "partly_void").text


def test_the_line_of_a_consultation(project: Project) -> None:
    """A consultation says its state, its last day and the days left; one that is over has no days left."""
    project.document("consultations/c1.md", CONSULTATION)
    project.document("consultations/c2.md", {**CONSULTATION, "closes_on": "2026-11-20", "opens_on": "2026-11-01"})
    site = made(project)
    lines = [read_page(site / f"consultations/{name}/index.html").all(data_status_line="*") for name in ("c1", "c2")]
    assert ["".join(line[0].text.split()) for line in lines] == [
        f"征集中·2026年11月20日开始征集·2026年12月15日截止·还有24日截止·{AS_OF}",
        f"已结束·2026年11月20日截止·{AS_OF}",
    ]


def test_other_documents_have_no_line(project: Project) -> None:
    """A notice has no status, and no line."""
    project.document(
        "notices/n1.md", {"title": "公示", "disclosure": "proactive", "date_published": "2026-11-10"}, "内容。\n"
    )
    assert read_page(made(project) / "notices/n1/index.html").all(data_status_line="*") == []


@pytest.mark.parametrize(
    ("address", "now", "expected"),
    [
        ("policies/p1", "2026-11-25", f"现行有效·自2024年6月1日起施行·将自2027年1月1日起废止·{AS_OF}"),
        ("policies/p1", "2027-02-03", "已废止·自2027年1月1日起废止·按2027年2月3日计算"),
        (
            "consultations/c1",
            "2026-12-14",
            "征集中·2026年11月20日开始征集·2026年12月15日截止·还有1日截止·按2026年12月14日计算",
        ),
        ("consultations/c1", "2027-01-05", "已结束·2026年12月15日截止·按2027年1月5日计算"),
        ("consultations/c2", "2026-11-23", f"未开始·2026年12月1日开始征集·2026年12月15日截止·{AS_OF}"),
        (
            "consultations/c2",
            "2026-12-02",
            "征集中·2026年12月1日开始征集·2026年12月15日截止·还有13日截止·按2026年12月2日计算",
        ),
    ],
)
def test_the_line_turns_in_the_browser(
    project: Project, chromium: "Browser", address: str, now: str, expected: str
) -> None:
    """On a later day the line says what holds then, as of the reader's day."""
    project.policy("p1", date_effective="2024-06-01")
    project.policy("p2", **{**LATER, "repeals": "p1", "date_effective": "2027-01-01"})
    project.document("consultations/c1.md", CONSULTATION)
    project.document("consultations/c2.md", {**CONSULTATION, "opens_on": "2026-12-01"})
    with hosted(made(project)) as base, chromium.new_page() as page:
        page.clock.set_fixed_time(f"{now}T09:00:00+08:00")
        page.goto(f"{base}{address}/")
        assert "".join(page.locator("[data-status-line]").inner_text().split()) == expected
