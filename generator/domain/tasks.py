"""任务分工: the tasks of a table, each with its offices, its time limit and its progress (003 各条; 002 二(三)2)."""

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from typing import NamedTuple

from generator.domain.printed_days import read_day

_TASK = re.compile("任务|措施|事项|工作内容|重点工作|项目")
_LEAD = re.compile("牵头|责任|主办|承办|负责")
_SUPPORT = re.compile("配合|会办|协办|参与|协同")
_DUE = re.compile("完成时限|完成时间|完成期限|时限要求|办理时限|截止")
_PROGRESS = re.compile("进展|完成情况|落实情况|推进情况")
_ENDS = (
    "(?:完成|办结|办理完毕|落实|印发|出台|公布|公开|发布|建成|到位|投入使用|投用|启用|开业|营业|开通|上线|发放|兑现|竣工|完工|验收|交付"
    "|销号|报送|清零|结束|修复|整改|实现|达标|备案|入驻|挂牌|投产|通车)"
)
_DONE = re.compile(
    rf"(?:已经?|均已?|按期|如期|按时|提前|超额|圆满|顺利|全部|全面)(?:经|全部|全面|正式|顺利|按期|如期|按时|提前|圆满|于[^，。；]{{1,10}}?)*{_ENDS}"
    rf"|^{_ENDS}|通过[^，。；]{{0,8}}验收|验收(?:合格|通过)|达到(?:目标|要求|标准)|100[%％]|\d[日号][^，。；,;前]{{0,3}}{_ENDS}"
)
# What a task may only have begun with: done where the task itself asks for it. 已成立专班 builds nothing.
_FIRST_STEPS = re.compile(
    r"(?:已经?|均已?|全部)[^，。；]{0,10}?(制定|建立|召开|举办|签订|下发|设立|组建|成立|配备|安装|修订|调整|开展|发布)"
)
_ONE_STEP = re.compile(
    "完成(?:了)?(前期|主体|初步|设计|立项|选址|审批|可研|招标|初稿|方案|规划|测绘|调研)|印发(?:了)?(征求意见稿|初稿|讨论稿)"
)
_NOT_DONE = re.compile(
    r"未(?!发现|发生|出现)|尚|正在(?!运行|使用|巩固|发挥)|部分完成|基本完成|完成(?:部分|一半|\d{1,2}[%％])|招标|预计|力争|争取|拟于|将于|推进中"
    r"|计划(?:于|在|到|\d|年内|年底|下|本|明)"
)
_MONTH_DAY = re.compile(r"(?:(\d{4})[年./-])?(\d{1,2})[月./-](\d{1,2})[日号]?")
_MONTH = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:底|末|份)?")
_QUARTER = re.compile(r"(?:(\d{4})年)?第?([一二三四1-4])季度")
_YEAR = re.compile(r"(?:(\d{4})年|(?:今|本)?年)(?:底|末|内)")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4}


class Task(NamedTuple):
    """One task; ``due`` is the last day that ``due_text`` names, ``None`` where it names none (长期坚持)."""

    text: str
    lead: str
    support: str
    due_text: str
    due: dt.date | None
    progress: str
    done: bool


class TaskColumns(NamedTuple):
    """The places of the columns of a table of tasks; -1 for one that it does not have."""

    task: int
    lead: int
    support: int
    due: int
    progress: int


def task_columns(headings: Sequence[str]) -> TaskColumns | None:
    """Return the columns of a table of tasks, ``None`` for a table that has no tasks with a time limit."""
    due = _place(headings, _DUE, ())
    progress = _place(headings, _PROGRESS, (due,))
    support = _place(headings, _SUPPORT, (due, progress))
    lead = _place(headings, _LEAD, (due, progress, support))
    task = _place(headings, _TASK, (due, progress, support, lead))
    return TaskColumns(task, lead, support, due, progress) if due >= 0 and task >= 0 else None


def _place(headings: Sequence[str], sign: re.Pattern[str], without: Sequence[int]) -> int:
    places = (place for place, text in enumerate(headings) if place not in without and sign.search(text))
    return next(places, -1)


def read_tasks(rows: Sequence[Sequence[str]], year: int) -> tuple[Task, ...]:
    """Return the tasks of a table whose first row has the headings; ``year`` is that of days without a year."""
    columns = task_columns(rows[0]) if rows else None
    if columns is None:
        return ()

    def cell(row: Sequence[str], place: int) -> str:
        return row[place].strip() if 0 <= place < len(row) else ""

    tasks = []
    for row in rows[1:]:
        text, due_text, progress = (cell(row, place) for place in (columns.task, columns.due, columns.progress))
        if text:
            done = _is_done(text, progress)
            due = read_deadline(due_text, year)
            tasks.append(Task(text, cell(row, columns.lead), cell(row, columns.support), due_text, due, progress, done))
    return tuple(tasks)


def _is_done(task: str, progress: str) -> bool:
    """Whether the progress of a task says that it is done."""
    if _NOT_DONE.search(progress):
        return False
    one_step = _ONE_STEP.search(progress)
    if one_step and (one_step[1] or one_step[2]) not in task:
        return False
    first_step = _FIRST_STEPS.search(progress)
    return bool(_DONE.search(progress) or (first_step and first_step[1] in task))


def read_deadline(text: str, year: int) -> dt.date | None:
    """Return the last day that a time limit names, ``None`` where it names none; ``year`` is for days without one.

    >>> [str(read_deadline(text, 2019)) for text in ("7月30日前", "2020年6月底前", "第三季度", "年底前", "长期坚持")]
    ['2019-07-30', '2020-06-30', '2019-09-30', '2019-12-31', 'None']
    """
    plain = "".join(text.split())
    try:
        if day := read_day(plain.rstrip("前止之以")):
            return day
        if match := _last(_MONTH_DAY, plain):
            return dt.date(int(match[1] or year), int(match[2]), int(match[3]))
        if match := _last(_MONTH, plain):
            return _end_of_month(int(match[1] or year), int(match[2]))
        if match := _last(_QUARTER, plain):
            return _end_of_month(int(match[1] or year), 3 * (_QUARTERS.get(match[2]) or int(match[2])))
        if match := _last(_YEAR, plain):
            return dt.date(int(match[1] or year), 12, 31)
    except ValueError:  # 2月30日, 13月
        return None
    return None


def _last(sign: re.Pattern[str], text: str) -> re.Match[str] | None:
    """Return the last place in a text: of a period, its end."""
    match = None
    for match in sign.finditer(text):  # noqa: B007 - the last one
        pass
    return match


def _end_of_month(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
