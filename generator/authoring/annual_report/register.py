"""Count the private registers of requests and disputes for tables three and four of the annual report.

The bureau keeps these files wherever it likes, but not in the site. They hold no personal data: any column beyond
the expected ones is refused, so that no name or number of a person gets into the repository (requirements REQ-09).
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TypeVar

from generator.audit.facts.requests import RequestCounts, count_requests
from generator.config.request_register import read_register
from generator.domain.model import RequestRegister
from generator.domain.problems import GongkaiError, reason_of
from generator.domain.vocabulary import Term, nearest
from generator.domain.vocabulary.request_register import DisputeResult, DisputeStage
from generator.support.table_files import read_rows
from generator.support.tables import keyed_rows

DISPUTE_COLUMNS = ("类别", "结果")
FIGURE_COLUMNS = ("事项", "数")
FIGURES = ("行政许可", "行政处罚", "行政强制", "行政事业性收费")
_OPTIONAL_COLUMNS = frozenset({"序号", "编号"})
_AnyTerm = TypeVar("_AnyTerm", bound=Term)


__all__ = ["RequestCounts", "own_requests", "read_disputes", "read_figures", "read_requests"]

Disputes = Mapping[DisputeStage, Counter[DisputeResult]]


def read_requests(path: Path, year: int) -> RequestCounts:
    """Count a register of requests for one year.

    A row is a request; an open one has neither 办结日期 nor 处理结果. Raises ``GongkaiError`` with file, line and hint.
    """
    return own_requests(read_register(_data_of(path), str(path), str(path)), year)


def own_requests(register: RequestRegister, year: int) -> RequestCounts:
    """Count a register that has been read; raises ``GongkaiError`` for a row with a mistake, which would not count."""
    for problem in register.problems:
        raise GongkaiError(f"{register.path}:{problem.line}: {problem.message}", problem.hint)
    return count_requests(register.requests, year)


def read_disputes(path: Path) -> Disputes:
    """Count a list of the year's disputes.

    A row is a case; an undecided one has no 结果. Raises ``GongkaiError`` with file, line and hint.
    """
    counts: dict[DisputeStage, Counter[DisputeResult]] = {stage: Counter() for stage in DisputeStage}
    for line, row in _rows(path, DISPUTE_COLUMNS):
        place = f"{path}:{line}"
        stage = _term(DisputeStage, row["类别"], place, "类别")
        result = _term(DisputeResult, row["结果"], place, "结果") if row.get("结果") else DisputeResult.OPEN
        counts[stage][result] += 1
    return counts


def read_figures(path: Path) -> Mapping[str, str]:
    """Read the figures of table two that cannot be counted from documents: decisions by kind, and fees in 万元.

    Raises ``GongkaiError`` with file, line and hint.
    """
    figures: dict[str, str] = {}
    for line, row in _rows(path, FIGURE_COLUMNS):
        name, number = row["事项"], row["数"].replace(",", "")
        if name not in FIGURES:
            nearest_name = nearest(name, list(FIGURES))
            raise GongkaiError(f"{path}:{line}: 没有事项“{name[:20]}”", _choices(nearest_name, FIGURES))
        if name in figures:
            raise GongkaiError(f"{path}:{line}: “{name}”写了两次", "留一行")
        integer, _, decimals = number.partition(".")
        if not integer.isdecimal() or (decimals and (name != FIGURES[-1] or not decimals.isdecimal())):
            raise GongkaiError(f"{path}:{line}: “{number[:20]}”不是数", "件数写整数，收费金额可以带小数，单位是万元")
        figures[name] = number
    return figures


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str]]]:
    headings: set[str] = set()

    def key_of(heading: str, line: int) -> str:
        headings.add(heading)
        if heading not in columns and heading not in _OPTIONAL_COLUMNS:
            raise GongkaiError(
                f"{path}:{line}: 不要“{heading[:20]}”这一列",
                f"只要 {'、'.join(columns)}；姓名、电话、证件号码等个人信息不写进这个文件",
            )
        return heading

    rows = list(keyed_rows(read_rows(_data_of(path), str(path)), str(path), key_of))
    if missing := next((name for name in columns if name not in headings), ""):  # without rows it is zero
        raise GongkaiError(f"{path}:1: 没有“{missing}”这一列", f"第一行写列名：{','.join(columns)}")
    for line, row in rows:
        if missing := next((name for name in columns if name not in row), ""):
            raise GongkaiError(f"{path}:{line}: 没有“{missing}”这一格", f"每行写全：{','.join(columns)}，没有的留空")
        yield line, row


def _data_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise GongkaiError(f"{path}: 读不了（{reason_of(error)}）", "核对路径") from None


def _term(term_type: type[_AnyTerm], text: str, place: str, column: str) -> _AnyTerm:
    term = term_type.parse(text)
    if term is None:
        labels = [word.aliases[0] if word.aliases else word.label for word in term_type]
        raise GongkaiError(f"{place}: 没有{column}“{text[:20]}”", _choices(nearest(text, term_type.words()), labels))
    return term


def _choices(near: str | None, words: Sequence[str]) -> str:
    return (f"是不是“{near}”？" if near else "") + f"可用：{'、'.join(words)}"
