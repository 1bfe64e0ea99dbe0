"""Config, catalogue and theme as sources: what must not be public is found in them as in texts."""

import pytest
from PIL import Image
from support.project import CONFIG, Project

from generator.source.attachments.supporting_files import scan_supporting_file

IDENTITY, MOBILE, CARD = "110101199003074514", "13812345678", "6228480402564890018"
RULES = ("S001", "S002", "S003", "S004", "S006")
FOOTER = "themes/mine/templates/parts/footer.html"


@pytest.fixture
def themed(project: Project) -> Project:
    """Return a site of one notice with a theme of its own and a catalogue."""
    project.write("site_config.yaml", CONFIG + "theme: mine\ncatalogue: 目录.csv\n")
    project.write("目录.csv", "编号,公开事项\n1,甲\n")
    project.document("notices/n1.md", {"title": "停水通知", "date_published": "2024-05-08", "disclosure": "proactive"})
    project.write("themes/mine/assets/own.css", "a {}\n")
    return project


def found(project: Project) -> list[tuple[str, int, str]]:
    """Return the findings about private data: file, line, rule."""
    ran = project.check("--select", ",".join(RULES))
    assert all(IDENTITY not in text and MOBILE not in text and CARD not in text for text in (ran.out, ran.err))
    return [(item["path"], item["line"], item["rule"]) for item in ran.findings]


@pytest.mark.parametrize(
    ("setting", "line", "rule"),
    [
        ("  phone: 13812345678\n", 5, "S002"),
        ("  phone: '138 1234 5678'\n", 5, "S002"),
        ('  phone: "\\u00313812345678"\n', 5, "S002"),
        ("  address: 身份证 110101199003074514\n", 5, "S001"),
        ("  email: someone@163.com\n", 5, "S006"),
        ("request:\n  receiver: 办公室\n  address: 路1号\n  phone: 13812345678\n", 8, "S002"),
        ("units: {就业科: {phone: 13812345678}}\n", 5, "S002"),
        ("columns:\n  - id: own\n    title: 机密★1年\n", 7, "S004"),
        ("withdrawn:\n  - {path: notices/x/, on: 2024-01-01, reason: 卡号6228480402564890018}\n", 6, "S003"),
    ],
)
def test_what_a_config_says_is_screened(project: Project, setting: str, line: int, rule: str) -> None:
    """A private number, mark or mailbox in a setting that can reach a page is a finding at its line."""
    from generator.config.load import load_config
    from generator.domain.problems import ConfigError

    project.write("site_config.yaml", CONFIG + setting)
    project.policy()
    try:
        load_config(project.folder / "site_config.yaml")
    except ConfigError:  # not a setting of this version: what is read of the file is looked into all the same
        result = scan_supporting_file("site_config.yaml", (CONFIG + setting).encode(), is_config=True)
        assert [find.line for find in result.matches] == [line]
        return
    assert found(project) == [("site_config.yaml", line, rule)]


def test_the_list_of_allowed_values_is_no_finding_and_works_everywhere(themed: Project) -> None:
    """The values of privacy.allow may stand in config, catalogue and theme; the list itself is not reported."""
    allow = f"privacy:\n  allow:\n    - {{value: '{MOBILE}', reason: 公务手机}}\n"
    themed.write("site_config.yaml", CONFIG + f"  phone: '{MOBILE}'\ntheme: mine\ncatalogue: 目录.csv\n" + allow)
    themed.write("目录.csv", f"编号,公开事项,监督渠道\n1,甲,{MOBILE}\n")
    themed.write("themes/mine/locale.yaml", f"site:\n  phone: 电话{MOBILE}\n")
    assert found(themed) == []
    assert themed.check("--select", "S011").findings == []
    assert "4 个文件" not in themed.run("check").err
    assert "3 个文件里用到" in themed.run("check").err


def test_comments_of_a_config_are_nobodys_business(project: Project) -> None:
    """What only a comment of the config holds reaches no page and is no finding."""
    project.write("site_config.yaml", CONFIG + f"# 维护人电话 {MOBILE}\n")
    project.policy()
    assert found(project) == []


@pytest.mark.parametrize("name", ["目录.csv", "目录.yaml"])
def test_cells_of_a_catalogue_are_screened(themed: Project, name: str) -> None:
    """A number in any cell of the catalogue is a finding at its line, as CSV or as YAML."""
    themed.write("site_config.yaml", CONFIG + f"theme: mine\ncatalogue: {name}\n")
    if name.endswith(".csv"):
        themed.write(name, f"编号,公开事项,监督渠道\n1,甲,12345\n2,乙,{IDENTITY}\n")
    else:
        themed.write(name, f"- 编号: '1'\n  公开事项: 甲\n- 编号: '2'\n  公开事项: 乙\n  监督渠道: '{IDENTITY}'\n")
    assert found(themed) == [(name, 3 if name.endswith(".csv") else 5, "S001")]
    assert themed.run("build", "--no-search").status == 1


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("locale.yaml", f"# 词\nsite:\n  skip: 身份证{IDENTITY}\n"),
        ("templates/parts/footer.html", f"<p>\n\n身份证{IDENTITY}</p>\n"),
        ("templates/parts/own.html", f"{{# 甲 #}}\n<p>\n身份证<b>{IDENTITY[:9]}</b>{IDENTITY[9:]}</p>\n"),
        ("assets/own.js", f"// 甲\n\nconst id = '{IDENTITY}';\n"),
        ("assets/own.css", f"a {{}}\n\n/* 身份证{IDENTITY} */\n"),
        ("assets/own.svg", f"<svg>\n<text>\n身份证{IDENTITY}</text></svg>\n"),
        ("assets/own.json", f'{{\n\n"id": "{IDENTITY}"}}\n'),
        ("assets/own.txt", f"甲\n乙\n身份证{IDENTITY}\n"),
        ("assets/deep/er/noending", f"甲\n乙\n身份证{IDENTITY}\n"),
        ("assets/own.xyz", f"甲\n乙\n身份证{IDENTITY}\n"),
    ],
)
def test_files_of_a_theme_are_screened(themed: Project, name: str, text: str) -> None:
    """A number in any file of a theme that a page or a reader can get is a finding at its line, and stops a build."""
    themed.write(f"themes/mine/{name}", text)
    assert found(themed) == [(f"themes/mine/{name}", 3, "S001")]
    assert themed.run("build", "--no-search").status == 1


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_another_encoding_hides_nothing(encoding: str) -> None:
    """A file of a theme in another encoding is read all the same."""
    result = scan_supporting_file("assets/own.txt", f"甲\n身份证{IDENTITY}\n".encode(encoding))
    assert [find.line for find in result.matches] == [2]


def test_what_cannot_be_read_in_a_theme_is_said(themed: Project) -> None:
    """A file of a theme that is neither text nor a picture, a font or a film is S012, whatever its name says."""
    assets = themed.folder / "themes/mine/assets"
    for name in ("x.bin", "x.woff2", "x.png"):
        (assets / name).write_bytes(b"\0\1\2")
    Image.new("RGB", (2, 2)).save(assets / "real.png")  # a whole one is looked into
    found = sorted(item["path"] for item in themed.check("--select", "S012").findings)
    assert found == [f"themes/mine/assets/{name}" for name in ("x.bin", "x.png", "x.woff2")]
