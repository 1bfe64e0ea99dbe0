"""``gongkai withdraw`` writes one line into one file, and says what else there is to do."""

from pathlib import Path

import pytest
from support.project import AS_OF, CONFIG, Project

ON = ("--on", AS_OF)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a site of two policies and an interpretation."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG)
    project.policy("p1")
    project.policy("p2", title="另一份通知")
    project.interpretation("i1")
    return project


@pytest.mark.parametrize(
    "reference", ["p1", "例人社发[2024]1号", "123456789/2024-00001", "content/policies/p1.md", "policies/p1.md"]
)
def test_a_reference_is_an_id_a_number_or_a_path(project: Project, reference: str) -> None:
    """The document is named by id, 文号 in any bracket form, 索引号 or path; who points to it is said."""
    ran = project.run("withdraw", reference, "--reason", "误发", *ON)
    assert (ran.status, ran.out) == (0, "content/policies/p1.md\n")
    assert "content/interpretations/i1.md:5" in ran.err
    assert all(word in ran.err for word in ("gongkai build", "CDN", "百度", "恢复"))
    text = (project.folder / "content/policies/p1.md").read_text(encoding="utf-8")
    assert f'withdrawn: {{on: {AS_OF}, reason: "误发"}}\n---\n' in text


@pytest.mark.parametrize(
    "address",
    [
        "https://rsj.example.gov.cn/zwgk/policies/p1/",
        "https://rsj.example.gov.cn/zwgk/policies/p1/index.html#第一条",
        "/zwgk/policies/p1/名单.docx",
        "https://rsj.example.gov.cn/zwgk/old/show.jsp?id=5",
        "policies/p1/",
    ],
)
def test_an_address_from_the_browser_names_a_document(project: Project, address: str) -> None:
    """The address of a page, of a file of it or a former one is enough; one of another page or site is not."""
    project.policy("p1", aliases="['old/show.jsp?id=5']")
    ran = project.run("withdraw", address, "--reason", "误发", *ON)
    assert (ran.status, ran.out) == (0, "content/policies/p1.md\n")
    for other in ("https://rsj.example.gov.cn/zwgk/policies/", "https://other.example.com/zwgk/policies/p1/"):
        assert project.run("withdraw", other, "--reason", "误发", *ON).status == 2


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_every_other_byte_stays(project: Project, newline: str, bom: str) -> None:
    """Comments, BOM, line ends and the order of keys stay; the key is in the language of the others."""
    lines = [
        "---",
        "# 说明",
        "标题: 甲通知 # 注",
        "公开属性: 主动公开",
        "发布日期: 2024-05-08",
        "---",
        "正文  ",
        "---",
        "",
    ]
    data = (bom + newline.join(lines)).encode()
    place = project.write("content/notices/n1.md", data)
    assert project.run("withdraw", "n1", "--reason", '有“误”: "a" #b', *ON).status == 0
    added = f'撤下: {{日期: {AS_OF}, 理由: "有“误”: \\"a\\" #b"}}'
    assert place.read_bytes() == (bom + newline.join([*lines[:5], added, *lines[5:]])).encode()
    project.write("content/notices/n1.md", place.read_bytes().replace(f"{added}{newline}".encode(), b""))
    assert place.read_bytes() == data


def test_one_that_is_there_is_replaced(project: Project) -> None:
    """A withdrawal in block form or malformed is replaced, the same again is not written."""
    place = project.folder / "content/policies/p1.md"
    text = place.read_text(encoding="utf-8")
    for old in ("withdrawn:\n  on: 2024-06-01\n  # 注\n\n  reason: 旧\n", "withdrawn:\n"):
        place.write_text(text.replace("disclosure", f"{old}disclosure", 1), encoding="utf-8")
        ran = project.run("withdraw", "p1", "--reason", "新的", *ON)
        assert ran.status == 0, ran.err
        expected = text.replace("disclosure", f'withdrawn: {{on: {AS_OF}, reason: "新的"}}\ndisclosure', 1)
        assert place.read_text(encoding="utf-8") == expected
    assert "没有改动" in project.run("withdraw", "p1", "--reason", "新的", *ON).err
    assert place.read_text(encoding="utf-8") == expected


@pytest.mark.parametrize(
    ("reference", "reason", "words"),
    [
        ("p9", "误发", "是不是“p"),
        ("例人社发〔2024〕3号", "误发", "是不是“例人社发〔2024〕"),
        ("另一份通知", "误发", "写 p2"),
        ("../../etc/passwd", "误发", "没有"),
        ("", "误发", "没有“”这份文件"),
        ("p1", "  ", "没有写理由"),
        ("p1", "身份证 11010519491231002X", "身份证号"),
        ("p1", "例人社发〔2024〕1号有误", "标题、文号"),
        ("h1", "误发", "不予公开"),
        ("w1", "误发", "还没有发布"),
        ("d1", "误发", "content/policies/d1.md 是草稿"),
        ("policies/d1.md", "误发", "content/policies/d1.md 是草稿"),
        ("123456789/2024-00004", "误发", "2 份文件"),
    ],
)
def test_mistakes_change_nothing(project: Project, reference: str, reason: str, words: str) -> None:
    """A reference to nothing, to several or to what is not public, and a bad reason: status 2, nothing is written."""
    project.policy("h1", index_no="123456789/2024-00009", doc_number="none", disclosure="withheld")
    project.policy("w1", index_no="123456789/2024-00008", doc_number="none", date_published="2099-01-01")
    project.policy("d1", index_no="123456789/2024-00007", doc_number="none", draft="true")
    project.policy("p4")
    project.policy("q4")
    before = {place: place.read_bytes() for place in (project.folder / "content").rglob("*.md")}
    ran = project.run("withdraw", reference, "--reason", reason, *ON)
    assert ran.status == 2
    assert words in ran.err
    assert {place: place.read_bytes() for place in (project.folder / "content").rglob("*.md")} == before


def test_what_else_stops_the_build_is_said(project: Project) -> None:
    """A mistake elsewhere that stops the build is named at once, so that nobody waits for a build that fails."""
    project.interpretation("i2", interprets="p99")
    ran = project.run("withdraw", "p1", "--reason", "误发", *ON)
    assert ran.status == 0
    assert "content/interpretations/i2.md" in ran.err
    assert "会挡住生成" in ran.err


def test_the_day_is_today_in_beijing(project: Project) -> None:
    """Without ``--on`` the day is today."""
    assert project.run("withdraw", "p1", "--reason", "误发").status == 0
    assert "withdrawn: {on: 20" in (project.folder / "content/policies/p1.md").read_text(encoding="utf-8")
