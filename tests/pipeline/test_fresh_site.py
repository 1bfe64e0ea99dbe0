"""A new site with one good document: every finding says what to do, and doing it ends the finding."""

import re

import pytest
from support.project import Project

DOCUMENT = """\
---
标题: 示例市灵活就业人员社会保险补贴办法
索引号: MB2X01234/2026-00012
文号: 示例人社发〔2026〕5号
公开属性: 主动公开
成文日期: 2026-05-06
发布日期: 2026-05-08
---
第一条　为了规范灵活就业人员社会保险补贴的申领和发放，制定本办法。

第二条　本办法自发布之日起施行。
"""
DAY = "2026-05-08"


@pytest.fixture
def fresh(project: Project) -> Project:
    """Return a site as ``gongkai init`` writes it, with the document of chapter 01 of the handbook."""
    ran = project.run("init", "neu", as_of=None)
    assert ran.status == 0, ran.err
    site = Project(project.folder / "neu", project.cache)
    site.write("content/policies/rsf-2026-5.md", DOCUMENT)
    return site


def rules(site: Project, day: str = DAY) -> list[str]:
    return site.check("--ignore", "X", as_of=day).rules


def hints(site: Project, rule: str) -> list[str]:
    ran = site.run("check", "--select", rule, as_of=DAY)
    return [line.partition("改法: ")[2] for line in ran.err.splitlines() if "改法: " in line]


def test_fresh_site_has_only_findings_about_what_is_not_there_yet(fresh: Project) -> None:
    """No yearly number, no limit of another city: only empty columns, the footer, and the office in the guide."""
    assert set(rules(fresh)) == {"H004", "H007", "H015"}
    assert fresh.run("build", "--no-search", as_of=DAY).status == 0


def test_fresh_site_is_clean_when_every_hint_is_followed(fresh: Project) -> None:
    """What the hints of H004, H007 and H015 say, done to the letter, ends every finding."""
    config = (fresh.folder / "site_config.yaml").read_text(encoding="utf-8")
    (marks,) = hints(fresh, "H007")
    values = {
        "site_id_code": '"4100000001"',
        "icp_no": "示ICP备00000000号",
        "police_no": "示公网安备 41000000000000号",
        "conac_id": "CA000000000000000000001",
        "phone": "0000-8123400",
    }
    keys = re.findall(r"([a-z_]+): …", marks)
    assert set(keys) == set(values)
    config += "".join(f"  {key}: {values[key]}\n" for key in keys)
    for hint in hints(fresh, "H004"):
        if "request:" in hint:
            config += "request:\n  receiver: 示例市示例局办公室\n"
        elif "gongkai report" in hint:
            year = hint.split("gongkai report ")[1].split()[0]
            assert fresh.run("report", year, as_of=None).status == 0
            place = fresh.folder / f"content/reports/nb-{year}.md"
            text = place.read_text(encoding="utf-8")
            assert "【待填】" in text
            text = re.sub("公开属性:.*", "公开属性: 主动公开", re.sub("发布日期:.*", "发布日期: 2026-01-20", text))
            text = re.sub("(?m)^(?:草稿|draft):.*\n", "", text)
            place.write_text(text.replace("【待填】", "0"), encoding="utf-8")
        else:
            (path,) = re.findall(r"content/pages/\S+?\.md", hint)
            column = hint.split("column: ")[1].split("，")[0]
            fresh.write(path, f"---\ntitle: 制度\ndisclosure: 主动公开\ncolumn: {column}\n---\n本机关的公开制度。\n")
    (add,) = hints(fresh, "H015")
    assert "传真：无" in add
    guide = fresh.folder / "content/pages/guide.md"
    office = (
        *("政府信息公开工作机构名称：示例局办公室", "办公地址：示例市一路1号", "办公时间：工作日9:00至17:00"),
        *("联系电话：0000-8123400", "传真：无", "电子邮箱：zwgk@example.gov.cn"),
    )
    text = "\n\n".join((guide.read_text(encoding="utf-8"), *office))
    guide.write_text(text, encoding="utf-8")
    fresh.write("site_config.yaml", config)
    assert rules(fresh) == []


def test_column_of_the_site_may_be_left_out_again(project: Project) -> None:
    """A column that the config adds is filled by ``column``, or taken out of the config."""
    project.policy()
    config = (project.folder / "site_config.yaml").read_text(encoding="utf-8")
    project.write("site_config.yaml", f"{config}columns:\n  - id: extra\n    title: 专题\n")
    assert "在文件里写 column: extra，或从配置的 columns 里删去这个栏目" in project.run("check", "--select", "H004").err


def test_new_documents_are_stopped_until_they_are_written(fresh: Project) -> None:
    """What ``new`` leaves is F016, and the site without it is not."""
    assert fresh.run("new", "notice", "n1", "--field", "公开属性=主动公开", as_of=None).status == 0
    assert "F016" in rules(fresh, "2030-01-01")
    text = (fresh.folder / "content/notices/n1.md").read_text(encoding="utf-8")
    text = re.sub("(?m)^(标题|title): 标题", r"\1: 停水", text.replace("正文写在这里。", "停水。"))
    fresh.write("content/notices/n1.md", text)
    assert "F016" not in rules(fresh, "2030-01-01")
