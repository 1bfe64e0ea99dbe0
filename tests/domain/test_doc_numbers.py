"""文号 and 索引号: what is the same number, what is a number at all, and what is found in running text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.stages import archive_of, notice_text, policy_text

from generator.domain.doc_numbers import (
    doc_number_candidates,
    find_doc_numbers,
    is_standard_doc_number,
    normalise_doc_number,
    normalise_index_no,
    repair_doc_number,
)
from generator.domain.vocabulary import RelationKind

BRACKETS = ["[]", "［］", "【】", "()", "（）", "〈〉", "〔〕", "﹝﹞", "[］", "（)"]
CODES = st.text(alphabet="鲁青例政人社办发函规令府市字", min_size=2, max_size=12)
YEARS = st.integers(1900, 2099)
ORDINALS = st.integers(1, 99999)
LOOSE = st.text(alphabet="鲁政办发0123456789０１２[]【】（）()〔〕〈〉［］号第令 　\t-ａＡ/", max_size=30)


@pytest.mark.parametrize("brackets", BRACKETS)
@pytest.mark.parametrize("blank", ["", " ", "　"])
def test_brackets_and_blanks_do_not_make_another_number(brackets: str, blank: str) -> None:
    """A 文号 in any brackets, with blanks anywhere, is normalised to the one with 〔〕."""
    written = f"例人社发{blank}{brackets[0]}2024{brackets[1]}{blank}15{blank}号"
    assert normalise_doc_number(written) == "例人社发〔2024〕15号"
    assert is_standard_doc_number(normalise_doc_number(written))


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("例人社发〔２０２４〕１５号", "例人社发〔2024〕15号"),
        ("例人社发【 2024 】15号", "例人社发〔2024〕15号"),
        ("例发[24]15号", "例发[24]15号"),
        ("例发〔1850〕1号", "例发〔1850〕1号"),
        ("例发（试行）〔2024〕1号", "例发（试行）〔2024〕1号"),
        ("示例市人民政府令第 12 号", "示例市人民政府令第12号"),
        ("ＭＢ2X01234", "MB2X01234"),
        ("", ""),
    ],
)
def test_normalise(written: str, normal: str) -> None:
    """Only the brackets around a year of this or the last century are changed; digits become ASCII."""
    assert normalise_doc_number(written) == normal


@pytest.mark.parametrize(
    "number",
    ["例人社发〔2024〕1号", "鲁发〔1999〕12345号", "甲乙丙丁戊己庚辛壬癸子丑〔2024〕1号", "示例市人民政府令第12号"],
)
def test_standard_numbers(number: str) -> None:
    """Two to twelve characters, a year in 〔〕 and a plain number are the standard form; so is a decree."""
    assert is_standard_doc_number(number)
    assert repair_doc_number(number) == number


@pytest.mark.parametrize(
    "number",
    [
        "例人社发[2024]1号",
        "例人社发〔2024〕01号",
        "例人社发〔2024〕第1号",
        "例人社发〔2024〕1",
        "例〔2024〕1号",
        "例人社发〔2024〕0号",
        "例发〔1850〕1号",
        "甲乙丙丁戊己庚辛壬癸子丑寅〔2024〕1号",
        "例人社发〔2024〕1号 ",
        "例人社发〔2024〕1号文",
        "AB发〔2024〕1号",
        "令第1号",
        "",
        "none",
    ],
)
def test_not_standard_numbers(number: str) -> None:
    """Other brackets, a leading zero, 第, a missing 号 or anything around it is not the standard form."""
    assert not is_standard_doc_number(number)


@pytest.mark.parametrize(
    ("written", "repaired"),
    [
        ("浑江人社字[2018] 38号", "浑江人社字〔2018〕38号"),
        ("例人社发〔2024〕第05号", "例人社发〔2024〕5号"),
        ("例人社发（2024）005", "例人社发〔2024〕5号"),
        ("例人社发2024年5号", None),
        ("例人社发〔2024〕号", None),
        ("例人社发〔2024〕0号", None),
        ("人社局第五号文", None),
        ("例〔2024〕1号", None),
        ("", None),
    ],
)
def test_repair(written: str, repaired: str | None) -> None:
    """The nearest standard form is offered; what has no year or no number cannot be mended."""
    assert repair_doc_number(written) == repaired


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("123456789/2024-00001", "123456789/2024-00001"),
        (" mb2x01234 / 2024 - 00015 ", "MB2X01234/2024-00015"),
        ("ＭＢ２Ｘ０１２３４／２０２４－０００１５", "MB2X01234/2024-00015"),
    ],
)
def test_normalise_index_no(written: str, normal: str) -> None:
    """An 索引号 is compared in half-width capitals without blanks."""
    assert normalise_index_no(written) == normal


@given(LOOSE)
def test_normalising_twice_is_normalising_once(text: str) -> None:
    """What was normalised stays as it is."""
    once = normalise_doc_number(text)
    assert normalise_doc_number(once) == once
    index = normalise_index_no(text)
    assert normalise_index_no(index) == index


@given(LOOSE)
def test_repairing_twice_is_repairing_once(text: str) -> None:
    """A repaired number is standard, and repairing it again changes nothing."""
    repaired = repair_doc_number(text)
    if repaired is not None:
        assert is_standard_doc_number(repaired)
        assert repair_doc_number(repaired) == repaired
        assert normalise_doc_number(repaired) == repaired


@given(
    CODES,
    YEARS,
    ORDINALS,
    st.sampled_from(BRACKETS),
    st.sampled_from(["", " ", "　"]),
    st.sampled_from(["", "0", "00"]),
)
def test_every_spelling_is_repaired_to_the_same_number(
    code: str, year: int, number: int, brackets: str, blank: str, zeros: str
) -> None:
    """However a number is bracketed, spaced and padded, its repaired form is the standard one."""
    standard = f"{code}〔{year}〕{number}号"
    written = f"{code}{blank}{brackets[0]}{year}{brackets[1]}{blank}{zeros}{number}号"
    assert repair_doc_number(written) == standard
    assert normalise_doc_number(standard) == standard


# ---------------------------------------------------------------- in running text


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("根据例人社发〔2024〕1号制定", ["根据例人社发〔2024〕1号"]),
        ("（例人社发[2024]第 05 号）和（例政发【2023】１２号）", ["例人社发〔2024〕5号", "例政发〔2023〕12号"]),
        ("例人社发〔2024〕\n1号", ["例人社发〔2024〕1号"]),
        ("《办法》（例人社发〔2024〕1号、2号）", ["例人社发〔2024〕1号", "例人社发〔2024〕2号"]),
        ("〔2024〕1号", []),
        ("2024年第1号", []),
        ("例人社发〔2024〕号", []),
        ("例人社发〔2024〕0号", []),
        ("例人社发〔3024〕1号", []),
        ("abc〔2024〕1号", []),
        ("", []),
    ],
)
def test_find(text: str, found: list[str]) -> None:
    """A text's numbers are found in any brackets, with what stands before them; a bare year is none."""
    assert [number for _, number in find_doc_numbers(text)] == found


def test_find_gives_the_place() -> None:
    """The place of a number is where its text begins."""
    text = "第一条\n\n依照例人社发〔2024〕1号"
    assert [(text[place : place + 6], number) for place, number in find_doc_numbers(text)] == [
        ("依照例人社发", "依照例人社发〔2024〕1号")
    ]


@given(CODES, YEARS, ORDINALS, st.sampled_from(["，", "（", "“", "《甲》", "\n\n", " abc "]))
def test_a_number_behind_punctuation_is_found_whole(code: str, year: int, number: int, before: str) -> None:
    """Behind anything that is no Chinese character, a number is found exactly as it is written."""
    standard = f"{code}〔{year}〕{number}号"
    text = f"正文{before}{standard}，再说。"
    assert [found for _, found in find_doc_numbers(text)] == [standard]
    assert next(doc_number_candidates(standard)) == standard


@pytest.mark.parametrize(
    ("found", "wanted"),
    [
        ("根据例人社发〔2024〕1号", ["根据例人社发〔2024〕1号", "例人社发〔2024〕1号"]),
        ("鲁政办发〔2019〕15号", ["鲁政办发〔2019〕15号"]),
        ("按照政办发〔2019〕15号", ["按照政办发〔2019〕15号", "照政办发〔2019〕15号", "政办发〔2019〕15号"]),
    ],
)
def test_candidates(found: str, wanted: list[str]) -> None:
    """A shorter number begins only behind a word such as 根据; the longest comes first."""
    assert list(doc_number_candidates(found)) == wanted


@given(CODES, YEARS, ORDINALS)
def test_candidates_end_alike_and_get_shorter(code: str, year: int, number: int) -> None:
    """Every candidate is an end of what was found, of at least two characters before the year, longest first."""
    found = f"{code}〔{year}〕{number}号"
    tried = list(doc_number_candidates(found))
    assert tried[0] == found
    assert all(found.endswith(one) and one.index("〔") >= 2 for one in tried)
    assert [len(one) for one in tried] == sorted({len(one) for one in tried}, reverse=True)


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        ("根据鲁政办发〔2019〕15号", "p1"),
        ("根据政办发〔2019〕15号", "p2"),
        ("见《通知》（政办发[2019]15 号）", "p2"),
        ("见日政办发〔2019〕15号", None),
    ],
)
def test_a_number_is_never_taken_out_of_a_longer_one(text: str, cited: str | None) -> None:
    """政办发〔2019〕15号 is not cited where 鲁政办发〔2019〕15号 or 日政办发〔2019〕15号 stands."""
    archive = archive_of(
        {
            "policies/p1.md": policy_text(1, doc_number="鲁政办发〔2019〕15号"),
            "policies/p2.md": policy_text(2, doc_number="政办发〔2019〕15号"),
            "notices/n1.md": notice_text(f"{text}。\n"),
        }
    )
    relations = archive.by_id["n1"].related(RelationKind.CITES)
    assert [relation.target for relation in relations] == ([cited] if cited else [])
    for number in ("p1", "p2"):
        back = archive.by_id[number].related(RelationKind.CITED_BY)
        assert [relation.target for relation in back] == (["n1"] if cited == number else [])
