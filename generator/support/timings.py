"""``--timings``: how long every stage took, and how much memory."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

_KIB_OF_UNIT = 1 / 1024 if sys.platform == "darwin" else 1  # ru_maxrss is bytes there, KiB elsewhere
_FORGET_PEAK = "5"


class Stage(NamedTuple):
    """One stage: ``own`` is the peak of the main process, ``worker`` of the largest other one so far, in MiB."""

    name: str
    seconds: float
    main_peak: float
    worker_peak: float


class Timings:
    """Stands between a command and its progress bar, and writes down when each stage begins and ends."""

    def __init__(self, progress: Callable[[str, int, int], None]) -> None:
        self._progress = progress
        self._stages: list[Stage] = []
        self._name = "启动"
        self._since = time.monotonic()
        _forget_peak()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Pass on how far a stage is."""
        if stage != self._name:
            self._close(stage)
        self._progress(stage, done, total)

    def _close(self, following: str) -> None:
        now = time.monotonic()
        main_peak, worker = _peaks()
        self._stages.append(Stage(self._name, now - self._since, main_peak, worker))
        self._name, self._since = following, now
        _forget_peak()

    def lines(self) -> Iterator[str]:
        """Yield the table, a line per stage, and the sum."""
        self._close("")
        yield "阶段          秒    主进程 MB  工作进程 MB"
        for stage in self._stages:
            name = stage.name + "　" * (7 - len(stage.name))
            yield f"{name}{stage.seconds:6.2f} {stage.main_peak:9.0f} {stage.worker_peak:11.0f}"
        yield f"合计{'　' * 5}{sum(stage.seconds for stage in self._stages):6.2f}"


def _peaks() -> tuple[float, float]:
    """Return the peak memory of this process since it was last forgotten, and of the largest other one, in MiB."""
    try:
        import resource
    except ImportError:  # Windows does not tell
        return 0.0, 0.0
    main_peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * _KIB_OF_UNIT
    with contextlib.suppress(OSError, StopIteration, ValueError):
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        main_peak = float(next(line for line in status if line.startswith("VmHWM:")).split()[1])
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * _KIB_OF_UNIT
    return main_peak / 1024, worker / 1024


def _forget_peak() -> None:
    with contextlib.suppress(OSError):
        Path("/proc/self/clear_refs").write_text(_FORGET_PEAK, encoding="ascii")
