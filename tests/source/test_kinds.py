"""Attachments of any kind: what was not looked into is told and blocks; what is inside and beside is found."""

import base64
import bz2
import gzip
import io
import json
import lzma
import os
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas
from support.built_site import made
from support.project import CONFIG, Project

from generator.domain.model import MatchKind, ScanResult, Sight
from generator.domain.privacy import value_digest
from generator.publish import site as publishing
from generator.source.attachments.office import scan_attachment
from generator.source.attachments.office.plaintext import readings
from generator.source.attachments.pictures import read_picture
from generator.source.attachments.screening import published_bytes
from generator.verify.run import verify

ID = "110101199003074514"
MARK = "机密★1年"
TEXT = f"张三的身份证号 {ID} 登记\n"
NOISE = bytes((number * 7919 + number * number * 31) % 256 for number in range(3_000))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + TEXT.encode("utf-16-le") + bytes(100)
EMPTY_OLE = OLE[:512]
NAMES = 'xmlns:w="w" xmlns:v="v" xmlns:a="a" xmlns:wp="wp" xmlns:r="r"'


def package(members: dict[str, str | bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in members.items():
            file.writestr(name, content)
    return target.getvalue()


def word(body: str = "", members: dict[str, str | bytes] | None = None) -> bytes:
    document = f"<w:document {NAMES}><w:body>{body}</w:body></w:document>"
    return package({"[Content_Types].xml": "<T/>", "word/document.xml": document, **(members or {})})


def book(sheet: str = "", workbook: str = "", **members: str | bytes) -> bytes:
    return package(
        {
            "[Content_Types].xml": "<T/>",
            "xl/workbook.xml": f'<w xmlns:r="r"><sheet name="甲" r:id="r1"/>{workbook}</w>',
            "xl/_rels/workbook.xml.rels": '<R><Relationship Id="r1" Target="worksheets/sheet1.xml"/></R>',
            "xl/worksheets/sheet1.xml": f"<worksheet>{sheet}</worksheet>",
            **{f"xl/{name.replace('__', '/')}.xml": content for name, content in members.items()},
        }
    )


def picture(kind: str, *, turned: int = 6) -> bytes:
    data, exif = io.BytesIO(), Image.Exif()
    exif[0x010E], exif[0x0112], exif[0x010F] = "xqzwords", turned, "xqzdevice"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 9.0)})
    image = Image.linear_gradient("L").resize((24, 16)).convert("RGB")
    image.save(data, kind, **({} if kind in {"GIF", "BMP"} else {"exif": exif}))
    return data.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(content)
        archive.addfile(member, io.BytesIO(content))
    return target.getvalue()


def mail(encoding: str) -> bytes:
    body = base64.encodebytes(TEXT.encode("gbk")).decode() if encoding == "base64" else f"{ID[:9]}=\n{ID[9:]}\n"
    kind = f"Content-Type: text/plain; charset=gbk\nContent-Transfer-Encoding: {encoding}"
    head = f"From: a@b.gov.cn\nMIME-Version: 1.0\n{kind}"
    return f"{head}\n\n{body}".encode()


def pdf(extra: Callable[[Canvas], object]) -> bytes:
    target = io.BytesIO()
    canvas = Canvas(target)
    canvas.drawString(40, 700, "public")
    extra(canvas)
    canvas.showPage()
    canvas.save()
    return target.getvalue()


def raw_pdf(*, catalog: bytes = b"", page: bytes = b"", objects: tuple[bytes, ...] = ()) -> bytes:
    """Make a PDF of one page by hand, its objects as given."""
    all_objects = (
        b"<</Type/Catalog/Pages 2 0 R" + catalog + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 99 99]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>" + page + b">>",
        b"<</Length 33>>stream\nBT /F 12 Tf 9 9 Td (words) Tj ET \nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *objects,
    )
    out, places = b"%PDF-1.5\n", []
    for number, content in enumerate(all_objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(all_objects) + 1
    end = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + end


def stream(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<<" + head + b"/Filter/FlateDecode/Length %d>>stream\n" % len(packed) + packed + b"\nendstream"


def attached(content: bytes) -> bytes:
    names = b"/Names<</EmbeddedFiles<</Names[(a.txt) 6 0 R]>>>>"
    spec = b"<</Type/Filespec/F(a.txt)/UF(a.txt)/EF<</F 7 0 R>>>>"
    return raw_pdf(catalog=names, objects=(spec, stream(content, b"/Type/EmbeddedFile")))


def unlisted() -> bytes:
    """Make a zip with a member that its table of contents does not name."""
    whole = package({"a.txt": "x"})
    border = whole.index(b"PK\x01\x02")
    return whole[:border] + package({"b.txt": NOISE}) + whole[border:]


UNKNOWN = {
    "a.exe": b"MZ\x90\0" + NOISE,
    "a.bak": NOISE,
    "a": NOISE,
    "a.dwg": b"AC1027" + NOISE,
    "a.tif": b"II*\0" + NOISE,
    "a.heic": b"\0\0\0\x18ftypheic" + NOISE,
    "a.iso": bytes(32_768) + b"\x01CD001" + NOISE,
    "a.psd": b"8BPS\0\1" + NOISE,
    "a.pst": b"!BDN" + NOISE,
    "a.dat": OLE,
    "a.mp3": NOISE,
    "text.jpg": TEXT.encode(),
    "noise.png": NOISE,
    "half.jpg": picture("JPEG")[:-10],
    "text.docx": TEXT.encode(),
    "text.pdf": TEXT.encode(),
    "prefixed.docx": TEXT.encode() + word(),
    "unlisted.zip": unlisted(),
    "behind.zip": package({"a.txt": "x"}) + NOISE,
    "deep.zip": package({"a.zip": package({"b.zip": package({"c.zip": package({"d.zip": package({})})})})}),
    "inside.zip": package({"a.dat": NOISE}),
    "inside.docx": word(members={"word/embeddings/a.bin": NOISE}),
    "inside.gz": gzip.compress(NOISE),
    "inside.eml": mail("base64").split(b"\n\n")[0] + b"\n\n" + base64.encodebytes(NOISE),
    "a.pdf": raw_pdf() + NOISE,
    "zip.pdf": raw_pdf() + package({"a.txt": TEXT}),
    "attached.pdf": attached(NOISE),
    "picture.zip": package({"a.png": picture("PNG") + NOISE}),
    "coded.txt": b"begin 644 a\nM" + base64.b64encode(NOISE) + b"\nend\n",
}
BY_EYE = {
    "a.doc": OLE,
    "a.wps": OLE,
    "a.xlsx": OLE,
    "a.rar": b"Rar!\x1a\x07\x01\0" + NOISE,
    "a.7z": b"7z\xbc\xaf\x27\x1c" + NOISE,
    "a.rtf": b"{\\rtf1 words}",
    "a.docx": word(members={"word/embeddings/oleObject1.bin": OLE}),
    "macro.docm": word(members={"word/vbaProject.bin": OLE}),
    "broken.docx": b"PK\x03\x04 not a package",
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_what_nobody_knows_is_unknown(name: str) -> None:
    """A file of no known kind, one that is not what its name says, one with more in it than it lists, is not seen."""
    look = scan_attachment(name, UNKNOWN[name])
    assert look.sight is Sight.UNKNOWN, look
    assert look.unreadable_reason


@pytest.mark.parametrize("name", BY_EYE)
def test_what_a_person_can_look_at_is_told_and_no_more(name: str) -> None:
    """Old Office files, archives without a reader, macros and broken documents are told, as before."""
    look = scan_attachment(name, BY_EYE[name])
    assert look.sight is Sight.BY_EYE, look
    assert look.unreadable_reason


FOUND: dict[str, bytes] = {
    "a.yaml": TEXT.encode(),
    "a.sql": TEXT.encode("gbk"),
    "a": TEXT.encode(),
    "a.uof": f"<?xml version='1.0'?><u><p>{ID}</p></u>".encode(),
    "docx named.txt": word(f"<w:p><w:t>{ID}</w:t></w:p>"),
    "a16le.txt": TEXT.encode("utf-16-le"),
    "a16be.txt": TEXT.encode("utf-16-be"),
    "a32.txt": TEXT.encode("utf-32-le"),
    "big5.txt": ("測試文件" + ID).encode("big5"),
    "a.vsdx": package({"[Content_Types].xml": "<T/>", "visio/pages/page1.xml": f"<P><Text>{ID}</Text></P>"}),
    "a.epub": package({"mimetype": "application/epub+zip", "a.xhtml": f"<!DOCTYPE html><p>{ID}</p>"}),
    "a.odt": package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f'<o xmlns:t="t"><t:p>{ID[:4]}<t:span>{ID[4:8]}</t:span>{ID[8:]}</t:p></o>',
        }
    ),
    "a.ofd": package({"OFD.xml": "<a/>", "Doc_0/Attachs/a.txt": TEXT}),
    "base64.eml": mail("base64"),
    "quoted.eml": mail("quoted-printable"),
    "gz.zip": package({"a.gz": gzip.compress(TEXT.encode())}),
    "a.tar": tarred("a.txt", TEXT.encode()),
    "a.tar.gz": gzip.compress(tarred("a.txt", TEXT.encode())),
    "a.bz2": bz2.compress(TEXT.encode()),
    "a.xz": lzma.compress(TEXT.encode()),
    "name.zip": package({f"{ID}.txt": "x"}),
    "base64.txt": base64.b64encode((TEXT * 10).encode()),
    "old.doc": OLE,
    "a.jpg": picture("JPEG") + TEXT.encode(),
    "a.svg": f"<svg><desc>{ID}</desc></svg>".encode(),
    "info.pdf": pdf(lambda canvas: canvas.setSubject(ID)),
    "note.pdf": pdf(lambda canvas: canvas.textAnnotation(ID, [10, 10, 50, 50], 1)),
    "form.pdf": pdf(lambda canvas: canvas.acroForm.textfield(name="a", value=ID, x=10, y=10)),
    "attached.pdf": attached(TEXT.encode()),
    "attached zip.pdf": attached(package({"a.txt": TEXT})),
    "xmp.pdf": raw_pdf(objects=(stream(f"<x:xmpmeta>{ID}</x:xmpmeta>".encode(), b"/Type/Metadata"),)),
    "objects.pdf": raw_pdf(objects=(stream(f"7 0 <</Title({ID})>>".encode(), b"/Type/ObjStm/N 1/First 4"),)),
    "form.xfa.pdf": raw_pdf(objects=(stream(f"<xdp:xdp>{ID}</xdp:xdp>".encode()),)),
    "behind.pdf": raw_pdf() + TEXT.encode(),
    "html chunk.docx": word(members={"word/afchunk.html": f"<p>{ID}</p>"}),
    "rtf chunk.docx": word(members={"word/afchunk.rtf": "{\\rtf1 " + ID + "}"}),
    "docx chunk.docx": word(members={"word/afchunk.docx": word(f"<w:p><w:t>{ID}</w:t></w:p>")}),
    "ole.docx": word(members={"word/embeddings/oleObject1.bin": OLE}),
    "workbook.docx": word(members={"word/embeddings/a.xlsx": book(f"<oddHeader>{ID}</oddHeader>")}),
    "core.docx": word(members={"docProps/core.xml": f"<c><keywords>{ID}</keywords></c>"}),
    "custom.docx": word(members={"docProps/custom.xml": f"<P><property><lpwstr>{ID}</lpwstr></property></P>"}),
    "data.docx": word(members={"customXml/item1.xml": f"<r><x>{ID}</x></r>"}),
    "variable.docx": word(members={"word/settings.xml": f'<w:s {NAMES}><w:docVar w:val="{ID}"/></w:s>'}),
    "style.docx": word(members={"word/styles.xml": f'<w:s {NAMES}><w:name w:val="{ID}"/></w:s>'}),
    "field.docx": word(f'<w:p><w:instrText> QUOTE "{ID}" </w:instrText></w:p>'),
    "across a field.docx": word(f"<w:p><w:t>{ID[:8]}</w:t><w:instrText> PAGE </w:instrText><w:t>{ID[8:]}</w:t></w:p>"),
    "title.docx": word(f'<w:p><wp:docPr title="{ID}"/></w:p>'),
    "metafile.docx": word(members={"word/media/a.emf": b"\x01\0\0\0" + bytes(36) + b" EMF" + OLE[512:]}),
    "list.xlsx": book(f'<dataValidation><formula1>"{ID},乙"</formula1></dataValidation>'),
    "prompt.xlsx": book(f'<dataValidation prompt="{ID}"/>'),
    "name.xlsx": book(workbook=f'<definedName name="a">"{ID}"</definedName>'),
    "formula.xlsx": book(f'<row r="1"><c r="A1"><f>LEFT("{ID}",1)</f><v>1</v></c></row>'),
    "unused.xlsx": book(sharedStrings=f"<sst><si><t>{ID}</t></si></sst>"),
    "aloud.xlsx": book(sharedStrings=f"<sst><si><t>甲</t><rPh><t>{ID}</t></rPh></si></sst>"),
    "lost sheet.xlsx": book(worksheets__sheet9=f'<w><row r="1"><c r="A1"><is><t>{ID}</t></is></c></row></w>'),
    "other book.xlsx": book(externalLinks__externalLink1=f'<e><cell r="A1"><v>{ID}</v></cell></e>'),
    "chart.xlsx": book(charts__chart1=f"<c><pt><v>{ID}</v></pt></c>"),
    "connection.xlsx": book(connections=f'<c><connection connection="DSN={ID}"/></c>'),
    "pivot.xlsx": book(pivotCache__pivotCacheDefinition1=f'<p><s v="{ID}"/></p>'),
    "author.xlsx": book(comments1=f"<c><authors><author>{ID}</author></authors></c>"),
    "smart.pptx": package({"[Content_Types].xml": "<T/>", "ppt/diagrams/data1.xml": f"<d><t>{ID}</t></d>"}),
    "tag.pptx": package({"[Content_Types].xml": "<T/>", "ppt/tags/tag1.xml": f'<t><tag val="{ID}"/></t>'}),
}


@pytest.mark.parametrize("name", FOUND)
def test_a_number_hides_in_no_form(name: str) -> None:
    """An identity number is found in every kind of file, and in every place of it, that we know of."""
    keys = {find.key for find in scan_attachment(name, FOUND[name]).matches if find.kind is MatchKind.IDENTITY}
    assert keys == {value_digest(ID)}


MARKED: dict[str, bytes] = {
    "watermark.docx": word(members={"word/header1.xml": f'<w:h {NAMES}><v:textpath string="{MARK}"/></w:h>'}),
    "description.docx": word(f'<w:p><wp:docPr descr="{MARK}"/></w:p>'),
    "wordart.docx": word(f"<w:p><a:p><a:r><a:t>{MARK}</a:t></a:r></a:p></w:p>"),
    "numbering.docx": word(members={"word/numbering.xml": f'<w:n {NAMES}><w:lvlText w:val="{MARK}"/></w:n>'}),
    "header.xlsx": book('<oddHeader>&amp;C&amp;"宋体,常规"&amp;14机&amp;B密★1年&amp;R第&amp;P页</oddHeader>'),
    "master.pptx": package(
        {
            "[Content_Types].xml": "<T/>",
            "ppt/slideMasters/slideMaster1.xml": "<m><p><r><t>机</t></r><r><t>密★1年</t></r></p></m>",
        }
    ),
    "layer.pdf": raw_pdf(
        objects=(b"<</Type/OCG/Name <" + ("\ufeff" + MARK).encode("utf-16-be").hex().encode() + b">>>",)
    ),
    "outline.pdf": pdf(lambda canvas: (canvas.bookmarkPage("a"), canvas.addOutlineEntry(MARK, "a"))),
    "wide.txt": f"{MARK}，张三李四王五。".encode("utf-16-le"),
    "a.json": json.dumps({"a": MARK}).encode(),
    "a.png": picture("PNG")[:-12] + b"\0\0\0\0IEND\xaeB`\x82" + MARK.encode(),
}


@pytest.mark.parametrize("name", MARKED)
def test_a_mark_of_secrecy_hides_in_no_form(name: str) -> None:
    """A mark is found in watermarks, WordArt, headers, masters, layers, bookmarks and texts of every encoding."""
    assert MatchKind.SECRECY in {find.kind for find in scan_attachment(name, MARKED[name]).matches}


@given(st.text(st.characters(codec="gb18030", exclude_categories=("Cc", "Cn", "Co", "Cs")), min_size=1, max_size=60))
def test_text_in_every_usual_encoding_is_read(text: str) -> None:
    """What UTF-8, and UTF-16 with a mark, write is read as it was, whatever it is."""
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert text.removeprefix("\ufeff") in [one.removeprefix("\ufeff") for one in readings(text.encode(encoding))]


@given(st.text("甲乙丙丁办法通知0123456789，。\n", min_size=4, max_size=60))
def test_official_text_is_read_without_a_mark(text: str) -> None:
    """Chinese text in GB18030 and UTF-16 of both orders, without a mark, is among the readings."""
    for encoding in ("gb18030", "utf-16-le", "utf-16-be"):
        assert text in readings(text.encode(encoding))


def test_noise_is_no_text() -> None:
    """Packed data has no reading in any encoding."""
    for size in (40, 400, 4_000):
        assert readings(zlib.compress(os.urandom(size))) == []


# ---------------------------------------------------------------- in a site

SHOWN: dict[str, object] = {"title": "甲", "date_published": "2024-05-08", "disclosure": "proactive"}


def with_file(project: Project, name: str, data: bytes, config: str = "") -> Project:
    project.write("site_config.yaml", CONFIG + config)
    project.write(f"content/notices/{name}", data)
    project.document("notices/n1.md", {**SHOWN, "attachments": f"[{{title: 附件, file: {name}}}]"})
    return project


def weights(project: Project, rule: str) -> list[tuple[str, bool]]:
    return [(row["severity"], row["blocking"]) for row in project.check().findings if row["rule"] == rule]


def test_an_unknown_kind_stops_a_build_and_a_known_one_does_not(project: Project) -> None:
    """S012 is an error that blocks for what nobody knows, and a warning for what a person can look at."""
    assert weights(with_file(project, "a.dwg", UNKNOWN["a.dwg"]), "S012") == [("error", True)]
    assert project.run("build", "--no-search").status == 1
    assert not (project.folder / "public").exists()
    assert weights(with_file(project, "a.doc", EMPTY_OLE), "S012") == [("warning", False)]
    assert project.run("build", "--no-search").status == 0


@pytest.mark.parametrize(
    "allow",
    [
        "attachments: {allow: [{kind: .dwg, reason: 图纸，规划科已核对}]}\n",
        "attachments: {allow: {.DWG: 图纸，规划科已核对}}\n",
        "attachments: {allow: [{file: content/notices/a.dwg, reason: 图纸，规划科已核对}]}\n",
        "attachments: {allow: [{file: notices/a.dwg, reason: 图纸，规划科已核对}]}\n",
    ],
)
def test_the_config_opens_a_kind_or_a_file_with_a_reason(project: Project, allow: str) -> None:
    """An entry lets the file through as it is, is told with its reason, and is a finding when nothing needs it."""
    with_file(project, "a.dwg", UNKNOWN["a.dwg"], allow)
    assert project.check().rules == []
    assert "图纸，规划科已核对" in project.run("check", "--ignore", "H").err
    folder = made(project)
    assert (folder / "notices/n1/a.dwg").read_bytes() == UNKNOWN["a.dwg"]
    with_file(project, "a.csv", b"a,b\n", allow)
    assert project.check().rules == ["F017", "S011"]  # a.dwg is not used any more


@pytest.mark.parametrize(
    ("allow", "says"),
    [
        ("attachments: {allow: [{kind: .dwg}]}\n", "缺少必填"),
        ("attachments: {allow: [{kind: dwg*, reason: 理由}]}\n", "应写成 .dwg"),
        ("attachments: {allow: [{kind: .dwg, file: a.dwg, reason: 理由}]}\n", "写其中一个"),
        ("attachments: {alow: []}\n", "是不是 allow"),
    ],
)
def test_an_entry_that_is_wrong_is_refused(project: Project, allow: str, says: str) -> None:
    """An entry without a reason, with no ending or with two meanings ends in a sentence and status 2."""
    ran = with_file(project, "a.csv", b"a,b\n", allow).run("check")
    assert ran.status == 2
    assert says in ran.err


def test_an_entry_opens_nothing_but_what_could_not_be_seen(project: Project) -> None:
    """A number that was found in an allowed kind still stops the build."""
    allow = "attachments: {allow: {.dat: 已核对}}\n"
    assert "S001" in with_file(project, "a.dat", OLE, allow).check().rules


@pytest.mark.parametrize("name", [f"{ID}.csv", f"{ID}/a.csv", f"名单{ID}.csv", f"{ID[:6]}_{ID[6:14]}_{ID[14:]}.csv"])
def test_a_name_becomes_an_address(project: Project, name: str) -> None:
    """An identity number as the name of an attachment, a picture or a folder blocks; the message does not repeat it."""
    found = [row for row in with_file(project, name, b"a,b\n").check().findings if row["rule"] == "S001"]
    assert any("文件名" in row["message"] and row["blocking"] for row in found)
    assert not any(ID in row["message"] for row in found)


def test_the_name_of_a_page_and_of_a_picture_is_looked_at(project: Project) -> None:
    """A mobile number as the name of a page, and an identity number as that of a picture in a text, are findings."""
    project.write(f"content/notices/{ID}.png", picture("PNG"))
    project.document("notices/13812345678.md", SHOWN, f"![图]({ID}.png)\n")
    rules = project.check().rules
    assert "S002" in rules
    assert "S001" in rules


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_published_without_its_metadata(project: Project, kind: str) -> None:
    """Position, device and words are taken off and told; pixels and the way it is turned stay; verify agrees."""
    data = picture(kind)
    name = f"a.{kind.lower()}"
    project.write(f"content/notices/{name}", data)
    project.document("notices/n1.md", SHOWN, f"![图]({name})\n")
    messages = [row["message"] for row in project.check().findings if row["rule"] == "S009"]
    assert messages == [f"附件“{name}”里有文字说明、拍摄设备、拍摄位置"]
    folder = made(project)
    published = (folder / f"notices/n1/{name}").read_bytes()
    assert b"xqz" not in published
    with Image.open(io.BytesIO(published)) as after, Image.open(io.BytesIO(data)) as before:
        assert after.tobytes() == before.tobytes()
        assert dict(after.getexif()) == {0x0112: 6}
    assert verify(folder).faults == ()
    assert made(project, "again", cache=project.cache / "two").joinpath(f"notices/n1/{name}").read_bytes() == published


def test_sizes_are_those_of_what_is_published(project: Project) -> None:
    """The record of an attachment gives the size of the picture without its metadata."""
    data = picture("JPEG")
    folder = made(with_file(project, "a.jpg", data))
    record = json.loads((folder / "api/documents.json").read_text(encoding="utf-8"))[0]
    assert record["attachments"][0]["size"] == (folder / "notices/n1/a.jpg").stat().st_size < len(data)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
@given(st.data())
def test_a_damaged_picture_never_fails(kind: str, data: st.DataObject) -> None:
    """Some bytes of a picture changed or cut off end in a picture or in none; what is read again is the same."""
    whole = bytearray(picture(kind))
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    cut = bytes(whole[: data.draw(st.integers(1, len(whole)))])
    assert isinstance(scan_attachment("a.png", cut), ScanResult)
    clean = read_picture(cut)
    if clean and (again := read_picture(clean.data)):
        assert again.data == clean.data


@pytest.mark.parametrize("turned", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_how_a_picture_is_turned_stays(kind: str, turned: int) -> None:
    """All eight ways to hold a camera are kept, and nothing else of EXIF."""
    clean = read_picture(picture(kind, turned=turned))
    assert clean is not None
    with Image.open(io.BytesIO(clean.data)) as after:
        assert dict(after.getexif()) == ({} if turned == 1 else {0x0112: turned})


@pytest.mark.parametrize("keep_times", [False, True])
def test_a_file_that_changes_after_the_look_is_not_published(
    project: Project, monkeypatch: pytest.MonkeyPatch, keep_times: bool
) -> None:
    """The sum at the copy is compared with that of the look, whatever size and times say; the old site stays."""
    with_file(project, "a.csv", b"a,b\n")
    folder = made(project)
    before = {place.relative_to(folder): place.read_bytes() for place in folder.rglob("*") if place.is_file()}
    with_file(project, "a.csv", b"c,d\n")
    place = project.folder / "content/notices/a.csv"
    published = published_bytes

    def changed(project_folder: Path, file: object) -> bytes | None:
        facts = place.stat()
        place.write_bytes(b"x,y\n")
        if keep_times:
            os.utime(place, ns=(facts.st_atime_ns, facts.st_mtime_ns))
        return published(project_folder, file)  # type: ignore[arg-type]

    monkeypatch.setattr(publishing, "published_bytes", changed)
    with pytest.raises(Exception, match=r"a\.csv 在核对之后又变了"):
        made(project)
    assert {one.relative_to(folder): one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


PROGRAMS = {
    **{f"a.{suffix}": b"1\n" for suffix in ("exe", "dll", "bat", "cmd", "ps1", "vbs", "jar", "msi", "sh", "py", "php")},
    "a": b"MZ\x90\0\x03",
    "a.dat": b"\x7fELF\x02\x01",
    "a.pdf": b"MZ\x90\0\x03",
    "b": b"#!/bin/sh\necho 1\n",
    "a.txt": b"@echo off\r\n",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_program_is_never_an_attachment(project: Project, name: str) -> None:
    """A program or a script is H010 by its name or its first bytes, although every word of it can be read."""
    assert "H010" in with_file(project, name, PROGRAMS[name]).check().rules


@pytest.mark.parametrize("name", ["b.sql", "c", "d.bak", "e.log.1", "f.未知"])
def test_a_text_is_read_whatever_its_name(project: Project, name: str) -> None:
    """A text of an unknown kind, or without a suffix, is read as text: what must not be public in it is found."""
    rules = with_file(project, name, b"insert 110101199003072316\n").check().rules
    assert "S001" in rules
    assert "H010" not in rules


@pytest.mark.parametrize("name", ["b.sql", "c", "d.bak"])
def test_what_is_no_text_is_not_published_unread(project: Project, name: str) -> None:
    """Bytes that nobody knows stop the build, whatever the name of the file."""
    assert weights(with_file(project, name, bytes(range(256)) * 4), "S012") == [("error", True)]
