"""Options, build options and exit statuses that commands share; only this module reads clock and environment."""

import datetime as dt
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from generator.cli.terminal import print_message, read_as_of, whole_number
from generator.domain.model import AsOf
from generator.domain.problems import Finding, GongkaiError, Severity
from generator.pipeline.options import BuildOptions, Progress

EXIT_FINDINGS, EXIT_UNUSABLE, EXIT_INTERRUPTED = 1, 2, 130
SHANGHAI = dt.timezone(dt.timedelta(hours=8))  # Asia/Shanghai has had no other offset since 1991
_FAILING: dict[str, Callable[[Finding], bool]] = {
    "blocking": lambda finding: finding.blocking,
    "error": lambda finding: finding.severity is Severity.ERROR,
    "warning": lambda _: True,
    "never": lambda _: False,
}


def now() -> dt.datetime:
    """Return the present minute in Asia/Shanghai, or that of ``SOURCE_DATE_EPOCH``.

    Raises ``GongkaiError`` where that variable is no number of seconds.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.now(SHANGHAI)
    if epoch:
        try:
            moment = dt.datetime.fromtimestamp(int(epoch), SHANGHAI)
        except (ValueError, OverflowError, OSError):
            raise GongkaiError(f"环境变量 SOURCE_DATE_EPOCH 的值“{epoch[:40]}”不是秒数", "改正或删去这个变量") from None
    return moment.replace(second=0, microsecond=0, tzinfo=None)


def today() -> dt.date:
    """Return the present day in Asia/Shanghai."""
    return now().date()


def cache_path(project: Path) -> Path:
    """Return the path of a project's cache: in the cache folder of the user, never in the project.

    Raises ``GongkaiError`` where another account could write there.
    """
    from platformdirs import user_cache_path

    from generator.support.database import check_private
    from generator.support.seal import temporary_folder

    name = hashlib.blake2b(os.fsencode(project.resolve()), digest_size=8).hexdigest()
    folder = user_cache_path("gongkai", appauthor=False).absolute() / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        folder = temporary_folder() / name
        temporary_folder().mkdir(exist_ok=True, mode=0o700)
        folder.mkdir(exist_ok=True, mode=0o700)
    check_private(folder)
    return folder / "cache.db"


def config_option(command: Any) -> Any:
    """Add ``-c``."""
    return click.option(
        "-c",
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        metavar="文件",
        default=Path("site_config.yaml"),
        help="配置文件，缺省为 site_config.yaml",
    )(command)


def day_option(command: Any) -> Any:
    """Add ``--as-of``."""
    return click.option(
        "--as-of", type=read_as_of, metavar="日期", help="按哪一天（可带时分）的状态生成，缺省为现在（北京时间）"
    )(command)


def jobs_option(command: Any) -> Any:
    """Add ``--jobs``."""
    return click.option("--jobs", type=whole_number(1, 256), metavar="数", help="同时用几个进程，缺省为处理器的核数")(
        command
    )


def format_option(*forms: str) -> Callable[[Any], Any]:
    """Add ``--format``: text for a person, the other forms for programs."""
    return click.option(
        "--format", "form", type=click.Choice(("text", *forms)), default="text", help="输出形式，缺省为 text"
    )


def output_option(default: str | None, help_text: str) -> Callable[[Any], Any]:
    """Add ``-o``, a folder, with ``help_text`` as its help."""
    return click.option(
        "-o", "--output", type=click.Path(path_type=Path), metavar="目录", default=default, help=help_text
    )


def fail_on_option(*levels: str) -> Callable[[Any], Any]:
    """Add ``--fail-on`` with some of the levels that ``is_failing`` knows."""
    return click.option("--fail-on", type=click.Choice(levels), default="error", help="到哪一级算不通过，缺省为 error")


def is_failing(fail_on: str) -> Callable[[Finding], bool]:
    """Return whether a finding makes a command exit with 1, by the level of ``--fail-on``.

    ``blocking`` are the findings that stop a build.
    """
    return _FAILING[fail_on]


def exit_for_findings(findings: Iterable[Finding], fails: Callable[[Finding], bool]) -> None:
    """Exit with 1 where one of the findings fails."""
    if any(map(fails, findings)):
        raise SystemExit(EXIT_FINDINGS)


def core_count() -> int:
    """Return how many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def make_build_options(
    config_path: Path, as_of: dt.datetime | None, jobs: int | None, progress: Progress
) -> BuildOptions:
    """Return the build options of a command, for the present minute where no day is given."""
    moment = as_of or now()
    return BuildOptions(
        config_path=config_path,
        cache_path=cache_path(config_path.parent),
        as_of=AsOf.at(moment),
        jobs=jobs or core_count(),
        progress=progress,
    )


def history_gap_text(gap: str) -> str:
    """Return the message that the documents were not compared with git, and why; empty where there is no gap."""
    return f"没有 git 历史，未核对 F021、F022、S005、S010、V005：{gap}。" if gap else ""


def print_history_gap(gap: str) -> None:
    """Print why the documents were not compared with git, where they should have been."""
    if text := history_gap_text(gap):
        print_message(text)


def print_versions_gap(gap: str) -> None:
    """Print why the site has no earlier versions, where the git history is not complete."""
    if gap:
        print_message(f"没有生成历史版本：{gap}。不需要的，在配置里写 versions: {{publish: false}}。")
