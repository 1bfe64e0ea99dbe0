"""``--timings``: the time and memory of every stage."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_KIB_OF_UNIT = 1 / 1024 if sys.platform == "darwin" else 1  # ru_maxrss is in bytes on macOS, in KiB elsewhere
_RESET_PEAK = "5"


class Stage(NamedTuple):
    """One stage; ``main_peak`` is the peak memory of the main process in MiB, ``worker_peak`` of the largest worker."""

    name: str
    seconds: float
    main_peak: float
    worker_peak: float


class Timings:
    """A progress callback that records when each stage begins and ends, and passes every call to another one."""

    def __init__(self, progress: Callable[[str, int, int], None]) -> None:
        self._progress = progress
        self._stages: list[Stage] = []
        self._name = "启动"
        self._since = time.monotonic()
        _reset_peak()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Record the stage and pass the call on."""
        if stage != self._name:
            self._close(stage)
        self._progress(stage, done, total)

    def _close(self, following: str) -> None:
        now = time.monotonic()
        main_peak, worker_peak = _peaks()
        self._stages.append(Stage(self._name, now - self._since, main_peak, worker_peak))
        self._name, self._since = following, now
        _reset_peak()

    def lines(self) -> Iterator[str]:
        """Yield the lines of the table: headings, a line for each stage, the sum."""
        self._close("")
        yield "阶段          秒    主进程 MB  工作进程 MB"
        for stage in self._stages:
            name = stage.name + "　" * (7 - len(stage.name))
            yield f"{name}{stage.seconds:6.2f} {stage.main_peak:9.0f} {stage.worker_peak:11.0f}"
        yield f"合计{'　' * 5}{sum(stage.seconds for stage in self._stages):6.2f}"


def _peaks() -> tuple[float, float]:
    """Return the peak memory of this process since the last reset, and of the largest worker so far, in MiB."""
    try:
        import resource
    except ImportError:  # Windows has no such module
        return 0.0, 0.0
    main_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB_OF_UNIT
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        main_peak = float(next(line for line in status if line.startswith("VmHWM:")).split()[1])
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KIB_OF_UNIT
    return main_peak / 1024, worker / 1024


def _reset_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text(_RESET_PEAK, encoding="ascii")
