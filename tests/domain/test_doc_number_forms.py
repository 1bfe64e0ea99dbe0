"""The forms of 文号 as bodies write them: announcements, decrees with a year, wide digits, several at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.words_before import WORDS

from generator.domain.doc_numbers import (
    doc_number_candidates,
    doc_number_key,
    doc_numbers_in,
    is_standard_doc_number,
    repair_doc_number,
    strip_leading_words,
)

OFFICE = "示例市人力资源和社会保障局"


@pytest.mark.parametrize(
    "number",
    [
        "财政部 税务总局公告2023年第48号",
        "财政部、税务总局公告2023年第48号",
        "国家税务总局公告2023年第1号",
        f"{OFFICE}公告2026年第5号",
        f"{OFFICE}通告2026年第5号",
        "中国证券监督管理委员会公告〔2020〕16号",
        f"{OFFICE}行政处罚决定书〔2026〕5号",
        "公告2026年第5号",
        "浙江省人大常委会公告第49号",
        "国务院令第711号",
        "交通运输部令2020年第11号",
        "中国人民银行令〔2022〕1号",
    ],
)
def test_announcements_and_decrees_have_standard_forms(number: str) -> None:
    """An announcement is numbered 公告YYYY年第N号 or 公告〔YYYY〕N号, a decree 令第N号 or with its year."""
    assert is_standard_doc_number(number)
    assert repair_doc_number(number) == number
    assert doc_number_key(doc_number_key(number)) == doc_number_key(number)


@pytest.mark.parametrize(
    ("written", "standard"),
    [
        (f"{OFFICE}公告2026年第05号", f"{OFFICE}公告2026年第5号"),
        (f"{OFFICE}公告２０２６年第５号", f"{OFFICE}公告2026年第5号"),
        (f"{OFFICE}公告 2026 年 第 5 号", f"{OFFICE}公告2026年第5号"),
        (f"{OFFICE}公告（2026年第5号）", f"{OFFICE}公告2026年第5号"),
        (f"{OFFICE}公告2026年5号", f"{OFFICE}公告2026年第5号"),
        (f"{OFFICE}公告[2026]第5号", f"{OFFICE}公告〔2026〕5号"),
        (f"{OFFICE}2026年第5号公告", f"{OFFICE}公告2026年第5号"),
        (f"{OFFICE}公告二〇二六年第五号", f"{OFFICE}公告2026年第5号"),
        ("财政部　税务总局公告2023年第48号", "财政部 税务总局公告2023年第48号"),
        ("财 政 部公告2023年第48号", "财政部公告2023年第48号"),
        ("中华人民共和国主席令（第四十五号）", "中华人民共和国主席令第45号"),
        ("中华人民共和国主席令第一百零三号", "中华人民共和国主席令第103号"),
        ("国务院第711号令", "国务院令第711号"),
        ("交通运输部令（2020年第11号）", "交通运输部令2020年第11号"),
        ("示例人社发〔２０２０〕５号", "示例人社发〔2020〕5号"),
        ("示例人社发｛2020｝ 5  号", "示例人社发〔2020〕5号"),
        ("示例人社发﹙2020﹚5号", "示例人社发〔2020〕5号"),
        ("示例人社发<2020>5号", "示例人社发〔2020〕5号"),
        ("示例发〔一九八五〕第十二号", "示例发〔1985〕12号"),
        ("(鲁)应急罚〔2026〕第5号", "（鲁）应急罚〔2026〕5号"),
        ("（示例）文综罚字[2026]05号", "（示例）文综罚字〔2026〕5号"),
        ("示例市政府令58号", "示例市政府令第58号"),
    ],
)
def test_every_way_of_writing_is_repaired(written: str, standard: str) -> None:
    """Width, zeros, blanks, brackets and Chinese digits are repaired to the standard form, and have its key."""
    assert repair_doc_number(written) == standard
    assert doc_number_key(written) == doc_number_key(standard)
    assert not is_standard_doc_number(written)


@pytest.mark.parametrize(
    "text", ["2026年第5号", "第5号", "令第1号", "令2026年第1号", "例发2024年5号", "公告第5号", "公告2026年第0号"]
)
def test_what_names_no_body_is_no_number(text: str) -> None:
    """A number without anybody who counts it is none."""
    assert repair_doc_number(text) is None


def test_forms_of_one_announcement_are_one_number() -> None:
    """公告2026年第5号 and 公告〔2026〕5号, of two bodies with any sign between them, have one key."""
    written = ["财政部 税务总局公告2023年第5号", "财政部、税务总局公告〔2023〕5号", "财政部税务总局公告[2023]第05号"]
    assert len({doc_number_key(number) for number in written}) == 1


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("示例发〔2020〕5号、6号", ["示例发〔2020〕5号", "示例发〔2020〕6号"]),
        ("示例发〔2020〕5、6、7号", ["示例发〔2020〕5号", "示例发〔2020〕6号", "示例发〔2020〕7号"]),
        ("示例发〔２０２０〕５、６号", ["示例发〔2020〕5号", "示例发〔2020〕6号"]),
        ("示例发〔2020〕第05号和第 6 号", ["示例发〔2020〕5号", "示例发〔2020〕6号"]),
        ("示例发〔2020〕5号至8号", ["示例发〔2020〕5号", "示例发〔2020〕8号"]),
        ("示例发〔2019〕12号和〔2020〕3号", ["示例发〔2019〕12号", "示例发〔2020〕3号"]),
        ("示例发〔2020〕5号，6号前报送", ["示例发〔2020〕5号"]),
        ("示例发〔2020〕5号、6号楼", ["示例发〔2020〕5号"]),
        ("示例发〔2020〕5号、2021年3月", ["示例发〔2020〕5号"]),
        ("示例局公告2026年第5号、第6号", ["示例局公告2026年第5号", "示例局公告2026年第6号"]),
        ("示例局公告2025年第5号、2026年第6号", ["示例局公告2025年第5号", "示例局公告2026年第6号"]),
        ("国务院令第3号、第4号", ["国务院令第3号", "国务院令第4号"]),
        ("示例局公告（2026年第5号）", ["示例局公告2026年第5号"]),
        ("国务院公报2026年第5号", []),
    ],
)
def test_several_numbers_share_a_code(text: str, found: list[str]) -> None:
    """Of several numbers behind one code each is found where it is written; a house or a day is none."""
    matches = list(doc_numbers_in(text))
    assert [match.text for match in matches] == found
    places = [place for match in matches for place in (match.start, match.end)]
    assert places == sorted(places)
    assert [strip_leading_words(match.text) for match in matches] == found


def test_the_link_of_a_number_covers_what_is_written() -> None:
    """``start_of`` is behind the words before a number, and of two bodies before the first."""
    text = "根据示例发〔2020〕5、6号和财政部 税务总局公告2023年第48号（略）"
    spans = []
    for match in doc_numbers_in(text):
        number = strip_leading_words(match.text)
        assert number
        spans.append(text[match.start_of(doc_number_key(number)) : match.end])
    assert spans == ["示例发〔2020〕5", "6号", "财政部 税务总局公告2023年第48号"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("number", ["示例发〔2020〕5号", "示例局公告2026年第5号", "示例市人民政府令第12号"])
def test_a_number_is_found_behind_any_common_word(word: str, number: str) -> None:
    """Whatever word is before a number, the number itself is one of the candidates."""
    (match,) = doc_numbers_in(f"第一条　{word}{number}办理")
    assert doc_number_key(number) in doc_number_candidates(match.text)


@pytest.mark.parametrize("before", ["鲁", "日", "省", "鲁日"])
def test_a_place_before_a_number_makes_it_another(before: str) -> None:
    """鲁政办发 and 日政办发 are not 政办发, behind 根据 neither."""
    for words in ("", "根据", "已被"):
        (match,) = doc_numbers_in(f"{words}{before}政办发〔2019〕15号")
        assert "政办发〔2019〕15号" not in doc_number_candidates(match.text)


@given(st.text(alphabet="示例局公告令年第号〔〕（）20260５、 和五百", max_size=40))
def test_nothing_a_writer_types_raises(text: str) -> None:
    """Every text can be searched, every match is a part of it, and its key is a candidate of itself."""
    repair_doc_number(text)
    for match in doc_numbers_in(text):
        assert 0 <= match.start < match.end <= len(text)
        assert next(doc_number_candidates(match.text)) == doc_number_key(match.text)
        strip_leading_words(match.text)
