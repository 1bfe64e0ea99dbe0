"""Mistakes in ``site_config.yaml``: each with file, line, what is wrong, and a mend that is the right one."""

import pytest
from support.project import Project

SITE = """site:
  title: 政府信息公开
  agency: 示例市人力资源和社会保障局
  base_url: https://rsj.example.gov.cn/zwgk/
"""


def refusal(project: Project, config: str) -> str:
    """Return what ``check`` says of a config that it refuses, ."""
    project.write("site_config.yaml", config)
    project.write(
        "content/notices/a.md", "---\ntitle: 甲\ndisclosure: 主动公开\ndate_published: 2026-01-02\n---\n甲。\n"
    )
    ran = project.run("check")
    assert ran.status == 2, ran.err
    return ran.err


@pytest.mark.parametrize(
    ("lines", "line", "words"),
    [
        ("publish_max_days: 20", 5, "没有这个设置，它写在 deadlines: 下面"),
        ("interpret_max_workdays: 5", 5, "没有这个设置，它写在 deadlines: 下面"),
        ("phone: 0000-1", 5, "没有这个设置，它写在 site: 下面"),
        ("zhengzhou-2020: true", 5, "写成 limits: zhengzhou-2020"),
        ("limits: zhengzhou-2020, shandong-2019", 5, "写成列表：limits: [zhengzhou-2020, shandong-2019]"),
        ("limits: 郑人社办〔2020〕199号", 5, "是不是 zhengzhou-2020？"),
        ("deadlines: {publish_max_days: 20日}", 5, "写成 publish_max_days: 20"),
        ("list_size: ３０", 5, "写成 list_size: 30"),
        ("web_pictures: 否", 5, "写成 web_pictures: false"),
        ("interpretation: {also_required: 规划}", 5, "写成 also_required: [规划]"),
        ("rules: {L003: error}", 5, "如 rules: {L003: {severity: warning}}"),
        ("columns:\n  - {id: x, title: 甲, folder: search}", 6, "栏目“x”的目录“search”是系统保留的"),
        ("columns:\n  - {id: x, title: 甲, parent: none}", 6, "栏目“x”的上级栏目“none”不存在"),
        ("catalogue: 没有.csv", 5, "没有这个文件"),
        ("deadlines: {column_updates: {statistic: 每季度}}", 5, "没有栏目“statistic”"),
        ("rules: {L003：{severity: error}}", 5, "全角冒号"),
        ("limits: [zhengzhou-2020，shandong-2019", 5, "里的逗号是全角的"),
    ],
)
def test_setting_is_told_where_and_how_it_is_written(project: Project, lines: str, line: int, words: str) -> None:
    """A setting in the wrong place, of the wrong form or without its target is told at its line, and rightly."""
    err = refusal(project, f"{SITE}{lines}\n")
    assert f"site_config.yaml:{line}: " in err
    assert words in err


@pytest.mark.parametrize(
    ("typed", "line", "words"),
    [
        ("  title: “政府信息公开”", 2, "值的两头带着引号"),
        ("  title: 政府 #信息公开", 2, "的值在“#”前断开，后面的“#信息公开”会丢掉"),
        ("  网站标题: 政府信息公开", 2, "是不是 title（标题）？"),
        ("   title: 政府信息公开", 3, "前面有 2 个空格，上一行的“title”前面是 3 个"),
    ],
)
def test_title_of_the_site_is_not_lost_in_silence(project: Project, typed: str, line: int, words: str) -> None:
    """Quotation marks that would be shown, words that YAML drops, another name and a wrong indent stop the program."""
    err = refusal(project, SITE.replace("  title: 政府信息公开", typed))
    assert f"site_config.yaml:{line}: " in err
    assert words in err


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://rsj.example.gov.cn/zw gk/", "网址里有空格"),
        ("https://rsj.example.gov.cn/zwgk/index.html", "如 https://rsj.example.gov.cn/zwgk/"),
    ],
)
def test_address_that_no_page_could_have_is_refused(project: Project, url: str, words: str) -> None:
    """A base_url with a blank, or that of a page, is refused with the right one."""
    assert words in refusal(project, SITE.replace("https://rsj.example.gov.cn/zwgk/", url))


@pytest.mark.parametrize("name", ["site_config.yml", "site_config.yaml.txt", "Site_Config.yaml"])
def test_config_under_a_near_name_is_named(project: Project, name: str) -> None:
    """Where the config has another ending or case, the message names that file and the right name."""
    (project.folder / "site_config.yaml").unlink()
    project.write(name, SITE)
    ran = project.run("check")
    assert ran.status == 2
    assert f"把 {name} 改名为 site_config.yaml" in ran.err
