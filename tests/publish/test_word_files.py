"""A policy as a Word file: the words of its page in the layout of official documents, and nothing else."""

import io
import re
import zipfile
from pathlib import Path

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.shared import Cm
from PIL import Image
from support.built_site import build_here, made, read_page
from support.pictures import png
from support.project import Project

from generator.domain.problems import GongkaiError
from generator.publish.text.qr_code import MARGIN, qr_rows
from generator.publish.word.template import WordTemplate
from generator.publish.word.zip_start import ZipStart
from generator.verify.run import verify

TEXT = """\
各县（区）人力资源和社会保障局：

现将有关事项通知如下。H<sub>2</sub>O 和 10<sup>2</sup>，**着重** & <br>换行。[^1]

## 一、对象

第一条　为了规范补贴发放，制定本办法。

1. 甲
2. 乙

<table><thead><tr><th>项目</th><th colspan="2">标准</th></tr></thead>
<tbody><tr><td rowspan="2">补贴</td><td>初级</td><td>1000元</td></tr>
<tr><td>中级</td><td>1500元</td></tr></tbody></table>

![一个方块](方块.png)

附件：1. 申请表

　　　2. 对照表

示例市人力资源和社会保障局

2024年5月6日

（此件主动公开）

[^1]: 脚注的话。
"""


@pytest.fixture
def written(project: Project) -> Project:
    """Return a site with a policy that has everything a text can have."""
    project.write("content/policies/方块.png", png())
    project.policy("p1", TEXT)
    return project


def test_every_policy_is_a_word_file_with_the_words_of_its_page(written: Project) -> None:
    """The file opens, and has the title, the numbers, headings, lists, merged cells, pictures and footnotes."""
    written.document("notices/n1.md", {"title": "通知", "disclosure": "proactive", "date_published": "2024-05-08"})
    site = made(written)
    assert sorted(path.relative_to(site).as_posix() for path in site.rglob("*.docx")) == ["policies/p1/p1.docx"]
    link = read_page(site / "policies/p1/index.html").one("a", **{"data-download": "docx"})
    assert link["href"].endswith("policies/p1/p1.docx")
    file = docx.Document(str(site / "policies/p1/p1.docx"))
    styles = {paragraph.text: getattr(paragraph.style, "name", "") for paragraph in file.paragraphs}
    assert file.paragraphs[0].text == "有效性：有效，2024年5月8日发布（以后有无变化，以网页为准）"
    assert styles["例人社发〔2024〕1号"] == "Document Number"
    assert styles["示例市灵活就业补贴办法"] == "Title"
    assert styles["各县（区）人力资源和社会保障局："] == "Addressee"
    assert styles["一、对象"] == "Heading 1"
    assert styles["1. 甲"] == "List Item"
    assert styles["附件：1. 申请表"] == "Attachment Note"
    assert styles["2. 对照表"] == "Attachment Item"
    assert styles["示例市人力资源和社会保障局"] == "Signed"
    assert styles["2024年5月6日"] == "Signed Day"
    assert any("脚注的话。" in text for text in styles)
    notes = next(paragraph for paragraph in file.paragraphs if "着重" in paragraph.text)
    assert {run.text: (run.bold, run.font.superscript, run.font.subscript) for run in notes.runs}["着重"][0]
    assert [run.text for run in notes.runs if run.font.subscript] == ["2"]
    clause = next(paragraph for paragraph in file.paragraphs if paragraph.text.startswith("第一条"))
    assert (clause.runs[0].text, clause.runs[0].bold) == ("第一条", True)
    table = file.tables[0]
    assert table.cell(0, 1).text == table.cell(0, 2).text == "标准"
    assert table.cell(1, 0).text == table.cell(2, 0).text == "补贴"
    assert len(file.inline_shapes) == 2  # its picture and the code of its address
    assert file.core_properties.title == "示例市灵活就业补贴办法"
    assert file.core_properties.author == file.core_properties.last_modified_by == "示例市人力资源和社会保障局"
    assert not verify(site).faults


def test_notices_stand_on_the_first_lines(project: Project) -> None:
    """What a reader must know before a repealed text stands above its title, with the act, and in the running head."""
    project.policy("p1")
    project.policy("p2", date_published="2025-01-01", date_written="2025-01-01", title="废止决定", repeals="p1")
    site = made(project)
    lines = [paragraph.text for paragraph in docx.Document(str(site / "policies/p1/p1.docx")).paragraphs]
    before = lines[: lines.index("示例市灵活就业补贴办法")]
    assert before[0].startswith("有效性：已废止")
    assert any("废止决定" in line for line in before)
    head = docx.Document(str(site / "policies/p1/p1.docx")).sections[0].header.paragraphs[0].text
    assert head == "已废止　例人社发〔2024〕1号"


def test_nothing_that_is_not_public_is_in_a_word_file(project: Project) -> None:
    """A withheld policy has no file, and no file names it or another hidden document; drafts have none either."""
    project.write("content/policies/公开.csv", "甲\n")
    project.policy("p3", title="未写完的办法", draft="true")
    project.policy(
        "p1",
        "第一条　甲。\n",
        attachments="[{title: 申请表, file: 公开.csv}]",
        based_on="p2",
    )
    project.policy("p2", title="秘而不宣的办法", disclosure="withheld", withhold_class="N01", withhold_note="因为")
    site = made(project)
    assert [path.name for path in site.rglob("*.docx")] == ["p1.docx"]
    with zipfile.ZipFile(site / "policies/p1/p1.docx") as file:
        words = "".join(file.read(name).decode(errors="replace") for name in file.namelist())
    assert "申请表" in words
    assert not re.search("未写完|秘而不宣", words)


def test_the_same_text_gives_the_same_bytes_and_a_changed_word_a_changed_file(written: Project) -> None:
    """Builds agree byte for byte, from a cold cache, in several processes, and after a change of words alone."""
    first = made(written) / "policies/p1/p1.docx"
    before = first.read_bytes()
    assert (
        made(written, "again", cache=written.cache / "other", jobs=2) / "policies/p1/p1.docx"
    ).read_bytes() == before
    written.policy("p1", TEXT.replace("有关事项", "下列事项"))
    build_here(written)
    changed = first.read_bytes()
    assert "下列事项" in "\n".join(paragraph.text for paragraph in docx.Document(str(first)).paragraphs)
    assert (made(written, "full", cache=written.cache / "third") / "policies/p1/p1.docx").read_bytes() == changed
    assert not verify(written.folder / "public").faults


def test_a_day_on_which_nothing_turns_changes_no_word_file_and_no_record(project: Project) -> None:
    """The next day's build writes the Word file and the record of a policy again only where its status has turned."""
    project.policy("p1", expires_on="2026-12-01")
    project.policy("p2", title="另一个办法")
    names = [f"{folder}.{suffix}" for folder in ("p1", "p2") for suffix in ("docx", "json")]

    def states(day: str) -> dict[str, bytes]:
        site = made(project, as_of=day)
        files = [*site.rglob("p?.docx"), *(site / "api/documents").iterdir()]
        assert sorted(file.name for file in files) == names
        page = read_page(site / "policies/p2/index.html")
        assert page.one("time", **{"data-as-of": ""})["datetime"] == day
        return {file.name: file.read_bytes() for file in files}

    first, same, turned = map(states, ("2026-11-30", "2026-12-01", "2026-12-02"))
    assert first == same
    assert {name for name in names if turned[name] != same[name]} == {"p1.docx", "p1.json"}
    cold = made(project, "cold", cache=project.cache / "other", as_of="2026-12-02")
    assert (cold / "policies/p1/p1.docx").read_bytes() == turned["p1.docx"]
    assert not verify(cold).faults


def test_another_picture_of_the_same_size_is_in_the_word_file(written: Project) -> None:
    """A picture that is replaced by one of the same size is replaced in the Word file, too."""
    made(written)
    written.write("content/policies/方块.png", png(grey=128))
    with zipfile.ZipFile(made(written) / "policies/p1/p1.docx") as file:
        pictures = [file.read(name) for name in file.namelist() if "/media/" in name]
    with zipfile.ZipFile(made(written, "cold", cache=written.cache / "other") / "policies/p1/p1.docx") as file:
        assert pictures == [file.read(name) for name in file.namelist() if "/media/" in name]
    assert pictures[:-1] == [png(grey=128)]  # the last one is the code of the address


def test_the_code_of_the_address_is_at_the_end(project: Project) -> None:
    """A printed Word file leads back to its page: the last picture is the QR code of the address, as on the page."""
    project.policy("p1")
    word = docx.Document(str(made(project) / "policies/p1/p1.docx"))
    (picture,) = word.inline_shapes
    assert picture._inline.docPr.get("descr") == "本页地址的二维码"
    assert picture.width == picture.height == Cm(2.4)
    (part,) = (one.target_part for one in word.part.rels.values() if one.reltype == RT.IMAGE)
    image = Image.open(io.BytesIO(part.blob))
    rows = qr_rows("https://rsj.example.gov.cn/zwgk/policies/p1/")
    side = image.width // 8 - 2 * MARGIN
    modules = image.crop((8 * MARGIN, 8 * MARGIN, 8 * (MARGIN + side), 8 * (MARGIN + side))).resize((side, side), 0)
    seen = "".join("0" if tone else "1" for tone in modules.convert("L").tobytes())
    assert [seen[start : start + side] for start in range(0, len(seen), side)] == rows


def test_an_attachment_of_the_same_name_keeps_another_address(project: Project) -> None:
    """An attachment whose name is that of the Word file is published under a numbered name."""
    project.write("content/policies/files/p1.docx", _word_file())
    project.policy("p1", attachments="[{title: 申请表, file: files/p1.docx}]")
    site = made(project)
    assert {path.name for path in (site / "policies/p1").glob("*.docx")} == {"p1.docx", "p1-2.docx"}
    assert not verify(site).faults


def _word_file() -> bytes:
    buffer = io.BytesIO()
    docx.Document().save(buffer)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda place: place.unlink(), "Word 文件不存在"),
        (lambda place: place.write_bytes(b"PK"), "Word 文件打不开"),
        (lambda place: place.write_bytes(_word_file()), "Word 文件里没有网页上的“示例市灵活就业补贴办法”"),
    ],
)
def test_verify_finds_a_word_file_that_is_missing_broken_or_another(project: Project, damage, words: str) -> None:  # type: ignore[no-untyped-def]
    """``verify`` names the Word file that does not exist, does not open, or has not the words of the page."""
    project.policy("p1")
    site = made(project)
    damage(site / "policies/p1/p1.docx")
    assert words in "\n".join(fault.message for fault in verify(site).faults)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"no zip", "不是 Word 文件"),
        (_word_file(), "应有一段写着 {body}"),
    ],
)
def test_a_template_without_a_place_for_the_text_is_named(data: bytes, words: str) -> None:
    """A theme's template that is no Word file, or has no ``{body}``, ends with a message that names it."""
    with pytest.raises(GongkaiError, match=re.escape(words)):
        WordTemplate(data)


def test_zip_files_are_those_of_the_standard(tmp_path: Path) -> None:
    """The standard library reads all parts of a zip file, stored and compressed, in their order and without a fault."""
    parts = [("a/甲.xml", b"short"), ("b.xml", b"long" * 1_000), ("media/1.png", bytes(2_000))]
    place = tmp_path / "file.zip"
    place.write_bytes(ZipStart(parts[:1]).with_parts(parts[1:]))
    with zipfile.ZipFile(place) as file:
        assert file.testzip() is None
        assert [(name, file.read(name)) for name in file.namelist()] == parts
        assert {entry.date_time for entry in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}
