"""沿革: the days of a policy in their order, with links, in the page."""

from support.built_site import dead_addresses, made, read_page
from support.project import Project

BASE = "https://rsj.example.gov.cn/zwgk/"


def shown(project: Project, name: str) -> list[tuple[str, str, list[str], bool]]:
    """Return day, words, links and whether it is to come, of every line of a policy's timeline."""
    root = read_page(made(project) / "policies" / name / "index.html")
    return [
        (
            node.one("time")["datetime"],
            node.one("strong").text,
            [link["href"] for link in node.all("a")],
            "class" in node.attributes,
        )
        for section in root.classed("timeline")
        for node in section.all("li")
    ]


def test_the_chain_of_a_policy(project: Project) -> None:
    """Consultation, publication, effect, interpretation, amendment and a coming end stand in order."""
    consultation = {"title": "征求意见", "disclosure": "proactive", "date_published": "2024-02-01"}
    project.document(
        "consultations/c1.md", {**consultation, "opens_on": "2024-02-01", "closes_on": "2024-03-10", "outcome": "p1"}
    )
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n", date_effective="2024-06-01", replaces="p9")
    project.policy("p9", title="旧办法", date_published="2020-01-02", date_written="2020-01-01")
    project.interpretation("i1")
    project.policy("p2", title="修改决定", amends="p1#第二条", date_published="2025-02-01", date_effective="2025-03-01")
    project.policy("p3", title="新办法", replaces="p1", date_published="2026-11-01", date_effective="2027-01-01")
    assert shown(project, "p1") == [
        ("2020-01-02", "被本文件替代的文件发布", ["../../policies/p9/"], False),
        ("2024-02-01", "开始征求意见", ["../../consultations/c1/"], False),
        ("2024-03-10", "征求意见截止", ["../../consultations/c1/"], False),
        ("2024-05-08", "本文件发布", [], False),
        ("2024-05-08", "解读", ["../../interpretations/i1/"], False),
        ("2024-06-01", "本文件施行", [], False),
        ("2025-03-01", "修改", ["../../policies/p2/"], False),
        ("2027-01-01", "由新文件替代", ["../../policies/p3/"], True),
    ]
    assert dead_addresses(project.folder / "public", BASE) == []


def test_own_dates_alone_are_no_timeline(project: Project) -> None:
    """A policy to which nothing has happened but its own dates shows none."""
    project.policy("p1", date_effective="2024-06-01", expires_on="2027-05-31")
    assert shown(project, "p1") == []


def test_hidden_acts_and_acts_outside(project: Project) -> None:
    """An act outside the site stands without a link; a hidden one does not stand there at all."""
    hidden = {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "过程性", "review_on": "2099-01-01"}
    project.policy("p1", repealed_by="示例市人民政府令第58号", repealed_on="2025-08-01")
    project.interpretation("i1")
    project.policy("p2", title="不公开的决定", amends="p1", date_published="2025-02-01", **hidden)
    assert shown(project, "p1") == [
        ("2024-05-08", "本文件发布", [], False),
        ("2024-05-08", "解读", ["../../interpretations/i1/"], False),
        ("2025-08-01", "废止", [], False),
    ]
    assert "示例市人民政府令第58号" in (project.folder / "public/policies/p1/index.html").read_text(encoding="utf-8")


def test_a_term_that_the_end_forestalled_is_no_event(project: Project) -> None:
    """A policy that was repealed before its term does not promise that the term will end."""
    project.policy("p1", expires_on="2029-05-31")
    project.policy("p2", title="新办法", replaces="p1", date_published="2025-11-01")
    project.interpretation(title="解读")
    labels = [label for _, label, _, _ in shown(project, "p1")]
    assert labels == ["本文件发布", "解读", "由新文件替代"]


def test_a_term_that_a_published_act_moves_is_no_event(project: Project) -> None:
    """Where a published act will renew the term, or end the document before, 沿革 has no end on the old day."""
    later = {"date_published": "2026-11-01", "date_written": "2026-10-30", "date_effective": "2026-12-01"}
    for name, act in (("p1", "p5"), ("p2", "p6")):
        project.policy(name, date_effective="2024-06-01", expires_on="2026-12-31")
        project.policy(act, amends=name, date_published="2025-02-01", date_effective="2025-03-01")
    project.policy("p3", renews="p1", renewed_until="2030-06-30", **later)
    project.policy("p4", repeals="p2", **later)
    assert [day for day, label, _, _ in shown(project, "p1") if "届满" in label] == ["2030-06-30"]
    assert not [day for day, label, _, _ in shown(project, "p2") if "届满" in label]


def test_a_suspension_that_was_lifted_does_not_run_out(project: Project) -> None:
    """The last day of a suspension is an event only where no act, and no end of the document, came before it."""
    project.policy("p1", "第一条　甲。\n\n第二条　乙。\n")
    suspends = {"title": "暂停", "date_written": "2025-02-01", "date_published": "2025-02-01"}
    project.policy("p2", **suspends, suspends="p1#第一条", suspended_until="2025-12-31")
    project.policy("p3", **suspends, suspends="p1#第二条", suspended_until="2025-12-31")
    lifted = {"date_written": "2025-08-01", "date_published": "2025-08-01"}
    project.policy("p4", title="恢复", **lifted, resumes="p1#第一条")
    ends = [(day, links) for day, words, links, _ in shown(project, "p1") if "期满" in words]
    assert ends == [("2025-12-31", ["../../policies/p3/"])]
    project.policy("p5", title="废止", **lifted, repeals="p1")
    assert not [words for _, words, _, _ in shown(project, "p1") if "期满" in words]
