"""Terminal output: Chinese help and usage errors, progress, findings."""

import datetime as dt
import gettext
import os
import re
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import click

from generator.domain.problems import Finding, GongkaiError, Severity
from generator.domain.vocabulary import label_of
from generator.support.json_text import json_bytes

_REFRESH_SECONDS = 0.1
END_OF_DAY = dt.time(23, 59)
_AS_OF = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?", re.ASCII)


def speak_chinese() -> None:
    """Give click, which translates with gettext, the Chinese catalogue, whatever the language of the terminal."""
    os.environ["LANGUAGE"] = "zh_CN"
    gettext.bindtextdomain("click", Path(__file__).with_name("locale"))
    gettext.textdomain("click")


def in_chinese(error: click.ClickException) -> click.ClickException:
    """Return an error of click's with Chinese punctuation where click does not use gettext: a missing argument."""
    if not isinstance(error, click.MissingParameter):
        return error
    message = error.format_message().replace("'. ", "'，").replace("：\n\t", "：").replace(",\n\t", "、")
    return click.UsageError(message.removesuffix("."), ctx=error.ctx)


class ChineseCommand(click.Command):
    """A command with Chinese texts where click does not use gettext."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **{"options_metavar": "[选项]…", **options})

    def get_short_help_str(self, limit: int = 45) -> str:  # noqa: ARG002 - click counts words, and Chinese has no spaces
        """Return the first line of the help, not shortened."""
        return super().get_short_help_str(200)


class ChineseGroup(click.Group):
    """The program itself: each of its commands is imported when it is used.

    ``places`` maps the name of each command to its module and the function there.
    """

    def __init__(self, *arguments: Any, places: Mapping[str, tuple[str, str]], **options: Any) -> None:
        super().__init__(*arguments, **{"options_metavar": "", "subcommand_metavar": "命令 [选项]…", **options})
        self._places = places

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's
        """Return the names of all commands, in their order."""
        return list(self._places)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command by its name; an unknown name is a usage error that lists all commands."""
        if cmd_name not in self._places:
            if ctx.resilient_parsing:
                return None
            ctx.fail(f"没有命令“{cmd_name}”；可用：{'、'.join(self._places)}")
        module, name = self._places[cmd_name]
        command: click.Command = getattr(import_module(module), name)
        return command


def read_as_of(value: str) -> dt.datetime:
    """Return the moment of a day, YYYY-MM-DD, which is its end, or of a day with a minute (Asia/Shanghai).

    Raises ``click.BadParameter`` for another text.
    """
    match = _AS_OF.fullmatch(value)
    try:
        day = dt.date.fromisoformat(match[1] if match else "")
        minute = dt.time(int(match[2]), int(match[3])) if match and match[2] else END_OF_DAY
    except ValueError:
        message = f"“{value}”不是日期，应写成 2026-11-21，或带时分的 '2026-11-21 09:00'"
        raise click.BadParameter(message) from None
    return dt.datetime.combine(day, minute)


def whole_number(least: int, most: int) -> Callable[[str | int], int]:
    """Return a parser of a whole number between two bounds; it raises ``click.BadParameter``."""

    def read(value: str | int) -> int:
        if not (str(value).isdecimal() and least <= int(value) <= most):
            raise click.BadParameter(f"“{value}”不是 {least} 至 {most} 的整数")
        return int(value)

    return read


class Progress:
    """Progress bars on a terminal, nothing elsewhere; called with the stage, how much is done, and the total."""

    def __init__(self) -> None:
        self._bars: Any = None
        self._tasks: dict[str, Any] = {}
        self._refreshed_at = 0.0
        self._live = sys.stderr.isatty()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show the progress of a stage."""
        if not self._live:
            return
        if self._bars is None:
            self._start()
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)
        now = time.monotonic()
        if now - self._refreshed_at > _REFRESH_SECONDS or done >= total:
            self._refreshed_at = now
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


def print_message(text: str = "") -> None:
    """Print a line on stderr, for the person at the terminal."""
    print(text, file=sys.stderr)


def print_error(error: GongkaiError, *, site: str = "") -> None:
    """Print the error that stopped a command, or one ``site`` of a platform, and its hint."""
    print_message(f"{site}: 错误: {error.message}" if site else f"错误: {error.message}")
    if error.hint:
        print_message(f"    改法: {error.hint}")


def finding_text(finding: Finding) -> str:
    """Return ``path:line: field: message (rule)`` and the hint on a line of its own."""
    name = label_of(finding.field) if finding.document else finding.field  # settings have their own names
    field = f"{name}: " if name else ""
    hint = f"，改法: {finding.hint}" if finding.hint else ""
    return (
        f"{finding.path}:{finding.line}: {field}{finding.message} ({finding.rule})\n    {finding.severity.label}{hint}"
    )


def count_text(findings: Mapping[Severity, int]) -> str:
    """Return the counts of findings by severity as Chinese text, empty for none."""
    return "，".join(f"{severity.label} {findings[severity]} 项" for severity in Severity if findings.get(severity))


def write_stdout(data: bytes) -> None:
    """Write bytes to stdout for programs, so that they do not depend on the encoding of the terminal."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def findings_json(findings: Iterable[Finding]) -> bytes:
    """Return findings as the JSON list of contract section 6."""
    return json_bytes([finding.as_dict() for finding in findings])
