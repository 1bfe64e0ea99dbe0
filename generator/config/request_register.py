"""依申请公开台账: read the register of requests for information, which is never part of the output (REQ-09).

It holds no personal data: a column that is not expected, and a cell with a number or the name of a person, refuse the
whole file, so that nothing of that kind gets into the repository.
"""

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from generator.config.register_rows import RowError, day_in_cell
from generator.domain.model import InformationRequest, RequestRegister
from generator.domain.problems import ConfigError, GongkaiError, Problem
from generator.domain.vocabulary import Term, nearest
from generator.domain.vocabulary.request_register import Applicant, RequestOutcome, RequestWay
from generator.support.own_file import read_own_file
from generator.support.table_files import read_rows
from generator.support.tables import keyed_rows

DEFAULT_NAMES = ("requests.csv", "requests.xlsx", "依申请公开台账.csv", "依申请公开台账.xlsx")
REQUIRED_COLUMNS = ("收到日期", "申请人类型", "办结日期", "处理结果")
# The columns of a register under the first name; the others are names that registers in use have.
_COLUMNS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "编号": ("序号", "登记编号", "受理编号", "收件编号", "申请编号", "登记号", "受理号", "number", "id"),
        "收到日期": (
            "收到申请日期",
            "受理日期",
            "登记日期",
            "收件日期",
            "收到时间",
            "收到申请时间",
            "received",
            "received_on",
        ),
        "申请方式": ("方式", "提交方式", "申请途径", "申请渠道", "渠道", "来源渠道", "way"),
        "申请人类型": ("申请人类别", "申请人性质", "申请主体类型", "类型", "kind", "applicant"),
        "主题": ("申请主题", "内容类别", "申请内容类别", "信息类别", "事项类别", "主题分类", "内容主题", "subject"),
        "承办单位": ("承办处室", "承办科室", "转办单位", "承办部门", "unit"),
        "补正告知日期": ("告知补正日期", "补正通知日期", "补正告知", "补正通知书日期", "correction", "correction_on"),
        "补正收到日期": ("收到补正日期", "补正日期", "补正提交日期", "corrected", "corrected_on"),
        "延期日期": (
            "延期决定日期",
            "延期告知日期",
            "延长日期",
            "延期答复日期",
            "延期告知书日期",
            "extension",
            "extended_on",
        ),
        "征求意见日期": (
            "第三方征求意见日期",
            "征求第三方意见日期",
            "征求意见书日期",
            "第三方意见征求日期",
            "consulted_from",
        ),
        "收到意见日期": ("第三方意见日期", "第三方答复日期", "收到第三方意见日期", "意见收到日期", "consulted_until"),
        "征求意见工作日": (
            "第三方意见天数",
            "征求意见天数",
            "第三方天数",
            "征求第三方意见天数",
            "征求意见工作日数",
            "third_party_days",
        ),
        "转办日期": ("转送日期", "移送日期", "交办日期", "分办日期", "transfer", "transferred_on"),
        "办结日期": ("答复日期", "决定日期", "答复决定日期", "答复时间", "办结时间", "decided", "decided_on"),
        "处理结果": ("办理结果", "答复结果", "结果", "处理情况", "答复类型", "result", "outcome"),
        "复议诉讼": (
            "复议、诉讼",
            "行政复议诉讼",
            "复议诉讼情况",
            "复议和诉讼",
            "诉讼",
            "救济情况",
            "litigation",
            "dispute",
        ),
    }
)
_NAMES = {name: column for column, names in _COLUMNS.items() for name in (column, *names)}
_BRACKETED = re.compile(r"[（(][^（）()]*[）)]")
_DISPUTE = re.compile(r"复议|诉讼|起诉|维持|纠正|撤销|驳回|审结|审理|判决|裁定")
_NONE = frozenset({"", "无", "否", "没有", "/", "-", "—"})
_PERSONS = re.compile(r"申请人[:：]|当事人[:：]|姓名|先生|女士|本人$")
# Words of two or three characters that begin like a surname.
_NO_NAMES = re.compile(
    r"[费金险险保业法规案款地税医育路权证表计划财政策标工资动务局会文件项目许可高校安全安置公示方车水农房屋时限荣誉宣传评审]"
)
_WAYS_TO_WRITE = "姓名、电话、证件号码、地址等个人信息不写进这个文件，主题写成几个字的事项"
_AnyTerm = TypeVar("_AnyTerm", bound=Term)


def read_own_register(folder: Path, named: str) -> RequestRegister:
    """Return the register that the config in a folder names, or that lies beside it under a usual name.

    Raises ``ConfigError`` for one that cannot be read or that holds personal data.
    """
    for name in (named,) if named else DEFAULT_NAMES:
        if (folder / name).resolve().is_relative_to((folder / "content").resolve()):
            raise ConfigError(f"依申请公开台账 {name}: 放在 content/ 里会公开", "移到配置文件旁边，或网站以外的文件夹")
        try:
            data = read_own_file(folder, folder / name, f"依申请公开台账 {name}")
        except FileNotFoundError:
            continue
        return read_register(data, name, name, error=ConfigError)
    if named:
        raise ConfigError(f"依申请公开台账 {named}: 没有这个文件", "register_file 写配置文件旁边的 CSV 或 xlsx")
    return RequestRegister()


def read_register(data: bytes, path: str, name: str, *, error: type[GongkaiError] = GongkaiError) -> RequestRegister:
    """Return the requests of a register, CSV or xlsx; mistakes in single rows are among its problems.

    Raises ``error`` for a file that is no such table, and for one with personal data.
    """
    headings: set[str] = set()

    def key_of(heading: str, line: int) -> str:
        plain = _BRACKETED.sub("", "".join(heading.split()))
        column = _NAMES.get(heading) or _NAMES.get(plain) or _NAMES.get(plain.lower())
        if column is None:
            near = nearest(plain, _NAMES)
            hint = (f"是不是“{near}”？" if near else "") + (
                f"只要 {'、'.join(REQUIRED_COLUMNS)}；{_WAYS_TO_WRITE}。还可以有：{'、'.join(_COLUMNS)}"
            )
            raise error(f"{name}:{line}: 不要“{heading[:20]}”这一列", hint)
        headings.add(column)
        return column

    rows = list(keyed_rows(read_rows(data, name, error=error), name, key_of, error=error))
    if missing := next((column for column in REQUIRED_COLUMNS if column not in headings), ""):
        raise error(f"{name}:1: 没有“{missing}”这一列", f"第一行写列名：{','.join(REQUIRED_COLUMNS)}")
    requests, problems = [], []
    for line, row in rows:
        _refuse_personal_data(row, f"{name}:{line}", error)
        try:
            requests.append(_request(line, row))
        except RowError as mistake:
            problems.append(Problem("", mistake.message, mistake.hint, line, "request.register_file"))
    return RequestRegister(path, tuple(requests), tuple(problems))


def _refuse_personal_data(row: Mapping[str, str], place: str, error: type[GongkaiError]) -> None:
    """Raise ``error`` for a row with a number or the name of a person; the message never repeats it."""
    from generator.domain.privacy import find_private_data  # most sites have no register

    for column, cell in row.items():
        if found := next(iter(find_private_data(cell)), None):
            raise error(f"{place}: “{column}”里有{found.kind.label}", f"删去；{_WAYS_TO_WRITE}")
        if column in {"编号", "主题", "复议诉讼"} and (_PERSONS.search(cell) or _names_person(cell)):
            raise error(f"{place}: “{column}”里像是有人名", f"删去；{_WAYS_TO_WRITE}")


def _names_person(cell: str) -> bool:
    from generator.domain.privacy.name_lists import is_name

    return len(cell) in {2, 3} and is_name(cell) and not _NO_NAMES.search(cell)


def _request(line: int, row: Mapping[str, str]) -> InformationRequest:
    if missing := next((column for column in REQUIRED_COLUMNS if column not in row), ""):
        raise RowError(f"没有“{missing}”这一格", f"每行写全：{','.join(REQUIRED_COLUMNS)}，没有的留空")
    day = _days(row)
    received = day("收到日期")
    if received is None:
        raise RowError("没有写收到日期", "收到日期写成 2026-03-05，或 2026年3月5日")
    way = row.get("申请方式", "")
    request = InformationRequest(
        line,
        received,
        _term(Applicant, row["申请人类型"], "申请人类型"),
        number=row.get("编号", ""),
        way=_term(RequestWay, way, "申请方式").label if way else "",
        subject=row.get("主题", ""),
        unit=row.get("承办单位", ""),
        correction_on=day("补正告知日期"),
        corrected_on=day("补正收到日期"),
        extended_on=day("延期日期"),
        consulted_from=day("征求意见日期"),
        consulted_until=day("收到意见日期"),
        consulted_workdays=_number(row.get("征求意见工作日", "")),
        transferred_on=day("转办日期"),
        decided_on=day("办结日期"),
        outcome=_term(RequestOutcome, row["处理结果"], "处理结果") if row["处理结果"] else None,
        dispute="" if row.get("复议诉讼", "") in _NONE else row["复议诉讼"],
    )
    if (request.decided_on is None) != (request.outcome is None):
        raise RowError("办结日期和处理结果只填了一个", "办结的两个都填，没有办结的两个都空着")
    if request.decided_on and request.decided_on < received:
        raise RowError(f"办结日期 {request.decided_on} 早于收到日期 {received}", "核对两个日期")
    if request.dispute and not _DISPUTE.search(request.dispute):
        raise RowError("复议诉讼看不懂", "写成 行政复议：维持、行政诉讼：尚未审结，没有的写 无 或留空")
    return request


def _days(row: Mapping[str, str]) -> Callable[[str], dt.date | None]:
    def day(column: str) -> dt.date | None:
        text = row.get(column, "")
        return None if text in _NONE else day_in_cell(text, column)

    return day


def _number(text: str) -> int | None:
    plain = text.removesuffix("个工作日").removesuffix("工作日").removesuffix("天").removesuffix("日").strip()
    if plain in _NONE:
        return None
    if not plain.isdecimal() or len(plain) > 3:
        raise RowError(f"征求意见工作日“{text[:20]}”不是数", "写整数，如 12")
    return int(plain)


def _term(term_type: type[_AnyTerm], text: str, column: str) -> _AnyTerm:
    term = term_type.parse(text)
    if term is None:
        near = nearest(text, term_type.words())
        labels = [word.aliases[0] if word.aliases and term_type is not RequestWay else word.label for word in term_type]
        choices = (f"是不是“{near}”？" if near else "") + f"可用：{'、'.join(labels)}"
        raise RowError(f"没有{column}“{text[:20]}”", choices)
    return term


def same_numbers(register: RequestRegister) -> list[list[InformationRequest]]:
    """Return the requests that share a number, a list for each such number."""
    groups: dict[str, list[InformationRequest]] = defaultdict(list)
    for request in register.requests:
        if request.number:
            groups[request.number].append(request)
    return [group for group in groups.values() if len(group) > 1]
