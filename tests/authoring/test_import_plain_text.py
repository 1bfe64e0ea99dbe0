"""``gongkai import`` of a txt: paragraphs, tables of tabs, the parts of an official document."""

from pathlib import Path

import pytest
from support.project import Project

from generator.authoring.importing.plain_text import read_txt
from generator.authoring.importing.word.blocks import Paragraph, Table, block_text

_DOCUMENT = (
    "例人社发〔2026〕5号\r\n\r\n示例市人力资源和社会保障局\r\n关于印发《培训办法》的通知\r\n\r\n各区人民政府：\r\n"
    "　　现将《培训办法》印发给你们。\r\n　　　　　　　　　　　　　　示例市人力资源和社会保障局\r\n"
    "　　　　　　　　　　　　　　2026年5月6日\r\n\r\n培训办法\r\n第一条　为规范培训，制定本办法。\r\n"
    "第二条 本办法自2026年6月1日起施行。\r\n"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_an_official_text_becomes_a_page(project: Project, encoding: str) -> None:
    """Number, title, signature and clauses are found in a txt of any encoding that is in use."""
    place = project.folder.parent / "通知.txt"
    place.write_bytes(_DOCUMENT.encode(encoding))
    ran = project.run("import", str(place))
    assert ran.status == 0
    page = (project.folder / ran.out.strip()).read_text()
    assert "\ndoc_number: 例人社发〔2026〕5号\n" in page
    assert "\ntitle: 示例市人力资源和社会保障局关于印发《培训办法》的通知\n" in page
    assert "\ndate_written: 2026-05-06\n" in page
    assert "\ndate_effective: 2026-06-01  # 请核对：正文写“自2026年6月1日起施行”\n" in page
    assert "\n\n第一条　为规范培训，制定本办法。\n\n第二条　本办法自2026年6月1日起施行。\n" in page


@pytest.mark.parametrize(
    "broken", ["关于印发《培训\n办法》的通知", "关于做好培训工作\n的通知", "示例市人社局关于印\n发《培训办法》的\n通知"]
)
def test_a_title_over_several_lines_is_whole(project: Project, broken: str) -> None:
    """A txt has no middle of the page: lines that together end as a title does are the title, wherever they break."""
    place = project.folder.parent / "通知.txt"
    place.write_text(f"例人社发〔2026〕5号\n\n{broken}\n\n各区人民政府：\n现将有关事项通知如下。\n", encoding="utf-8")
    page = (project.folder / project.run("import", str(place)).out.strip()).read_text()
    assert f"\ntitle: {broken.replace(chr(10), '')}\n" in page
    assert page.endswith("\n\n各区人民政府：\n\n现将有关事项通知如下。\n")


def texts_of(text: str) -> list[str]:
    """Return the words of the blocks of a txt."""
    return [block_text(block) for block in read_txt(Path("a.txt"), text.encode()).document.blocks]


def test_wrapped_lines_are_joined_and_others_are_not() -> None:
    """Lines that a program broke at its width are one paragraph; lines of their own stay apart."""
    full = "为做好就业工作保障劳动者合法权益促进经济社会发展现将有关事"
    wrapped = f"　　{full[:-2]}\n{full}\n{full}\n项通知。\n　　第二段的话。\n"
    assert texts_of(wrapped) == [f"　　{full[:-2]}".strip() + full + full + "项通知。", "第二段的话。"]
    file = read_txt(Path("a.txt"), wrapped.encode())
    assert file.remarks == ("按固定宽度折断的行 3 处，已接上，分段对照原件看一遍",)
    sentence = f"{full[:-1]}。"
    assert texts_of("\n".join([sentence] * 3)) == [sentence] * 3
    assert read_txt(Path("a.txt"), "\n".join([sentence] * 3).encode()).remarks == ()
    assert texts_of("甲。\n乙。\n一、丙\n") == ["甲。", "乙。", "一、丙"]


def test_lines_with_tabs_are_a_table() -> None:
    """Lines with the same number of tabs below each other are a table; one line alone is none."""
    blocks = read_txt(Path("a.txt"), "说明：\n姓名\t单位\n张某\t甲公司\n单独\t一行\t三格\n".encode()).document.blocks
    assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph]
    assert block_text(blocks[1]) == "姓名\n单位\n张某\n甲公司"


@pytest.mark.parametrize("data", [b"", b"\0\1\2\x89PNG", " \n　\n".encode()])
def test_what_is_no_text_is_refused(project: Project, data: bytes) -> None:
    """An empty file and one that is no text are named; nothing is written."""
    place = project.folder.parent / "a.txt"
    place.write_bytes(data)
    ran = project.run("import", str(place))
    assert (ran.status, ran.out) == (2, "")
    assert f"没有导入: {place}：" in ran.err


@pytest.mark.parametrize(
    "text", ["机密★10年\n关于甲的通知\n各区：\n正文。\n", "关于甲的通知\n各区：\n正文。\n抄送：内部资料 严禁外传\n"]
)
def test_a_marked_text_is_refused(project: Project, text: str) -> None:
    """A mark of secrecy at the head, or in a line that is left out, refuses the file."""
    place = project.folder.parent / "a.txt"
    place.write_text(text)
    ran = project.run("import", str(place))
    assert ran.status == 2
    assert "保密审查" in ran.err
