"""Dates are compared with the git history of their document, and the mark of migration is not simply believed."""

import datetime as dt
from collections.abc import Sequence

import pytest
from support.git_repository import commit, git
from support.project import CONFIG, Project

from generator.domain.model import Revision
from generator.source.history.dated_versions import dated_versions

POLICY_FIELDS: dict[str, object] = {"title": "关于做好补贴工作的通知", "doc_type": "policy"}
BODY = "第一条　为了规范补贴发放，规定如下。\n"


@pytest.fixture
def site(project: Project) -> Project:
    """Return a site that began with ten old documents, imported in one commit on 2024-03-01."""
    for number in range(10):
        project.document(
            f"notices/old{number}.md",
            {"title": f"旧通知{number}", "date_published": "2023-05-08", "disclosure": "proactive", "migrated": "true"},
        )
    commit(project.folder, "2024-03-01 09:00", message="导入旧网站")
    return project


def rules_of(site: Project, *rules: str) -> list[tuple[str, str]]:
    """Return rule and message of the findings of some rules."""
    findings = site.check("--select", ",".join(rules)).findings
    return [(one["rule"], one["message"]) for one in findings]


def publish(site: Project, at: str, **fields: object) -> None:
    site.policy("p1", BODY, **{**POLICY_FIELDS, **fields})
    commit(site.folder, at)


def test_moved_day_names_both_values_and_both_commits(site: Project) -> None:
    """A day that was changed after publication is an error with both days and both commits."""
    publish(site, "2024-05-28 09:00", date_written="2024-05-06", date_published="2024-05-28")
    first = git(site.folder, "rev-parse", "HEAD")[:7]
    publish(site, "2024-06-20 09:00", date_written="2024-05-06", date_published="2024-05-27")
    second = git(site.folder, "rev-parse", "HEAD")[:7]
    [(rule, message)] = rules_of(site, "F021")
    assert rule == "F021"
    for words in ("2024-05-28", f"{first}，2024-05-28 提交", "2024-05-27", f"{second}，2024-06-20 提交"):
        assert words in message


def test_change_that_is_not_committed_yet_is_found(site: Project) -> None:
    """A hook before the commit finds the moved day, also of a file that is renamed with it."""
    publish(site, "2024-05-28 09:00", date_written="2024-05-06", date_published="2024-05-28")
    site.policy("p1", BODY, **POLICY_FIELDS, date_written="2024-05-20", date_published="2024-05-28")
    assert ["还没有提交" in message for _, message in rules_of(site, "F021")] == [True]
    (site.folder / "content/policies/p1.md").rename(site.folder / "content/policies/p9.md")
    assert [rule for rule, _ in rules_of(site, "F021")] == ["F021"]


def test_rename_hides_nothing(site: Project) -> None:
    """The days are followed through a rename, and through a change of the whole text under the same 文号."""
    publish(site, "2024-05-28 09:00", date_written="2024-05-06", date_published="2024-05-28")
    git(site.folder, "mv", "content/policies/p1.md", "content/policies/p2.md")
    commit(site.folder, "2024-06-01 09:00")
    assert not rules_of(site, "F021")
    text = (site.folder / "content/policies/p2.md").read_text(encoding="utf-8")
    (site.folder / "content/policies/p2.md").unlink()
    head = text.replace("2024-05-06", "2024-05-24").rpartition("---\n")[0]
    new_text = f"{head}---\n{'全部重新写过的另一份正文，一个字也不一样。' * 40}\n"
    (site.folder / "content/policies/p3.md").write_text(new_text, encoding="utf-8")
    commit(site.folder, "2024-06-02 09:00")
    assert [rule for rule, _ in rules_of(site, "F021")] == ["F021"]


@pytest.mark.parametrize(
    "versions",
    [
        [{"date_published": "2024-05-28"}, {"date_published": "2024年5月28日"}],
        [{"date_published": "2024-05-28"}, {"date_published": "2024-05-28 08:30"}],
        [{"draft": "true", "date_published": "2024-05-20"}, {"date_published": "2024-05-28"}],
        [{"date_published": "2024-09-01"}, {"date_published": "2024-05-28"}],
        [{"date_published": "2024-05-28"}, {"date_published": "2024-05-02"}, {"date_published": "2024-05-28"}],
        [{"date_published": "2024-05-20"}, {"date_published": "2024-05-28"}],
        [{}, {"date_effective": "2024-07-01"}],
        [{"date_effective": "2024-07-01"}, {"title": "关于补贴工作的通知", "date_effective": "2024-07-01"}],
        [
            {"date_effective": "2024-07-01"},
            {"date_effective": "2024-08-01", "corrections": "[{date: 2024-06-02, note: 施行日期更正为8月1日}]"},
        ],
    ],
    ids=["notation", "minute", "draft", "waiting", "changed back", "repaired", "added", "title", "corrected"],
)
def test_harmless_changes_are_silent(site: Project, versions: Sequence[dict[str, str]]) -> None:
    """Notation, drafts, days before publication, repairs and public corrections are no moved days."""
    for number, fields in enumerate(versions):
        usual = {"date_written": "2024-05-16", "date_published": "2024-05-28"}
        publish(site, f"2024-{'05-28' if number == 0 else f'06-0{number}'} 09:00", **{**usual, **fields})
    assert not rules_of(site, "F021")


def test_correction_of_something_else_explains_no_day(site: Project) -> None:
    """A 更正说明 that does not speak of a day does not excuse a moved one."""
    publish(site, "2024-05-28 09:00", date_published="2024-05-28", date_effective="2024-07-01")
    note = "[{date: 2024-06-02, note: 电话号码更正}]"
    publish(site, "2024-06-02 09:00", date_published="2024-05-28", date_effective="2024-08-01", corrections=note)
    assert [rule for rule, _ in rules_of(site, "F021")] == ["F021"]


def test_migration_has_a_bound(site: Project) -> None:
    """What is new on the site is not migrated: the mark is an error, and excuses neither S005 nor D006."""
    publish(site, "2024-06-20 09:00", date_published="2024-05-08", migrated="true", doc_type="normative")
    assert {rule for rule, _ in rules_of(site, "F022", "S005", "D006")} == {"F022", "S005", "D006"}


@pytest.mark.parametrize(
    ("published", "settings"),
    [("2023-05-08", ""), ("2024-05-08", "deadlines: {migrated_until: 2024-06-30}\n")],
    ids=["older than the site", "before the day in the config"],
)
def test_old_documents_may_come_later(site: Project, published: str, settings: str) -> None:
    """A document older than the site, or added before the day in the config, may be marked as migrated."""
    (site.folder / "site_config.yaml").write_text(CONFIG + settings, encoding="utf-8")
    publish(site, "2024-06-20 09:00", date_written=published, date_published=published, migrated="true")
    assert not rules_of(site, "F022", "S005")


def test_first_import_may_be_a_later_commit(project: Project) -> None:
    """The first import is the first commit that adds ten documents, whatever was committed before it."""
    project.policy("p0", BODY, **POLICY_FIELDS, index_no="123456789/2024-00090", doc_number="例人社发〔2024〕90号")
    commit(project.folder, "2024-05-08 09:00")
    for number in range(10):
        fields = {"title": f"通知{number}", "date_published": "2024-05-20", "disclosure": "proactive"}
        project.document(f"notices/n{number}.md", {**fields, "migrated": "true"})
    commit(project.folder, "2024-06-20 09:00")
    assert not rules_of(project, "F022", "S005")


def test_a_day_counts_from_the_first_version_that_was_public() -> None:
    """A value that a draft had already is that of the commit in which the document became public."""
    days = [dt.datetime.combine(dt.date(2024, 5, day), dt.time(9)) for day in (1, 2, 3)]
    texts = [
        f"---\ntitle: 标题\ndisclosure: {disclosure}\ndate_published: 2024-04-0{day}\n---\n".encode()
        for disclosure, day in (("withheld", 1), ("proactive", 1), ("proactive", 2))
    ]
    revisions = [Revision("", "notices/n1.md", day, "", commit=f"c{number}") for number, day in enumerate(days)]
    found = [(one.commit, one.since, one.public) for one in dated_versions(revisions, texts)]
    assert found == [("c1", days[1], True), ("c2", days[2], True)]
