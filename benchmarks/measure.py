"""Measure commands: wall time, CPU time, and the peak memory of the process tree."""

import os
import subprocess
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

_SAMPLE_SECONDS = 0.1


@dataclass(frozen=True)
class Run:
    """One run: wall and CPU time in seconds, and peak memory of the process tree in MB (PSS)."""

    seconds: float
    cpu: float
    megabytes: float

    def then(self, later: "Run") -> "Run":
        """Return this run followed by a later one."""
        return Run(self.seconds + later.seconds, self.cpu + later.cpu, max(self.megabytes, later.megabytes))


def run(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> Run:
    """Run a command in a folder and measure it; exits with its errors when it fails."""
    start, cpu = time.monotonic(), _children_cpu()
    full_environment = {**os.environ, **(environment or {})}
    full_environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program may write bytecode, too
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=full_environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    peak = [0]
    stop = threading.Event()
    sampler = threading.Thread(target=_sample, args=(process.pid, peak, stop), daemon=True)
    sampler.start()
    _, errors = process.communicate()
    seconds = time.monotonic() - start
    stop.set()
    sampler.join()
    if process.returncode:
        raise SystemExit(f"{' '.join(command)}: {errors.decode()[-2000:]}")
    return Run(seconds, _children_cpu() - cpu, peak[0] / 1024)


def _children_cpu() -> float:
    times = os.times()
    return times.children_user + times.children_system


def _sample(pid: int, peak: list[int], stop: threading.Event) -> None:
    while not stop.wait(_SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(_proportional_memory(child) for child in _tree(pid)))


def _tree(pid: int) -> list[int]:
    pids = [pid]
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                pids += _tree(int(child))
    except OSError:
        pass  # the process has just ended
    return pids


def _proportional_memory(pid: int) -> int:
    """Return the memory of one process in KB; shared pages count proportionally (PSS)."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows.splitlines() if row.startswith("Pss:")), 0)


def median_run(runs: Sequence[Run]) -> Run:
    """Return the medians of several runs."""
    columns = ([run.seconds for run in runs], [run.cpu for run in runs], [run.megabytes for run in runs])
    return Run(*map(median, columns))
