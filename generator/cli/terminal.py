"""What the terminal shows: Chinese help and usage errors, progress, findings."""

import datetime as dt
import re
import sys
import time
from collections.abc import Iterable, Mapping
from importlib import import_module
from types import TracebackType
from typing import Any, Self

import click

from generator.domain.problems import Finding, GongkaiError, Severity
from generator.domain.vocabulary import label_of
from generator.support.json_text import json_bytes

_REFRESH_SECONDS = 0.1
END_OF_DAY = dt.time(23, 59)
_AS_OF = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?", re.ASCII)


class _ChineseHelp(click.Command):
    """The --help option with a Chinese text."""

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return --help with a Chinese text."""
        option = super().get_help_option(ctx)
        if option:
            option.help = "显示本说明"
        return option


class ChineseCommand(_ChineseHelp):
    """A command whose help is Chinese throughout."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 用法."""
        formatter.write_usage(ctx.command_path, " ".join(_usage(self, ctx)), prefix="用法: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 选项."""
        rows = [row for parameter in self.get_params(ctx) if (row := parameter.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(rows)


class ChineseGroup(_ChineseHelp, click.Group):
    """The program itself; its commands are listed under 命令, and each is imported when it is wanted.

    ``places`` says where each command lies: its module and its name there.
    """

    command_class = ChineseCommand

    def __init__(self, *arguments: Any, places: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names of all commands, in the order of the list."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's
        """Return a command by its name."""
        if cmd_name not in self._places:
            return None
        module, name = self._places[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 用法."""
        formatter.write_usage(ctx.command_path, "命令 [选项]…", prefix="用法: ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write 命令 and 选项."""
        with formatter.section("命令"):
            commands = ((name, self.get_command(ctx, name)) for name in self.list_commands(ctx))
            formatter.write_dl([(name, command.get_short_help_str(200)) for name, command in commands if command])
        rows = [row for parameter in self.get_params(ctx) if (row := parameter.get_help_record(ctx))]
        with formatter.section("选项"):
            formatter.write_dl(rows)
        formatter.write_paragraph()
        formatter.write_text("每个命令的选项：gongkai 命令 --help")


def _usage(command: click.Command, ctx: click.Context) -> list[str]:
    arguments = [parameter.make_metavar(ctx) for parameter in command.params if isinstance(parameter, click.Argument)]
    return ["[选项]…", *arguments]


class AsOf(click.ParamType[dt.datetime]):
    """A day as YYYY-MM-DD, which means its end, or a day with its minute (Asia/Shanghai)."""

    name = "日期"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        """Read the day, and the minute where there is one."""
        if isinstance(value, dt.datetime):
            return value
        found = _AS_OF.fullmatch(value)
        try:
            day = dt.date.fromisoformat(found[1] if found else "")
            minute = dt.time(int(found[2]), int(found[3])) if found and found[2] else END_OF_DAY
            return dt.datetime.combine(day, minute)
        except ValueError:
            self.fail(f"“{value}”不是日期，应写成 2026-11-21，或带时分的 '2026-11-21 09:00'", param, ctx)


class Whole(click.ParamType[int]):
    """A whole number between two bounds."""

    name = "数"

    def __init__(self, least: int, most: int) -> None:
        self._least, self._most = least, most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Read the number."""
        if not (str(value).isdecimal() and self._least <= int(value) <= self._most):
            self.fail(f"“{value}”不是 {self._least} 至 {self._most} 的整数", param, ctx)
        return int(value)


def explain_usage(error: click.ClickException) -> str:
    """Return what is wrong with the words of a command line, in Chinese."""
    if isinstance(error, click.NoSuchOption):
        near = f"，是不是 {error.possibilities[0]}？" if error.possibilities else ""
        return f"没有选项 {error.option_name}{near}"
    if isinstance(error, click.MissingParameter):
        name = error.param.make_metavar(error.ctx) if error.param and error.ctx else ""
        return f"缺少 {name}"
    if isinstance(error, click.BadOptionUsage):
        return f"选项 {error.option_name} 后面缺少值，或多了值"
    if isinstance(error, click.BadParameter) and error.param:
        return f"{_parameter_name(error.param)}: {_bad_value(error.param, error.message)}"
    if isinstance(error, click.UsageError) and error.ctx and isinstance(error.ctx.command, click.Group):
        word = error.message.partition("'")[2].partition("'")[0]
        return (
            f"没有命令“{word}”；可用：{'、'.join(error.ctx.command.list_commands(error.ctx))}" if word else "缺少命令"
        )
    if isinstance(error, click.UsageError) and "extra argument" in error.message:
        return f"多了参数{error.message.partition('(')[2].partition(')')[0]}"
    return error.format_message()


def _parameter_name(parameter: click.Parameter) -> str:
    return max(parameter.opts, key=len)


def _bad_value(parameter: click.Parameter, message: str) -> str:
    kind = parameter.type
    if isinstance(kind, click.Choice):
        return f"可用的值是 {'、'.join(str(choice) for choice in kind.choices)}"
    return message


class Progress:
    """Progress bars on a terminal, silence elsewhere; called with the stage, what is done and the total."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}
        self._shown = 0.0
        self._live = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show how far a stage is."""
        if not self._live:
            return
        if self._bars is None:
            self._start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
        now = time.monotonic()
        if now - self._shown > _REFRESH_SECONDS or done >= total:
            self._shown = now
            self._bars.refresh()

    def _start(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bars

        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("剩余"),
            TimeRemainingColumn(),
        )
        # no refreshing thread: processes are forked while a bar is shown
        self._bars = Bars(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
        self._bars.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()


def say(text: str = "") -> None:
    """Print to the person at the terminal."""
    print(text, file=sys.stderr)


def say_error(error: GongkaiError) -> None:
    """Print what stopped a command, and the mend."""
    say(f"错误: {error.message}")
    if error.hint:
        say(f"    改法: {error.hint}")


def finding_text(finding: Finding) -> str:
    """Return ``path:line: field: message (rule)`` and the hint on a line of its own."""
    field = f"{label_of(finding.field)}: " if finding.field else ""
    mend = f"，改法: {finding.hint}" if finding.hint else ""
    return (
        f"{finding.path}:{finding.line}: {field}{finding.message} ({finding.rule})\n    {finding.severity.label}{mend}"
    )


def counted(findings: Mapping[Severity, int]) -> str:
    """Return how many findings there are of each severity."""
    return "，".join(f"{severity.label} {findings[severity]} 项" for severity in Severity if findings.get(severity))


def put(data: bytes) -> None:
    """Write to stdout what a program reads: bytes, so they are the same whatever the terminal's encoding."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def findings_json(findings: Iterable[Finding]) -> bytes:
    """Return findings as the JSON list of contract section 6."""
    return json_bytes([finding.as_dict() for finding in findings])
