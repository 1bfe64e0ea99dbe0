"""Formulas of Word on one line: they say what the paper says, or a gap and a note say that something is missing."""

import re
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from support.word_files import field, letters, math, p, paragraph, raw, run
from support.word_text import markdown, read

from generator.authoring.importing.word.symbols import MISSING

_A, _B = letters("a"), letters("b")
_SUM = letters("a+b")
_CHR = '<m:chr m:val="{}"/>'
_HALF = math("f", num=letters("1"), den=letters("2"))


def line(formula: str, before: str = "", behind: str = "") -> str:
    """Return the text that a formula becomes."""
    body = paragraph(run(before) if before else "", f"<m:oMath>{formula}</m:oMath>", run(behind) if behind else "")
    return markdown(raw(body)).strip()


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        (math("f", num=_SUM, den=letters("2")), "(a+b)/2"),
        (math("f", num=letters("补贴基数"), den=letters("12+n")), "补贴基数/(12+n)"),
        (math("f", num=_A, den=letters("2b")), "a/(2b)"),
        (math("f", num=_HALF, den=_B), "(1/2)/b"),
        (math("f", num=_A, den=math("sSup", e=letters("x"), sup=letters("2"))), "a/x<sup>2</sup>"),
        (_HALF + letters("c"), "(1/2)c"),
        (letters("c÷") + _HALF, "c÷(1/2)"),
        (letters("c+") + _HALF + letters("=d"), "c+1/2=d"),
        (letters("3") + _HALF, "3又1/2"),
        (math("d", e=_SUM) + letters("×c"), "(a+b)×c"),
        (math("d", '<m:begChr m:val="["/><m:endChr m:val="]"/>', e=_SUM), "\\[a+b\\]"),
        (math("d", '<m:begChr m:val="|"/><m:endChr m:val="|"/>', e=_A), "&#124;a&#124;"),
        (math("rad", deg="", e=letters("2")), "√2"),
        (math("rad", deg=letters("3"), e=_SUM), "³√(a+b)"),
        (math("rad", '<m:degHide m:val="1"/>', deg=letters("3"), e=_A) + _B, "(√a)b"),
        (math("nary", _CHR.format("∑"), sub=_A, sup=_B, e=letters("x")), "∑<sub>a</sub><sup>b</sup>x"),
        (math("nary", '<m:chr m:val="∏"/>', sub=letters("i"), sup="", e=_SUM), "∏<sub>i</sub>(a+b)"),
        (math("nary", "", sub=letters("0"), sup=letters("1"), e=letters("x")), "∫<sub>0</sub><sup>1</sup>x"),
        (math("sSup", e=_HALF, sup=letters("2")), "(1/2)<sup>2</sup>"),
        (math("sSup", e=letters("x"), sup=math("sSup", e=letters("y"), sup=letters("2"))), "x<sup>y^2</sup>"),
        (math("sSubSup", e=letters("x"), sub=letters("1"), sup=letters("2")), "x<sub>1</sub><sup>2</sup>"),
        (math("func", fName=letters("max"), e=math("d", e=letters("a,b"))), "max(a,b)"),
        (math("func", fName=letters("sin"), e=letters("x")), "sin x"),
        (math("limLow", e=letters("max"), lim=letters("i")), "max<sub>i</sub>"),
        (math("acc", '<m:chr m:val="̅"/>', e=letters("x")), "x\u0305"),
        (math("bar", '<m:pos m:val="top"/>', e=letters("x")), "x\u0305"),
        ("<m:m>" + f"<m:mr><m:e>{_A}</m:e><m:e>{_B}</m:e></m:mr>" * 2 + "</m:m>", "\\[a，b；a，b\\]"),
    ],
)  # fmt: skip
def test_a_formula_keeps_its_meaning(formula: str, expected: str) -> None:
    """Brackets stand wherever a line would say something else than the formula; each formula is to be checked."""
    assert line(formula) == expected
    assert any("公式" in one for one in read(raw(paragraph(f"<m:oMath>{formula}</m:oMath>"))).warnings)


@st.composite
def _formulas(draw: st.DrawFn, depth: int = 3) -> tuple[str, Fraction, str]:
    """Draw a formula: its XML, its value, and its outermost operation (``+``, ``×`` or none)."""
    kind = draw(st.sampled_from(["number", "number", "sum", "product", "fraction", "power"])) if depth else "number"
    if kind == "number":
        number = draw(st.integers(1, 12))
        return letters(str(number)), Fraction(number), ""
    (left, first, outer), (right, second, behind) = draw(_formulas(depth - 1)), draw(_formulas(depth - 1))
    if kind == "fraction":
        assume(second)
        return math("f", num=left, den=right), first / second, ""
    if kind == "power":
        base = math("d", e=left) if outer or not left.startswith("<m:r>") else left
        return math("sSup", e=base, sup=letters("2")), first**2, ""
    if kind == "product":
        sign = draw(st.sampled_from("×÷"))
        assume(sign == "×" or second)
        left = math("d", e=left) if outer == "+" else left
        right = math("d", e=right) if behind else right
        return left + letters(sign) + right, first * second if sign == "×" else first / second, "×"
    sign = draw(st.sampled_from("+-"))
    right = math("d", e=right) if behind == "+" else right
    return left + letters(sign) + right, first + second if sign == "+" else first - second, "+"


@given(_formulas())
@settings(max_examples=150, deadline=None)
def test_a_formula_on_one_line_has_the_same_value(drawn: tuple[str, Fraction, str]) -> None:
    """Worked out from its one line, a formula has the value that it has on paper."""
    formula, expected, _ = drawn
    written = line(formula).replace("×", "*").replace("÷", "/").replace("<sup>2</sup>", "**2").replace("\\", "")
    assert re.fullmatch(r"[\d+\-*/()]+", written)
    program = re.sub(r"(?<![*])\b\d+", r"Fraction(\g<0>)", written)
    assert eval(program, {"Fraction": Fraction}) == expected  # noqa: S307 - digits and signs alone


def test_the_words_around_a_formula_count() -> None:
    """Letters of the text next to a fraction do not become part of it."""
    assert line(_HALF, "系数为", "以上") == "系数为(1/2)以上"
    assert line(_HALF, "系数：", "。") == "系数：1/2。"
    assert line(_HALF, "x=", "y") == "x=(1/2)y"


@pytest.mark.parametrize(
    "formula",
    [
        math("f", '<m:type m:val="noBar"/>', num=letters("甲数"), den=letters("乙数")),
        math("groupChr", "", e=letters("甲数乙数")),
        math("acc", "", e=letters("甲数乙数")),
        math("borderBox", '<m:strikeH m:val="1"/>', e=letters("甲数乙数")),
        math("unheard", "", e=letters("甲数乙数")),
        math("f", num=letters("甲数乙数"), den=""),
    ],
)
def test_a_formula_that_no_line_can_say_is_a_gap(formula: str) -> None:
    """A gap is left, and the note says which letters were there and in which paragraph."""
    body = paragraph(run("按下式："), f"<m:oMath>{formula}</m:oMath>")
    assert markdown(raw(body)) == f"按下式：{MISSING}\n"
    (warning,) = read(raw(body)).warnings
    assert "甲数乙数" in warning
    assert "在“按下式：" in warning


def test_two_formulas_of_one_paragraph_are_two_lines() -> None:
    """Formulas below each other stay below each other."""
    body = f"<w:p><m:oMathPara><m:oMath>{_A}</m:oMath><m:oMath>{_B}</m:oMath></m:oMathPara></w:p>"
    assert markdown(raw(body)) == "a  \nb\n"


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (r'EQ \* jc2 \* "Font:宋体" \* hps10 \o\ad(\s\up 9(yín),鄞)', "鄞（yín）"),
        (r"eq \o\ac(○,3)", "③"),
        (r"EQ \o\ac(□,√)", "☑"),
        (r"eq \o\ac(\s\up1(○),12)", "⑫"),
        (r"EQ \o\ac(○,正)", "㊣"),
        (r"EQ \o(\s\up 5(市政),\s\do 2(府办))", "市政府办"),
        (r"EQ \f(a+b,2)", "(a+b)/2"),
        (r"EQ \f(基数,12+n)", "基数/(12+n)"),
        (r"EQ \r(3,x)", "³√x"),
        (r"EQ \r(a+b)", "√(a+b)"),
        (r"EQ x\s\up8(2)", "x<sup>2</sup>"),
        (r"EQ x\s\do8(i)", "x<sub>i</sub>"),
        (r"EQ \i\su(i=1,n,x+y)", "∑<sub>i=1</sub><sup>n</sup>(x+y)"),
        (r"EQ \b\bc\[(\f(1,2))", "\\[1/2\\]"),
        (r"EQ \x\to(x)", "x\u0305"),
        (r"EQ \f(a\,b,2)", "(a,b)/2"),
    ],
)
def test_eq_fields_are_words(code: str, expected: str) -> None:
    """Readings, letters in rings, fractions, roots and scripts of EQ fields stand in the text."""
    assert markdown(raw(paragraph(run("见"), field(code), run("。")))) == f"见{expected}。\n"


@pytest.mark.parametrize("code", [r"EQ \o(甲,乙)", r"EQ \q(甲乙)", r"EQ \f(甲乙", r"EQ \x\to(甲乙)"])
def test_an_eq_field_that_no_line_can_say_is_a_gap(code: str) -> None:
    """What is unknown or unclear leaves a gap, with the code of the field told."""
    body = paragraph(run("见"), field(code), run("。"))
    assert markdown(raw(body)) == f"见{MISSING}。\n"
    assert any(code in one for one in read(raw(body)).warnings)


def test_a_ring_without_a_sign_of_its_own_is_to_be_checked() -> None:
    """A letter in a ring that no character shows is put in brackets and told."""
    body = paragraph(field(r"EQ \o\ac(○,甲)"))
    assert markdown(raw(body)) == "（甲）\n"
    assert any("（甲）" in one for one in read(raw(body)).warnings)


def test_formulas_of_any_depth_end() -> None:
    """Nesting without end is a gap, not a crash."""
    deep = letters("x")
    for _ in range(80):
        deep = math("f", num=deep, den=letters("2"))
    assert line(deep) == MISSING
    nested = "x"
    for _ in range(80):
        nested = rf"\f({nested},2)"
    assert markdown(raw(paragraph(field(f"EQ {nested}")))) == f"{MISSING}\n"
    assert markdown(raw(p("完。"))) == "完。\n"
