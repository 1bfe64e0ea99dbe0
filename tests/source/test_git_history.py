"""What git says of the sources: read whole, or not at all."""

import datetime as dt
import subprocess
from pathlib import Path

import pytest
from support.git_repository import commit, git
from support.project import AS_OF, WHOLE_SITE, Project
from support.stages import notice_text, policy_text

from generator.domain.model import AsOf, History
from generator.pipeline.options import BuildOptions
from generator.pipeline.read import CheckedArchive, check_archive
from generator.source.history import read_history as module
from generator.source.history.read_history import read_history
from generator.source.history.repository import Objects, head_commit
from generator.source.history.run_git import HistoryGap

LONG = "".join(f"第{n}条　用人单位招用就业困难人员的，按照第{n}档给予岗位补贴。\n\n" for n in "一二三四五六七八九")


def write(folder: Path, path: str, text: str) -> None:
    place = folder / "content" / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, encoding="utf-8")


def move(folder: Path, old: str, new: str) -> None:
    target = folder / "content" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (folder / "content" / old).rename(target)


def read(folder: Path) -> History:
    return read_history(folder, folder.parent / "cache" / "cache.db")


def first_of(folder: Path, path: str) -> str:
    return f"{read(folder).files[f'content/{path}'].first:%Y-%m-%d %H:%M}"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    folder = tmp_path / "site"
    write(folder, "policies/p1.md", policy_text(1, LONG))
    return folder


def test_first_publication_is_the_first_commit_in_shanghai(site: Path) -> None:
    """A document was first published with the commit that brought it, by the clock of Shanghai; changes come later."""
    commit(site, "2024-05-08 00:30")
    write(site, "policies/p1.md", policy_text(1, LONG + "补充。\n"))
    commit(site, "2024-07-01 09:00")
    known = read(site).files["content/policies/p1.md"]
    assert [f"{at:%Y-%m-%d %H:%M}" for at in (known.first, known.last)] == ["2024-05-08 00:30", "2024-07-01 09:00"]
    assert (known.author.name, known.author.email) == ("张三", "zhangsan@rsj.example.gov.cn")


def test_a_rename_keeps_the_first_publication(site: Path) -> None:
    """A document that moves, twice and with changes, keeps its first day; one that comes from drafts begins anew."""
    commit(site, "2024-05-08 09:00")
    move(site, "policies/p1.md", "policies/p2.md")
    commit(site, "2024-06-08 09:00")
    write(site, "policies/p2.md", policy_text(1, LONG + "补充。\n"))
    move(site, "policies/p2.md", "notices/p3.md")
    commit(site, "2024-07-08 09:00")
    assert first_of(site, "notices/p3.md") == "2024-05-08 09:00"
    (site / "drafts").mkdir()
    (site / "content/notices/p3.md").rename(site / "drafts/p3.md")
    write(site, "policies/p9.md", policy_text(9))
    commit(site, "2024-08-08 09:00")
    assert [known.path for known in read(site).gone] == ["content/notices/p3.md"]
    (site / "drafts/p3.md").rename(site / "content/notices/p4.md")
    commit(site, "2024-09-08 09:00")
    assert first_of(site, "notices/p4.md") == "2024-09-08 09:00"


def test_two_documents_that_move_at_once(site: Path) -> None:
    """Two documents that move in one commit keep their own days."""
    commit(site, "2024-05-08 09:00")
    write(site, "policies/p2.md", "别的正文，和第一份没有一处相同。\n" * 20)
    commit(site, "2024-06-08 09:00")
    move(site, "policies/p1.md", "policies/p3.md")
    move(site, "policies/p2.md", "policies/p4.md")
    commit(site, "2024-07-08 09:00")
    assert first_of(site, "policies/p3.md") == "2024-05-08 09:00"
    assert first_of(site, "policies/p4.md") == "2024-06-08 09:00"


def test_a_document_that_comes_back_keeps_its_day(site: Path) -> None:
    """A document that was taken down and put back under its name was published when it first came."""
    commit(site, "2024-05-08 09:00")
    text = (site / "content/policies/p1.md").read_text(encoding="utf-8")
    (site / "content/policies/p1.md").unlink()
    write(site, "notices/n1.md", notice_text())
    commit(site, "2024-06-08 09:00")
    write(site, "policies/p1.md", text)
    commit(site, "2024-07-08 09:00")
    assert first_of(site, "policies/p1.md") == "2024-05-08 09:00"
    assert not read(site).gone


def test_a_merge_publishes_what_was_prepared_elsewhere(site: Path) -> None:
    """What was written on another branch counts from the merge, whatever day its own commit says."""
    commit(site, "2024-05-08 09:00")
    git(site, "checkout", "--quiet", "-b", "draft")
    write(site, "policies/p2.md", policy_text(2))
    commit(site, "2024-05-09 09:00")
    git(site, "checkout", "--quiet", "main")
    git(site, "merge", "--quiet", "--no-ff", "-m", "合并", "draft", at="2024-06-01 10:00")
    assert first_of(site, "policies/p2.md") == "2024-06-01 10:00"


def test_the_committers_clock_counts(site: Path) -> None:
    """An author's date can be set at will; the committer's counts."""
    commit(site, "2024-05-08 09:00")
    write(site, "policies/p2.md", policy_text(2))
    git(site, "add", "--all")
    git(site, "commit", "--quiet", "--date", "2023-01-01T09:00:00+0800", "-m", "发布", at="2024-06-01 10:00")
    assert first_of(site, "policies/p2.md") == "2024-06-01 10:00"


def test_a_site_in_a_folder_of_the_repository(tmp_path: Path) -> None:
    """A site may lie in a folder of a repository; names of other characters than ASCII are read as they are."""
    folder = tmp_path / "仓库" / "sites" / "rsj"
    write(folder, "notices/通知 甲.md", notice_text())
    write(tmp_path / "仓库", "notices/n9.md", notice_text())
    commit(tmp_path / "仓库", "2024-05-08 09:00")
    assert list(read_history(folder, tmp_path / "cache.db").files) == ["content/notices/通知 甲.md"]


def test_only_documents_are_followed(site: Path) -> None:
    """Attachments have no history of their own."""
    write(site, "policies/files/a.csv", "姓名\n")
    commit(site, "2024-05-08 09:00")
    assert list(read(site).files) == ["content/policies/p1.md"]


# ---------------------------------------------------------------- without a whole history


def gap_of(folder: Path) -> str:
    with pytest.raises(HistoryGap) as gap:
        read(folder)
    return str(gap.value)


def test_gaps_are_said(site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without git, a commit, the content or the whole of the history, nothing is guessed."""
    assert "不是 git 仓库" in gap_of(site)
    git(site, "init", "--quiet", "--initial-branch=main")
    assert "还没有提交" in gap_of(site)
    (site / "README").write_text("甲", encoding="utf-8")
    git(site, "add", "README")
    git(site, "commit", "--quiet", "-m", "开始")
    assert "content/ 没有提交" in gap_of(site)
    commit(site, "2024-05-08 09:00")
    git(tmp_path, "clone", "--quiet", "--depth", "1", site.as_uri(), str(tmp_path / "shallow"))
    assert "浅克隆" in gap_of(tmp_path / "shallow")
    git(site, "config", "uploadpack.allowFilter", "true")
    git(tmp_path, "clone", "--quiet", "--filter=blob:none", site.as_uri(), str(tmp_path / "partial"))
    assert "部分克隆" in gap_of(tmp_path / "partial")
    monkeypatch.setattr(module, "_MOST_COMMITS", 1)
    assert "没有逐一核对" in gap_of(site)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "没有安装 git" in gap_of(site)
    assert head_commit(site) is None


def test_git_that_hangs_is_ended(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that does not answer is given up after its time."""
    commit(site, "2024-05-08 09:00")

    def hang(*_: object, timeout: float, **__: object) -> None:
        raise subprocess.TimeoutExpired("git", timeout)

    monkeypatch.setattr(subprocess, "run", hang)
    assert "秒内没有做完" in gap_of(site)


# ---------------------------------------------------------------- the cache


def test_git_is_asked_again_only_after_a_commit(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The history is kept until another commit is checked out."""
    commit(site, "2024-05-08 09:00")
    before = read(site)
    asked: list[str] = []
    git_itself = Objects.ask

    def counted(objects: Objects, *arguments: str) -> bytes:
        asked.append(arguments[0])
        return git_itself(objects, *arguments)

    monkeypatch.setattr(Objects, "ask", counted)
    assert read(site) == before
    assert "log" not in asked
    write(site, "notices/n1.md", notice_text())
    commit(site, "2024-06-08 09:00")
    asked.clear()
    assert set(read(site).files) == {"content/policies/p1.md", "content/notices/n1.md"}
    assert asked.count("log") == 1


# ---------------------------------------------------------------- the rules


def examined(folder: Path, tmp_path: Path, *, with_history: bool = True) -> CheckedArchive:
    place = folder / "site_config.yaml"
    if not place.exists():
        place.write_text("site: {title: 甲, agency: 乙, base_url: https://a.example.cn/}\n", encoding="utf-8")
    order = BuildOptions(
        config_path=place,
        cache_path=tmp_path / "cache" / "cache.db",
        as_of=AsOf(dt.date.fromisoformat(AS_OF)),
        jobs=1,
        progress=lambda _stage, _done, _total: None,
    )
    return check_archive(order, with_history=with_history)


def rules_of(result: CheckedArchive) -> list[str]:
    return [finding.rule for finding in result.findings if finding.rule not in WHOLE_SITE]


@pytest.mark.parametrize(
    ("declared", "committed", "found"),
    [
        ("2024-05-08", "2024-05-08 09:00", False),
        ("2024-05-08", "2024-05-09 23:59", False),
        ("2024-05-08", "2024-05-10 00:00", True),
        ("2024-05-08 23:59", "2024-05-10 00:01", True),
        ("2024-05-08 00:00", "2024-05-09 23:59", False),
        ("2024-05-12", "2024-05-08 09:00", False),
        ("2023-12-31", "2024-01-01 00:00", False),
        ("2023-12-31", "2024-01-02 00:00", True),
    ],
)
def test_days_are_those_of_shanghai_and_one_is_tolerated(
    site: Path, tmp_path: Path, declared: str, committed: str, found: bool
) -> None:
    """A document may be published the day before its first commit, no earlier; days end at midnight in Shanghai."""
    write(site, "policies/p1.md", notice_text(date_published=declared, kind="notice"))
    commit(site, committed)
    assert rules_of(examined(site, tmp_path)) == (["S005"] if found else [])


def test_tolerance_is_configurable(site: Path, tmp_path: Path) -> None:
    """The config may tolerate no day, or more."""
    commit(site, "2024-05-09 09:00")
    base = "site: {title: 甲, agency: 乙, base_url: https://a.example.cn/}\n"
    for days, found in ((0, ["S005"]), (1, []), (2, [])):
        text = f"{base}deadlines: {{backdate_tolerance_days: {days}}}\n"
        (site / "site_config.yaml").write_text(text, encoding="utf-8")
        assert rules_of(examined(site, tmp_path)) == found


def test_a_build_asks_git_only_where_a_finding_would_stop_it(site: Path, tmp_path: Path) -> None:
    """Without history S005 is silent, and an exemption from it is no unused one; a blocking S005 brings git back."""
    write(site, "policies/p1.md", policy_text(1, exempt="{S005: 旧网站的日期}"))
    write(site, "policies/p2.md", policy_text(2))
    commit(site, "2024-06-01 09:00")
    assert rules_of(examined(site, tmp_path)) == ["S005"]
    result = examined(site, tmp_path, with_history=False)
    assert (rules_of(result), result.evidence.history, result.history_gap) == ([], None, "")
    with (site / "site_config.yaml").open("a", encoding="utf-8") as file:
        file.write("rules:\n  S005: {blocking: true}\n")
    assert [finding.rule for finding in examined(site, tmp_path, with_history=False).blocking] == ["S005"]


def test_without_git_nothing_is_found_and_the_gap_is_known(site: Path, tmp_path: Path) -> None:
    """Where there is no git, no rule guesses, and the reason is handed on."""
    result = examined(site, tmp_path)
    assert rules_of(result) == []
    assert "不是 git 仓库" in result.history_gap


def test_an_index_number_that_was_wrong_before_publication_may_change(site: Path, tmp_path: Path) -> None:
    """Only what was public is bound: a draft, a withheld or a future document may still get another 索引号."""
    later = {"date_published": "2024-05-20", "date_written": "2024-05-01"}
    write(site, "policies/p1.md", policy_text(1, LONG, index_no="123456789/2024-00009", **later))
    commit(site, "2024-05-10 09:00")
    write(site, "policies/p1.md", policy_text(1, LONG, **later))
    commit(site, "2024-05-19 09:00")
    assert rules_of(examined(site, tmp_path)) == []
    write(site, "policies/p1.md", policy_text(1, LONG, index_no="123456789/2024-00008", **later))
    commit(site, "2024-05-21 09:00")
    assert rules_of(examined(site, tmp_path)) == ["S010"]
    write(site, "policies/p1.md", policy_text(1, LONG, **later))
    commit(site, "2024-05-22 09:00")
    known = read_history(site, tmp_path / "cache" / "cache.db").files["content/policies/p1.md"]
    assert [former.index_no[-1] for former in known.former_identities] == ["9", "1", "8"]


@pytest.mark.parametrize("mark", ["draft: true", "草稿: 是", "撤下: {日期: 2024-05-08, 理由: 有误}"])
def test_a_draft_binds_no_number_and_leaves_no_address(site: Path, tmp_path: Path, mark: str) -> None:
    """A revision that says it is a draft or withdrawn was not public: no rule binds its number or address."""
    text = policy_text(1, LONG, index_no="123456789/2024-00009").replace("---\n", f"---\n{mark}\n", 1)
    write(site, "policies/p1.md", text)
    commit(site, "2024-05-08 09:00")
    write(site, "policies/p1.md", policy_text(1, LONG).replace("---\n", "---\nid: p1b\n", 1))
    commit(site, "2024-05-08 10:00")
    assert rules_of(examined(site, tmp_path)) == []


def test_an_earlier_version_that_cannot_be_read_says_nothing(site: Path, tmp_path: Path) -> None:
    """A version in another encoding, or without front matter, is passed over."""
    text = policy_text(1, LONG, index_no="123456789/2024-00009")
    (site / "content/policies/p1.md").write_bytes(text.encode("utf-16"))
    commit(site, "2024-05-08 09:00")
    write(site, "policies/p1.md", "index_no: 123456789/2024-00007\n" + LONG)
    commit(site, "2024-05-08 10:00")
    write(site, "policies/p1.md", policy_text(1, LONG))
    commit(site, "2024-05-08 11:00")
    assert rules_of(examined(site, tmp_path)) == []


def test_check_says_the_gap_once_and_only_where_it_matters(project: Project) -> None:
    """Gongkai check says once on stderr that there was no history, and not where no chosen rule needs one."""
    project.policy()
    assert project.check().err.count("没有 git 历史") == 1
    assert "没有 git 历史" not in project.check("--select", "T").err
    assert "没有 git 历史" not in project.run("build", "--no-search").err


def test_check_lists_legacy(project: Project) -> None:
    """Gongkai check counts what declares itself imported, so that nobody overlooks an exemption."""
    project.policy(migrated="true")
    commit(project.folder, "2024-09-01 09:00")
    ran = project.check()
    assert ran.status == 0, ran.out
    assert "没有核对发布日期的 1 件" in ran.err
