"""Hidden documents in the running text of public ones: found by number and title, and nowhere but in that text."""

import pytest
from support.project import CONFIG, Project
from support.stages import archive_of, notice_text, policy_text
from support.words_before import PLACES, WORDS

from generator.domain.doc_numbers import doc_number_key
from generator.domain.vocabulary import Kind
from generator.graph.citations import Citations
from generator.graph.hidden_names import HiddenNames, find_namings, namings_of, without_hidden_names

TITLE, NUMBER = "示例市重点岗位人员内部管理办法", "例某发〔2024〕9号"
HIDDEN = {"disclosure": "withheld", "withhold_class": "N01", "withhold_note": "理由"}
NAMED = [
    "根据市局例某发〔2024〕9号文件，制定本办法。", "根据例某发 ［２０２４］ ９ 号制定。", "见例某发2024年9号。",
    "例**某**发〔2024〕第009号",
    "例\u200b某发〔2024〕9号", "例某发「2024」9号", "例某发〔2024〕9", "江苏例某发[2024]9号",
    "![例某发〔2024〕9号](x.png)",
    "例某发&#12308;2024&#12309;9号", f"按照《{TITLE}》执行", f"按照《示例市公安局{TITLE}》执行", f"落实{TITLE}的要求",
    f"[{TITLE}](https://www.gov.cn/)",
]  # fmt: skip


def write_hidden(project: Project) -> None:
    project.write("site_config.yaml", CONFIG)
    project.policy("h900", doc_number=NUMBER, title=TITLE, **HIDDEN)


def shown(project: Project) -> dict[str, str]:
    folder = project.build("--no-search")
    files = [place for place in folder.rglob("*") if place.suffix in {".html", ".json", ".xml", ".csv"}]
    return {place.relative_to(folder).as_posix(): place.read_text(encoding="utf-8") for place in files}


def test_a_hidden_document_is_found_in_running_text(project: Project) -> None:
    """A number in any brackets behind any words, and a title however it is quoted, are L020 in their line."""
    write_hidden(project)
    project.write("content/policies/x.png", b"x")
    for place, text in enumerate(NAMED, 11):
        project.policy(f"p{place}", f"第一条　甲。\n\n{text}\n")
    project.policy("p98", "鲁例某发〔2024〕9号，例某发〔2024〕90号，例某发〔2024〕19号。\n")
    found = {(one["path"], one["line"]) for one in project.check("--select", "L020").findings}
    assert {path for path, _ in found} == {f"content/policies/p{place}.md" for place, _ in enumerate(NAMED, 11)}
    assert len({line for _, line in found}) == 1


def test_free_fields_that_name_it_are_told_with_their_field(project: Project) -> None:
    """A summary or a 废止依据 that names a hidden document is L020 at its field, and goes nowhere."""
    write_hidden(project)
    project.policy("p1", summary=f"落实{NUMBER}")
    project.policy("p2", repealed_by=f"市局{NUMBER}", repealed_on="2024-06-01")
    found = [(one["path"], one["field"]) for one in project.check("--select", "L020").findings]
    assert found == [("content/policies/p1.md", "summary"), ("content/policies/p2.md", "repealed_by")]
    assert [path for path, text in shown(project).items() if NUMBER in text or TITLE in text] == []


@pytest.mark.parametrize("text", [NAMED[0], NAMED[11], NAMED[12]])
def test_its_name_stands_in_the_text_alone(project: Project, text: str) -> None:
    """``cited/``, lists, feeds, relations and the API say nothing of it; the text keeps the words that were signed."""
    write_hidden(project)
    project.policy("p1", f"{text}\n")
    names = (NUMBER, "例某发", TITLE)
    assert [path for path, page in shown(project).items() if any(name in page for name in names)] == [
        "policies/p1/index.html"
    ]


def test_a_public_namesake_is_no_hidden_document(project: Project) -> None:
    """A number or title that a public document bears too may be named."""
    write_hidden(project)
    project.policy("p1", doc_number="市例某发〔2024〕9号", title=TITLE)
    project.policy("p2", f"根据市例某发〔2024〕9号和《{TITLE}》。\n")
    assert project.check("--select", "L020").findings == []


@pytest.mark.parametrize("how", ["attached", "linked", "copied", "copied outside"])
def test_a_file_of_a_hidden_document_is_not_published(project: Project, how: str) -> None:
    """One file of both, or a copy of its bytes under any name in any folder, stops the build (G003)."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/内部.csv", "甲,乙\n")
    project.write("content/policies/公开.csv", "甲,丙\n")
    copy = {"copied": "content/policies/表.csv", "copied outside": "content/files/a.csv"}.get(how)
    if copy:
        project.write(copy, "甲,乙\n")
    project.policy("h900", attachments="[{title: 表, file: 内部.csv}]", **HIDDEN)
    file = {"copied": "表.csv", "copied outside": "../files/a.csv"}.get(how, "内部.csv")
    fields = {} if how == "linked" else {"attachments": f"[{{title: 表, file: {file}}}]"}
    project.policy("p1", f"见[表]({file})。\n" if how == "linked" else "正文。\n", **fields)
    project.policy("p2", attachments="[{title: 表, file: 公开.csv}]")
    found = project.check("--select", "G003").findings
    assert [(one["path"], one["blocking"]) for one in found] == [("content/policies/p1.md", True)]


def test_a_file_that_a_hidden_document_only_links_is_its_own(project: Project) -> None:
    """A file in the text of a hidden document is its own as an attachment is; small pictures are signs of both."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/a.csv", "甲\n")
    project.write("content/policies/sign.png", b"png")
    project.policy("h900", "[表](a.csv) ![标志](sign.png)\n", **HIDDEN)
    project.policy("p1", "![标志](sign.png)\n", attachments="[{title: 表, file: a.csv}]")
    assert [one["field"] for one in project.check("--select", "G003").findings] == ["attachments"]


@pytest.mark.parametrize(
    "number", [NUMBER, "示例市人力资源和社会保障局公告2026年第5号", "示例市人民政府令第12号", "示例局令2020年第11号"]
)
def test_no_common_word_before_a_number_hides_it(number: str) -> None:
    """Behind any common word the number of a hidden document is found: in text, title, summary, cell and link."""
    names, cited = [*WORDS, *PLACES], {}
    for place, word in enumerate(names):
        named = f"{word}{number}"
        body = (
            f"第一条　{named}办理。\n\n| 序号 | 名称 |\n|---|---|\n| 1 | {named} |\n\n[{named}](https://www.gov.cn/)\n"
        )
        cited[f"notices/n{place}.md"] = notice_text(body, title=f"{named}有关事项的通知", summary=f"落实{named}")
    hidden = policy_text(1, doc_number=number, title=TITLE, **{key: str(value) for key, value in HIDDEN.items()})
    archive = archive_of({"policies/h900.md": hidden, **cited})
    texts = {f"content/{path}": text for path, text in cited.items()}
    namings = find_namings(archive, lambda path: texts.get(path, ""))
    quick = namings_of(archive)
    citations = Citations(archive.documents, {one.id: one for one in archive.documents if archive.is_public(one)})
    finder = HiddenNames(archive.documents, archive.is_public)
    for place, word in enumerate(names):
        path = f"content/notices/n{place}.md"
        assert {one.key for one in namings[path]} == {"", "title", "summary"}, word
        assert {one.key for one in quick[path]} == {"", "title", "summary"}, word
        assert citations.of(archive.by_id[f"n{place}"]).outside == (), word
        for piece in (f"| 1 | {word}{number} |", f"[{word}{number}](https://www.gov.cn/)", f"**{word}**{number}"):
            assert list(finder.in_text(piece)), (word, piece)
    shown = without_hidden_names(archive)
    assert not any("summary" in one.page.fields for one in shown.documents if one.kind is Kind.NOTICE)


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (NUMBER, "根据例某发〔2024〕8号、9号"),
        (NUMBER, "根据例某发〔2024〕8、9号"),
        (NUMBER, "根据例某发〔２０２４〕８、**９**号"),
        (NUMBER, "根据例某发〔2023〕12号和〔2024〕9号"),
        (NUMBER, "废止例某发〔2024〕7号至9号"),
        (NUMBER, "根据例某发〔二〇二四〕九号"),
        (NUMBER, "根据例某发〔2024〕第九号"),
        (NUMBER, "根据例某发<2024>9号"),
        (NUMBER, '<img src="a.png" alt="例某发〔2024〕9号">'),
        (NUMBER, "甲<span title='见例某发〔2024〕9号'>乙</span>"),
        ("（例）某罚〔2024〕9号", "已由（例）某罚〔2024〕9号处罚"),
        ("示例局公告2026年第5号", "示例局公告〔2026〕5号"),
        ("示例局公告2026年第5号", "示例局公告（2026 年第 05 号）"),
        ("示例局公告2026年第5号", "示例局2026年第5号公告"),
        ("示例局公告2026年第5号", "示例局公告二〇二六年第五号"),
        ("示例局公告2026年第5号", "我局公告2026年第5号"),
        ("示例局公告〔2026〕5号", "示例局公告2026年第4号、第5号"),
        ("财政部 税务总局公告2023年第48号", "财政部、税务总局公告2023年第48号"),
        ("国务院令第711号", "中华人民共和国国务院令第711号"),
        ("示例市人民政府令第12号", "示例市人民政府令（第十二号）"),
    ],
)
def test_a_hidden_number_is_found_however_it_is_written(number: str, text: str) -> None:
    """A hidden number that shares its code with another, or is written in another way, is found."""
    hidden = policy_text(1, doc_number=number, title=TITLE, **{key: str(value) for key, value in HIDDEN.items()})
    archive = archive_of({"policies/h900.md": hidden, "notices/n1.md": notice_text(f"{text}。\n")})
    assert [one.id for _, one in HiddenNames(archive.documents, archive.is_public).in_text(text)] == ["h900"]
    public = {one.id: one for one in archive.documents if archive.is_public(one)}
    outside = Citations(archive.documents, public).of(archive.by_id["n1"]).outside
    assert all(doc_number_key(one.number) != doc_number_key(number) for one in outside)


@pytest.mark.parametrize(
    "text", ["国例某发〔2024〕9号", "根据鲁例某发〔2024〕9号", "（粤例某发〔2024〕9号）", "例某发〔2024〕19号"]
)
def test_the_number_of_another_body_is_not_hidden(text: str) -> None:
    """A province before the code, or another number, is no mention of a hidden document."""
    hidden = policy_text(1, doc_number=NUMBER, title=TITLE, **{key: str(value) for key, value in HIDDEN.items()})
    archive = archive_of({"policies/h900.md": hidden})
    names = HiddenNames(archive.documents, archive.is_public)
    assert list(names.in_text(text)) == []
    assert names.in_number(text.strip("（）")) is None


def test_an_outcome_that_is_published_later_is_no_finding(project: Project) -> None:
    """The outcome of a consultation may be named before its day; one that is never published is L020."""
    fields = {"title": "公开征求意见的公告", "disclosure": "proactive", "date_published": "2026-11-01"}
    project.document("consultations/c1.md", {**fields, "closes_on": "2026-12-20", "outcome": "n1"})
    outcome = {**fields, "title": "采纳情况", "date_published": "2026-12-25"}
    project.document("notices/n1.md", outcome)
    assert project.check("--select", "L020").findings == []
    project.document("notices/n1.md", {**outcome, "disclosure": "withheld", "withhold_class": "N01"})
    assert project.check("--select", "L020").rules == ["L020"]


@pytest.mark.parametrize("quoted", ["《关于印发〈{}〉的通知》", "《关于印发《{}》的通知》", "《市局<{}>》", "《{}》"])
def test_a_hidden_title_inside_another_title_is_found(quoted: str) -> None:
    """A title in 〈〉 inside a title in 《》 names a hidden document as one in 《》 does, on its line."""
    hidden = policy_text(1, title="示例事项处置方案", **{key: str(value) for key, value in HIDDEN.items()})
    text = notice_text(f"前文。\n\n依据{quoted.format('示例事项处置方案')}。\n")
    archive = archive_of({"policies/h900.md": hidden, "notices/n1.md": text})
    assert [one.line for one in namings_of(archive)["content/notices/n1.md"]] == [text.split("\n").index("前文。") + 3]
