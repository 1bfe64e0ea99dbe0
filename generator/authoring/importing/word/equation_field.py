r"""EQ fields: how older versions of Word write readings, letters in rings, fractions and roots (``EQ \f(a,b)``)."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from generator.authoring.importing.word import formula
from generator.authoring.importing.word.blocks import VerticalPosition, Words
from generator.authoring.importing.word.formula import Line, Part, Term, UnknownFormulaError

_EQ = re.compile(r"\s*EQ\b", re.IGNORECASE)
_FORMAT = re.compile(r'\\\*\s*(?:"[^"]*"|[^\s\\"]*)\s*')
_OPTION = re.compile(r"\\([a-z]{2})\s*(?:(?<=[lrbf]c)\s*(\\?.)|(-?\d*))\s*", re.IGNORECASE)
_OPTIONS = MappingProxyType(
    {
        "a": ("al", "ac", "ar", "co", "vs", "hs"),
        "b": ("lc", "rc", "bc"),
        "d": ("fo", "ba", "li"),
        "f": (),
        "i": ("su", "pr", "in", "fc", "vc"),
        "l": (),
        "o": ("al", "ac", "ar", "ad"),
        "r": (),
        "s": ("ai", "up", "do", "di"),
        "x": ("to", "bo", "le", "ri"),
    }
)
_SHAPES = "○〇◯□◻☐△◇●⃝"
_TICKS = {"√": "☑", "✓": "☑", "✔": "☑", "×": "☒", "✗": "☒", "✘": "☒", "x": "☒", "X": "☒"}
_OVERLINES = frozenset("¯‾—ˉ\u0304\u0305_")
_PAIRS = {"(": ")", "[": "]", "{": "}", "<": ">"}
_MOST_DEPTH = 40
_FIRST_RING, _LAST_RING = 0x2460, 0x32C0


class EquationLine(NamedTuple):
    """What an EQ field shows; ``is_exact`` where one line says all that the paper does."""

    line: Line
    is_exact: bool


def is_equation(code: str) -> bool:
    """Whether the code of a field is that of an EQ field."""
    return bool(_EQ.match(code))


def read_equation(code: str) -> EquationLine:
    """Return what an EQ field shows; raises ``UnknownFormulaError`` where that cannot be written on one line."""
    match = _EQ.match(code)
    if not match:
        raise UnknownFormulaError
    reader = _Reader(code[match.end() :])
    line = reader.sequence("", 0)
    return EquationLine(tuple(words for words in line if words.text), reader.is_exact)


class _Reader:
    """Reads the code of one field from its beginning."""

    def __init__(self, code: str) -> None:
        self._code = code
        self._at = 0
        self.is_exact = True
        self._switches: Mapping[str, Callable[[Mapping[str, str], Sequence[Line]], Term]] = {
            "a": self._array, "b": self._brackets, "d": self._displaced, "f": self._fraction, "i": self._integral,
            "l": self._list, "o": self._overstruck, "r": self._root, "s": self._script, "x": self._boxed,
        }  # fmt: skip

    def sequence(self, ends: str, depth: int) -> Line:
        """Return everything up to one of the letters ``ends``."""
        if depth > _MOST_DEPTH:
            raise UnknownFormulaError
        terms: list[Term] = []
        letters: list[str] = []
        brackets = 0
        while self._at < len(self._code):
            char = self._code[self._at]
            if char in ends and not brackets:
                break
            if char == "\\":
                if term := self._command(depth, letters):
                    terms += [*self._plain(letters), term]
                    letters = []
                continue
            brackets += (char == "(") - (char == ")" and brackets > 0)
            letters.append(char)
            self._at += 1
        terms += self._plain(letters)
        return formula.joined(terms)

    def _plain(self, letters: Sequence[str]) -> list[Term]:
        text = " ".join("".join(letters).split())
        return [Term((Words(text),))] if text else []

    def _command(self, depth: int, letters: list[str]) -> Term | None:
        r"""Read what begins with a backslash: a switch with its arguments, a letter (``\,``), or ``\* format``."""
        if switch := _FORMAT.match(self._code, self._at):
            self._at = switch.end()
            return None
        name = self._code[self._at + 1 : self._at + 2]
        self._at += 2
        if name.lower() not in _OPTIONS or not name:
            if name.isalpha():
                raise UnknownFormulaError
            letters.append(name)
            return None
        options = self._options(_OPTIONS[name.lower()])
        while self._code[self._at : self._at + 1] == " ":
            self._at += 1
        arguments = self._arguments(depth, ",")
        return self._switches[name.lower()](options, arguments)

    def _options(self, names: Sequence[str]) -> dict[str, str]:
        options: dict[str, str] = {}
        while (match := _OPTION.match(self._code, self._at)) and match[1].lower() in names:
            options[match[1].lower()] = (match[2] or match[3] or "").removeprefix("\\")
            self._at = match.end()
        return options

    def _arguments(self, depth: int, separator: str) -> list[Line]:
        if self._code[self._at : self._at + 1] != "(":
            return []
        start = self._at
        self._at += 1
        arguments = [self.sequence(f"{separator})", depth + 1)]
        while self._code[self._at : self._at + 1] == separator:
            self._at += 1
            arguments.append(self.sequence(f"{separator})", depth + 1))
        if self._code[self._at : self._at + 1] != ")":
            raise UnknownFormulaError
        self._at += 1
        if len(arguments) == 1 and separator == "," and ";" in self._code[start : self._at]:
            self._at = start  # some languages separate with semicolons
            return self._arguments(depth, ";")
        return arguments

    def _fraction(self, _: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        self.is_exact = False
        if len(arguments) != 2:
            raise UnknownFormulaError
        return Term(formula.fraction(*arguments), Part.FRACTION)

    def _root(self, _: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        self.is_exact = False
        if len(arguments) not in {1, 2}:
            raise UnknownFormulaError
        return Term(formula.root(arguments[0] if len(arguments) == 2 else (), arguments[-1]), Part.OPEN)

    def _script(self, options: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        if len(arguments) > 1:  # one above the other
            self.is_exact = False
            return Term((*formula.raised(arguments[0]), *(formula.lowered(_joined(arguments[1:])))))
        move = formula.lowered if "do" in options else formula.raised
        return Term(move(arguments[0]) if arguments else ())

    def _overstruck(self, _: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        heights = [{words.height for words in one if words.text.strip()} for one in arguments]
        flat = [index for index, one in enumerate(heights) if VerticalPosition.LINE in one]
        texts = [formula.text_of(one).strip() for one in arguments]
        if len(arguments) == 2 and (shape := next((text for text in texts if text and text in _SHAPES), "")):
            inside = texts[1 - texts.index(shape)]
            return Term((Words(self._in_shape(shape, inside)),))
        if len(arguments) == 2 and len(flat) == 1 and heights[1 - flat[0]] == {VerticalPosition.RAISED}:
            return Term((*arguments[flat[0]], Words(f"（{texts[1 - flat[0]]}）")))  # a reading
        if not flat:  # two letters in the place of one
            return Term((Words("".join(texts)),))
        if len(arguments) == 2 and texts[1] in _OVERLINES:
            self.is_exact = False
            return Term(formula.overlined(arguments[0]))
        raise UnknownFormulaError

    def _in_shape(self, shape: str, inside: str) -> str:
        if not inside:
            return shape
        if shape in "□◻☐" and inside in _TICKS:
            return _TICKS[inside]
        if shape in "○〇◯⃝" and inside in _RINGS:
            return _RINGS[inside]
        self.is_exact = False
        return f"{shape}（{inside}）" if shape not in "○〇◯⃝" else f"（{inside}）"

    def _brackets(self, options: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        both = options.get("bc", "")
        left = options.get("lc", both or ("" if "rc" in options else "("))
        right = options.get("rc", _PAIRS.get(both, both) or ("" if "lc" in options else ")"))
        return Term((Words(left), *_joined(arguments), Words(right)))

    def _integral(self, options: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        self.is_exact = False
        if len(arguments) != 3:
            raise UnknownFormulaError
        sign = "∑" if "su" in options else "∏" if "pr" in options else options.get("fc") or options.get("vc") or "∫"
        return Term(formula.large_operator(sign, *arguments), Part.OPEN)

    def _array(self, options: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        self.is_exact = False
        columns = max(int(options.get("co") or 1), 1)
        line: list[Words] = []
        for place, argument in enumerate(arguments):
            line += [Words("，" if place % columns else "；")] * bool(place) + list(argument)
        return Term(tuple(line))

    def _list(self, _: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        return Term(_joined(arguments))

    def _boxed(self, options: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        self.is_exact = False
        inner = _joined(arguments)
        return Term(formula.overlined(inner, below="to" not in options) if options.keys() & {"to", "bo"} else inner)

    def _displaced(self, _: Mapping[str, str], arguments: Sequence[Line]) -> Term:
        return Term((Words(" "), *_joined(arguments)))


def _joined(arguments: Sequence[Line]) -> Line:
    line: list[Words] = []
    for place, argument in enumerate(arguments):
        line += [Words(",")] * bool(place) + list(argument)
    return tuple(line)


def _rings() -> Mapping[str, str]:
    """Return the letters and numbers that have a character of their own with a ring around them."""
    rings: dict[str, str] = {}
    for code in range(_FIRST_RING, _LAST_RING):
        kind, _, rest = unicodedata.decomposition(chr(code)).partition(" ")
        if kind == "<circle>":
            rings.setdefault("".join(chr(int(one, 16)) for one in rest.split()), chr(code))
    return MappingProxyType(rings)


_RINGS = _rings()
