"""``gongkai import``: what a webmaster gets from a Word file, on the disk, on the screen and in the built site."""

import datetime as dt
import io
import re
from dataclasses import replace

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from support.project import Project
from support.terminal import answered
from support.word_files import LETTERHEAD, TITLE, drawing, listed, numbering, p, png, raw, red_letter, saved

from generator.authoring.importing.official import lines
from generator.authoring.importing.official.document import read_official
from generator.authoring.importing.word.blocks import Block, Break, Paragraph, Words, block_text
from generator.authoring.importing.word.drawings import cleaned_picture

ID_CARD = "110101199003074514"


def bring(project: Project, data: bytes, *options: str, name: str = "培训通知.docx") -> tuple[int, str, str]:
    """Import one file; returns the exit status, stdout and stderr."""
    place = project.folder.parent / name
    place.write_bytes(data)
    ran = project.run("import", str(place), *options)
    return ran.status, ran.out, ran.err


def test_a_red_letter_document_becomes_a_page(project: Project) -> None:
    """Title, number, days, unit and attribute stand in the front matter, each with its place in the file told."""
    status, out, err = bring(project, saved(red_letter()))
    assert (status, out) == (0, "content/policies/policy-20260506.md\n")
    text = (project.folder / out.strip()).read_text()
    front, body = text.removeprefix("---\n").split("\n---\n\n")
    assert set(front.split("\n")) >= {
        f"title: {TITLE}", "disclosure: 主动公开", "doc_number: 例人社发〔2026〕5号", "date_written: 2026-05-06",
        "date_printed: 2026-05-07", "issuer: 示例市人力资源和社会保障局", "genre: 通知",
    }  # fmt: skip
    assert body == (
        "各县（区）人力资源和社会保障局：\n\n为做好技能培训工作，现就有关事项通知如下。\n\n## 一、加强组织领导\n\n"
        "各单位要明确专人负责。\n\n## 二、严格资金管理\n\n专款专用，不得挪用。\n\n示例市人力资源和社会保障局\n\n"
        "2026年5月6日\n\n（此件公开发布）\n"
    )
    for told in (
        "成文日期：2026-05-06（取自落款）",
        "待填：发布日期、索引号",
        f"发文机关标志“{LETTERHEAD}”",
        "版记“抄送：市财政局。”",
    ):
        assert told in err
    assert "王五" not in text + err
    assert "内部流转意见" not in text + err


def without_draft(project: Project, path: str) -> None:
    """Publish a page as the command says: without its line 草稿."""
    place = project.folder / "content" / path
    lines = place.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(line.startswith("draft: true") for line in lines)
    place.write_text("".join(line for line in lines if not line.startswith("draft: true")), encoding="utf-8")


def test_filled_in_the_page_is_published(project: Project) -> None:
    """With the missing fields given, the page passes the check, and the built page says what the file said."""
    given = [
        "--field",
        "索引号=123456789/2026-00005",
        "--field",
        "date_published=2026-05-08",
        "--field",
        "doc_type=policy",
    ]
    status, out, err = bring(project, saved(red_letter()), *given, "--id", "px-2026-5")
    assert (status, out) == (0, "content/policies/px-2026-5.md\n"), err
    assert "待填" not in err
    without_draft(project, "policies/px-2026-5.md")
    assert [one["rule"] for one in project.check("--as-of", "2026-06-01").findings if one["blocking"]] == []
    assert project.run("build", "--as-of", "2026-06-01").status == 0
    page = next((project.folder / "public").rglob("px-2026-5/index.html")).read_text()
    words = re.sub(r"<[^>]+>|\s", "", page)
    for block in red_letter().paragraphs[3:12]:
        assert re.sub(r"\s", "", block.text) in words


def test_what_the_text_states_is_offered_for_a_check(project: Project) -> None:
    """Effect, term and repealed documents of the site are fields with a comment that says what the text says."""
    project.policy("old", doc_number="云岭人社发〔2019〕3号", date_written="2019-05-06", date_published="2019-05-08")
    document = red_letter()
    end = document.add_paragraph("本通知自2026年12月15日起施行，有效期2年。")
    end.add_run("《旧办法全文》（云岭人社发〔2019〕3号）、《省级补贴办法》（省人社发〔2015〕1号）同时废止。")
    status, _, err = bring(project, saved(document), name="offered.docx")
    text = (project.folder / "content/policies/offered.md").read_text(encoding="utf-8")
    assert status == 0
    assert "\ndate_effective: 2026-12-15  # 请核对：正文写“自2026年12月15日起施行”\n" in text
    assert "\nexpires_on: 2028-12-14  # 请核对：正文写“有效期2年”\n" in text
    assert "\nrepeals:  # 请核对：正文写“" in text
    assert "\n  - 云岭人社发〔2019〕3号\n" in text
    assert "省人社发〔2015〕1号" not in text.split("---")[1].split("repeals:")[1].split("\n", 1)[1]
    assert "施行日期：2026-12-15（取自正文，请核对）" in err


def test_what_is_not_found_is_left_to_fill_in(project: Project) -> None:
    """Nothing is guessed: neither the attribute nor a number, a day or a title; the check names each of them."""
    document = docx.Document()
    for text in [
        "这是一段没有任何版式的话，讲某项工作已经完成。",
        "此件是否公开由起草单位另行确定，2026年5月6日以前报来。",
    ]:
        document.add_paragraph(text)
    status, out, err = bring(project, saved(document))
    assert status == 0
    text = (project.folder / out.strip()).read_text()
    assert re.findall(r"^(\w+): (?! #)", text, re.MULTILINE) == ["draft"]
    assert "待填：标题、公开属性、发布日期、索引号、文号、成文日期" in err
    assert set(project.check().rules) <= {"F001", "G001"}


@pytest.mark.parametrize(
    ("note", "label"),
    [
        ("（此件公开发布）", "主动公开"),
        ("此件依申请公开", "依申请公开"),
        ("（此件不予公开）", "不予公开"),
        ("公开属性：主动公开", "主动公开"),
    ],
)
def test_the_printed_attribute_is_taken(project: Project, note: str, label: str) -> None:
    """附注 says the attribute; without one none is written."""
    _, out, _ = bring(project, saved(red_letter(note=note)))
    assert f"\ndisclosure: {label}\n" in (project.folder / out.strip()).read_text()
    _, out, _ = bring(project, saved(red_letter(note="联系电话：0000-1234567")), "--id", "other")
    assert "\ndisclosure:  # " in (project.folder / out.strip()).read_text()


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("二〇二六年五月六日", "2026-05-06"),
        ("二○二六年十二月三十一日", "2026-12-31"),
        ("2026 年 5 月 16 日", "2026-05-16"),
        ("二零二六年十月二十日", "2026-10-20"),
        ("2026年2月30日", None),
        ("2026年5月", None),
    ],
)
def test_days_in_all_digits(written: str, day: str | None) -> None:
    """成文日期 in Chinese or Arabic digits is one day; what is no day is none."""
    assert lines.date_of(written) == (dt.date.fromisoformat(day) if day else None)


def test_a_decree_and_a_joint_document(project: Project) -> None:
    """The number of a decree is put together from its mark; joint issuers stand in a list, the lead first."""
    decree = red_letter(
        mark="示例市人民政府令", number="第 58 号", unit="示例市人民政府", title="示例市供水管理办法", note=""
    )
    _, out, _ = bring(project, saved(decree), "--id", "decree")
    text = (project.folder / out.strip()).read_text()
    assert "doc_number: 示例市人民政府令第58号\n" in text
    assert "title: 示例市供水管理办法\n" in text
    assert "doc_type:  #" in text  # whether 办法 is a 规章, the title does not say
    joint = red_letter(
        mark="示例市人力资源和社会保障局\n示例市财政局文件", unit="示例市人力资源和社会保障局　　示例市财政局"
    )
    _, out, _ = bring(project, saved(joint), "--id", "joint")
    text = (project.folder / out.strip()).read_text()
    assert "issuer:\n  - 示例市人力资源和社会保障局\n  - 示例市财政局\n" in text


def test_what_a_person_gives_goes_before_the_text(project: Project) -> None:
    """An option overrules the text, and what the text says is told: its title stands nowhere else."""
    _, out, err = bring(
        project, saved(red_letter()), "--title", "短标题", "--field", "编号=own-1", "--field", "类型=notice"
    )
    assert out == "content/notices/own-1.md\n"
    assert "\ntitle: 短标题\n" in (project.folder / out.strip()).read_text()
    assert f"请核对：标题按选项填写，正文前的标题是“{TITLE}”" in err


def test_a_signature_that_differs_is_told(project: Project) -> None:
    """Where 落款 and 版头 name different bodies, a person is told."""
    _, _, err = bring(project, saved(red_letter(unit="示例市财政局")))
    assert "请核对：落款是“示例市财政局”，版头是“示例市人力资源和社会保障局”" in err


@pytest.mark.parametrize(
    ("title", "folder"),
    [
        ("《示例市供水管理办法》的解读", "interpretations"),
        ("关于公开征求《示例市供水管理办法》意见的公告", "consultations"),
        ("关于征求意见采纳情况的通告", "policies"),
        ("示例市某局2025年政府信息公开工作年度报告", "reports"),
        ("关于供水的通知", "policies"),
    ],
)
def test_the_kind_by_the_title(project: Project, title: str, folder: str) -> None:
    """A title says the kind, an option goes before it."""
    _, out, _ = bring(project, saved(red_letter(title=title, number="")))
    assert out.startswith(f"content/{folder}/")
    _, out, _ = bring(project, saved(red_letter(title=title, number="")), "--kind", "一般信息", "--id", "n")
    assert out == "content/notices/n.md\n"


def test_an_interpretation_names_its_document(project: Project) -> None:
    """The policy whose title the title of an interpretation says is its 解读对象, where there is exactly one."""
    project.write("content/policies/gs.md", "---\n标题: '示例市供水管理办法'  # 现行\nid: gs-1\n---\n")
    project.write("content/notices/gs.md", "---\ntitle: 示例市供水管理办法\n---\n")
    title = "《示例市供水管理办法》的解读"
    _, out, err = bring(project, saved(red_letter(title=title, number="")), "--id", "jd-1")
    assert "\ninterprets: gs-1\n" in (project.folder / out.strip()).read_text()
    assert "解读对象：gs-1（取自标题）" in err
    project.write("content/policies/gs-2.md", "---\ntitle: 示例市供水管理办法\n---\n")
    _, out, _ = bring(project, saved(red_letter(title=title, number="")), "--id", "jd-2")
    assert "\ninterprets:  # " in (project.folder / out.strip()).read_text()


def test_what_stands_around_the_text_is_told(project: Project) -> None:
    """Words of a header are told, page numbers are not; neither stands in the page."""
    document = red_letter()
    document.sections[0].header.paragraphs[0].text = "培训工作手册"
    document.sections[0].footer.paragraphs[0].text = "— 1 —"
    _, out, err = bring(project, saved(document))
    assert "页眉“培训工作手册”" in err
    assert "页脚" not in err
    assert "培训工作手册" not in (project.folder / out.strip()).read_text()


def test_enclosures_and_embedded_texts(project: Project) -> None:
    """附件说明 stays one paragraph and is held by the 附件 behind; a text that is issued has a heading of its own."""
    document = red_letter(
        title="示例市人社局关于印发《示例市技能培训补贴办法》的通知", end="附件：1. 申请表", unit="      2.汇总表"
    )
    document = docx.Document(io.BytesIO(saved(document)))
    for text, alignment in [
        ("示例市技能培训补贴办法", WD_ALIGN_PARAGRAPH.CENTER),
        ("第一章　总则", WD_ALIGN_PARAGRAPH.CENTER),
        ("第一条 甲。", WD_ALIGN_PARAGRAPH.LEFT),
        ("附件1", WD_ALIGN_PARAGRAPH.LEFT),
        ("申请表", WD_ALIGN_PARAGRAPH.CENTER),
        ("姓名", WD_ALIGN_PARAGRAPH.LEFT),
    ]:
        document.add_paragraph(text).alignment = alignment
    _, out, err = bring(project, saved(document))
    text = (project.folder / out.strip()).read_text()
    assert "\n附件：1. 申请表  \n2.汇总表\n" in text
    assert "\n## 示例市技能培训补贴办法\n\n### 第一章　总则\n\n第一条　甲。\n" in text
    assert "\n## 附件1　申请表\n\n姓名\n" in text
    assert "\nattachments:  # 附件：正文说有 2. 汇总表" in text
    assert "附件 2“汇总表”" in err
    assert "H008" in err


def test_personal_data_is_told_at_once(project: Project) -> None:
    """A number that must not be published is told as the check tells it, masked, and the exit status is 1."""
    status, out, err = bring(project, saved(red_letter(more=f"联系人身份证号{ID_CARD}。")))
    assert status == 1
    assert out.endswith(".md\n")
    assert "(S001)" in err
    assert ID_CARD not in err
    told = [one for one in project.check().findings if one["rule"] == "S001"]
    assert f"{told[0]['path']}:{told[0]['line']}: {told[0]['message']} (S001)" in err


@pytest.mark.parametrize("where", ["mark", "header"])
def test_a_secret_document_is_refused(project: Project, where: str) -> None:
    """A mark of secrecy at the head of the file, or in its header, which would be left out: nothing is written."""
    document = red_letter(mark="机密★10年") if where == "mark" else red_letter()
    if where == "header":
        document.sections[0].header.paragraphs[0].text = "内部资料 不得外传"
    status, out, err = bring(project, saved(document))
    assert (status, out) == (2, "")
    assert "保密审查" in err
    assert list((project.folder / "content").rglob("*.md")) == []


_LINES = [
    LETTERHEAD,
    "示例市财政局",
    "示例市人民政府令",
    "例人社发〔2026〕5号",
    "（例人社发〔2026〕6号）",
    "第 58 号",
    "特急",
    "000123",
    "签发人：张三",
    TITLE,
    "示例市供水管理办法",
    "（试行）",
    "——二〇二六年",
    "（2026年5月6日第3次会议通过）",
    "目录",
    "各单位：",
    "第一章　总则",
    "第一条　甲。",
    "一、目标",
    "（一）小目标",
    "附件：1. 甲表",
    "2. 乙表",
    "附件1",
    "甲表",
    "2026年5月6日",
    "二〇二六年五月七日",
    "（此件公开发布）",
    "此件依申请公开",
    "抄送：市财政局。",
    "示例市财政局办公室　2026年5月8日印发",
    "（共印50份）",
    "一段话，讲清楚一件事情。",
    "示例市财政局公告",
    "公　告",
    "2026年第5号",
    "示例市财政局　示例市税务局",
    "登记号：AB-2026-0001",
    "AB-2026-0002",
    "公告编号：7",
    "文号：例人社发〔2026〕7号",
    "例人社规〔2026〕8号 统一编号：AB-2026-0003",
    "索引号：123456789/2026-00001",
    "关于印发《示例市补贴",
    "办法》的",
    "通　知",
]
_LINE = st.tuples(st.sampled_from(_LINES), st.booleans())


@given(st.lists(_LINE, max_size=14), st.lists(st.integers(0, 13), max_size=3))
@settings(max_examples=500)
def test_no_line_is_lost_whatever_it_is_taken_for(drawn: list[tuple[str, bool]], broken: list[int]) -> None:
    """In whatever order the lines of official documents stand, each is in the text, in a field or told as left out."""
    blocks: list[Block] = []
    for place, (text, centred) in enumerate(drawn):
        last = blocks[-1] if blocks else None
        if place in broken and isinstance(last, Paragraph):
            blocks[-1] = replace(last, pieces=(*last.pieces, Break(), Words(text)))
        else:
            blocks.append(Paragraph((Words(text),), centred=centred))
    found = read_official(blocks)
    kept = "".join(block_text(block) for block in found.blocks)
    told = "".join(f"{taken.value}{taken.where}" for taken in found.fields) + "".join(found.dropped)
    for text, _ in drawn:
        bare = lines.compact(text).strip("（）—").replace("、", "")  # 、 is put between several bodies
        assert bare in lines.compact(kept + told).replace("、", "")


def test_nothing_is_overwritten_and_ids_are_the_sites(project: Project) -> None:
    """An id that a page has, by its name or its front matter, in any case, is refused; a second file gets another."""
    project.policy()
    project.write("content/notices/中文.md", "---\nid: Taken-1\ntitle: 甲\n---\n")
    before = {place: place.read_bytes() for place in (project.folder / "content").rglob("*.md")}
    assert bring(project, saved(red_letter()), "--id", "taken-1")[0] == 2
    assert bring(project, saved(red_letter()), "--id", "../x")[0] == 2
    first, second = (bring(project, saved(red_letter()))[1] for _ in range(2))
    assert (first, second) == ("content/policies/policy-20260506.md\n", "content/policies/policy-20260506-b.md\n")
    assert bring(project, saved(red_letter()), name="tz-2026-5.docx")[1] == "content/policies/tz-2026-5.md\n"
    project.write("content/notices/zb-1.md", "---\ntitle: 甲\n---\n")
    assert bring(project, saved(red_letter()), name="ZB-1.docx")[0] == 2
    status, out, err = bring(project, saved(red_letter()), name="tz-2026-5.docx")
    assert (status, out) == (2, "")
    assert "已经有了" in err
    assert {place: place.read_bytes() for place in before} == before


def test_several_files_are_done_each_for_itself(project: Project) -> None:
    """One that is not imported is a line on stderr and does not stop the others: status 1, and 2 where nothing is."""
    good, bad = project.folder.parent / "a-1.docx", project.folder.parent / "b.doc"
    good.write_bytes(saved(red_letter()))
    bad.write_bytes(b"\xd0\xcf\x11\xe0")
    ran = project.run("import", str(bad), "没有.docx", str(project.folder), str(good))
    assert ran.status == 1
    assert ran.out == "content/policies/a-1.md\n"
    left_out = [line for line in ran.err.splitlines() if line.startswith("没有导入: ")]
    assert [name for line in left_out for name in (str(bad), "没有.docx", str(project.folder)) if name in line] == [
        str(bad),
        "没有.docx",
        str(project.folder),
    ]
    assert project.run("import", str(bad), "没有.docx").status == 2
    assert "另存为" in ran.err
    assert "Traceback" not in ran.err
    assert project.run("import", str(good), str(good), "--id", "x").status == 2
    assert project.run("import").status == 2


@pytest.mark.parametrize("field", ["nosuch=1", "标题", "标提=甲", "标题="])
def test_a_field_that_is_none_is_refused(project: Project, field: str) -> None:
    """``--field`` takes fields of the table alone, for ``new`` as well."""
    status, out, err = bring(project, saved(red_letter()), "--field", field)
    assert (status, out) == (2, "")
    assert "改法: " in err
    assert project.run("new", "policy", "one", "--field", field).status == 2


def test_fields_given_to_new(project: Project) -> None:
    """``gongkai new --field`` fills fields in; one given twice is a list."""
    ran = project.run(
        "new", "policy", "one", "--field", "公开属性=主动公开", "--field", "关键词=甲", "--field", "关键词=乙: 丙"
    )
    text = (project.folder / ran.out.strip()).read_text()
    assert "\ndisclosure: 主动公开\n" in text
    assert "\nkeywords:\n  - 甲\n  - '乙: 丙'\n" in text


def test_pictures_lie_beside_the_page_without_their_metadata(project: Project) -> None:
    """A picture is a file beside the page, without what a camera wrote; one without a text is a finding."""
    secret = b"GPS 30.25N, owner"
    body = p("图片通知") + drawing("r1", "申领流程：申请、审核、发放") + drawing("r2") + drawing("r3", "图片 1")
    parts = {"media/a.png": png((b"tEXt", secret)), "media/b.jpg": photo(secret), "media/c.emf": b"\x01\0\0\0emf"}
    status, out, err = bring(project, raw(body, parts), "--id", "pic")
    assert status == 0
    text = (project.folder / out.strip()).read_text()
    assert "![申领流程：申请、审核、发放](images/pic-1.png)\n\n![](images/pic-2.jpg)\n\n![](images/pic-3.png)" in text
    folder = project.folder / "content/policies/images"
    assert sorted(place.name for place in folder.iterdir()) == ["pic-1.png", "pic-2.jpg"]
    for place in folder.iterdir():
        assert secret not in place.read_bytes()
        with Image.open(place) as picture:
            picture.load()
            assert not picture.getexif()
    assert err.count("(H003)") == 2
    assert err.count("(H002)") == 1
    assert "横放或倒放" in err


def photo(secret: bytes) -> bytes:
    data = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, secret.decode()
    Image.new("RGB", (8, 8), "red").save(data, "JPEG", exif=exif, comment=secret)
    return data.getvalue()


@pytest.mark.parametrize("progressive", [False, True])
def test_only_the_first_picture_of_a_photo_is_kept(progressive: bool) -> None:
    """A phone puts a second picture with its own time and place behind the first; the first is kept, dot by dot."""
    secret, data = b"GPS 31.2304N", io.BytesIO()
    Image.effect_noise((64, 64), 80).save(data, "JPEG", progressive=progressive)
    clean = cleaned_picture(data.getvalue() + photo(secret))
    assert clean is not None
    assert secret not in clean.data
    with Image.open(io.BytesIO(clean.data)) as kept, Image.open(data) as taken:
        assert kept.tobytes() == taken.tobytes()
    assert cleaned_picture(data.getvalue()[:-2]) is None


def test_animations_keep_moving_and_say_no_more() -> None:
    """A GIF keeps its frames and their time, without its comment; a picture that is cut off is none."""
    data = io.BytesIO()
    frames = [Image.new("P", (4, 4), number) for number in range(3)]
    for number, frame in enumerate(frames):
        frame.putpalette([number * 80] * 768)
    frames[0].save(data, "GIF", save_all=True, append_images=frames[1:], duration=90, loop=0, comment=b"owner")
    clean = cleaned_picture(data.getvalue())
    assert clean is not None
    assert b"owner" not in clean.data
    with Image.open(io.BytesIO(clean.data)) as picture:
        assert (getattr(picture, "n_frames", 0), picture.info["duration"], picture.info["loop"]) == (3, 90, 0)
    for whole in (data.getvalue(), photo(b"x"), png()):
        assert cleaned_picture(whole[: len(whole) // 2]) is None
    assert cleaned_picture(b"BM") is None


def test_scans_and_empty_files_are_refused(project: Project) -> None:
    """A file of pictures alone, or of nothing, is told to be one; nothing is written."""
    status, out, err = bring(project, raw(drawing("r1"), {"media/a.png": png()}))
    assert (status, out) == (2, "")
    assert "扫描件" in err
    assert bring(project, raw(p("　 ")))[0] == 2
    assert not (project.folder / "content/policies").exists()


def test_oddities_are_told_with_their_lines(project: Project) -> None:
    """What a scan or a web page left in the words is told and not changed (DOC-22)."""
    more = "各单位要落实(试行)办法,按照例人社字[2018]38号执行，**重点**推进，"
    status, out, err = bring(project, saved(red_letter(more=more, second="继续　　抓好落实工作。")))
    assert status == 0
    lines_ = (project.folder / out.strip()).read_text().split("\n")
    at = next(number for number, line in enumerate(lines_, 1) if "落实(试行)" in line)
    for name in ("半角括号", "文号用了半角方括号", "半角标点", "残留的 ** 号", "一句话可能断成了两段"):
        assert f"请核对：{name}：第 {at} 行" in err
    assert f"请核对：句中连续的空格：第 {at + 2} 行" in err
    assert more == lines_[at - 1].replace("\\", "")


def test_automatic_clauses_are_anchors(project: Project) -> None:
    """第N条 that Word only counts can be linked on the built page."""
    body = p("示例市供水管理办法", '<w:jc w:val="center"/>') + listed("甲。", 1) + listed("乙。", 1)
    lists = numbering([("chineseCountingThousand", "第%1条")])
    fields = {
        "索引号": "123456789/2026-00005",
        "发布日期": "2026-05-08",
        "文号": "none",
        "成文日期": "2026-05-06",
        "公开属性": "主动公开",
    }
    given = [word for key, value in fields.items() for word in ("--field", f"{key}={value}")]
    assert bring(project, raw(body, {"numbering.xml": lists}), *given, "--id", "gs")[0] == 0
    without_draft(project, "policies/gs.md")
    assert project.run("build", "--as-of", "2026-06-01").status == 0
    page = next((project.folder / "public").rglob("gs/index.html")).read_text()
    assert 'id="第一条"' in page
    assert 'id="第二条"' in page


def test_on_a_terminal_it_asks_for_what_is_missing(project: Project) -> None:
    """At a terminal the missing fields are asked for, Enter leaves one to be filled in; elsewhere nothing is asked."""
    place = project.folder.parent / "a-1.docx"
    place.write_bytes(saved(red_letter(note="")))
    shown = answered(project.folder, ["import", str(place)], ["依申请公开", "2026-05-08", ""])
    text = (project.folder / "content/policies/a-1.md").read_text()
    assert "\ndisclosure: 依申请公开\ndate_published: 2026-05-08\nindex_no:  # " in text
    assert "公开属性" in shown


_SHAPE = '<w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml">{}</v:shape></w:pict></w:r></w:p>'
_BESIDE = {
    "header": ("header1.xml", "<w:hdr NS>" + p("机　密") + "</w:hdr>"),
    "upright header": ("header1.xml", "<w:hdr NS>" + p("机") + p("密") + "</w:hdr>"),
    "runs": ("header1.xml", "<w:hdr NS><w:p><w:r><w:t>机</w:t></w:r><w:r><w:t> 密</w:t></w:r></w:p></w:hdr>"),
    "watermark": ("header2.xml", "<w:hdr NS>" + _SHAPE.format('<v:textpath string="秘 密"/>') + "</w:hdr>"),
    "comment": ("comments.xml", "<w:comments NS><w:comment>" + p("内部资料 严禁外传") + "</w:comment></w:comments>"),
    "footer": ("footer1.xml", "<w:ftr NS>" + p("内部材料　注意保存") + "</w:ftr>"),
    "property": (
        "../docProps/custom.xml",
        '<Properties><property name="密级"><lpwstr>机密</lpwstr></property></Properties>',
    ),
    "unused note": ("footnotes.xml", "<w:footnotes NS><w:footnote>" + p("绝密★长期") + "</w:footnote></w:footnotes>"),
}
_INSIDE = {
    "text path": _SHAPE.format('<v:textpath string="机密"/>'),
    "text alternative": (
        '<w:p><w:r><w:drawing><wp:docPr xmlns:wp="urn:wp" id="1" name="a" descr="机密★1年"/></w:drawing></w:r></w:p>'
    ),
    "hidden": p("机密★1年", run="<w:vanish/>"),
    "deleted": "<w:p><w:del><w:r><w:delText>机密★1年</w:delText></w:r></w:del></w:p>",
    "word art": '<w:p><w:r><w:drawing><a:t xmlns:a="urn:a">内部资料 不得外传</a:t></w:drawing></w:r></w:p>',
}


@pytest.mark.parametrize("where", [*_BESIDE, *_INSIDE])
def test_a_mark_that_would_be_left_out_refuses_the_file(project: Project, where: str) -> None:
    """A mark in any part of the file that the page would not bear: header, watermark, notes, properties."""
    text = p("关于示例的通知") + _INSIDE.get(where, "") + p("各单位要认真落实。")
    parts = dict([_BESIDE[where]]) if where in _BESIDE else {}
    status, out, err = bring(project, raw(text, parts))
    assert (status, out) == (2, "")
    assert "保密审查" in err
    assert list((project.folder / "content").rglob("*.md")) == []
