"""Identity numbers and secrecy marks in every form in which they pass a reader's eye, and what only looks like them."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.planted_numbers import identity
from support.stages import notice_text, page_of

from generator.domain.model import MatchKind
from generator.domain.privacy import find_private_data, mask_text
from generator.domain.privacy.identity_numbers import is_identity

ID, ID_X = "110101199003074514", "22060219851105002X"
PERMIT, HONG_KONG = "931840199003070011", "810000199003070013"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def checked(number: str) -> str:
    """Return 17 digits with their check digit."""
    return number + "10X98765432"[sum(int(d) * w for d, w in zip(number, WEIGHTS, strict=True)) % 11]


def from_zero(zero: int) -> str:
    return ID.translate({ord(str(n)): chr(zero + n) for n in range(10)})


PERMIT, HONG_KONG = checked(PERMIT[:17]), checked(HONG_KONG[:17])
UNSEEN = [
    "\xa0",
    "\u2003",
    "\u2009",
    "\u202f",
    "\u3000",
    "\u2028",
    "\u2029",
    "\xad",
    "\u200b",
    "️",
    "󠄀",
    "\u2060",
    "͏",
    "ㅤ",
    "̶",
]
SIGNS = [
    "-",
    "‐",
    "–",
    "—",
    "−",
    "－",
    ".",
    "．",
    "·",
    "・",
    "_",
    "/",
    "／",
    "\\",
    "~",
    "：",
    "|",
    "*",
    "`",
    ">",
    "#",
    "+",
    "=",
    "→",
    "□",
]
DISGUISED = {
    "slash": f"{ID}/张三",
    "slash, phone": f"{ID}/13812345678",
    "slash, year": f"{ID}/2024",
    "row": f"| {' | '.join(ID)} |",
    "row with X": f"| {' | '.join(ID_X)} |",
    "row behind a number": f"| 1 | 张三 | 2 | {' | '.join(ID)} | 3 |",
    "cells": f"| {ID[:6]} | {ID[6:14]} | {ID[14:]} |",
    "html": "".join(f"<td><p>{digit}</p></td>\n" for digit in ID),
    "csv": ",".join(f'"{digit}"' for digit in ID),
    "sheet": "\t".join(ID),
    "upright": "\n\n".join(ID),
    "under a heading": "身份证号 |\n|---|\n| " + " | ".join((ID[:4], ID[4:8], ID[8:12], ID[12:16], ID[16:])) + " |",
    "glued": f"1{ID}",
    "glued to a phone": f"{ID}13812345678",
    "glued to a year": f"2024{ID}01",
    "glued to letters": f"G{ID}abc",
    "glued X": f"{ID_X}13812345678",
    "Chinese": ID.translate({ord(str(n)): char for n, char in enumerate("〇一二三四五六七八九")}),
    "Chinese capitals": ID.translate({ord(str(n)): char for n, char in enumerate("零壹贰叁肆伍陆柒捌玖")}),
    "circled": ID.translate({ord(str(n)): char for n, char in enumerate("⓪①②③④⑤⑥⑦⑧⑨")}),
    "raised": ID.translate({ord(str(n)): char for n, char in enumerate("⁰¹²³⁴⁵⁶⁷⁸⁹")}),
    "letters": ID.replace("0", "O", 2).replace("1", "l", 2),
    "yaml": "".join(f"\\u{ord(digit):04x}" for digit in ID),
    "yaml, long": "".join(f"\\U{ord(digit):08x}" for digit in ID),
    "references": "".join(f"&#{ord(digit)}" for digit in ID),
    "zeros in references": "".join(f"&#000{ord(digit)};" for digit in ID),
    "percent": "[a](x?n=" + "".join(f"%{ord(digit):02X}" for digit in ID) + ")",
    "strong digits": "".join(f"**{digit}**" for digit in ID),
    "links": "".join(f"[{digit}](a.md)" for digit in ID),
    "note": f"{ID[:6]}[^1]{ID[6:]}",
    "attributes": f"{ID[:6]}{{: .a}}{ID[6:]}",
    "tags": "".join(f'<span class="n">{digit}</span>' for digit in ID),
    "comments": "<!-- -->".join(ID),
    "X in a tag": f"{ID_X[:17]}<b>X</b>",
    "X as a reference": f"{ID_X[:17]}&#88;",
    "permit": PERMIT,
    "permit in groups": f"{PERMIT[:6]} {PERMIT[6:14]} {PERMIT[14:]}",
    "old permit": "证件USA110079010112",
    "Hong Kong": HONG_KONG,
    "old in groups": "身份证号 " + " ".join("110101600307451"),
    **{f"X {char}": ID_X[:17] + char for char in "xＸｘХхΧχⅩⅹ×✕𝐗"},
    **{f"groups {ord(char[0]):x}": char.join((ID[:6], ID[6:14], ID[14:])) for char in [*UNSEEN, *SIGNS]},
    **{f"each {ord(char[0]):x}": char.join(ID) for char in [*UNSEEN, *SIGNS]},
    **{f"digits {zero:x}": from_zero(zero) for zero in (0xFF10, 0x1D7CE, 0x1D7D8, 0x1D7F6, 0x660, 0x966, 0x2080)},
}


@pytest.mark.parametrize("text", DISGUISED.values(), ids=DISGUISED)
def test_an_identity_number_is_found_however_it_is_typed(text: str) -> None:
    """No spacing, script, escape, markup, cell or neighbour hides an identity number, and a masked text holds none."""
    assert MatchKind.IDENTITY in [piece.kind for piece in find_private_data(f"甲：{text}，乙")]
    masked = mask_text(f"甲：{text}，乙")[0]
    assert [piece for piece in find_private_data(masked) if piece.kind is MatchKind.IDENTITY] == []


def test_a_masked_row_stays_a_row() -> None:
    """A number that stood over eighteen cells is masked in the first; the table keeps its columns."""
    masked = mask_text(f"| 张三 | {' | '.join(ID)} | 甲 |")[0]
    assert masked.count("|") == 21
    assert masked.startswith("| 张三 | 11*************514 |")


@given(
    st.randoms(use_true_random=False),
    st.lists(st.sampled_from(["", "", " ", "\u200b", "\u3000", "<b></b>", "**", "&nbsp;"]), min_size=17, max_size=17),
)
def test_a_number_is_found_with_anything_unseen_in_it(random_: random.Random, between: list[str]) -> None:
    """Blanks, invisible characters and markup between any of its digits do not hide a number behind 身份证号."""
    number = identity(random_)
    typed = "".join(digit + gap for digit, gap in zip(number, [*between, ""], strict=True))
    if "****" not in typed:
        assert any(piece.kind is MatchKind.IDENTITY for piece in find_private_data(f"身份证号：{typed}。"))


@pytest.mark.parametrize(
    "typed", ['"\\u0031\\x31' + ID[2:] + '"', f">-\n  {ID[:9]}\n\n  {ID[9:]}", f'"{ID[:9]}\\\n    {ID[9:]}"']
)
def test_front_matter_is_looked_at_as_yaml_reads_it(typed: str) -> None:
    """Escapes and lines that YAML folds hide no number; it is found in its field."""
    finds = page_of(notice_text("正文。\n", summary=typed)).matches
    assert {(find.kind, find.where) for find in finds} == {(MatchKind.IDENTITY, "summary")}


def codes(random_: random.Random) -> str:
    """Make a 统一社会信用代码 of digits, with both of its check characters (GB 32100—2015)."""
    province = random_.choice((11, 12, 13, 15, 21, 22, 32, 33, 37, 41, 44, 51, 53, 61, 65))
    office = random_.choice((11, 12, 13, 51, 52, 53, 62, 91, 92))
    body = f"{office}{province}{random_.randint(1, 30):02}{random_.randint(0, 35):02}"
    organisation = f"{random_.randrange(10**8):08}"
    total = sum(int(d) * w for d, w in zip(organisation, (3, 7, 9, 10, 5, 8, 4, 2), strict=True))
    body += organisation + "0123456789X"[-total % 11]
    values = ["0123456789ABCDEFGHJKLMNPQRTUWXY".index(char) for char in body]
    return body + "0123456789ABCDEFGHJKLMNPQRTUWXY"[-sum(v * pow(3, n, 31) for n, v in enumerate(values)) % 31]


def day(random_: random.Random) -> str:
    return f"{random_.randint(2008, 2026)}{random_.randint(1, 12):02}{random_.randint(1, 28):02}"


MAKERS: dict[str, Callable[[random.Random], str]] = {
    "credit code": codes,
    "credit code with year": lambda r: f"{codes(r)}/{r.randint(2008, 2026)}-{r.randrange(10**5):05}",
    "index number": lambda r: f"{r.randrange(10**9):09}/{r.randint(2008, 2026)}-{r.randrange(10**5):05}",
    "order": lambda r: f"订单号：{day(r)}{r.randrange(10 ** r.randint(8, 16)):08}",
    "tender": lambda r: f"招标编号：{r.choice(('220602', '110101', '320583'))}{day(r)}{r.randrange(10**4):04}",
    "project": lambda r: f"项目编号：{r.choice(('220602', '110101', '320583'))}{day(r)}{r.randrange(10**7):07}",
    "figures": lambda r: f"| {' | '.join(str(r.randrange(100, 1000)) for _ in range(12))} |",
    "marks": lambda r: f"| {' | '.join(str(r.randrange(10)) for _ in range(30))} |",
}


@pytest.mark.parametrize("make", MAKERS.values(), ids=MAKERS)
def test_numbers_of_things_are_no_identity_numbers(make: Callable[[random.Random], str]) -> None:
    """Of 3,000 codes of bodies, 索引号, numbers of orders and rows of figures none is taken for a person's."""
    random_ = random.Random(12)  # noqa: S311 - the same numbers in every run
    assert [text for text in (make(random_) for _ in range(3_000)) if find_private_data(text)] == []


def test_a_foreigners_permit_has_its_own_form() -> None:
    """A permit begins with 9 and has province and country before the day of birth; its check digit must be right."""
    assert is_identity(PERMIT)
    assert not is_identity(PERMIT[:17] + str((int(PERMIT[17].replace("X", "0")) + 1) % 10))
    assert find_private_data("XYZ110079010112") == []


LONG = "各单位要认真落实。\n\n" * 200
MARKS = [
    "机 密", "机　密", "机\u00a0密", "绝\u2009密", "秘\u200b密", "**机**密", "**机** **密**", "机<span>密</span>",
    "机&nbsp;密", "机&#12288;密", "机\n\n密", "<p>机</p>\n<p>密</p>", "机<!-- -->密", "机\u00ad密", "| 机 | 密 |",
    "&#26426;&#23494;", "\\u673a\\u5bc6", "机密★", "机 密 ★ 1 年", "绝密★ 10年", "秘密☆一年", "秘密★6个月",
    "秘密★至2030年", "机密*1年", "机密＊5年", "★机密", "机密 ★\n1年", "秘\n密\n★\n十\n年", "机密&#9733;1年", "机密 1年",
    "机密（1年）", "秘密·长期", "機密★1年", "内部资料 不得外传", "内部资料　　严禁外传", "内部文件　注意保存",
    "内 部 资 料",
    "内部材料", "内部使用", "仅限内部使用", "内部资料（不得外传）", "内部学习资料，未经许可不得外传",
    "内\u200b部资料 不\u200b得外传",
    "**内部**资料 **不得外传**", "内\n部\n资\n料", "内部&nbsp;资料&nbsp;不得外传", "严禁外传",
    "请勿外传 注意保存", "密 级：机 密",
    "| 密级 | 机密 |", "000001\n机密★1年\n特急",
    "![机密](w.png)", '<img src="a" alt="机 密">', "<v:textpath string='机密'/>",
]  # fmt: skip
NO_MARKS = [
    "国家秘密的密级分为绝密、机密、秘密三级。", "涉及国家秘密、商业秘密的，不予公开。", "定为机密级以上的。",
    "属于国家秘密\n\n★ 第二点",
    "| 密级 | 期限 |\n|---|---|\n| 绝密 | 30年 |\n| 机密 | 20年 |\n| 秘密 | 10年 |",
    "绝密级事项\n\n机密级事项\n\n秘密级事项",
    "工作人员应当遵守纪律，内部资料不得外传，违者依法处理，情节严重的追究责任。",
    "本单位内部使用的计算机应当登记。", "内部控制",
    "一、内部资料性出版物管理办法", "属于机\n密的", "标注“内部资料”字样的文件", "加强机关内部\n文件管理",
    "内部\n机构设置", "## 国家秘密",
    "*   国家秘密\n*   工作秘密", "妥善保管", "泄露秘密", "保守秘密是公民的义务。", "参照机密级文件管理。",
]  # fmt: skip


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("before", ["", LONG], ids=["first", "last"])
def test_a_mark_is_found_however_it_is_set(mark: str, before: str) -> None:
    """Blanks, markup, escapes, lines and cells between its characters do not hide a mark, at the head or the end."""
    assert MatchKind.SECRECY in [piece.kind for piece in find_private_data(f"{before}{mark}\n\n正文。\n")]


@pytest.mark.parametrize("text", NO_MARKS)
def test_words_about_secrets_are_no_marks(text: str) -> None:
    """秘密 and 内部 in a sentence, a list of levels or a heading are no marks."""
    assert [piece for piece in find_private_data(f"{LONG}{text}\n") if piece.kind is MatchKind.SECRECY] == []


@pytest.mark.parametrize(
    "evil", ["内\n部\n" * 20_000, "机 密 " * 20_000, "（内部" * 20_000, ID * 5_000, "1****" * 30_000, "%31" * 50_000]
)
def test_hostile_texts_take_time_in_proportion(evil: str) -> None:
    """Four times the text takes no more than some six times the time."""
    import time

    def spent(text: str) -> float:
        start = time.process_time()
        find_private_data(text)
        return time.process_time() - start

    assert spent(evil) < 0.3 + 8 * spent(evil[: len(evil) // 4])
