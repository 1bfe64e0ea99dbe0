"""The command as a user runs it: exit statuses, what goes where, Chinese messages, never a traceback."""

import datetime as dt
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import click
import pytest
from support.program import Ran, run_program
from support.project import AS_OF, CONFIG, Project
from support.stages import findings_of, notice_text, page_of

from generator import __version__
from generator.audit import RULES
from generator.cli import program
from generator.cli.options import today
from generator.config.load import load_config
from generator.domain.laws import Ground
from generator.domain.problems import ConfigError
from generator.domain.vocabulary import Kind
from generator.source.load_all import load_sources

KEYS = ["rule", "severity", "path", "line", "field", "document", "message", "hint", "source", "blocking"]

JUNIT = ("--format", "junit")


def run_in(folder: Path, cache: Path, *arguments: str, **environment: str) -> Ran:
    """Run the program in a folder with an environment of its own."""
    return run_program(*arguments, folder=folder, environment={"XDG_CACHE_HOME": str(cache), **environment})


def calm(ran: Ran) -> Ran:
    """Check what holds for every run: no traceback, and only statuses of the contract."""
    assert "Traceback" not in ran.err + ran.out
    assert ran.status in {0, 1, 2}
    return ran


def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, project: Project, *arguments: str) -> Ran:
    """Call the program in this process, in the project's folder."""
    monkeypatch.chdir(project.folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(project.cache))
    monkeypatch.setattr(sys, "argv", ["gongkai", *arguments])
    with pytest.raises(SystemExit) as ended:
        program.main()
    shown = capsys.readouterr()
    assert isinstance(ended.value.code, int)
    return calm(Ran(ended.value.code, shown.out, shown.err))


# ---------------------------------------------------------------- exit statuses, stdout and stderr


def test_clean_check_says_so_on_stderr(project: Project) -> None:
    """A clean check ends with 0, prints nothing for programs, and tells the person how many files were looked at."""
    project.policy()
    ran = calm(project.run("check"))
    assert (ran.status, ran.out) == (0, "")
    gap, result = ran.err.splitlines()
    assert gap.startswith("没有 git 历史，未核对 F021、F022、S005、S010、V005：")
    assert result == "共 1 个文件，没有发现问题。"


def test_check_with_an_error_ends_with_1(project: Project) -> None:
    """An error ends a check with 1; each finding is printed as file, line, field, message, rule and mend."""
    project.policy(date_published="2024-05-01")
    ran = calm(project.run("check"))
    assert (ran.status, ran.out) == (1, "")
    _no_git, first, mend, last = ran.err.splitlines()
    assert first.startswith("content/policies/p1.md:6: 发布日期: ")
    assert first.endswith("(F004)")
    assert "改法: " in mend
    assert last == "共 1 个文件，错误 1 项。"


def test_warning_fails_only_when_asked(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A warning ends a check with 0, and with 1 under --fail-on warning."""
    project.policy(doc_number="例人社发[2024]1号")
    for limit, status in (([], 0), (["--fail-on", "error"], 0), (["--fail-on", "warning"], 1)):
        ran = call(capsys, monkeypatch, project, "check", "--select", "F", "--as-of", AS_OF, *limit)
        assert ran.status == status
        assert "(F007)" in ran.err
        assert "警告 1 项" in ran.err


def test_unselected_error_does_not_fail(project: Project) -> None:
    """A check of chosen rules fails for these rules alone."""
    project.document("notices/n1.md", {"title": "停水", "date_published": "2024-05-08"})
    assert (project.check().status, project.check().rules) == (1, ["G001"])
    assert (project.check("--select", "F,l001").status, project.check("--ignore", "G001，V,H,Q").rules) == (0, [])
    assert project.check("--select", "F", "--select", "G").rules == ["G001"]


def test_milder_rule_passes_and_does_not_stop_a_build(project: Project) -> None:
    """A rule that the config makes a warning that does not block neither fails a check nor stops a build."""
    project.policy(date_published="2024-05-01")
    assert calm(project.run("build", "--no-search")).status == 1
    project.write("site_config.yaml", CONFIG + "rules:\n  F004:\n    severity: warning\n    blocking: false\n")
    ran = calm(project.check())
    assert (ran.status, [(one["severity"], one["blocking"]) for one in ran.findings]) == (0, [("warning", False)])
    built = calm(project.run("build", "--no-search"))
    assert built.status == 0
    assert "警告" in built.err


def test_blocked_build_leaves_the_old_site(project: Project) -> None:
    """A blocking finding ends a build with 1, and every file of the old site stays as it was."""
    page = project.policy()
    folder = project.build()
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    assert before
    page.write_text(page.read_text(encoding="utf-8").replace("disclosure: proactive\n", ""), encoding="utf-8")
    ran = calm(project.run("build", "--no-search"))
    assert (ran.status, ran.out) == (1, "")
    assert "G001" in ran.err
    assert "原来的网站没有动" in ran.err
    assert before == {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_json_has_the_keys_of_the_contract(project: Project) -> None:
    """--format json prints a list of findings with exactly the contract's keys, on stdout alone."""
    project.policy(date_published="2024-05-01", doc_number="例人社发[2024]1号")
    project.document("notices/n1.md", {"title": "停水", "date_published": "2024-05-08"})
    ran = calm(project.check())
    assert ran.status == 1
    assert ran.err.splitlines()[:2] == [
        "不在网站上的 1 件：没有公开属性 1 件。",
        "    content/notices/n1.md: 没有公开属性",
    ]
    assert [list(one) for one in ran.findings] == [KEYS] * 3
    assert [(one["rule"], one["path"], one["line"], one["field"], one["document"]) for one in ran.findings] == [
        ("G001", "content/notices/n1.md", 1, "disclosure", "n1"),
        ("F007", "content/policies/p1.md", 4, "doc_number", "p1"),
        ("F004", "content/policies/p1.md", 6, "date_published", "p1"),
    ]
    for one in ran.findings:
        rule = RULES[one["rule"]]
        assert (one["severity"], one["source"], one["blocking"]) == (rule.severity.value, rule.source, rule.blocking)
        assert isinstance(one["line"], int)
        assert one["message"]
        assert one["hint"]


def test_json_of_a_clean_site_is_an_empty_list(project: Project) -> None:
    """A clean site gives an empty list; a person is told only that there was no git to compare with."""
    project.policy()
    ran = calm(project.check())
    assert (ran.status, ran.findings) == (0, [])
    assert len(ran.err.splitlines()) == 1
    assert ran.err.startswith("没有 git 历史")


def test_list_rules(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """--list-rules prints every rule with its weight and title on stdout, and --select narrows it."""
    ran = call(capsys, monkeypatch, project, "check", "--list-rules")
    assert ran.status == 0
    assert [line.split()[0] for line in ran.out.splitlines()] == sorted(RULES)
    assert "F007  警告  文号不是标准写法" in ran.out.splitlines()
    assert call(capsys, monkeypatch, project, "check", "--list-rules", "--select", "G").out.count("\n") == sum(
        rule.startswith("G") for rule in RULES
    )


def test_a_ground_that_has_ended_is_listed_with_its_rule(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--list-rules and --explain say from its day on that the ground of a rule has ended, and what took its place."""
    monkeypatch.setitem(RULES, "G006", replace(RULES["G006"], ground=Ground("{干部档案工作条例}第三条")))
    expected = "《干部档案工作条例》自 2018-11-20 起不再有效，由《干部人事档案工作条例》替代"
    listed = call(capsys, monkeypatch, project, "check", "--list-rules", "--select", "G006").out.splitlines()
    assert listed[1:] == [f"      依据：{expected}"]
    before = ("check", "--list-rules", "--select", "G006", "--as-of", "2018-11-19")
    assert call(capsys, monkeypatch, project, *before).out.count("\n") == 1
    explained = call(capsys, monkeypatch, project, "check", "--explain", "G006").out
    assert "依据：干部档案工作条例第三条［自 2018-11-20 起不再有效，由《干部人事档案工作条例》替代］" in explained


@pytest.mark.parametrize("rule", RULES)
def test_explain(
    rule: str, project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--explain prints what is wrong, both examples, the mend and the ground of a rule, on stdout."""
    ran = call(capsys, monkeypatch, project, "check", "--explain", rule.lower())
    assert ran.status == 0
    assert ran.out.startswith(f"{rule}（")
    assert all(
        word in ran.out for word in (RULES[rule].title, "不对：", "对：", "改法：", f"依据：{RULES[rule].source}")
    )


def test_version_and_help(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """--version prints the version; the help of the program and of its commands is Chinese throughout."""
    assert call(capsys, monkeypatch, project, "--version").out == f"gongkai {__version__}\n"
    for arguments in (["--help"], ["build", "--help"], ["check", "-h"], ["serve", "--help"]):
        ran = call(capsys, monkeypatch, project, *arguments)
        assert ran.status == 0
        for word in ("Usage", "Options", "Commands", "Show this", "[OPTIONS]", "default"):
            assert word not in ran.out
        assert "用法: " in ran.out


# ---------------------------------------------------------------- wrong usage


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["build", "--jbos", "2"], ["没有选项 --jbos", "--jobs"]),
        (["bulid"], ["没有命令“bulid”", "build"]),
        (["check", "--as-of", "2026-13-01"], ["--as-of", "“2026-13-01”不是日期", "2026-11-21"]),
        (["check", "--as-of", "昨天"], ["“昨天”不是日期"]),
        (["check", "--as-of"], ["--as-of", "缺少值"]),
        (["check", "--jobs", "0"], ["--jobs", "1 至 256 的整数"]),
        (["check", "--jobs", "两个"], ["--jobs", "整数"]),
        (["check", "--format", "xml"], ["--format", "可用的值是 'text', 'json'"]),
        (["check", "--fail-on", "never"], ["--fail-on", "'error', 'warning'"]),
        (["check", "--list-rules=1"], ["选项 --list-rules 后面不带值"]),
        (["verify"], ["缺少参数", "目录"]),
        (["check", "--select", "Z999"], ["没有规则“Z999”", "--list-rules"]),
        (["check", "--ignore", "L0O1"], ["没有规则“L0O1”", "是不是 L0"]),
        (["check", "--explain", "L"], ["没有规则“L”"]),
        (["check", "--explain", "L01"], ["没有规则“L01”"]),
        (["check", "extra"], ["多了参数"]),
    ],
)
def test_wrong_usage_is_told_in_chinese(
    arguments: list[str],
    words: list[str],
    project: Project,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Wrong usage ends with 2, says in Chinese on stderr what is wrong, and prints nothing on stdout."""
    ran = call(capsys, monkeypatch, project, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert all(word in ran.err for word in words), ran.err
    for word in ("Error", "Usage", "Invalid", "No such", "Try ", "got unexpected", "is not"):
        assert word not in ran.err


@pytest.mark.parametrize("name", program._COMMANDS)
def test_every_command_is_there(name: str) -> None:
    """Each name of the list of commands leads to a command, which is imported only when it is used."""
    context = click.Context(program.program)
    command = program.program.get_command(context, name)
    assert command is not None
    assert command.get_short_help_str()


@pytest.mark.parametrize("arguments", [[], ["--nothing"]])
def test_no_command_shows_the_way(
    arguments: list[str], project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without a command the program ends with 2 and says in Chinese what it can do or what was wrong."""
    ran = call(capsys, monkeypatch, project, *arguments)
    assert (ran.status, ran.out) == (2, "")
    assert "用法" in ran.err


# ---------------------------------------------------------------- an unreadable config


CONFIGS: dict[str, tuple[str | bytes, list[str]]] = {
    "unknown key with the nearest": (
        CONFIG + "tehme: default\n",
        ["site_config.yaml:5: tehme: 没有这个设置", "是不是 theme"],
    ),
    "unknown key of the site": (CONFIG + "  phnoe: '12345'\n", [":5: site.phnoe: 没有这个设置", "是不是 phone"]),
    "no agency": (
        "site:\n  title: 甲\n  base_url: https://a.example.cn/\n",
        [":1: site.agency: 缺少必填的设置", "机构"],
    ),
    "empty title": (CONFIG.replace("政府信息公开", "' '"), [":2: site.title: 不能为空"]),
    "no site": ("theme: default\n", ["site: 缺少必填的设置"]),
    "no address": (CONFIG.replace("https://", ""), [":4: site.base_url:", "https://"]),
    "list": ("- site\n", [":1: 配置应是“名称: 值”的形式"]),
    "empty": ("", [":1: 配置应是“名称: 值”的形式"]),
    "duplicate key": (CONFIG + "theme: a\ntheme: b\n", [":6: ", "写了两次"]),
    "tab": ("site:\n\ttitle: 甲\n", [":2: ", "制表符"]),
    "tag": (CONFIG + "theme: !!python/name:os.system\n", [":5: ", "不支持 YAML 标签"]),
    "not UTF-8": (CONFIG.encode("gb18030"), ["不是 UTF-8 编码"]),
    "wrong number": (CONFIG + "list_size: 很多\n", [":5: list_size: ", "应为整数"]),
    "too small": (CONFIG + "list_size: 1\n", [":5: list_size: ", "太小"]),
    "wrong pattern": (CONFIG + "index_no_patterns: ['(']\n", [":5: index_no_patterns: ", "不是正则表达式"]),
    "too large": (
        CONFIG + "deadlines:\n  interpret_max_workdays: 100\n",
        [":6: deadlines.interpret_max_workdays: ", "太大"],
    ),
    "unknown type": (
        CONFIG + "interpretation:\n  also_required: [杂项]\n",
        [":6: interpretation.also_required: 没有文件类别“杂项”"],
    ),
    "unknown parent": (CONFIG + "columns:\n  - id: a\n    parent: b\n", ["上级栏目“b”不存在"]),
    "reserved folder": (CONFIG + "columns:\n  - id: api\n", ["系统保留"]),
    "unknown rule": (CONFIG + "rules:\n  L01:\n    severity: warning\n", ["没有规则“L01”", "L010"]),
    "ended act without a day": (CONFIG + "laws:\n  - name: 甲办法\n", [":6: laws.0.ended: 缺少必填的设置"]),
    "ended act without a name": (
        CONFIG + "laws:\n  - ended: 2024-01-01\n",
        [":6: laws.0: name（标题）和 number（文号）"],
    ),
    "ended act with no day": (CONFIG + "laws:\n  - {name: 甲办法, ended: 去年}\n", [":6: laws.0.ended: ", "应为日期"]),
    "ended act misspelt": (
        CONFIG + "laws:\n  - {nmae: 甲办法, ended: 2024-01-01}\n",
        ["laws.0.nmae: 没有这个设置", "是不是 name"],
    ),
    "fixed rule": (CONFIG + "rules:\n  G001:\n    blocking: false\n", ["规则 G001 的级别不能改"]),
}


@pytest.mark.parametrize("case", CONFIGS)
def test_wrong_config_is_told_in_chinese(
    case: str, project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A config that cannot be used ends both commands with 2, with the file, the line and the mend."""
    text, words = CONFIGS[case]
    project.write("site_config.yaml", text)
    project.policy()
    for command in (["check"], ["build", "--no-search"]):
        ran = call(capsys, monkeypatch, project, *command)
        assert (ran.status, ran.out) == (2, "")
        assert ran.err.startswith("错误: ")
        assert all(word in ran.err for word in words), ran.err
    assert not (project.folder / "public").exists()


def test_all_wrong_settings_are_told_at_once(project: Project) -> None:
    """Every wrong setting of a config is reported, not only the first."""
    place = project.write("site_config.yaml", CONFIG + "tehme: default\nlist_size: 很多\nfeed_size: 0\n")
    with pytest.raises(ConfigError) as refused:
        load_config(place)
    assert [line.split(": ")[1] for line in refused.value.message.splitlines()] == ["list_size", "feed_size", "tehme"]


def test_missing_config(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A config that does not exist ends with 2 and tells how to name or make one."""
    (project.folder / "site_config.yaml").unlink()
    ran = call(capsys, monkeypatch, project, "check")
    assert (ran.status, ran.out) == (2, "")
    assert "找不到配置文件 site_config.yaml" in ran.err
    assert "-c" in ran.err
    assert call(capsys, monkeypatch, project, "build", "-c", "none/a.yaml").status == 2
    assert call(capsys, monkeypatch, project, "serve", "--port", "0").status == 2
    assert call(capsys, monkeypatch, project, "check", "-c", ".").status == 2


def test_config_in_chinese(project: Project) -> None:
    """The site's own facts may be written with Chinese keys."""
    place = project.write(
        "site_config.yaml", "网站:\n  标题: 甲\n  机构: 乙\n  网址: https://a.example.cn/b\n  电话: 0123-456\n"
    )
    site = load_config(place).site
    assert (site.title, site.agency, site.base_url, site.phone) == ("甲", "乙", "https://a.example.cn/b/", "0123-456")


# ---------------------------------------------------------------- odd sources


def test_no_content_folder(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A project without a content folder ends with 2 and says where it belongs."""
    (project.folder / "content").rmdir()
    ran = call(capsys, monkeypatch, project, "check")
    assert (ran.status, ran.out) == (2, "")
    assert "没有 content 文件夹" in ran.err


def test_empty_content(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A content folder without a Markdown file ends with 2 and says what to do; nothing is built."""
    project.write("content/policies/a.csv", "a,b\n")
    for command in (["check"], ["build", "--no-search"]):
        ran = call(capsys, monkeypatch, project, *command)
        assert (ran.status, ran.out) == (2, "")
        assert "没有 Markdown 文件" in ran.err
        assert "改法: " in ran.err
    assert not (project.folder / "public").exists()


def test_empty_file_is_a_finding(project: Project) -> None:
    """An empty file, or one of bytes, is a finding of its own and stops nothing else."""
    project.policy()
    project.write("content/notices/empty.md", b"")
    project.write("content/notices/bytes.md", bytes(range(256)))
    found = findings_of(project.folder, project.cache)
    assert [(one.path, one.line, one.rule) for one in found] == [
        ("content/notices/bytes.md", 2, "F008"),
        ("content/notices/empty.md", 1, "F008"),
    ]


def test_unreadable_file_is_a_finding(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that the system does not let be read is a finding, and the other files are still read."""
    project.policy("p1")
    refused = project.policy("p2")
    read = Path.read_bytes

    def guarded(path: Path) -> bytes:
        if path == refused:
            raise PermissionError(13, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", guarded)
    found = findings_of(project.folder, project.cache)
    assert [(one.path, one.rule, one.document) for one in found] == [("content/policies/p2.md", "F008", "p2")]


def test_symbolic_links_are_not_followed(project: Project) -> None:
    """A symbolic link under content/ is a finding, wherever it leads; nothing behind it is read."""
    project.policy()
    project.write("outside/secret.md", notice_text())
    project.write("outside/table.csv", "a,b\n")
    folder = project.folder / "content"
    for name, target in {
        "a.md": "../outside/secret.md",
        "b": "../outside",
        "c.csv": "../outside/table.csv",
        "d.md": "none.md",
        "e": ".",
    }.items():
        (folder / name).symlink_to(target)
    sources = load_sources(project.folder, project.cache / "cache.db", jobs=1, advance=lambda _done, _total: None)
    assert [page.path for page in sources.pages] == ["content/policies/p1.md"]
    assert not sources.files
    found = findings_of(project.folder, project.cache)
    assert sorted((one.path, one.rule, one.line) for one in found) == [
        (f"content/{name}", "F008", 1) for name in ("a.md", "b", "c.csv", "d.md", "e")
    ]
    assert all("符号链接" in one.message for one in found)


def test_hidden_and_office_lock_files_are_left_out(project: Project) -> None:
    """Files and folders that begin with a dot, and the lock files of office programs, are no sources."""
    for name in (
        ".git/a.md",
        ".hidden.md",
        "policies/~$名单.docx",
        "policies/.DS_Store",
        "policies/A.MD",
        "policies/b.markdown",
    ):
        project.write(f"content/{name}", notice_text())
    sources = load_sources(project.folder, project.cache / "cache.db", jobs=1, advance=lambda _done, _total: None)
    assert [page.path for page in sources.pages] == ["content/policies/A.MD", "content/policies/b.markdown"]
    assert not sources.files


def test_folder_called_like_a_page(project: Project) -> None:
    """A folder whose name ends in .md is a folder."""
    project.write("content/notices/2024.md/n1.md", notice_text())
    sources = load_sources(project.folder, project.cache / "cache.db", jobs=1, advance=lambda _done, _total: None)
    assert [page.path for page in sources.pages] == ["content/notices/2024.md/n1.md"]


def test_broken_cache_is_made_anew(project: Project) -> None:
    """A cache file that is no database is replaced, and the result is the same."""
    project.policy(date_published="2024-05-01")
    first = findings_of(project.folder, project.cache)
    for name in project.cache.iterdir():
        name.write_bytes(b"not a database" * 100)
    assert findings_of(project.folder, project.cache) == first
    assert [one.rule for one in first] == ["F004"]


def test_warm_cache_gives_the_same_findings_and_pages(project: Project) -> None:
    """A second run, which reads from the cache, gives the same pages; a changed file is parsed again."""
    page = project.policy()
    cache = project.cache / "cache.db"

    def load() -> object:
        return load_sources(project.folder, cache, jobs=1, advance=lambda _done, _total: None).pages

    assert load() == load()
    page.write_text(notice_text(), encoding="utf-8")
    again = load_sources(project.folder, cache, jobs=1, advance=lambda _done, _total: None).pages
    assert again[0].fields == page_of(notice_text()).fields


def test_several_processes_give_the_same_findings(project: Project) -> None:
    """However many processes read the files, the findings are the same, in the same order."""
    for number in range(1, 9):
        project.policy(f"p{number}", date_published="2024-05-01" if number % 2 else "2024-05-08")
    one, many = calm(project.check("--jobs", "1")), calm(project.run("check", "--format", "json", "--jobs", "4"))
    assert one.findings == many.findings
    assert len(one.findings) == 4


def test_unknown_theme(project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """A theme that does not exist ends a build with 2."""
    project.policy()
    project.write("site_config.yaml", CONFIG + "theme: none\n")
    ran = call(capsys, monkeypatch, project, "build", "--no-search")
    assert (ran.status, ran.out) == (2, "")
    assert "none" in ran.err


def test_output_that_is_a_file(
    project: Project, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An output folder that is a file ends a build with 2, and the file stays."""
    project.policy()
    place = project.write("public", "mine")
    ran = call(capsys, monkeypatch, project, "build", "--no-search")
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("错误: ")
    assert place.read_text(encoding="utf-8") == "mine"


# ---------------------------------------------------------------- the day


@pytest.mark.parametrize(
    ("epoch", "day"),
    [("0", "1970-01-01"), ("1704038399", "2023-12-31"), ("1704038400", "2024-01-01"), ("1795190400", "2026-11-21")],
)
def test_source_date_epoch_gives_the_day_in_shanghai(epoch: str, day: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """SOURCE_DATE_EPOCH is the moment for which the site is built, as a day in Asia/Shanghai."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    assert today() == dt.date.fromisoformat(day)


@pytest.mark.parametrize("epoch", ["soon", "1.5", "99999999999999999", "²"])
def test_unusable_source_date_epoch_is_refused(project: Project, epoch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where SOURCE_DATE_EPOCH is no number of seconds, nothing is built for a day that nobody asked for."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", epoch)
    project.policy()
    ran = project.run("check", as_of=None)
    assert ran.status == 2
    assert "SOURCE_DATE_EPOCH" in ran.err
    assert "Traceback" not in ran.err


def test_source_date_epoch_and_as_of(project: Project) -> None:
    """SOURCE_DATE_EPOCH sets the as-of day of a run, and --as-of is stronger."""
    project.policy(status="有效", expires_on="2024-12-31")
    command = ("check", "--select", "V001", "--format", "json")
    before, after = "1735660799", "1735660800"  # the last second of 2024 in Shanghai, and the next
    assert calm(run_in(project.folder, project.cache, *command, SOURCE_DATE_EPOCH=before)).rules == []
    assert calm(run_in(project.folder, project.cache, *command, SOURCE_DATE_EPOCH=after)).rules == ["V001"]
    assert run_in(project.folder, project.cache, *command, "--as-of", "2024-12-31", SOURCE_DATE_EPOCH=after).rules == []


def test_config_elsewhere(project: Project, tmp_path: Path) -> None:
    """-c names a config anywhere; content/ lies beside it, and paths are relative to its folder."""
    project.policy(date_published="2024-05-01")
    ran = calm(
        run_in(
            tmp_path,
            project.cache,
            "check",
            "--select",
            "F",
            "--format",
            "json",
            "-c",
            "site/site_config.yaml",
            "--as-of",
            AS_OF,
        )
    )
    assert (ran.status, [one["path"] for one in ran.findings]) == (1, ["content/policies/p1.md"])


def test_module_and_command_are_one_program(project: Project, tmp_path: Path) -> None:
    """Both ``gongkai`` and ``python -m generator`` are the same program."""
    command = Path(sys.executable).with_name("gongkai")
    done = subprocess.run([command, "--version"], capture_output=True, check=False)
    assert done.stdout.decode() == run_in(tmp_path, project.cache, "--version").out == f"gongkai {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ("check", "--as-of", AS_OF),
        ("check", "--nothing"),
        ("build", "-c", "nowhere.yaml"),
        ("--help",),
        ("verify", "."),
    ],
    ids=" ".join,
)
def test_a_forked_run_is_the_run_of_a_user(project: Project, arguments: tuple[str, ...]) -> None:
    """What the tests run in a forked process ends with the status, output and messages of ``python -m generator``."""
    project.policy(title="")
    environment = {"XDG_CACHE_HOME": str(project.cache)}
    done = subprocess.run(
        [sys.executable, "-m", "generator", *arguments],
        cwd=project.folder,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
        capture_output=True,
        check=False,
    )
    user = Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    assert run_program(*arguments, folder=project.folder, environment=environment) == user
    assert user.out + user.err


def test_check_writes_nothing_beside_the_sources(project: Project) -> None:
    """A check leaves the project's folder as it was."""
    project.policy()
    before = sorted(path.relative_to(project.folder) for path in project.folder.rglob("*"))
    assert calm(project.check()).status == 0
    assert sorted(path.relative_to(project.folder) for path in project.folder.rglob("*")) == before


@pytest.mark.parametrize("kind", [kind.value for kind in Kind])
def test_a_new_file_says_only_what_is_left_to_fill_in(project: Project, kind: str) -> None:
    """What ``gongkai new`` writes can be read, and each finding names a field or text that is left to fill in."""
    ran = project.run("new", kind, "one", "--title", "关于: 某事的通知")
    assert ran.status == 0, ran.err
    checked = project.check()
    assert set(checked.rules) <= {"F001", "F016", "G001", "L001", "L006"}
    assert checked.status == 0  # it is a draft
    path = project.folder / ran.out.strip()
    text = path.read_text(encoding="utf-8")
    assert "\ndraft: true  # 草稿，不会发布；写完以后删去这一行，就会发布\n" in text
    assert "删去“草稿”（draft）这一行" in ran.err
    path.write_text("".join(row for row in text.splitlines(keepends=True) if "draft" not in row), encoding="utf-8")
    assert project.check().status == 1
    assert project.run("new", kind, "one").status == 2


@pytest.mark.parametrize(
    "arguments",
    [("audit", "--baseline", "none.json"), ("audit", "--baseline", "content"), ("audit", "-o", "site_config.yaml/x")],
)
def test_what_the_system_refuses_is_told_in_chinese(project: Project, arguments: tuple[str, ...]) -> None:
    """A missing file, a folder instead of a file, a folder that cannot be made: the reason is Chinese."""
    project.policy()
    ran = project.run(*arguments)
    assert ran.status == 2
    assert "改法: " in ran.err
    assert any(why in ran.err for why in ("没有这个文件或文件夹", "这是文件夹", "路径中间的一段不是文件夹"))
    assert not any(why in ran.err for why in ("No such", "Is a directory", "Not a directory"))


@pytest.mark.parametrize(("name", "said"), [("G001", "的级别不能改"), ("L0O3", "是不是 L"), ("提醒", "--list-rules")])
def test_a_rule_that_cannot_be_set_is_told_with_its_line(project: Project, name: str, said: str) -> None:
    """A rule of another name, or one whose weight is fixed, in the config: file, line, what to do."""
    config = project.folder / "site_config.yaml"
    before = config.read_text(encoding="utf-8").rstrip("\n") + "\nrules:\n"
    project.write("site_config.yaml", f"{before}  {name}: {{severity: warning}}\n")
    project.policy()
    ran = project.run("check")
    assert ran.status == 2
    assert f"site_config.yaml:{before.count(chr(10)) + 1}: rules.{name}: " in ran.err
    assert said in ran.err


def test_fail_on_says_which_findings_fail(project: Project) -> None:
    """``blocking`` fails for what stops a build, ``error`` for a missed duty too, ``warning`` for everything."""
    project.policy("p1", date_published="2024-09-30")  # late: an error that does not stop a build
    found = project.check().findings
    assert {("D001", "error", False)} <= {(one["rule"], one["severity"], one["blocking"]) for one in found}
    assert not any(one["blocking"] for one in found)

    def statuses() -> list[int]:
        levels = ("blocking", "error", "warning")
        return [
            project.run("check", *options, "--fail-on", level).status for options in ((), JUNIT) for level in levels
        ]

    assert statuses() == [0, 1, 1] * 2
    assert project.run("check", *JUNIT, "--fail-on", "blocking").out.count("<failure") == 0
    assert project.run("check", *JUNIT, "--fail-on", "error").out.count("<failure") >= 1
    project.policy("p2", disclosure=None)
    assert statuses() == [1, 1, 1] * 2
    assert "<failure" in project.run("check", *JUNIT, "--fail-on", "blocking").out
    assert project.run("check", "--fail-on", "nothing").status == 2
