"""``gongkai import`` writes drafts: their keys in the language of the site, their ids no other's 文号."""

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.project import Project
from support.word_files import red_letter, saved

from generator.authoring.document_ids import free_id, id_of_number, looks_like_another_number
from generator.config.load import load_config
from generator.domain.problems import ConfigError
from generator.domain.vocabulary import Kind

_SITE = "site: {title: 政府信息公开, agency: 示例市人社局, base_url: 'https://a.gov.cn/'}\n"


def bring(
    project: Project, *options: str, name: str = "通知.docx", number: str = "例人社发〔2026〕5号"
) -> tuple[str, str, str]:
    """Import a letter; returns the id, the page and stderr."""
    place = project.folder.parent / name
    place.write_bytes(saved(red_letter(number=number)))
    ran = project.run("import", str(place), *options)
    assert ran.out, ran.err
    return Path(ran.out.strip()).stem, (project.folder / ran.out.strip()).read_text(), ran.err


def test_a_new_page_is_a_draft_that_says_how_to_publish(project: Project) -> None:
    """``draft`` is on, in the first line; the command says what to do to publish."""
    _, page, err = bring(project)
    assert page.startswith("---\ndraft: true  # ")
    assert "写成了草稿，不会发布。发布：填好、核对，删去 draft 那一行，运行 gongkai check 和 gongkai build" in err


@pytest.mark.parametrize("word", ["否", "False", "off"])
def test_a_page_that_is_no_draft_is_not_called_one(project: Project, word: str) -> None:
    """With ``--field 草稿=否`` the page is public with the next build, and that is what the command says."""
    _, page, err = bring(project, "--field", f"草稿={word}")
    assert "草稿不发布" not in page
    assert "写成了草稿" not in err
    assert "不是草稿：下一次 gongkai build 就发布" in err


def test_keys_are_in_the_language_of_most_files(project: Project) -> None:
    """Most files decide; ``--keys`` goes before them; the check reads both."""
    project.write("content/notices/a.md", "---\n标题: 甲\n公开属性: 主动公开\n发布日期: 2026-01-02\n---\n甲。\n")
    _, page, err = bring(project)
    front = page.split("\n---\n")[0]
    assert front.startswith("---\n草稿: true  # ")
    assert "\n文号: 例人社发〔2026〕5号\n" in front
    assert "\n索引号:  # 如 123456789/2026-00001" in front
    assert not re.search(r"^[a-z_]+:", front, re.MULTILINE)
    assert "删去 草稿 那一行" in err
    for number in range(2):
        project.write(f"content/notices/b-{number}.md", "---\ntitle: 甲\ndisclosure: 主动公开\n---\n甲。\n")
    assert bring(project, "--id", "two")[1].startswith("---\ndraft: true")
    assert bring(project, "--id", "three", "--keys", "zh")[1].startswith("---\n草稿: true")


def test_examples_in_comments_are_nobodys(project: Project) -> None:
    """The comments behind empty keys name no bureau that exists in the demo."""
    _, page, _ = bring(project, number="")
    assert "云岭" not in page
    assert "553165075" not in page


def test_the_prefix_of_the_config_gives_the_id(project: Project) -> None:
    """机关代字 with a prefix gives prefix, year and number; without one the id is a day."""
    (project.folder / "site_config.yaml").write_text(_SITE + "ids:\n  例人社规: lrsg\n")
    assert bring(project, number="例人社规〔2026〕5号")[0] == "lrsg-2026-5"
    document_id, _, err = bring(project, number="例人社发〔2026〕5号")
    assert document_id == "policy-20260506"
    assert "ids: {机关代字: 英文前缀}" in err
    again, _, err = bring(project, number="例人社规[2026]５号")
    assert again == "lrsg-2026-5-b"
    assert "站内已有（lrsg-2026-5），是不是重复导入" in err


def test_the_name_of_a_file_is_an_id_where_it_is_no_other_number(project: Project) -> None:
    """``tz.docx`` is ``tz``; ``tz-2026-9.docx`` is not the id of 〔2026〕5号, and ``--id`` is asked back."""
    assert bring(project, name="tz.docx")[0] == "tz"
    assert bring(project, name="tz-2026-5.docx")[0] == "tz-2026-5"
    assert bring(project, name="tz-2026-9.docx")[0] == "policy-20260506"
    assert "像文号的年份和序号" in bring(project, "--id", "tz-2026-9")[2]


def test_new_uses_the_same_ids(project: Project) -> None:
    """``gongkai new`` without an id makes one by the same rule."""
    (project.folder / "site_config.yaml").write_text(_SITE + "ids: {例人社规: lrsg}\n")
    ran = project.run("new", "policy", "--field", "文号=例人社规〔2026〕7号")
    assert ran.out == "content/policies/lrsg-2026-7.md\n"
    for _ in range(2):
        place = project.run("new", "notice").out.strip()
        assert re.fullmatch(r"content/notices/notice-\d{8}(-b)?\.md", place)


@pytest.mark.parametrize(
    ("ids", "words"),
    [
        ("{例人社规: 例规}", "不能作编号的前缀"),
        ("{例人社规: a-2026}", "不能作编号的前缀"),
        ("{例人社规: ''}", "不能作编号的前缀"),
        ("{例人社规〔2026〕5号: a}", "不是机关代字"),
        ("{甲发: a, 乙发: A}", "两个机关代字要用两个前缀"),
        ("[a]", "应为“名称: 值”"),
    ],
)
def test_wrong_prefixes_are_refused(tmp_path: Path, ids: str, words: str) -> None:
    """A prefix that cannot begin an address, a whole 文号, or one prefix twice is an error at its line."""
    (tmp_path / "site_config.yaml").write_text(f"{_SITE}ids: {ids}\n")
    with pytest.raises(ConfigError) as caught:
        load_config(tmp_path / "site_config.yaml")
    assert words in caught.value.message
    assert ":2: " in caught.value.message


@given(
    st.sampled_from(["", "例人社发〔2026〕5号", "示例市人民政府令第12号", "示例市人社局公告2026年第5号"]),
    st.from_regex(r"[A-Za-z0-9][A-Za-z0-9._-]{0,12}", fullmatch=True),
    st.dates(dt.date(2000, 1, 1), dt.date(2099, 12, 31)),
)
def test_no_id_looks_like_another_number(number: str, name: str, day: dt.date) -> None:
    """Whatever the file is called and dated, its id ends in a year and a number only where these are its own."""
    document_id = free_id(Path("none"), Kind.POLICY, day, doc_number=number, prefixes={"例人社发": "lrs"}, name=name)
    ending = re.search(r"-(\d{4})-(\d+)$", document_id)
    assert ending is None or (ending[1], str(int(ending[2]))) == ("2026", "5")
    assert not looks_like_another_number(document_id, number)


def test_numbers_of_other_shapes_have_ids() -> None:
    """An order has prefix and number alone, an announcement its year."""
    assert id_of_number("示例市人民政府令第12号", {"示例市人民政府令": "sfl"}) == "sfl-12"
    assert id_of_number("例人社发〔2026〕5号", {}) == ""


@pytest.mark.parametrize(
    ("word", "folder"),
    [("公示", "notices"), ("公告公示", "notices"), ("统计信息", "notices"), ("规范性文件", "policies")],
)
def test_a_kind_by_another_name(project: Project, word: str, folder: str) -> None:
    """``--kind`` knows kinds of documents and columns as well; for anything else it names the kinds."""
    place = project.folder.parent / "k-1.docx"
    place.write_bytes(saved(red_letter()))
    assert project.run("import", str(place), "--kind", word).out == f"content/{folder}/k-1.md\n"
    ran = project.run("import", str(place), "--kind", "乱写")
    assert ran.status == 2
    assert "notice（一般信息）" in ran.err
