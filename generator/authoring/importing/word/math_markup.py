"""Formulas of Word's equation editor (ECMA-376, 22.1) → one line of words."""

from collections.abc import Callable, Iterator, Mapping

from lxml import etree

from generator.authoring.clean.office_parts import local
from generator.authoring.importing.word import formula
from generator.authoring.importing.word.blocks import Words
from generator.authoring.importing.word.elements import boolean_property, child, value
from generator.authoring.importing.word.formula import Line, Part, Term, UnknownFormulaError

_MOST_DEPTH = 60
_GROUPS = frozenset(
    {"oMath", "e", "num", "den", "sub", "sup", "deg", "lim", "fName", "box", "borderBox", "sdt", "sdtContent"}
    | {"smartTag", "customXml", "ins", "moveTo", "hyperlink", "mr"}
)
_STRUCTURES = frozenset({"f", "rad", "nary", "func"})
_STRIKES = ("strikeBLTR", "strikeH", "strikeTLBR", "strikeV")


class MathReader:
    """Reads formulas; ``read_run`` returns the words of a run."""

    def __init__(self, read_run: Callable[[etree._Element], Line]) -> None:
        self._read_run = read_run
        self._depth = 0
        self._kinds: Mapping[str, Callable[[etree._Element], Term]] = {
            "f": self._fraction, "rad": self._root, "nary": self._large_operator, "func": self._function,
            "d": self._delimited, "sSup": self._scripts, "sSub": self._scripts, "sSubSup": self._scripts,
            "sPre": self._scripts_before, "limLow": self._limit, "limUpp": self._limit, "acc": self._accented,
            "bar": self._overlined, "m": self._matrix, "eqArr": self._rows, "phant": self._phantom,
        }  # fmt: skip

    def line(self, element: etree._Element, before: str = "", behind: str = "") -> Line:
        """Return a formula on one line; ``before`` and ``behind`` are the letters around it.

        Raises ``UnknownFormulaError`` where that would say something else.
        """
        if self._depth > _MOST_DEPTH:
            raise UnknownFormulaError
        self._depth += 1
        try:
            return formula.joined(list(self._terms(element)), before, behind)
        finally:
            self._depth -= 1

    def _terms(self, parent: etree._Element) -> Iterator[Term]:
        for element in parent:
            name = local(element) if isinstance(element.tag, str) else ""
            if name == "r":
                yield Term(self._read_run(element))
            elif name in self._kinds:
                yield self._kinds[name](element)
            elif name in _GROUPS:
                if name == "borderBox" and any(
                    boolean_property(child(element, "borderBoxPr"), one) for one in _STRIKES
                ):
                    raise UnknownFormulaError
                yield from self._terms(element)
            elif not name.endswith("Pr") and any((one.text or "").strip() for one in element.iter("{*}t")):
                raise UnknownFormulaError

    def _of(self, element: etree._Element, name: str) -> Line:
        inner = child(element, name)
        return self.line(inner) if inner is not None else ()

    def _base(self, element: etree._Element) -> Line:
        """Return what an exponent or an index belongs to, in brackets where it is a fraction, a root or a sum."""
        inner = child(element, "e")
        is_structure = inner is not None and any(local(one) in _STRUCTURES for one in inner)
        return formula.bracketed(self._of(element, "e")) if is_structure else self._of(element, "e")

    def _fraction(self, element: etree._Element) -> Term:
        if value(element, "fPr", "type") == "noBar":
            raise UnknownFormulaError
        return Term(formula.fraction(self._of(element, "num"), self._of(element, "den")), Part.FRACTION)

    def _root(self, element: etree._Element) -> Term:
        is_square = boolean_property(child(element, "radPr"), "degHide")
        return Term(formula.root(() if is_square else self._of(element, "deg"), self._of(element, "e")), Part.OPEN)

    def _large_operator(self, element: etree._Element) -> Term:
        properties = child(element, "naryPr")
        sign = value(properties, "chr") if child(properties, "chr") is not None else "∫"
        lower = () if boolean_property(properties, "subHide") else self._of(element, "sub")
        upper = () if boolean_property(properties, "supHide") else self._of(element, "sup")
        return Term(formula.large_operator(sign, lower, upper, self._of(element, "e")), Part.OPEN)

    def _function(self, element: etree._Element) -> Term:
        return Term(formula.function(self._of(element, "fName"), self._of(element, "e")), Part.OPEN)

    def _delimited(self, element: etree._Element) -> Term:
        properties = child(element, "dPr")
        signs = [
            value(properties, name) if child(properties, name) is not None else default
            for name, default in (("begChr", "("), ("sepChr", "|"), ("endChr", ")"))
        ]
        parts = [self.line(one) for one in element if isinstance(one.tag, str) and local(one) == "e"]
        line: list[Words] = [Words(signs[0])]
        for place, part in enumerate(parts):
            line += [Words(signs[1])] * bool(place) + list(part)
        return Term(tuple(words for words in (*line, Words(signs[2])) if words.text))

    def _scripts(self, element: etree._Element) -> Term:
        base = self._base(element)
        return Term((*base, *formula.lowered(self._of(element, "sub")), *formula.raised(self._of(element, "sup"))))

    def _scripts_before(self, element: etree._Element) -> Term:
        base = self._base(element)
        return Term((*formula.lowered(self._of(element, "sub")), *formula.raised(self._of(element, "sup")), *base))

    def _limit(self, element: etree._Element) -> Term:
        move = formula.lowered if local(element) == "limLow" else formula.raised
        return Term((*self._base(element), *move(self._of(element, "lim"))))

    def _accented(self, element: etree._Element) -> Term:
        properties = child(element, "accPr")
        mark = value(properties, "chr") if child(properties, "chr") is not None else "\u0302"
        return Term(formula.accented(self._of(element, "e"), mark))

    def _overlined(self, element: etree._Element) -> Term:
        is_below = value(element, "barPr", "pos") != "top"
        return Term(formula.overlined(self._of(element, "e"), below=is_below))

    def _matrix(self, element: etree._Element) -> Term:
        rows = [
            [self.line(cell) for cell in row if isinstance(cell.tag, str) and local(cell) == "e"]
            for row in element
            if isinstance(row.tag, str) and local(row) == "mr"
        ]
        parent = element.getparent()
        outer = parent.getparent() if parent is not None else None
        line = _listed(rows)
        return Term(line if outer is not None and local(outer) == "d" else (Words("["), *line, Words("]")))

    def _rows(self, element: etree._Element) -> Term:
        rows = [[self.line(one)] for one in element if isinstance(one.tag, str) and local(one) == "e"]
        cleared = [[tuple(words._replace(text=words.text.replace("&", "")) for words in row[0])] for row in rows]
        return Term(_listed(cleared))

    def _phantom(self, element: etree._Element) -> Term:
        is_shown = boolean_property(child(element, "phantPr"), "show")
        return Term(self._of(element, "e") if is_shown is not False else ())


def _listed(rows: list[list[Line]]) -> Line:
    line: list[Words] = []
    for number, row in enumerate(rows):
        line += [Words("；")] * bool(number)
        for place, cell in enumerate(row):
            line += [Words("，")] * bool(place) + list(cell)
    return tuple(line)


def words_in(element: etree._Element) -> str:
    """Return all letters of a formula in their order, without what they mean together."""
    return "".join(one.text or "" for one in element.iter("{*}t"))


def has_content(element: etree._Element) -> bool:
    """Whether a formula has any letter."""
    return bool(words_in(element).strip()) or next(element.iter("{*}sym"), None) is not None
