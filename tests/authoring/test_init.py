"""``gongkai init``: a site of one's own, by options, by answers, and what it says of its surroundings."""

from pathlib import Path

import pytest
from support.git_repository import git
from support.machine import Machine
from support.program import run_program
from support.terminal import answered

OPTIONS = ("--title", "信息公开", "--agency", "云溪县人力资源和社会保障局", "--url", "https://yunxi.example.gov.cn/rsj")
CONFIG = """\
site:
  title: 信息公开
  agency: 云溪县人力资源和社会保障局
  base_url: https://yunxi.example.gov.cn/rsj/
"""


def test_options_make_the_config(tmp_path: Path) -> None:
    """Title, agency and address stand in the config as they are given, and the site builds."""
    ran = run_program("init", "wodewang", *OPTIONS, folder=tmp_path)
    assert ran.status == 0, ran.err
    site = tmp_path / "wodewang"
    assert (site / "site_config.yaml").read_text(encoding="utf-8") == CONFIG
    written = {str(Path("wodewang") / name) for name in ("site_config.yaml", "content/pages/guide.md", ".gitignore")}
    assert {name for name in ran.out.split() if "/.vscode/" not in name} == written
    assert "cd wodewang" in ran.err
    built = run_program("build", "--no-search", folder=site, environment={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert built.status == 0, built.err
    assert "云溪县人力资源和社会保障局" in (site / "public/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("value", ["甲: 乙", "“甲”局", "yes", "甲 # 乙", '甲"乙', "2026"])
def test_any_agency_is_read_back(tmp_path: Path, value: str) -> None:
    """An agency with a sign of YAML in it is the same when the config is read."""
    assert run_program("init", ".", "--agency", value, folder=tmp_path).status == 0
    from generator.config.load import load_config

    assert load_config(tmp_path / "site_config.yaml").site.agency == value


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--url", "yunxi"), "网站的网址“yunxi”不对：应为以 http:// 或 https:// 开头的网址"),
        (("--url", "ftp://yunxi.example.gov.cn/"), "应为以 http://"),
        (("--agency", "  "), "机构全称“  ”不对：不能为空"),
        (("--title", " "), "网站名称“ ”不对：不能为空"),
        (("--ci", "svn"), "没有“svn”这种代码平台\n    改法: 可用：github、gitlab、gitea、gitee"),
    ],
)
def test_a_wrong_option_writes_nothing(tmp_path: Path, arguments: tuple[str, ...], message: str) -> None:
    """A wrong address, an empty name or an unknown code host ends with 2, and there is no folder."""
    ran = run_program("init", "site", *arguments, folder=tmp_path)
    assert ran.status == 2
    assert message in ran.err
    assert not (tmp_path / "site").exists()


def test_nothing_is_asked_without_a_terminal(tmp_path: Path) -> None:
    """Without a terminal the defaults are taken: nothing waits for an answer."""
    ran = run_program("init", ".", folder=tmp_path)
    assert ran.status == 0
    assert "agency: 示例市示例局" in (tmp_path / "site_config.yaml").read_text(encoding="utf-8")


def test_a_wrong_answer_is_asked_again(tmp_path: Path) -> None:
    """On a terminal every answer is checked at once and asked for again; what an option gives is not asked."""
    answers = ["", "云溪县人力资源和社会保障局", "yunxi", "https://yunxi.example.gov.cn/rsj", "svn", "gitlab"]
    shown = answered(tmp_path, ["init", "site", "--title", "信息公开"], answers)
    assert "网站名称" not in shown
    assert "“yunxi”不对" in shown
    assert "没有“svn”这种代码平台" in shown
    assert (tmp_path / "site/site_config.yaml").read_text(encoding="utf-8") == CONFIG
    assert (tmp_path / "site/.gitlab-ci.yml").is_file()


def test_a_site_in_another_repository_is_pointed_out(tmp_path: Path) -> None:
    """Inside another git repository init says so; in a repository of its own, or in none, it does not."""
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet")
    ran = run_program("init", "site", folder=outer)
    assert f"在另一个 git 仓库 {outer} 里面" in ran.err
    own = tmp_path / "own"
    own.mkdir()
    git(own, "init", "--quiet")
    assert "另一个 git 仓库" not in run_program("init", ".", folder=own).err
    assert "另一个 git 仓库" not in run_program("init", "site", folder=tmp_path).err


def test_the_next_steps_can_be_followed(tmp_path: Path) -> None:
    """The commands that init prints at the end work one after the other, also where the folder's name has a blank."""
    machine = Machine(tmp_path / "home")
    ran = machine.run("gongkai init '我的 网站' --ci gitlab --agency 示例市示例局", tmp_path)
    lines = ran.stderr.partition("下一步：")[2].splitlines()
    commands = [line.strip().split("   ")[0] for line in lines if line.startswith("    ") and "serve" not in line]
    assert [command.split()[0] for command in commands] == ["cd", "git", "git", "git"]
    machine.do("\n".join(["set -e", *commands]), tmp_path)
    assert "新建网站" in machine.do("git log --format=%s", tmp_path / "我的 网站")


def test_the_gongkai_of_the_site_itself_is_named(tmp_path: Path) -> None:
    """Where the folder has a virtual environment with gongkai, the next step runs that one."""
    place = tmp_path / "site/.venv/bin/gongkai"
    place.parent.mkdir(parents=True)
    place.touch()
    assert "\n    .venv/bin/gongkai serve " in run_program("init", "site", folder=tmp_path).err


def test_a_site_that_exists_gets_the_team_files_only(tmp_path: Path) -> None:
    """In a folder with a site ``--ci`` adds what is missing, by its own address, and changes no file."""
    assert run_program("init", ".", *OPTIONS, folder=tmp_path).status == 0
    ignored = (tmp_path / ".gitignore").write_text("/mine/\n", encoding="utf-8")
    ran = run_program("init", ".", "--ci", "github", folder=tmp_path)
    assert (ran.status, ignored > 0) == (0, True)
    assert (tmp_path / ".gitignore").read_text(encoding="utf-8") == "/mine/\n"
    assert ".gitignore 已经有了，没有改动。" in ran.err
    assert (tmp_path / "site_config.yaml").read_text(encoding="utf-8") == CONFIG
    assert "location /rsj/ {" in (tmp_path / "deploy/nginx.conf").read_text(encoding="utf-8")
    again = run_program("init", ".", "--ci", "github", folder=tmp_path)
    assert (again.status, again.out) == (0, "")
    refused = run_program("init", ".", folder=tmp_path)
    assert (refused.status, "已经有网站，没有改动它" in refused.err) == (2, True)
    renamed = run_program("init", ".", "--ci", "github", "--title", "别的", folder=tmp_path)
    assert (renamed.status, "没有改动它的设置" in renamed.err) == (2, True)
