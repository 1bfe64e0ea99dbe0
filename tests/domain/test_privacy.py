"""Personal data in texts: what is found, what is not, what it costs, and how it is masked."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.planted_numbers import card, identity, mobile, old_identity
from support.project import Project
from support.stages import CONFIG, archive_of, notice_text, page_of

from generator.audit import permissions, run_rules, select_rules
from generator.config.load import SiteConfig, load_config
from generator.domain.model import Evidence, MatchKind
from generator.domain.privacy import find_private_data, mask_text, value_digest
from generator.domain.privacy.identity_numbers import is_identity, is_old_identity
from generator.domain.problems import ConfigError

ID, ID_X, OLD = "110101199003074514", "22060219851105002X", "110101600307451"
CARD, CARD_16 = "6228480402564890018", "6225881212345671"
P, M, B, S, E, A, L = (
    MatchKind.IDENTITY,
    MatchKind.MOBILE,
    MatchKind.BANK_CARD,
    MatchKind.SECRECY,
    MatchKind.MAILBOX,
    MatchKind.ADDRESS,
    MatchKind.NAME_LIST,
)
WIDE = str.maketrans("0123456789X", "０１２３４５６７８９Ｘ")

FOUND = [
    (f"身份证号：{ID}。", P),
    (ID_X, P),
    (ID_X.lower(), P),
    (ID_X.translate(WIDE), P),
    (f"{ID[:6]} {ID[6:14]} {ID[14:]}", P),
    (f"{ID[:6]}-{ID[6:14]}-{ID[14:]}", P),
    (f"{ID[:3]} {ID[3:6]} {ID[6:10]} {ID[10:14]} {ID[14:]}", P),
    (" ".join(ID), P),
    (f"{ID[:4]} {ID[4:8]} {ID[8:12]} {ID[12:16]} {ID[16:]}", P),
    (f"{ID_X[:17]} {ID_X[17]}", P),
    (f"{ID[:4]}**{ID[4:6]}**{ID[6:]}", P),
    (f"{ID[:4]}<b>{ID[4:6]}</b>{ID[6:]}", P),
    (f'{ID[:4]}<span style="{"x" * 300}">{ID[4:]}</span>', P),
    (f"{ID[:4]}<!-- x -->{ID[4:]}", P),
    ("".join(f"&#{ord(digit)};" for digit in ID), P),
    ("".join(f"&#x{ord(digit):x};" for digit in ID), P),
    ("\u200b".join(ID), P),
    (f"{ID[:9]}\\\n{ID[9:]}", P),
    (f"<td>{ID}</td><td>{ID[:6]}", P),
    (f"统一社会信用代码（身份证号）：{ID}", P),
    (f"[查看](files/{ID}.pdf)", P),
    (OLD, P),
    ("身份证110101200307451", P),
    ("电话13812345678", M),
    ("备案电话：13812345678", M),
    ("+8613812345678", M),
    ("8613812345678", M),
    ("0086 138 1234 5678", M),
    ("86-138-1234-5678", M),
    ("138-1234-5678", M),
    ("138 1234 5678", M),
    ("１３８１２３４５６７８", M),
    ("Tel13812345678", M),
    ("[拨打](tel:13812345678)", M),
    ("0439-12345678/13812345678", M),
    (CARD, B),
    (CARD_16, B),
    (f"{CARD_16[:4]} {CARD_16[4:8]} {CARD_16[8:12]} {CARD_16[12:]}", B),
    (f"{CARD[:6]} {CARD[6:]}", B),
    ("银行卡 4111111111111111", B),
    ("机密★1年", S),
    ("**绝密**★长期", S),
    ("秘密 ☆ 10年", S),
    ("密级：机密", S),
    ("机密\n\n各单位：", S),
    ("（内部资料 不得外传）", S),
    ("内部资料，不得外传", S),
    ("内部文件　注意保存", S),
    ("仅供内部使用", S),
    ("yijian@qq.com", E),
    ("邮箱：yi.jian_2@163.com。", E),
    ("YIJIAN＠GMAIL.COM", E),
    ("家庭住址：示例区青峰镇河东村3组12号", A),
    ("张三，男，汉族，现住示例区通沟街道民主路15号2栋3单元401室", A),
    ("张某，男，住示例省示例市甲区某某路12号1单元302。", A),
    ("现住示例市甲区幸福小区3号楼2单元401室。", A),
    ("家住示例市甲区人民路12号3单元401室。", A),
    ("被告王某住示例市甲区人民路12号。", A),
    ("住：示例市甲区人民路12号", A),
    ("**住址**：示例市甲区人民路12号", A),
    ("家庭住址 甲区某小区3-2-401", A),
    ("户籍地：某县某镇某村12号", A),
    ("经常居住地：示例市甲区人民路12号", A),
    ("现居住于示例市甲区人民路12号", A),
    ("李某，女，1980年1月1日出生，住所地：示例市甲区人民路12号", A),
    ("姓名：张某\n性别：男\n住所：示例市甲区人民路12号", A),
    ("| 姓名 | 现住址 |\n|---|---|\n| 张某 | 示例市甲区人民路12号 |", A),
    ("<td>住址</td><td>示例市甲区人民路12号</td>", A),
    ("| 姓名 | 残疾等级 |\n|---|---|\n| 张三 | 一级 |\n| 李四 | 二级 |", L),
    ("姓名,银行卡号\n张三,123\n李四,456\n", L),
    (
        "<table><tr><th>姓名</th><th>低保</th></tr>\n<tr><td>张三</td><td>是</td></tr><tr><td>李四</td><td>是</td></tr>",
        L,
    ),
]
NOT_FOUND = [
    "统一社会信用代码 11220600MB1234567X",
    "91110108MA01ABCD5X",
    f"统一社会信用代码：{ID}",
    "索引号 553165075/2020-00502",
    f"{ID}/2020-00502",
    "云岭人社发〔2024〕15号",
    "电话 0439-12345678、(0439)12345678、010-62345678-8001、12333、400-123-4567",
    "订单号：13812345678",
    "合同编号 6225881212345671",
    "流水号：6228480402564890018",
    "第13812345678号",
    "投资13812345678元",
    "13800000000",
    "20240506123045123456",
    "110101240506001",
    "110101199013074514",
    "990101199003074514",
    "110101199003074515",
    "1138123456780",
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "a13812345678f",
    "0.13812345678",
    "ISBN 978-7-302-51234-1",
    "https://www.example.gov.cn/art/2024/t13812345678.html",
    "[文件](t_13812345678.html)",
    "138****1234 139****5678 11*************514 6228***********0018",
    "138****1234 139****5678 1370000",
    "4111111111111111",
    "220602 20240506 01 2345 | 1998 1205 33",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "工作人员应当遵守纪律，内部资料不得外传，违者依法处理，情节严重的追究责任。",
    "yijian@rsj.example.gov.cn",
    "a@qq.company.cn",
    "办公地址：示例区浑江大街15号",
    "填写家庭住址、联系电话和身份证号",
    "家庭住址：示例区青峰镇",
    "办公地址：示例区浑江大街15号",
    "单位住所：示例市甲区人民路12号",
    "当事人：示例有限公司，住所地：示例市甲区人民路12号，法定代表人：张某，男",
    "联系人：王某，女，联系地址：示例市甲区人民路12号",
    "| 单位 | 地址 |\n|---|---|\n| 住建局 | 甲区人民路12号 |",
    "居住在农村地区的困难群众300户",
    "入住示例市甲区人民路12号保障房",
    "住院部3号楼",
    "我局现地址：甲区人民路12号",
    "| 姓名 | 身份证号 |\n|---|---|\n|  |  |\n|  |  |",
    "| 姓名 | 手机 |\n|---|---|\n| 张三 | 138****1234 |\n| 李四 | 138****1235 |",
    "| 姓名 | 职务 |\n|---|---|\n| 张三 | 局长 |\n| 李四 | 副局长 |",
]


@pytest.mark.parametrize(("text", "kind"), FOUND)
def test_what_is_found(text: str, kind: MatchKind) -> None:
    """Each of these texts holds one thing that must not be public, in the middle of Chinese text too."""
    assert [piece.kind for piece in find_private_data(text)] == [kind]
    if kind in {P, M, B, E}:
        assert [piece.kind for piece in find_private_data(f"甲、{text}、乙")] == [kind]


@pytest.mark.parametrize("text", NOT_FOUND)
def test_what_is_not_found(text: str) -> None:
    """Nothing in these texts is personal or secret, however long its digits are."""
    assert find_private_data(text) == []


def test_masks() -> None:
    """Every number keeps its beginning and its end; markup inside it goes, the text around it stays."""
    text = f"甲{ID}乙138-1234-5678丙{CARD}丁yijian@qq.com戊<b>{ID_X[:6]}</b>{ID_X[6:]}己"
    masked = "甲11*************514乙138****5678丙6228***********0018丁y***@qq.com戊<b>22*************02X己"
    assert mask_text(text)[0] == masked
    assert mask_text("家庭住址：示例区青峰镇河东村3组12号。")[0] == "家庭住址：示例区青峰镇****。"
    assert mask_text("机密★1年")[0] == "机密★1年"


def test_one_number_has_one_key_however_it_is_typed() -> None:
    """The allow-list knows a number again in every spacing, and no other."""
    for typed in ("13812345678", "138-1234-5678", "+86 138 1234 5678", "１３８１２３４５６７８"):
        assert value_digest(find_private_data(typed)[0].value) == value_digest("13812345678")
    assert value_digest("13812345678") != value_digest("13812345679")


numbers = st.randoms(use_true_random=False).flatmap(
    lambda random_: st.sampled_from(
        [(identity(random_), P), (old_identity(random_), P), (mobile(random_), M), (card(random_), B)]
    )
)
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=30).filter(
    lambda text: not set(text) & set("号码第证单同水列条案书批票册型货资设学税别理记为是元万亿人平公吨千美密级内★")
)


@given(chinese, numbers, chinese)
def test_planted_numbers_are_found_in_any_chinese_text(before: str, planted: tuple[str, MatchKind], after: str) -> None:
    """A number in any Chinese text is found where it stands, and masked so that nothing is found any more."""
    number, kind = planted
    text = before + number + after
    found = [(piece.kind, text[piece.start : piece.end]) for piece in find_private_data(text)]
    assert (kind, number) in found
    assert not [piece for piece in find_private_data(mask_text(text)[0]) if piece.kind in {P, M, B}]


@given(st.text(max_size=300))
def test_any_text_is_scanned_and_masked_texts_are_clean(text: str) -> None:
    """No text makes the scan fail, and what is masked once has nothing left to mask."""
    masked, pieces = mask_text(text)
    assert all(0 <= piece.start <= piece.end <= len(text) for piece in pieces)
    assert [piece for piece in find_private_data(masked) if piece.kind not in {S, L}] == []


@given(st.text("0123456789Xx ０１-*<b>&#49;\n\u200b|★密机@qq.com", max_size=400))
def test_texts_of_digits_and_marks_are_masked_clean(text: str) -> None:
    """The same of texts that are nothing but what the scan looks for."""
    masked = mask_text(text)[0]
    assert [piece.masked for piece in find_private_data(masked) if piece.kind in {P, B}] == []


def test_random_serial_numbers_are_no_identity_numbers() -> None:
    """Of 20,000 random numbers of 18 digits at most two pass; of those of 15 digits less than one in a hundred."""
    random_ = random.Random(4)  # noqa: S311 - the same numbers in every run
    assert sum(is_identity(str(random_.randrange(10**17, 10**18))) for _ in range(20_000)) <= 2
    assert sum(is_old_identity(str(random_.randrange(10**14, 10**15))) for _ in range(20_000)) < 200


@pytest.mark.parametrize(
    "evil",
    [
        "1 " * 50_000,
        "1" * 500_000,
        "1101 " * 30_000,
        "1**" * 60_000,
        "1\u200b" * 100_000,
        "住址：县" * 30_000,
        "姓名,身份证\n" * 10_000,
        "<tr>" * 50_000 + "姓名",
        "<" * 200_000,
        "&#" * 100_000,
        "a@" * 100_000,
        "密级机密\n" * 50_000,
        "男，住" * 50_000,
        " " * 300_000 + "密★",
    ],
    ids=lambda evil: repr(evil[:6]),
)
def test_no_text_takes_long(evil: str) -> None:
    """The time grows with the text and no faster, whatever somebody has thought up."""
    whole = spent(evil)
    if whole >= 0.5:
        whole = min(whole, *(spent(evil) for _ in range(2)))
        part = min(spent(evil[-len(evil) // 8 :]) for _ in range(3))  # the end, where what it is all for stands
        assert whole < 5
        assert whole < 30 * part  # eight times as long; a square would take 64 times the time


def spent(text: str) -> float:
    """Return the seconds of this process, whatever else the machine does, that looking at a text takes."""
    start = time.process_time()
    find_private_data(text)
    return time.process_time() - start


# ---------------------------------------------------------------- pages and rules


def test_a_page_keeps_lines_fields_and_no_number() -> None:
    """A page knows the line and the field of each find, and the number itself is nowhere in the finds."""
    text = notice_text(f"正文。\n\n[{ID_X}]\n", summary=f"摘要{ID}", handler=f"经办{OLD}")
    page = page_of(text)
    assert [(find.line, find.where, find.masked) for find in page.matches] == [
        (5, "summary", "11*************514"),
        (6, "handler", "11**********451"),
        (10, "", "22*************02X"),
    ]
    assert not any(number in repr(page.matches) for number in (ID, ID_X, OLD))
    found = run_rules(archive_of({"notices/n1.md": text}), CONFIG, select_rules(["S"], []))
    assert [(one.rule, one.line, one.field) for one in found] == [("S001", 5, "summary"), ("S001", 10, "")]


def allowing(*values: str) -> SiteConfig:
    entries = [{"value": value, "reason": "已征得本人同意"} for value in values]
    return SiteConfig.model_validate({**CONFIG.model_dump(), "privacy": {"allow": entries}})


def test_allowed_values_pass_alone_and_are_reported() -> None:
    """A value in the allow-list passes in any spacing, identity numbers too; others do not, an unused one is told."""
    archive = archive_of({"notices/n1.md": notice_text(f"{ID[:6]} {ID[6:14]} {ID[14:]}，{ID_X}，13812345678\n")})
    config = allowing(ID, "138 1234 5678", "139 1234 5678")
    found = run_rules(archive, config, select_rules(["S"], []))
    assert [(one.rule, one.path) for one in found] == [("S001", "content/notices/n1.md"), ("S011", "site_config.yaml")]
    assert "22*************02X" in found[0].message
    assert [(item.masked, item.reason, len(item.places)) for item in permissions(archive, config, Evidence())] == [
        ("11*************514", "已征得本人同意", 1),
        ("138****5678", "已征得本人同意", 1),
        ("139****5678", "已征得本人同意", 0),
    ]


@pytest.mark.parametrize(
    "entry", ["{value: '13812345678'}", "{value: '13812345678', reason: ''}", "{reason: 值班手机}"]
)
def test_allowing_needs_a_value_and_a_reason(project: Project, entry: str) -> None:
    """A permission without a reason, or for nothing, is refused with its line."""
    place = project.folder / "site_config.yaml"
    place.write_text(place.read_text(encoding="utf-8") + f"privacy:\n  allow:\n    - {entry}\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"site_config\.yaml:7: privacy\.allow\.0"):
        load_config(place)


# ---------------------------------------------------------------- gongkai mask


def test_mask_prints_the_text_and_says_what_it_masked(project: Project) -> None:
    """``gongkai mask`` prints the masked text on stdout and a line for each thing on stderr; the file stays."""
    place = project.write("名单.txt", f"甲\n张三 {ID} 13812345678\n机密★1年\n".encode("gbk"))
    ran = project.run("mask", "名单.txt", as_of=None)
    assert (ran.status, ran.out) == (0, "甲\n张三 11*************514 138****5678\n机密★1年\n")
    assert "第 2 行：遮盖身份证号 11*************514" in ran.err
    assert "第 3 行：有密级或内部标志" in ran.err
    assert ID not in ran.err
    assert ID in place.read_bytes().decode("gbk")


@pytest.mark.parametrize(("name", "content"), [("没有.txt", None), ("表.docx", b"PK\x03\x04\x00\x00")])
def test_mask_refuses_what_is_no_text(project: Project, name: str, content: bytes | None) -> None:
    """A file that is missing or no text ends in a sentence and status 2."""
    if content:
        project.write(name, content)
    ran = project.run("mask", name, as_of=None)
    assert (ran.status, ran.out) == (2, "")
    assert "改法" in ran.err
    assert "Traceback" not in ran.err
