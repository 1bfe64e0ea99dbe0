"""What stands inside attachments: planted numbers, leftovers, hostile files, and the clean copies."""

import io
import random
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.comments import Comment
from support.planted_numbers import WRITERS, as_csv, as_docx, as_xlsx, as_zip, rows_of
from support.project import Project

from generator.authoring.clean.clean_file import clean_bytes, write_clean_copy
from generator.domain.model import MatchKind, ScanResult
from generator.domain.privacy import value_digest
from generator.domain.problems import GongkaiError
from generator.source.attachments import office
from generator.source.attachments.office import scan_attachment
from generator.source.attachments.office.findings import Budget
from generator.source.load_all import load_sources

ID = "110101199003074514"
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def package(members: dict[str, bytes | str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


def word(body: str, **parts: str) -> bytes:
    """Make the smallest document around some XML."""
    document = f"<w:document {W}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **parts})


def kinds(look: ScanResult) -> list[MatchKind]:
    return [find.kind for find in look.matches]


@pytest.mark.parametrize("suffix", sorted(WRITERS))
def test_all_planted_numbers_are_found(suffix: str) -> None:
    """In 200 generated attachments of each kind, every identity, mobile and card number is found."""
    random_ = random.Random(suffix)  # noqa: S311 - the same files in every run
    planted = 0
    for _ in range(200):
        rows = rows_of(random_, random_.randint(4, 8))
        look = scan_attachment("名单" + suffix, WRITERS[suffix](rows))
        keys = {find.key for find in look.matches}
        numbers = [number for row in rows for number in row[1:]]
        assert [number for number in numbers if value_digest(number) not in keys] == []
        assert MatchKind.NAME_LIST in kinds(look)
        assert look.unreadable_reason == ""
        planted += len(numbers)
    assert planted > 2_000


def test_places_are_named() -> None:
    """A find says in which sheet and row, page, file of a zip or line it stands."""
    rows = [("张三", ID, "13812345678", "6228480402564890018"), ("李四", ID, "13812345678", "6228480402564890018")]
    where = {find.where for find in scan_attachment("a.xlsx", as_xlsx(rows)).matches if find.kind is MatchKind.IDENTITY}
    assert where == {"工作表“Sheet”第 2 行", "工作表“Sheet”第 3 行"}
    assert {find.where for find in scan_attachment("a.csv", as_csv(rows)).matches} == {"第 1 行", "第 2 行", "第 3 行"}
    places = {find.where for find in scan_attachment("a.zip", as_zip(rows)).matches}
    assert places == {
        "附件/名单.xlsx 工作表“Sheet”第 2 行",
        "附件/名单.csv 第 2 行",
    }


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        (f"<w:p><w:r><w:t>{ID[:5]}</w:t></w:r><w:r><w:t>{ID[5:]}</w:t></w:r></w:p>", {}),
        (f"<w:p><w:del><w:r><w:delText>{ID}</w:delText></w:r></w:del></w:p>", {}),
        (f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{ID}</w:t></w:r></w:p>", {}),
        ("", {"word/header1.xml": f"<w:hdr {W}><w:p><w:r><w:t>{ID}</w:t></w:r></w:p></w:hdr>"}),
        ("", {"word/comments.xml": f"<w:comments {W}><w:comment><w:t>{ID}</w:t></w:comment></w:comments>"}),
        ("", {"word/footnotes.xml": f"<w:footnotes {W}><w:footnote><w:t>{ID}</w:t></w:footnote></w:footnotes>"}),
    ],
    ids=["runs", "deleted", "hidden", "header", "comment", "footnote"],
)
def test_numbers_hide_nowhere_in_a_document(body: str, parts: dict[str, str]) -> None:
    """A number is found in several runs, in deleted and hidden text, in headers, comments and footnotes."""
    assert kinds(scan_attachment("a.docx", word(body, **parts))) == [MatchKind.IDENTITY]


def test_pasted_files_and_pivot_tables_are_looked_into() -> None:
    """A workbook pasted into a document, and the data that a pivot table keeps, are read as well."""
    inner = as_xlsx([("甲", ID, "甲", "乙"), ("乙", "丙", "丁", "戊")])
    outer = package({"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>", "word/embeddings/表.xlsx": inner})
    assert MatchKind.IDENTITY in kinds(scan_attachment("a.docx", outer))
    pivot = package({"[Content_Types].xml": "<a/>", "xl/pivotCache/pivotCacheRecords1.xml": f'<r><s v="{ID}"/></r>'})
    assert kinds(scan_attachment("a.xlsx", pivot)) == [MatchKind.IDENTITY]


def laden_word() -> bytes:
    """Make a document with everything that should not be left in one."""
    document = docx.Document()
    document.core_properties.author = "王五"
    document.add_paragraph("第一条")
    commented = document.add_paragraph("有批注的话")
    document.add_comment(commented.runs[0], text="为什么", author="赵六")
    data = io.BytesIO()
    document.save(data)
    with zipfile.ZipFile(data) as file:
        members = {name: file.read(name) for name in file.namelist()}
    changed = (
        "<w:p><w:r><w:t>留下</w:t></w:r><w:ins w:author='王五' w:id='1'><w:r><w:t>增加</w:t></w:r></w:ins>"
        "<w:del w:author='王五' w:id='2'><w:r><w:delText>删去</w:delText></w:r></w:del>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>隐藏</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del w:author='王五' w:id='3'/></w:rPr></w:pPr><w:r><w:t>前半</w:t></w:r></w:p>"
        "<w:p><w:r><w:t>后半</w:t></w:r></w:p>"
    )
    body = members["word/document.xml"].decode()
    assert "<w:sectPr" in body
    members["word/document.xml"] = body.replace("<w:sectPr", changed + "<w:sectPr", 1).encode()
    return package(dict(members))


def laden_excel() -> bytes:
    """Make a workbook with everything that should not be left in one."""
    book = openpyxl.Workbook()
    book.properties.creator = "王五"
    sheet = book.active
    sheet.title = "公开"
    for row in (["项目", "金额", "底数"], ["甲", 1, "秘一"], ["乙", 2, "秘二"], ["合计", "=SUM(B2:B3)", None]):
        sheet.append(row)
    sheet["A1"].comment = Comment("为什么", "赵六")
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[3].hidden = True
    first = book.create_sheet("草稿", 0)
    first.append(["草稿内容"])
    first.sheet_state = "hidden"
    book.defined_names["总数"] = openpyxl.workbook.defined_name.DefinedName("总数", attr_text="草稿!$A$1")
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def test_leftovers_of_a_document_are_told_and_cleaned() -> None:
    """Author, changes, comments and hidden text are found; the copy has none, reads as accepted, and opens."""
    laden = laden_word()
    assert scan_attachment("a.docx", laden).residual_metadata == (
        "作者（王**）",
        "修订 3 处",
        "批注 1 处",
        "隐藏文字 1 处",
    )
    copy = clean_bytes(".docx", laden)
    assert scan_attachment("a.docx", copy) == ScanResult()
    opened = docx.Document(io.BytesIO(copy))
    assert [paragraph.text for paragraph in opened.paragraphs] == ["第一条", "有批注的话", "留下增加", "前半后半"]
    raw = b"".join(
        zipfile.ZipFile(io.BytesIO(copy)).read(name) for name in zipfile.ZipFile(io.BytesIO(copy)).namelist()
    )
    assert not [word for word in ("王五", "赵六", "删去", "隐藏", "为什么") if word.encode() in raw]


def test_leftovers_of_a_workbook_are_told_and_cleaned() -> None:
    """Hidden sheets, rows, columns, comments and the author are found; nothing of them is in any part of the copy."""
    laden = laden_excel()
    told = scan_attachment("a.xlsx", laden).residual_metadata
    assert told == ("隐藏的工作表“草稿”", "工作表“公开”里隐藏的列 C和行 1 行", "作者（王**）", "批注 1 处")
    copy = clean_bytes(".xlsx", laden)
    assert scan_attachment("a.xlsx", copy) == ScanResult()
    book = openpyxl.load_workbook(io.BytesIO(copy))
    assert book.sheetnames == ["公开"]
    assert [[cell.value for cell in row][:2] for row in book["公开"].rows] == [
        ["项目", "金额"],
        ["甲", 1],
        [None, None],
        ["合计", None],
    ]
    assert not book.defined_names
    with zipfile.ZipFile(io.BytesIO(copy)) as file:
        raw = b"".join(file.read(name) for name in file.namelist())
    assert not [word for word in ("草稿", "秘一", "秘二", "王五", "赵六", "为什么") if word.encode() in raw]


def test_cleaning_is_repeatable_and_leaves_a_clean_file_readable() -> None:
    """The same file gives the same copy; cleaning the copy again changes nothing that is seen."""
    rows = rows_of(random.Random(1), 3)  # noqa: S311 - the same rows in every run
    for suffix, data in ((".docx", as_docx(rows)), (".xlsx", as_xlsx(rows))):
        once = clean_bytes(suffix, data)
        assert once == clean_bytes(suffix, data)
        assert scan_attachment("a" + suffix, once).matches == scan_attachment("a" + suffix, data).matches


def test_clean_writes_a_copy_beside_and_never_over_anything(tmp_path: Path) -> None:
    """The copy lies beside the original, which stays; a copy that exists is not touched."""
    place = tmp_path / "办法.docx"
    laden = laden_word()
    place.write_bytes(laden)
    copy, rest = write_clean_copy(place)
    assert (copy, rest) == (tmp_path / "办法-清理.docx", [])
    assert place.read_bytes() == laden
    with pytest.raises(GongkaiError, match="已经存在"):
        write_clean_copy(place)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.doc", b"x"),
        ("a.docx", b"x"),
        ("a.xlsx", b"PK\x03\x04"),
        ("b.docx", package({"a": "b"})),
        ("没有.docx", None),
    ],
)
def test_clean_refuses_with_a_sentence(project: Project, name: str, content: bytes | None) -> None:
    """What cannot be cleaned ends in a sentence and status 2, and nothing is written."""
    if content is not None:
        project.write(name, content)
    before = sorted(project.folder.iterdir())
    ran = project.run("clean", name, as_of=None)
    assert (ran.status, ran.out) == (2, "")
    assert "改法" in ran.err
    assert "Traceback" not in ran.err
    assert sorted(project.folder.iterdir()) == before


# ---------------------------------------------------------------- hostile files

LAUGHS = "<!DOCTYPE a [<!ENTITY a '1'>" + "".join(
    f"<!ENTITY {chr(98 + n)} '{f'&{chr(97 + n)};' * 10}'>" for n in range(9)
)


def nested(levels: int) -> bytes:
    data = as_csv([("张三", ID, "甲", "乙")])
    name = "名单.csv"
    for _ in range(levels):
        data, name = package({name: data}), "a.zip"
    return data


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.zip", package({"a.csv": b"1" * 100_000_000}), "解压后太大"),
        ("a.docx", word("<w:p>" * 100_000), "嵌套太深"),
        ("a.docx", package({"[Content_Types].xml": "<a/>", "word/document.xml": f"{LAUGHS}]><a>&j;</a>"}), "DOCTYPE"),
        ("a.zip", package({f"{n}.txt": "" for n in range(5_001)}), "太多"),
        ("a.zip", nested(8), "套了太多层"),
        ("a.csv", b"1234567890123 " * 900_000, "文字太多"),
        ("a.docx", b"PK\x03\x04" + bytes(100), "已损坏"),
        ("a.pdf", b"%PDF-1.7\n" + bytes(100), "已损坏"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "密码"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "旧版 Office 格式"),
        ("a.rar", b"Rar!", "压缩格式"),
    ],
)
def test_what_cannot_be_looked_into_is_said(name: str, data: bytes, reason: str) -> None:
    """A bomb, a broken, encrypted or legacy file ends in a word about it."""
    assert reason in scan_attachment(name, data).unreadable_reason


def test_marks_and_pages_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A part with more marks, or a PDF with more pages, than the budget has is left where it ends."""
    monkeypatch.setattr("generator.source.attachments.office.scan.Budget", lambda: Budget(marks=10_000, pages=0))
    assert scan_attachment("a.docx", word("<w:p/>" * 6_000)).unreadable_reason == "内容太多，没有看完"
    assert scan_attachment("a.pdf", WRITERS[".pdf"]([])).unreadable_reason == "页数太多，没有看完"


def test_a_list_in_two_zips_is_found() -> None:
    """A zip in a zip is opened."""
    assert MatchKind.IDENTITY in kinds(scan_attachment("a.zip", nested(2)))


@given(
    st.sampled_from(
        [".docx", ".xlsx", ".pptx", ".ofd", ".csv", ".txt", ".pdf", ".zip", ".doc", ".xls", ".svg", ".html"]
    ),
    st.binary(max_size=2_000),
    st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
def test_no_bytes_make_the_look_fail(suffix: str, data: bytes, magic: bytes) -> None:
    """Whatever bytes a file of any name holds, looking into it ends in a value."""
    assert isinstance(scan_attachment("a" + suffix, magic + data), ScanResult)


WHOLE = {
    suffix: write([("张三", ID, "13812345678", "乙"), ("李四", ID, "甲", "乙")]) for suffix, write in WRITERS.items()
}


@given(st.sampled_from(sorted(WRITERS)), st.data())
def test_no_damage_makes_the_look_fail(suffix: str, data: st.DataObject) -> None:
    """A real file with some bytes changed or cut off ends in a value as well."""
    whole = bytearray(WHOLE[suffix])
    for _ in range(data.draw(st.integers(1, 8))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    assert isinstance(scan_attachment("a" + suffix, cut), ScanResult)


# ---------------------------------------------------------------- the cache


def test_a_content_is_looked_into_once(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second reading takes over what the first one found, for a copy under another name too; a change is seen."""
    project.document("notices/n1.md", {"title": "甲", "date_published": "2024-05-08", "disclosure": "proactive"})
    project.write("content/notices/a.csv", f"甲,{ID}\n")
    project.write("content/notices/b.csv", f"甲,{ID}\n")
    looked: list[str] = []

    def scan(path: str, data: bytes) -> ScanResult:
        looked.append(path)
        return scan_attachment(path, data)

    monkeypatch.setattr(office, "scan_attachment", scan)

    def read() -> dict[str, int]:
        files = load_sources(project.folder, project.cache / "c.db", jobs=1, advance=lambda _done, _total: None).files
        return {path[-5:]: len(file.scan.matches) for path, file in files.items()}

    assert read() == {"a.csv": 1, "b.csv": 1}
    assert len(looked) == 1
    assert read() == {"a.csv": 1, "b.csv": 1}
    assert len(looked) == 1
    project.write("content/notices/b.csv", "甲,乙\n")
    assert read() == {"a.csv": 1, "b.csv": 0}
    assert len(looked) == 2


def test_only_published_files_are_findings(project: Project) -> None:
    """A file that no public document gives or links is nobody's finding."""
    shown = {"title": "甲", "date_published": "2024-05-08", "disclosure": "proactive"}
    project.write("content/notices/a.csv", f"甲,{ID}\n")
    project.document("notices/n1.md", shown)
    hidden = {**shown, "disclosure": "withheld", "withhold_class": "N02", "withhold_note": "个人隐私"}
    project.document("notices/n2.md", hidden, "[名单](a.csv)\n")
    assert project.check().rules == []
    project.document("notices/n1.md", shown, "[名单](a.csv)\n")
    found = project.check().findings
    assert [(row["rule"], row["path"], row["line"], row["blocking"]) for row in found] == [
        ("S001", "content/notices/n1.md", 6, True)
    ]
    assert "附件“a.csv”里有身份证号：第 1 行 11*************514" in found[0]["message"]
    assert project.run("build", "--no-search").status == 1
