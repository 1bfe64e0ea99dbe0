"""A policy as a PDF: what its Word file says, in the same bytes each time, without the network.

Where WeasyPrint, Pango or a Chinese font is missing, the tests that make a PDF are skipped.
"""

import os
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from reportlab.pdfgen import canvas
from support.built_site import build_here, made, read_page, searchable
from support.pictures import png
from support.project import CONFIG, Project

from generator.domain.problems import ConfigError, GongkaiError
from generator.publish.pdf.printer import Printer
from generator.verify.run import verify

TEXT = """\
各县（区）人力资源和社会保障局：

现将有关事项通知如下。H<sub>2</sub>O 和 10<sup>2</sup>，**着重** & <br>换行。[^1]

## 一、对象

第一条　为了规范补贴发放，制定本办法。

1. 甲类人员
2. 乙类人员

## 二、标准

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
PAGE = "https://rsj.example.gov.cn/zwgk/policies/p1/"


def _gap() -> str:
    """Return why this machine can make no PDF, empty where it can."""
    try:
        Printer("").pdf('<html lang="zh-CN"><p>公开', PAGE, "../../", lambda _: b"")
    except GongkaiError as error:
        return error.message
    return ""


@pytest.fixture(scope="session")
def printable() -> None:
    """Skip the test where no PDF can be made."""
    if gap := _gap():
        pytest.skip(gap)


@pytest.fixture
def with_pdf(project: Project, printable: None) -> Project:
    """Return an empty site with PDF files."""
    project.write("site_config.yaml", CONFIG + "policy_pdf: true\n")
    return project


@pytest.fixture
def written(with_pdf: Project) -> Project:
    """Return a site with a policy that has everything a text can have."""
    with_pdf.write("content/policies/方块.png", png())
    with_pdf.policy("p1", TEXT)
    return with_pdf


def _folded(words: str) -> str:
    return "".join(char for char in normalize("NFKC", words) if char.isalnum())


def _pages(place: Path) -> list[str]:
    with pypdfium2.PdfDocument(place) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


def test_every_policy_is_a_pdf_with_the_words_of_its_page(written: Project) -> None:
    """The PDF has all words of the page, a running head and a number on each page, and is linked beside Word."""
    written.document("notices/n1.md", {"title": "通知", "disclosure": "proactive", "date_published": "2024-05-08"})
    site = made(written)
    assert [path.relative_to(site).as_posix() for path in site.rglob("*.pdf")] == ["policies/p1/p1.pdf"]
    page = read_page(site / "policies/p1/index.html")
    assert page.one("a", data_download="pdf")["href"].endswith("policies/p1/p1.pdf")
    texts = _pages(site / "policies/p1/p1.pdf")
    words = _folded("".join(texts))
    for line in page.classed("text")[0].lines:
        assert _folded(line.removesuffix("↩")) in words, line
    for line in ("示例市灵活就业补贴办法", "有效性：有效，2024年5月8日发布（以后有无变化，以网页为准）", PAGE):
        assert _folded(line) in words, line
    for number, text in enumerate(texts, 1):
        assert f"— {number} / {len(texts)} —" in text
        assert "有效　例人社发〔2024〕1号" in text
    with pypdfium2.PdfDocument(site / "policies/p1/p1.pdf") as document:
        kinds = [item.type for page in document for item in page.get_objects()]
    assert kinds.count(pdfium.FPDF_PAGEOBJ_IMAGE) == 1
    assert not verify(site).faults


def test_a_pdf_has_title_language_tags_and_bookmarks(written: Project) -> None:
    """Screen readers get title, language and structure, and chapters are bookmarks; the only day is the document's."""
    place = made(written) / "policies/p1/p1.pdf"
    with pypdfium2.PdfDocument(place) as document:
        properties = document.get_metadata_dict(skip_empty=True)
        assert properties.pop("Producer").startswith("WeasyPrint")
        assert properties == {
            "Title": "示例市灵活就业补贴办法",
            "Author": "示例市人力资源和社会保障局",
            "Subject": "例人社发〔2024〕1号",
            "CreationDate": "D:20240506",
        }
        assert pdfium.FPDFCatalog_IsTagged(document)
        bookmarks = [(entry.level, entry.get_title()) for entry in document.get_toc()]
    assert bookmarks == [(0, "示例市灵活就业补贴办法"), (1, "一、对象"), (1, "二、标准")]
    data = place.read_bytes()
    assert str(written.folder).encode() not in data
    assert str(Path.home()).encode() not in data


def test_notices_and_clause_states_are_in_the_pdf(with_pdf: Project) -> None:
    """A repealed policy says so on its first lines and in the head of each page; a clause behind its words."""
    with_pdf.policy("p1", "第一条　甲。\n\n第二条　乙。\n")
    with_pdf.policy("p2", "第一条　丙。\n\n第二条　丁。\n", title="部分失效的办法")
    acts = {"date_published": "2025-01-01", "date_written": "2025-01-01"}
    with_pdf.policy("p3", title="废止决定", repeals="[p1, p2#第二条]", **acts)
    site = made(with_pdf)
    text = "".join(_pages(site / "policies/p1/p1.pdf"))
    assert "已废止　例人社发〔2024〕1号" in text
    assert text.index("废止决定") < text.index("示例市灵活就业补贴办法")
    part = _folded("".join(_pages(site / "policies/p2/p2.pdf")))
    assert _folded("第二条　丁。第二条已废止") in part
    assert not verify(site).faults


def test_nothing_that_is_not_public_is_in_a_pdf(with_pdf: Project) -> None:
    """A withheld policy and a draft have no PDF, and no PDF names them."""
    with_pdf.policy("p3", title="未写完的办法", draft="true")
    with_pdf.policy("p1", "第一条　甲。\n", based_on="p2")
    with_pdf.policy("p2", title="秘而不宣的办法", disclosure="withheld", withhold_class="N01", withhold_note="因为")
    site = made(with_pdf)
    assert [path.name for path in site.rglob("*.pdf")] == ["p1.pdf"]
    words = searchable(site / "policies/p1/p1.pdf")
    assert "第一条" in words
    assert "未写完" not in words
    assert "秘而不宣" not in words


def test_the_same_text_gives_the_same_bytes_and_a_changed_word_a_changed_file(written: Project) -> None:
    """Builds agree byte for byte: cold, in several processes, with other hashes, and after a change of words alone."""
    first = made(written) / "policies/p1/p1.pdf"
    before = first.read_bytes()
    other = made(written, "again", cache=written.cache / "other", jobs=2) / "policies/p1/p1.pdf"
    assert other.read_bytes() == before
    command = "from generator.cli.program import run; run()"
    arguments = ("build", "--no-search", "-o", "third", "--as-of", "2026-11-21")
    environment = {**os.environ, "PYTHONHASHSEED": "7", "XDG_CACHE_HOME": str(written.cache / "third")}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    subprocess.run([sys.executable, "-c", command, *arguments], cwd=written.folder, env=environment, check=True)
    assert (written.folder / "third/policies/p1/p1.pdf").read_bytes() == before
    written.policy("p1", TEXT.replace("有关事项", "下列事项"))
    build_here(written)
    changed = first.read_bytes()
    assert "下列事项" in "".join(_pages(first))
    assert (made(written, "full", cache=written.cache / "fourth") / "policies/p1/p1.pdf").read_bytes() == changed
    assert not verify(written.folder / "public").faults


def test_a_pdf_is_made_again_only_where_what_it_shows_has_changed(
    with_pdf: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next day, another document and a turn of the status: only the PDF of the changed document is made."""
    made_for: list[str] = []
    printed = Printer.pdf

    def counted(self: Printer, html: str, address: str, root: str, picture: Callable[[str], bytes]) -> bytes:
        made_for.append(address.rstrip("/").rpartition("/")[2])
        return printed(self, html, address, root, picture)

    monkeypatch.setattr(Printer, "pdf", counted)
    with_pdf.policy("p1", expires_on="2026-12-01")
    with_pdf.policy("p2", title="另一个办法")
    for day, expected in (("2026-11-30", ["p1", "p2"]), ("2026-12-01", []), ("2026-12-02", ["p1"])):
        made(with_pdf, as_of=day)
        assert sorted(made_for) == expected, day
        made_for.clear()


def test_an_attachment_of_the_same_name_keeps_its_address(with_pdf: Project) -> None:
    """An attachment that is called like the PDF stays where it was; the PDF has a number."""
    place = with_pdf.folder / "content/policies/files/p1.pdf"
    place.parent.mkdir(parents=True)
    drawing = canvas.Canvas(str(place))
    drawing.drawString(72, 720, "scan 2024")
    drawing.save()
    scan = place.read_bytes()
    with_pdf.policy("p1", attachments="[{title: 原件, file: files/p1.pdf}]")
    site = made(with_pdf)
    assert (site / "policies/p1/p1.pdf").read_bytes() == scan
    link = read_page(site / "policies/p1/index.html").one("a", data_download="pdf")
    assert link["href"].endswith("policies/p1/p1-2.pdf")
    assert "第一条" in "".join(_pages(site / "policies/p1/p1-2.pdf"))
    assert not verify(site).faults


def test_nothing_is_loaded_but_the_pictures_of_the_site(printable: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the network nor a file of this machine is read, whatever HTML and style sheet name."""
    opened: list[object] = []
    monkeypatch.setattr(urllib.request.OpenerDirector, "open", lambda _self, url, *_: opened.append(url))
    asked: list[str] = []

    def picture(path: str) -> bytes:
        asked.append(path)
        return png() if path == "policies/p1/方块.png" else b""

    secret = Path(__file__).as_uri()
    addresses = (secret, "https://evil.example/a.png", "//evil.example/b.png", "方块.png", "../../../c.png", "data:,d")
    images = "".join(f'<img alt="x" src="{address}">' for address in addresses)
    html = f'<html lang="zh-CN"><link rel="stylesheet" href="{secret}"><style>@import "{secret}";</style>{images}公'
    styles = f"@import url({secret}); p {{ background: url(https://evil.example/e.png) }}"
    data = Printer(styles).pdf(html, PAGE, "../../", picture)
    assert not opened
    assert asked == ["policies/p1/方块.png"]
    assert data.count(b"/Subtype /Image") + data.count(b"/Subtype/Image") >= 1


def test_a_character_without_a_font_stops_the_build(with_pdf: Project) -> None:
    """No box stands for a character in a PDF: the build names the page, the character and the fonts to install."""
    with_pdf.policy("p1", f"第一条　{chr(0x31340)}。\n")
    with pytest.raises(GongkaiError, match=chr(0x31340)) as caught:
        made(with_pdf)
    assert PAGE in caught.value.message
    assert "fonts-noto-cjk" in caught.value.hint


def test_a_machine_without_fonts_is_told_which_to_install(with_pdf: Project) -> None:
    """Without any font the build ends with the package to install, and no process dies."""
    with_pdf.policy("p1")
    fonts = with_pdf.write("fonts.conf", f"<fontconfig><dir>{with_pdf.folder}/none</dir></fontconfig>\n")
    command = "from generator.cli.program import run; run()"
    environment = {**os.environ, "FONTCONFIG_FILE": str(fonts), "XDG_CACHE_HOME": str(with_pdf.cache)}
    environment["PYTHONPATH"] = os.pathsep.join(sys.path)
    arguments = [sys.executable, "-c", command, "build", "--no-search"]
    ran = subprocess.run(arguments, cwd=with_pdf.folder, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 2
    assert "policy_pdf: 这台电脑上没有字体" in ran.stderr
    assert "apt install fonts-noto-cjk" in ran.stderr


def test_a_failure_of_weasyprint_names_the_page(printable: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the library itself fails, a person reads for which page, and how to publish all the same."""
    import weasyprint

    monkeypatch.setattr(weasyprint.HTML, "write_pdf", lambda *_, **__: next(iter([])))
    with pytest.raises(GongkaiError, match="StopIteration") as caught:
        _printed("公开")
    assert PAGE in caught.value.message
    assert caught.value.hint == "删去 policy_pdf 先发布"


@pytest.mark.parametrize(
    ("module", "message", "hint"),
    [
        (None, "没有安装做 PDF 的 WeasyPrint", "pip install 'gongkai[pdf]'"),
        ("raise OSError('cannot load library')\n", "系统程序库 Pango 没有安装", "apt install libpango-1.0-0"),
    ],
)
def test_what_is_missing_is_named_with_the_line_of_the_setting(
    project: Project, monkeypatch: pytest.MonkeyPatch, module: str | None, message: str, hint: str
) -> None:
    """Without WeasyPrint or its libraries a build with PDF files names the line and the remedy; others need none."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, name)
    if module is None:
        monkeypatch.setitem(sys.modules, "weasyprint", None)
    else:
        project.write("modules/weasyprint.py", module)
        monkeypatch.syspath_prepend(str(project.folder / "modules"))
    project.policy("p1")
    assert not list(made(project).rglob("*.pdf"))
    project.write("site_config.yaml", CONFIG + "list_size: 20\npolicy_pdf: true\n")
    with pytest.raises(ConfigError) as caught:
        made(project)
    line = CONFIG.count("\n") + 2
    assert f"site_config.yaml:{line}: policy_pdf: " in caught.value.message
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert "删去 policy_pdf" in caught.value.hint


def _printed(words: str) -> bytes:
    return Printer("").pdf(f'<html lang="zh-CN"><body><p>{words}</p></body></html>', PAGE, "../../", lambda _: b"")


def _with_file(place: Path) -> None:
    with pypdfium2.PdfDocument(place.read_bytes()) as document:
        document.new_attachment("秘.txt").set_data(b"secret")
        document.save(place)


def _with_note(place: Path) -> None:
    with pypdfium2.PdfDocument(place.read_bytes()) as document:
        page = document[0]
        pdfium.FPDFPage_CloseAnnot(pdfium.FPDFPage_CreateAnnot(page, pdfium.FPDF_ANNOT_TEXT))
        document.save(place)


_WORDS = (
    "有效性：有效，2024年5月8日发布。示例市灵活就业补贴办法。第一条　为了规范补贴发放，制定本办法。（此件主动公开）"
)


@pytest.mark.parametrize(
    ("damage", "words"),
    [
        (lambda place: place.unlink(), "PDF 文件不存在"),
        (lambda place: place.write_bytes(b"%PDF-1.7"), "PDF 文件打不开"),
        (lambda place: place.write_bytes(_printed("第一条")), "PDF 文件里没有网页上的“示例市灵活就业补贴办法”"),
        (
            lambda place: place.write_bytes(_printed(f"{_WORDS}张三的核查名单")),
            "PDF 文件里有网页和 Word 文件都没有的“张三的核查名单”",
        ),
        (_with_file, "PDF 文件里有附件"),
        (_with_note, "PDF 文件里有批注或表单"),
    ],
)
def test_verify_finds_a_pdf_that_is_missing_broken_or_says_more(
    with_pdf: Project, damage: Callable[[Path], object], words: str
) -> None:
    """``verify`` names the PDF without the words of the page, and the words, files and notes that nobody published."""
    with_pdf.policy("p1")
    site = made(with_pdf)
    damage(site / "policies/p1/p1.pdf")
    assert words in "\n".join(fault.message for fault in verify(site).faults)
