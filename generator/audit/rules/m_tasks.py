"""M: the registers beside the config: rows that cannot be read, tasks that are late or due."""

from generator.audit.registry import Hits, rule
from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.model.registers import RegisteredTask
from generator.domain.problems import Problem, Severity

_W = Severity.WARNING
_SOURCE = "本单位的任务台账（tasks.csv）；一行写了依据的，是那一行的依据"
SOON_DAYS, NEAR_DAYS = 7, 30


@rule("M001", _W, source="使用手册第 16 章：年度次数登记簿和任务台账的列")
def unreadable_row(archive: Archive, config: SiteConfig) -> Hits:
    """年度次数登记簿或任务台账里有一行读不懂。

    读不懂的行不算。完成日期在以后的任务，还算没有完成。

    不对：完成时限写“年底前”；类型写“学习”；完成日期写成以后的日子。
    对：　完成时限写 2026-12-20；类型写“培训”；没有完成的，完成日期空着。
    改法：按提示改这一行，另存为“CSV UTF-8（逗号分隔）”。
    """
    yield from config.registers.problems
    for task in config.registers.tasks:
        if task.done_on and task.done_on > archive.day:
            message = f"任务“{task.name[:60]}”的完成日期 {task.done_on} 还没有到"
            yield task.path, Problem("", message, "核对完成日期；没有完成的空着", task.line, "tasks")


@rule("M002", _W, source=_SOURCE)
def overdue_task(archive: Archive, config: SiteConfig) -> Hits:
    """台账里的任务过了完成时限，还没有完成。

    台账是配置旁边的 tasks.csv（或任务台账.csv），列有事项、牵头、配合、完成时限、完成日期、依据。没有的不查。

    不对：完成时限 2026-07-30，完成日期空着，今天是 2026-08-05。
    对：　完成日期写 2026-07-28。
    改法：尽快完成，写上完成日期；时限经批准改了的，改完成时限。
    """
    for task in config.registers.tasks:
        days = (archive.day - task.due_on).days
        if task.is_open(archive.day) and days > 0:
            workdays = config.calendar.lag(task.due_on, archive.day)
            message = f"{_named(task)}应在 {task.due_on} 以前完成，已晚 {days} 日（{workdays} 个工作日）"
            yield _at(task, message, "尽快完成，写上完成日期；已经完成的，补写完成日期", days)


@rule("M003", _W, source=_SOURCE)
def task_due(archive: Archive, config: SiteConfig) -> Hits:
    """台账里的任务 30 日以内到期，还没有完成。

    7 日以内到期的，另外写明。

    不对：完成时限 2026-07-30，完成日期空着，今天是 2026-07-25。
    对：　在时限以前完成，写上完成日期。
    改法：按时完成，写上完成日期。
    """
    for task in config.registers.tasks:
        left = (task.due_on - archive.day).days
        if task.is_open(archive.day) and 0 <= left <= NEAR_DAYS:
            rest = "今天到期" if not left else f"还有 {left} 日" + ("，7 日以内到期" if left <= SOON_DAYS else "")
            yield _at(task, f"{_named(task)}应在 {task.due_on} 以前完成，{rest}", "按时完成，写上完成日期", 0)


def _named(task: RegisteredTask) -> str:
    leaders = f"（牵头：{'、'.join(task.leaders)}）" if task.leaders else ""
    return f"任务“{task.name[:60]}”{leaders}"


def _at(task: RegisteredTask, message: str, hint: str, days: int) -> tuple[str, Problem]:
    return task.path, Problem("", message, hint, task.line, "tasks", days=days, ground=task.basis)
