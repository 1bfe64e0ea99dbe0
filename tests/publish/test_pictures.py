"""Pictures on pages: width and height, and smaller copies of large ones."""

import random
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from support.built_site import build_here, made
from support.project import CONFIG, Project

from generator.publish.text.pictures import with_sizes
from generator.source.attachments.pictures import pixel_size, read_picture
from generator.verify.run import verify


def encoded(form: str, size: tuple[int, int] = (60, 20), *, orientation: int = 0) -> bytes:
    """Return a picture in one format."""
    buffer = BytesIO()
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    Image.new("RGB", size, "red").save(buffer, form, exif=exif) if orientation else Image.new("RGB", size, "red").save(
        buffer, form
    )
    return buffer.getvalue()


def photograph(width: int, height: int, form: str = "JPEG") -> bytes:
    """Return a picture with the noise of a photograph."""
    pixels = random.Random(1).randbytes(width // 4 * (height // 4) * 3)  # noqa: S311 - always the same
    picture = Image.frombytes("RGB", (width // 4, height // 4), pixels).resize((width, height))
    buffer = BytesIO()
    picture.save(buffer, form, **({"quality": 95} if form == "JPEG" else {}))
    return buffer.getvalue()


def page(site: Path) -> str:
    return (site / "policies/p1/index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF", "WEBP", "BMP"])
def test_the_size_is_read_from_the_first_bytes(form: str) -> None:
    """Width and height are read without decoding the picture."""
    assert pixel_size(encoded(form)) == (60, 20)


@pytest.mark.parametrize(("orientation", "size"), [(1, (60, 20)), (3, (60, 20)), (6, (20, 60)), (8, (20, 60))])
def test_the_size_is_that_of_the_turned_picture(orientation: int, size: tuple[int, int]) -> None:
    """A photograph that the camera turned has the size that a browser shows."""
    data = encoded("JPEG", orientation=orientation)
    picture = read_picture(data)
    assert picture
    assert pixel_size(data, picture.orientation) == size


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="30" height="20"', (30, 20)),
        ('width="30px" viewBox="0 0 60 20"', (30, 10)),
        ('viewBox="0 0 60.4 20"', (60, 20)),
        ('viewBox="-5,-5,60,20" width="100%"', (60, 20)),
        ('width="72pt" height="1in"', (96, 96)),
        ('width="100%"', None),
    ],
)
def test_a_drawing_has_the_size_that_it_declares(attributes: str, size: tuple[int, int] | None) -> None:
    """An SVG has the size of its width and height, else of its viewBox."""
    assert pixel_size(f'<?xml version="1.0"?><svg xmlns="x" {attributes}><g/></svg>'.encode()) == size


def test_every_picture_on_a_page_has_its_size(project: Project) -> None:
    """Width and height are on every picture; a side that the writer gave stays."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/图 1.png", encoded("PNG"))
    project.policy("p1", '第一条　略。\n\n![红](<图 1.png>)\n\n<img src="图 1.png" alt="红" width="30">\n')
    site = made(project)
    assert 'width="60" height="20">' in page(site)
    assert 'width="30" height="10">' in page(site)
    assert not verify(site).faults


@pytest.mark.parametrize(("name", "form"), [("照片.jpg", "JPEG"), ("照片.png", "PNG")])
def test_a_large_picture_is_shown_as_a_smaller_copy(project: Project, name: str, form: str) -> None:
    """The page shows a copy that links to the original; both builds give the same bytes."""
    project.write("site_config.yaml", CONFIG)
    project.write(f"content/policies/{name}", photograph(2_000, 1_000, form))
    project.policy("p1", f"第一条　略。\n\n![会场]({name})\n")
    result = build_here(project)
    assert not result.blocking
    assert result.web_copies == 1
    assert result.saved_bytes > 0
    site = project.folder / "public"
    assert 'width="1600" height="800">' in page(site)
    assert "查看原图（" in page(site)
    copy = site / "policies/p1/照片.web.jpg"
    assert copy.stat().st_size < (site / "policies/p1" / name).stat().st_size
    assert read_picture(copy.read_bytes()).traces == ()  # type: ignore[union-attr]
    assert not verify(site).faults
    again = made(project, "again", cache=project.folder / "other-cache")
    assert (again / "policies/p1/照片.web.jpg").read_bytes() == copy.read_bytes()


def test_a_picture_inside_a_link_keeps_its_original(project: Project) -> None:
    """No link is put into a link: such a picture has no copy, and nothing is published that no page uses."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/照片.jpg", photograph(2_000, 1_000))
    project.policy("p1", "第一条　略。\n\n[![会场](照片.jpg)](https://www.gov.cn/)\n")
    site = made(project)
    assert not list(site.rglob("*.web.jpg"))
    assert 'width="2000" height="1000">' in page(site)
    assert not verify(site).faults


def test_copies_are_switched_off_by_the_config(project: Project) -> None:
    """With ``web_pictures: false`` the originals are shown."""
    project.write("site_config.yaml", CONFIG + "web_pictures: false\n")
    project.write("content/policies/照片.jpg", photograph(2_000, 1_000))
    project.policy("p1", "第一条　略。\n\n![会场](照片.jpg)\n")
    assert build_here(project).web_copies == 0


def test_a_hidden_picture_has_no_copy(project: Project) -> None:
    """Of a picture in a text that is not public no copy is made."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/照片.jpg", photograph(2_000, 1_000))
    project.policy("p1")
    project.policy("p2", "第一条　略。\n\n![会场](照片.jpg)\n", date_published="2027-05-08")
    site = made(project)
    assert not list(site.rglob("*.jpg"))
    assert not (project.cache / "pictures").exists()


def test_a_picture_elsewhere_and_a_size_that_is_no_number_stay() -> None:
    """A picture that is not a file of the site, and one with a width of its own form, are left as they are."""
    views = {"a.png": {"width": 60, "height": 20, "copy": "", "title": ""}}
    for tag in ('<img src="b.png" alt="x">', '<img src="a.png" width="50%">'):
        assert with_sizes(tag, views, "") == tag


def test_an_incremental_build_gives_the_same_page(project: Project) -> None:
    """A page of which only the text has changed shows its copy as in a full build."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/照片.jpg", photograph(2_000, 1_000))
    project.policy("p1", "第一条　略。\n\n![会场](照片.jpg)\n")
    made(project)
    project.policy("p1", "第一条　改。\n\n![会场](照片.jpg)\n")
    site = made(project)
    full = made(project, "full", cache=project.folder / "other-cache")
    assert page(site) == page(full)
    assert (site / "manifest.json").read_bytes() == (full / "manifest.json").read_bytes()


def test_the_build_says_how_much_its_copies_save(project: Project) -> None:
    """``gongkai build`` prints the number of copies and the bytes that they save."""
    project.write("site_config.yaml", CONFIG)
    project.write("content/policies/照片.jpg", photograph(2_000, 1_000))
    project.policy("p1", "第一条　略。\n\n![会场](照片.jpg)\n")
    ran = project.run("build", "--no-search")
    assert "1 幅大图在网页上用缩小的副本，省 " in ran.err


def test_a_broken_large_picture_has_no_copy(project: Project) -> None:
    """A picture that cannot be decoded is published as it is."""
    project.write("site_config.yaml", CONFIG)
    data = encoded("PNG", (2_000, 1_000))
    place = data.index(b"IDAT") + 6
    project.write("content/policies/图.png", data[:place] + b"\0" * 40 + data[place + 40 :])
    project.policy("p1", "第一条　略。\n\n![会场](图.png)\n")
    assert build_here(project).web_copies == 0
    assert not verify(project.folder / "public").faults
