"""What ``gongkai clean`` leaves of an office file: everything that is seen, and nothing of its making."""

import io
import re
import zipfile
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.shared import Inches
from openpyxl.workbook.defined_name import DefinedName
from PIL import Image
from support.project import Project

from generator.authoring.clean.clean_file import clean_bytes, write_clean_copy
from generator.source.attachments.office import scan_attachment

TRACE = "xqztrace"  # stands in everything that must go
SEEN = "龘"  # stands in everything that must stay
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
Members = dict[str, bytes]


def opened(data: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(members: Members) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in members.items():
            package.writestr(name, content)
    return target.getvalue()


def photo() -> bytes:
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0112] = TRACE, TRACE, 6
    Image.new("RGB", (16, 8), "red").save(data, "JPEG", exif=exif, comment=TRACE.encode())
    return data.getvalue()


def related(members: Members, owner: str, kind: str, target: str, *, outside: bool = False) -> str:
    """Add a relation to a part, and return its id."""
    folder, _, name = owner.rpartition("/")
    place = f"{folder}/_rels/{name}.rels" if owner else "_rels/.rels"
    empty = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    text = members.get(place, empty).decode()
    number = f"rx{text.count('<Relationship ')}"
    mode = ' TargetMode="External"' if outside else ""
    item = f'<Relationship Id="{number}" Type="{RELATIONS}/{kind}" Target="{target}"{mode}/>'
    members[place] = text.replace("</Relationships>", item + "</Relationships>").encode()
    return number


def put(members: Members, name: str, old: str, new: str) -> None:
    """Put something before (or, for a closing mark, into) what a part holds once."""
    text = members[name].decode()
    assert old in text, (name, old)
    members[name] = text.replace(old, new, 1).encode()


def laden_word() -> bytes:
    """Make a document with every trace that we know of."""
    document = docx.Document()
    for key in ("author", "last_modified_by", "comments", "keywords", "subject", "category"):
        setattr(document.core_properties, key, TRACE)
    document.add_paragraph(f"第一条　{SEEN}1")
    document.add_table(1, 1).cell(0, 0).text = f"{SEEN}2"
    document.sections[0].header.paragraphs[0].text = f"{SEEN}3"
    document.add_picture(io.BytesIO(photo()), width=Inches(1))
    commented = document.add_paragraph(f"{SEEN}4")
    document.add_comment(commented.runs[0], text=TRACE, author=TRACE)
    data = io.BytesIO()
    document.save(data)
    members = opened(data.getvalue())
    ole = related(members, "word/document.xml", "oleObject", "embeddings/oleObject1.bin")
    local = related(members, "word/document.xml", "hyperlink", f"file:///C:/Users/{TRACE}/a.docx", outside=True)
    template = related(members, "word/settings.xml", "attachedTemplate", f"file:///C:/{TRACE}.dotm", outside=True)
    put(
        members,
        "word/document.xml",
        "<w:sectPr",
        f"""<w:p w:rsidR="00AB12CD"><w:ins w:author="{TRACE}" w:id="1"><w:r><w:t>{SEEN}5</w:t></w:r></w:ins>
        <w:del w:author="{TRACE}" w:id="2"><w:r><w:delText>{TRACE}</w:delText></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>{TRACE}</w:t></w:r>
        <w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>{SEEN}6</w:t></w:r>
        <w:r><w:rPr><w:rStyle w:val="Hid"/></w:rPr><w:t>{TRACE}</w:t></w:r></w:p>
        <w:p><w:pPr><w:pStyle w:val="HidParagraph"/></w:pPr><w:r><w:t>{TRACE}</w:t></w:r></w:p>
        <w:p><w:hyperlink xmlns:r="{RELATIONS}" r:id="{local}"><w:r><w:t>{SEEN}7</w:t></w:r></w:hyperlink></w:p>
        <w:p><w:r><w:instrText> INCLUDEPICTURE "C:\\Users\\{TRACE}\\a.jpg" </w:instrText></w:r></w:p>
        <w:p><w:r><w:object><v:shape xmlns:v="urn:schemas-microsoft-com:vml" alt="D:\\{TRACE}\\b.png"/>
        <o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:r="{RELATIONS}" Type="Embed" r:id="{ole}"/>
        </w:object></w:r></w:p>
        <w:sdt><w:sdtPr><w:dataBinding w:xpath="{TRACE}" w:storeItemID="{TRACE}"/></w:sdtPr>
        <w:sdtContent><w:p><w:r><w:t>{SEEN}8</w:t></w:r></w:p></w:sdtContent></w:sdt><w:sectPr""".replace(
            "\n        ", ""
        ),
    )
    put(
        members,
        "word/styles.xml",
        "</w:styles>",
        '<w:style w:type="character" w:styleId="HidBase"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Hid"><w:basedOn w:val="HidBase"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="HidParagraph"><w:rPr><w:vanish/></w:rPr></w:style></w:styles>',
    )
    put(
        members,
        "word/settings.xml",
        "</w:settings>",
        f'<w:docVars><w:docVar w:name="a" w:val="{TRACE}"/></w:docVars><w:rsids><w:rsid w:val="00AB12CD"/></w:rsids>'
        f'<w:mailMerge><w:connectString w:val="{TRACE}"/></w:mailMerge><w:documentProtection w:hash="{TRACE}"/>'
        f'<w:attachedTemplate {R} r:id="{template}"/></w:settings>',
    )
    members["word/embeddings/oleObject1.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + TRACE.encode()
    for name in (
        "word/people.xml",
        "word/commentsExtended.xml",
        "word/glossary/document.xml",
        "word/recipientData.xml",
    ):
        members[name] = f"<a>{TRACE}</a>".encode()
    members["customXml/item9.xml"] = f"<a>{TRACE}</a>".encode()
    members["docProps/custom.xml"] = f"<a><property><lpwstr>{TRACE}</lpwstr></property></a>".encode()
    members["docProps/thumbnail.jpeg"] = photo()
    members["word/vbaProject.bin"] = TRACE.encode()
    members["word/printerSettings/printerSettings1.bin"] = TRACE.encode()
    members["word/newKindOfPart.xml"] = f"<a>{TRACE}</a>".encode()
    for name in ("people", "vbaProject", "recipientData"):
        related(members, "word/document.xml", name, f"{name}.{'bin' if name == 'vbaProject' else 'xml'}")
    related(members, "", "custom-properties", "docProps/custom.xml")
    related(members, "", "thumbnail", "docProps/thumbnail.jpeg")
    return packed(members)


def laden_excel() -> bytes:
    """Make a workbook with every trace that we know of."""
    book = openpyxl.Workbook()
    book.properties.creator = book.properties.description = TRACE
    sheet = book.active
    sheet.title = f"{SEEN}1"
    for row in ([f"{SEEN}2", 1, TRACE], [TRACE, 2, TRACE], [f"{SEEN}3", 3, TRACE]):
        sheet.append(row)
    sheet.column_dimensions["C"].hidden = True
    sheet.row_dimensions[2].hidden = True
    hidden = book.create_sheet("草稿")
    hidden.append([TRACE])
    hidden.sheet_state = "veryHidden"
    book.defined_names["路径"] = DefinedName("路径", attr_text=f"'C:\\{TRACE}\\[1]甲'!$A$1")
    sheet.add_image(openpyxl.drawing.image.Image(io.BytesIO(photo())), "E1")
    data = io.BytesIO()
    book.save(data)
    members = opened(data.getvalue())
    put(members, "xl/workbook.xml", "<workbookPr", f'<fileSharing userName="{TRACE}"/><workbookPr codeName="{TRACE}"')
    put(
        members,
        "xl/workbook.xml",
        "<sheets>",
        f'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{TRACE}</mc:AlternateContent><sheets>',
    )
    printer = related(members, "xl/worksheets/sheet1.xml", "printerSettings", "../printerSettings/printerSettings1.bin")
    put(
        members,
        "xl/worksheets/sheet1.xml",
        "<pageMargins",
        f'<scenarios><scenario user="{TRACE}"/></scenarios><customSheetViews>{TRACE}</customSheetViews><pageMargins',
    )
    put(members, "xl/worksheets/sheet1.xml", "<drawing", f'<pageSetup {R} r:id="{printer}"/><drawing')
    put(members, "xl/worksheets/sheet1.xml", "<v>1</v>", f"<f>'C:\\{TRACE}\\[1]甲'!A1</f><v>1</v>")
    for name in (
        "xl/connections.xml",
        "xl/externalLinks/externalLink1.xml",
        "xl/queryTables/queryTable1.xml",
        "xl/revisions/userNames.xml",
        "xl/persons/person.xml",
        "xl/customProperty1.bin",
        "xl/printerSettings/printerSettings1.bin",
        "xl/worksheets/sheet77.xml",
        "customXml/item1.xml",
        "docProps/custom.xml",
    ):
        members[name] = f"<a>{TRACE}</a>".encode()
    return packed(members)


def laden_slides() -> bytes:
    """Make a presentation of two slides, one of them hidden, with notes and comments."""
    a = 'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
    p = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'

    def slide(text: str, more: str = "") -> bytes:
        return f"<p:sld {p} {a} {R}{more}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>".encode()

    members: Members = {
        "[Content_Types].xml": b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "ppt/presentation.xml": b"",
        "ppt/slides/slide1.xml": slide(f"{SEEN}1"),
        "ppt/slides/slide2.xml": slide(TRACE, ' show="0"'),
        "ppt/notesSlides/notesSlide1.xml": slide(TRACE),
        "ppt/comments/comment1.xml": slide(TRACE),
        "ppt/commentAuthors.xml": slide(TRACE),
        "ppt/tags/tag1.xml": slide(TRACE),
        "ppt/media/image1.jpeg": photo(),
        "docProps/core.xml": f"<c><creator>{TRACE}</creator></c>".encode(),
    }
    related(members, "ppt/slides/slide1.xml", "notesSlide", "../notesSlides/notesSlide1.xml")
    ids = [related(members, "ppt/presentation.xml", "slide", f"slides/slide{n}.xml") for n in (1, 2)]
    listed = "".join(f'<p:sldId id="{256 + n}" r:id="{name}"/>' for n, name in enumerate(ids))
    body = f"<p:sldIdLst>{listed}</p:sldIdLst><p:extLst>{TRACE}</p:extLst>"
    members["ppt/presentation.xml"] = f"<p:presentation {p} {R}>{body}</p:presentation>".encode()
    return packed(members)


LADEN = {".docx": laden_word, ".xlsx": laden_excel, ".pptx": laden_slides}


@pytest.mark.parametrize("suffix", sorted(LADEN))
def test_no_trace_stays_and_every_word_that_is_seen_does(suffix: str) -> None:
    """Of a file full of traces the copy holds none, in no part and no name, and every word that a reader saw."""
    laden = LADEN[suffix]()
    seen = {f"{SEEN}{number}" for number in range(1, {".docx": 9, ".xlsx": 4, ".pptx": 2}[suffix])}
    copy = clean_bytes(suffix, laden)
    members = opened(copy)
    assert [name for name, content in members.items() if TRACE.encode() in content or TRACE in name] == []
    left = set(re.findall(f"{SEEN}[0-9]", "".join(part.decode("utf-8", "replace") for part in members.values())))
    assert left == seen
    assert copy == clean_bytes(suffix, laden)
    assert clean_bytes(suffix, copy) == copy


def test_a_clean_document_opens_with_its_pictures() -> None:
    """python-docx opens the copy: paragraphs, table, header and picture are there, and no relation leads nowhere."""
    document = docx.Document(io.BytesIO(clean_bytes(".docx", laden_word())))
    texts = [paragraph.text for paragraph in document.paragraphs if SEEN in paragraph.text]
    assert texts == [f"第一条　{SEEN}1", f"{SEEN}4", f"{SEEN}5{SEEN}6", f"{SEEN}7"]
    assert document.tables[0].cell(0, 0).text == f"{SEEN}2"
    assert document.sections[0].header.paragraphs[0].text == f"{SEEN}3"
    assert len(document.inline_shapes) == 1
    image = next(part for part in document.part.package.iter_parts() if "/media/" in part.partname)
    with Image.open(io.BytesIO(image.blob)) as picture:
        assert dict(picture.getexif()) == {0x0112: 6}


def test_a_clean_workbook_opens_with_its_values() -> None:
    """Openpyxl opens the copy: a formula on another workbook became its value, hidden cells are empty."""
    book = openpyxl.load_workbook(io.BytesIO(clean_bytes(".xlsx", laden_excel())))
    assert book.sheetnames == [f"{SEEN}1"]
    assert [[cell.value for cell in row] for row in book.active["A1:C3"]] == [
        [f"{SEEN}2", 1, None],
        [None, None, None],
        [f"{SEEN}3", 3, None],
    ]
    assert len(book.active._images) == 1


def test_a_plain_file_keeps_every_word(tmp_path: Path) -> None:
    """A file of headings, lists, tables, notes and links reads the same after cleaning as before."""
    document = docx.Document()
    document.add_heading("办法", 1)
    document.add_paragraph("甲", style="List Number")
    document.add_paragraph("乙", style="List Bullet")
    document.add_table(2, 2).cell(1, 1).text = "丙"
    document.sections[0].footer.paragraphs[0].text = "丁"
    data = io.BytesIO()
    document.save(data)
    before, after = (docx.Document(io.BytesIO(one)) for one in (data.getvalue(), clean_bytes(".docx", data.getvalue())))
    texts, expected = (
        [(paragraph.text, paragraph.style and paragraph.style.name) for paragraph in document.paragraphs]
        for document in (after, before)
    )
    assert texts == expected
    assert after.tables[0].cell(1, 1).text == "丙"
    assert after.sections[0].footer.paragraphs[0].text == "丁"


def test_what_could_not_be_taken_off_is_named(project: Project) -> None:
    """A picture that no browser shows, and a number in the text, are named, with status 1; without any it is 0."""
    members = opened(laden_word())
    members["word/media/image9.emf"] = b"\x01\0\0\0" + bytes(36) + b" EMF"
    put(members, "word/document.xml", "<w:sectPr", "<w:p><w:r><w:t>110101199003074514</w:t></w:r></w:p><w:sectPr")
    project.write("a.docx", packed(members))
    ran = project.run("clean", "a.docx", as_of=None)
    assert (ran.status, ran.out.strip()) == (1, "a-清理.docx")
    assert "还有：身份证号 11*************514（正文）" in ran.err
    assert "还有：image9.emf 里的拍摄或制作信息没有去掉" in ran.err
    project.write("b.pptx", laden_slides())
    assert project.run("clean", "b.pptx", as_of=None).status == 0


def test_text_hidden_by_a_style_is_told(tmp_path: Path) -> None:
    """A run in a hidden style is a leftover as one that is hidden itself."""
    assert "隐藏文字 3 处" in scan_attachment("a.docx", laden_word()).residual_metadata
    place = tmp_path / "a.docx"
    place.write_bytes(laden_word())
    assert write_clean_copy(place)[1] == []
