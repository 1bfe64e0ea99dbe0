"""The registers of activities (年度次数) and of tasks (任务台账), tables beside the config; neither is published.

A row that cannot be read is a problem of its own (M001) and stops nothing: what is only for the office must not keep
the public from its documents.
"""

import os
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from generator.config.register_rows import RowError, day_in_cell
from generator.domain.model.registers import Activity, RegisteredTask
from generator.domain.problems import ConfigError, Problem
from generator.domain.vocabulary import nearest
from generator.domain.vocabulary.activities import ActivityType
from generator.support.own_file import read_own_file
from generator.support.table_files import read_rows
from generator.support.tables import keyed_rows

UNREADABLE = "M001"
ACTIVITY_FILES = ("activities.csv", "activities.xlsx", "年度次数.csv", "年度次数.xlsx")
TASK_FILES = ("tasks.csv", "tasks.xlsx", "任务台账.csv", "任务台账.xlsx")
_ACTIVITY_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("日期", "时间"), "day"),
        **dict.fromkeys(("类型", "类别"), "type"),
        **dict.fromkeys(("内容", "主题"), "content"),
        **dict.fromkeys(("数量", "次数"), "number"),
        "备注": "note",
        "序号": "no",
        "编号": "no",
    }
)
_TASK_WORDS: Mapping[str, str] = MappingProxyType(
    {
        **dict.fromkeys(("事项", "任务", "工作任务"), "name"),
        **dict.fromkeys(("牵头", "牵头单位", "责任单位", "牵头科室", "责任科室"), "leaders"),
        **dict.fromkeys(("配合", "配合单位", "配合科室"), "helpers"),
        "完成时限": "due_on",
        "时限": "due_on",
        "完成日期": "done_on",
        "依据": "basis",
        "备注": "note",
        "序号": "no",
        "编号": "no",
    }
)
_NAMES = re.compile(r"[、，,；;]")
_NUMBER = re.compile(r"(\d{1,6}(?:\.\d{1,4})?)\s*(?:[%％]|次|场|期|人次)?")
_Row = TypeVar("_Row")


class Registers(NamedTuple):
    """Both registers; a name is empty where there is no such file, ``problems`` go with the names of their files."""

    activities: tuple[Activity, ...] = ()
    tasks: tuple[RegisteredTask, ...] = ()
    activities_name: str = ""
    tasks_name: str = ""
    problems: tuple[tuple[str, Problem], ...] = ()


def register_names(activities: str, tasks: str) -> tuple[str, ...]:
    """Return all names that the registers of a config may have: those that it names, else the usual ones."""
    return (*((activities,) if activities else ACTIVITY_FILES), *((tasks,) if tasks else TASK_FILES))


def read_registers(folder: Path, activities: str, tasks: str) -> Registers:
    """Read the registers in the folder of a config; where it names none, a file of a usual name is the register.

    Raises ``ConfigError`` where the config names a file that is not there.
    """
    problems: list[tuple[str, Problem]] = []
    activities_name = activities or _present(folder, ACTIVITY_FILES)
    tasks_name = tasks or _present(folder, TASK_FILES)
    return Registers(
        tuple(_rows(folder, activities_name, "activities", _ACTIVITY_WORDS, _activity, problems)),
        tuple(_rows(folder, tasks_name, "tasks", _TASK_WORDS, _task, problems)),
        activities_name,
        tasks_name,
        tuple(problems),
    )


def _present(folder: Path, names: tuple[str, ...]) -> str:
    return next((name for name in names if os.path.lexists(folder / name)), "")


def _rows(
    folder: Path,
    name: str,
    setting: str,
    words: Mapping[str, str],
    row_of: Callable[[Mapping[str, str], str, int], _Row],
    problems: list[tuple[str, Problem]],
) -> list[_Row]:
    """Return the rows of one register, and add what is wrong with the others to ``problems``."""
    if not name:
        return []
    hint = f"{setting} 写配置文件旁边的 CSV 或 xlsx；没有的删去这一行"
    rows: list[_Row] = []
    try:
        table = read_rows(read_own_file(folder, folder / name, name, hint=hint), name, error=ConfigError)
        for line, cells in keyed_rows(table, name, lambda word, line: _key(word, words, name, line), error=ConfigError):
            try:
                rows.append(row_of(cells, name, line))
            except RowError as error:
                problems.append((name, Problem(UNREADABLE, error.message, error.hint, line, setting)))
    except FileNotFoundError:
        raise ConfigError(f"{name}: 没有这个文件（配置的 {setting}）", hint) from None
    except ConfigError as error:  # a file that is no such table: what was read before its fault still counts
        place = re.match(rf"{re.escape(name)}(?::(\d+))?: ", error.message)
        line = int(place[1]) if place and place[1] else 1
        message = (error.message[place.end() :] if place else error.message).removesuffix(" (F008)")
        problems.append((name, Problem(UNREADABLE, message, error.hint, line, setting)))
    return rows


def _key(word: str, words: Mapping[str, str], name: str, line: int) -> str:
    plain = "".join(word.split())
    if plain in words:
        return words[plain]
    near = nearest(plain, words)
    known = "、".join(dict.fromkeys(next(word for word in words if words[word] == key) for key in words.values()))
    raise ConfigError(f"{name}:{line}: 没有“{plain[:40]}”这一列", f"是不是“{near}”？" if near else f"可用的列：{known}")


def _activity(cells: Mapping[str, str], name: str, line: int) -> Activity:
    day = day_in_cell(cells.get("day", ""), "日期")
    word = cells.get("type", "")
    kind = ActivityType.parse(word)
    if kind is None:
        near = nearest(word, ActivityType.words()) if word else ""
        labels = "、".join(item.label for item in ActivityType)
        hint = f"是不是“{near}”？" if near else f"写 {labels} 之一"
        raise RowError(f"没有类型“{word[:40]}”" if word else "没有写类型", hint)
    return Activity(day, kind, cells.get("content", ""), _number(cells.get("number", ""), kind), name, line)


def _number(text: str, kind: ActivityType) -> float:
    if not text and not kind.is_share:
        return 1
    match = _NUMBER.fullmatch(text)
    number = float(match[1]) if match else 0.0
    if kind.is_share:
        if not match or number > 100:
            raise RowError(f"{kind.label}的数量“{text[:40]}”不是百分数", "写百分数，如 5 或 5%")
        return number
    if not match or number < 1 or not number.is_integer():
        raise RowError(f"数量“{text[:40]}”不是次数", "写整数，如 1；一行一次的可以不写")
    return number


def _task(cells: Mapping[str, str], name: str, line: int) -> RegisteredTask:
    if not cells.get("name"):
        raise RowError("没有写事项", "填上事项；空行删去")
    done = cells.get("done_on", "")
    return RegisteredTask(
        cells["name"],
        _names(cells.get("leaders", "")),
        _names(cells.get("helpers", "")),
        day_in_cell(cells.get("due_on", ""), "完成时限"),
        day_in_cell(done, "完成日期") if done else None,
        cells.get("basis", ""),
        name,
        line,
    )


def _names(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in _NAMES.split(text) if part.strip())
