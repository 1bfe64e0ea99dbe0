"""Read Excel workbooks: every sheet as rows of text; hidden sheets, rows and columns are read and reported too."""

import re
import zipfile
from bisect import bisect_right
from collections.abc import Iterator

from generator.source.attachments.office.documents import WORDED
from generator.source.attachments.office.findings import Budget, Part, Passage, ResidualMetadata
from generator.source.attachments.office.packages import read_member
from generator.source.attachments.office.xmlparts import Element, elements

SHEETS = re.compile(r"^xl/(?:worksheets/[^/]+|sharedStrings)\.xml$")
_FORMAT_CODE = re.compile(r'&"[^"]*"|&K[0-9A-Fa-f]{6}|&[0-9]{1,3}|&[A-Za-z]')
_SIDE_CODE = re.compile(r"&[LCR]")
_LETTERS = re.compile(r"[A-Z]{1,3}")
_MOST_COLUMNS = 400  # empty cells beyond this column are not filled in


def sheet_parts(package: zipfile.ZipFile, budget: Budget) -> Iterator[Part]:
    """Yield every sheet of a workbook as a passage with its rows, and residual metadata for what is hidden."""
    names = set(package.namelist())
    strings = _Strings()
    if "xl/sharedStrings.xml" in names:
        strings.read(read_member(package, "xl/sharedStrings.xml", budget), budget)
    listed = sheets_of(package, budget)
    parts = {part for _, _, part in listed}
    lost = [(name, "lost", name) for name in sorted(names - parts) if SHEETS.match(name) and "/worksheets/" in name]
    for title, state, part in (*listed, *lost):
        if part not in names:
            continue
        sheet = Sheet(read_member(package, part, budget), strings, budget)
        text = "\n".join(sheet.lines)
        budget.spend(len(text))
        yield Passage(f"工作表“{title}”", text, "行", sheet.numbers)
        if sheet.other_texts:
            yield Passage(f"工作表“{title}”的页眉、批注、公式或数据验证", "\n\n".join(sheet.other_texts))
        if state != "visible" and text.strip():
            yield ResidualMetadata(f"隐藏的工作表“{title}”")
        elif sheet.hidden_columns or sheet.hidden_rows:
            hidden_places = [f"列 {'、'.join(sorted(sheet.hidden_columns)[:5])}"] if sheet.hidden_columns else []
            hidden_places += [f"行 {sheet.hidden_rows} 行"] if sheet.hidden_rows else []
            yield ResidualMetadata(f"工作表“{title}”里隐藏的{'和'.join(hidden_places)}")
    if unused := strings.unused():
        yield Passage("没有单元格用到的文字", "\n\n".join(unused))


def sheets_of(package: zipfile.ZipFile, budget: Budget) -> list[tuple[str, str, str]]:
    """Return the title, state and part of every sheet, in the order of the tabs."""
    targets = {}
    for element in elements(read_member(package, "xl/_rels/workbook.xml.rels", budget), budget):
        if element.starts and element.name == "Relationship":
            target = element.get("Target")
            targets[element.get("Id")] = target[1:] if target.startswith("/") else f"xl/{target}"
    sheets = []
    for element in elements(read_member(package, "xl/workbook.xml", budget), budget):
        if element.starts and element.name == "sheet":
            state = element.get("state") or "visible"
            sheets.append((element.get("name"), state, targets.get(element.get("id"), "")))
    return sheets


class Sheet:
    """The rows of one sheet as lines, cells separated by tabs, and its hidden columns and rows that are not empty."""

    def __init__(self, data: bytes, shared: "_Strings", budget: Budget) -> None:
        self.lines: list[str] = []
        self.other_texts: dict[str, None] = {}
        self.numbers: list[int] = []
        self.hidden_columns: set[str] = set()
        self.hidden_rows = 0
        self._shared = shared
        self._hidden: list[tuple[int, int]] = []
        self._read(data, budget)

    def _read(self, data: bytes, budget: Budget) -> None:
        cells: list[str] = []
        value = inline = ""
        for element in elements(data, budget):
            name = element.name
            if element.starts:
                if name == "row":
                    cells = []
                elif name == "c":
                    value = inline = ""
                else:
                    self._begin(element)
            elif name == "v":
                value = element.text
            elif name == "t":
                inline += element.text
            elif name == "c":
                self._cell(cells, element.get("r"), inline or self._value(value, element.get("t") or "n"))
            elif name == "row":
                self._row(cells, element.get("r"), hidden=element.get("hidden") in {"1", "true"})
            elif element.text:
                self._add_other_text(element.text)

    def _begin(self, element: Element) -> None:
        if element.name == "col" and element.get("hidden") in {"1", "true"}:
            self._hidden.append((_int(element.get("min")), _int(element.get("max"))))
            self._hidden.sort()
        self._add_other_text(*element.attributes.values())

    def _add_other_text(self, *texts: str) -> None:
        """Add text outside cells; of a header also without its formatting codes, which may split words."""
        for text in texts:
            if len(text) > 1 and WORDED.search(text):
                self.other_texts[text] = None
                if "&" in text:
                    self.other_texts[_FORMAT_CODE.sub("", _SIDE_CODE.sub("\n", text))] = None

    def _value(self, value: str, form: str) -> str:
        if form == "s":
            return self._shared.get(_int(value, -1))
        if form == "n" and ("E" in value or "." in value):
            try:
                number = float(value)
            except ValueError:
                return value
            return str(int(number)) if number.is_integer() and abs(number) < 1e19 else value
        return value

    def _cell(self, cells: list[str], address: str, value: str) -> None:
        letters = _LETTERS.match(address)
        column = column_number(letters[0]) if letters else len(cells) + 1
        if len(cells) < column <= _MOST_COLUMNS:
            cells += [""] * (column - len(cells) - 1)
        cells.append(" ".join(value.split("\n")))
        if value.strip() and self._is_hidden(column):
            self.hidden_columns.add(letters[0] if letters else str(column))

    def _is_hidden(self, column: int) -> bool:
        place = bisect_right(self._hidden, (column, 1 << 30)) - 1
        return place >= 0 and column <= self._hidden[place][1]

    def _row(self, cells: list[str], number: str, *, hidden: bool) -> None:
        if any(cells):
            self.lines.append("\t".join(cells))
            last = self.numbers[-1] if self.numbers else 0
            self.numbers.append(_int(number, last + 1))
            self.hidden_rows += hidden


def column_number(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _int(text: str, default: int = 0) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else default


class _Strings:
    """The shared strings of a workbook, and which of them no cell shows."""

    def __init__(self) -> None:
        self._strings: list[str] = []
        self._used: set[int] = set()
        self._other_texts: list[str] = []

    def read(self, data: bytes, budget: Budget) -> None:
        """Read the part with the strings; phonetic guides are kept apart from them."""
        parts: list[str] = []
        is_phonetic = False
        for element in elements(data, budget):
            if element.name == "rPh":
                is_phonetic = element.starts
            elif not element.starts and element.name == "t":
                (self._other_texts if is_phonetic else parts).append(element.text)
            elif not element.starts and element.name == "si":
                self._strings.append("".join(parts))
                parts = []
            elif element.text:
                self._other_texts.append(element.text)

    def get(self, number: int) -> str:
        """Return a string by its number, an empty string where there is none."""
        if not 0 <= number < len(self._strings):
            return ""
        self._used.add(number)
        return self._strings[number]

    def unused(self) -> list[str]:
        """Return the texts that no cell shows."""
        unused = [text for number, text in enumerate(self._strings) if number not in self._used]
        return [text for text in (*unused, *self._other_texts) if text]
