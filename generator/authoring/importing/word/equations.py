"""Formulas and EQ fields in a text: one line and a note to compare it, or a gap that says what is missing."""

from collections.abc import Iterator

from lxml import etree

from generator.authoring.importing.word.blocks import Words
from generator.authoring.importing.word.equation_field import read_equation
from generator.authoring.importing.word.formula import Line, UnknownFormulaError
from generator.authoring.importing.word.math_markup import MathReader, has_content, words_in
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.symbols import MISSING

_GAP: Line = (Words(MISSING),)


def formula_line(element: etree._Element, reader: MathReader, notes: ReadNotes) -> Line:
    """Return a formula of the equation editor as it is written in a text."""
    if not has_content(element):
        return ()
    try:
        line = reader.line(element, _neighbour(element, is_behind=False), _neighbour(element, is_behind=True))
    except UnknownFormulaError:
        words = words_in(element)
        notes.check(f"公式写不成一行，正文里留了 {MISSING}，原有的字是“{' '.join(words.split())}”")
        notes.left_out.append(words)
        return _GAP
    notes.check("公式写成了一行，和原件核对")
    return line


def equation_line(code: str, notes: ReadNotes) -> Line:
    """Return what an EQ field shows as it is written in a text."""
    try:
        equation = read_equation(code)
    except UnknownFormulaError:
        notes.check(f"EQ 域写不成一行，正文里留了 {MISSING}，原来是“{' '.join(code.split())}”")
        return _GAP
    if not equation.is_exact:
        notes.check(f"EQ 域写成了“{''.join(words.text for words in equation.line)}”，和原件核对")
    return equation.line


def _neighbour(formula: etree._Element, *, is_behind: bool) -> str:
    """Return the text of the run before or behind a formula, empty where there is none."""
    return next(_texts_beside(formula, is_behind=is_behind), "")


def _texts_beside(formula: etree._Element, *, is_behind: bool) -> Iterator[str]:
    for element in formula.itersiblings("{*}*", preceding=not is_behind):
        if text := "".join(one.text or "" for one in element.iter("{*}t")):
            yield text
