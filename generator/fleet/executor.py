"""Where the tasks of a fleet run: in processes of this machine. One that is killed takes no other site with it."""

import sys
from collections.abc import Iterator, Sequence
from typing import Protocol

from generator.fleet.tasks import Outcome, Task, work
from generator.support.workers import start_process


class Executor(Protocol):
    """Runs tasks and yields their outcomes in the order in which they finish."""

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task."""
        ...


class LocalExecutor:
    """Processes of this machine, at most ``jobs`` at once."""

    def __init__(self, jobs: int) -> None:
        self._jobs = jobs

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task; one whose process was killed is tried once more, alone."""
        if self._jobs <= 1 or len(tasks) <= 1:
            yield from map(work, tasks)
            return
        left = {task.site: task for task in tasks}
        for outcome in _in_processes(list(left.values()), min(self._jobs, len(tasks))):
            del left[outcome.site]
            yield outcome
        for task in left.values():
            again = next(_in_processes([task], 1), None)
            yield killed(task) if again is None else again


def killed(task: Task) -> Outcome:
    """Return the outcome of a task whose process was killed twice."""
    hint = "减少 --jobs，或给这台机器加内存，再运行一次"
    return Outcome(job=task.job, site=task.site, error="工作进程被系统结束了（多半是内存不足）", hint=hint)


def _in_processes(tasks: Sequence[Task], jobs: int) -> Iterator[Outcome]:
    """Yield the outcomes of tasks until one of the processes is killed."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(
        max_workers=jobs,
        mp_context=multiprocessing.get_context(method),
        initializer=start_process,
        initargs=(_nothing,),
    ) as pool:
        try:
            futures = [pool.submit(work, task) for task in tasks]
            for future in as_completed(futures):
                try:
                    yield future.result()
                except BrokenProcessPool:
                    return
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def _nothing() -> None:
    """Prepare nothing: a task brings everything that it needs."""
