"""Formulas of an odt (MathML) on one line of words."""

from collections.abc import Iterator

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word import formula
from generator.authoring.importing.word.blocks import Words
from generator.authoring.importing.word.elements import attribute
from generator.authoring.importing.word.formula import Line, Part, Term, UnknownFormulaError
from generator.authoring.importing.word.read_notes import ReadNotes
from generator.authoring.importing.word.symbols import MISSING

_LETTERS = frozenset({"mi", "mn", "mo", "mtext", "ms"})
_GROUPS = frozenset({"math", "mrow", "mstyle", "mpadded", "semantics", "merror"})
_LARGE = frozenset("∑∏∫⋃⋂∮")
_MOST_DEPTH = 60


def formula_words(root: etree._Element, notes: ReadNotes) -> Line:
    """Return a formula on one line and a note to compare it, or a gap that says what is missing."""
    words = "".join(_letters(root))
    if not words.strip():
        return ()
    try:
        line = _line(root, 0)
    except UnknownFormulaError:
        notes.check(f"公式写不成一行，正文里留了 {MISSING}，原有的字是“{' '.join(words.split())}”")
        notes.left_out.append(words)
        return (Words(MISSING),)
    notes.check("公式写成了一行，和原件核对")
    return line


def _letters(root: etree._Element) -> Iterator[str]:
    return (one.text or "" for one in root.iter("{*}mi", "{*}mn", "{*}mo", "{*}mtext", "{*}ms"))


def _line(element: etree._Element, depth: int) -> Line:
    if depth > _MOST_DEPTH:
        raise UnknownFormulaError
    if local(element) in _LETTERS | _GROUPS:
        return formula.joined(list(_terms(element, depth)))
    return formula.joined([_term(element, depth)])


def _terms(element: etree._Element, depth: int) -> Iterator[Term]:
    if local(element) in _LETTERS:
        yield Term((Words((element.text or "").strip()),))
        return
    children = _children(element)
    for one in children[:1] if local(element) == "semantics" else children:
        if local(one) in _LETTERS | _GROUPS:
            yield from _terms(one, depth + 1)
        elif local(one) != "mspace":
            yield _term(one, depth + 1)


def _children(element: etree._Element) -> list[etree._Element]:
    return [one for one in element if isinstance(one.tag, str)]


def _term(element: etree._Element, depth: int) -> Term:
    name = local(element)
    parts = [_line(one, depth + 1) for one in _children(element)]
    base = _children(element)[0] if parts else None
    is_large = base is not None and "".join(_letters(base)).strip() in _LARGE
    if name == "mfrac" and len(parts) == 2:
        return Term(formula.fraction(parts[0], parts[1]), Part.FRACTION)
    if name == "msqrt" and parts:
        return Term(formula.root((), formula.joined([Term(part) for part in parts])), Part.OPEN)
    if name == "mroot" and len(parts) == 2:
        return Term(formula.root(parts[1], parts[0]), Part.OPEN)
    if name == "msup" and len(parts) == 2:
        return Term((*_closed(base, parts[0]), *formula.raised(parts[1])))
    if name == "msub" and len(parts) == 2:
        return Term((*_closed(base, parts[0]), *formula.lowered(parts[1])))
    if name == "msubsup" or (name == "munderover" and is_large):
        if len(parts) == 3:
            return Term((*_closed(base, parts[0]), *formula.lowered(parts[1]), *formula.raised(parts[2])))
    elif name == "munder" and is_large and len(parts) == 2:
        return Term((*parts[0], *formula.lowered(parts[1])))
    elif name == "mfenced":
        inner = [piece for number, part in enumerate(parts) for piece in ([Words(",")] * bool(number) + list(part))]
        opened, closed = (attribute(element, key) or default for key, default in (("open", "("), ("close", ")")))
        return Term((Words(opened), *inner, Words(closed)))
    raise UnknownFormulaError


def _closed(base: etree._Element | None, line: Line) -> Line:
    """Return what an exponent belongs to, in brackets where it is more than one name or number."""
    is_single = base is not None and (local(base) in _LETTERS or "".join(words.text for words in line)[-1:] in ")]）")
    return line if is_single or len("".join(words.text for words in line)) == 1 else formula.bracketed(line)
