"""Measure whole commands: wall time by the clock, peak memory over the process tree by the operating system."""

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
    """One run: seconds, and the largest sum of memory over the process tree in MB."""

    seconds: float
    megabytes: float


def run(command: Sequence[str], folder: Path, environment: dict[str, str] | None = None) -> Run:
    """Run a command to its end; fails loudly when it fails."""
    start = time.monotonic()
    own = {**os.environ, **(environment or {})}
    own.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program has its bytecode
    process = subprocess.Popen(
        command,
        cwd=folder,
        env=own,
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
    return Run(seconds, peak[0] / 1024)


def _sample(pid: int, peak: list[int], stop: threading.Event) -> None:
    while not stop.wait(_SAMPLE_SECONDS):
        peak[0] = max(peak[0], sum(_proportional(child) for child in _tree(pid)))


def _tree(pid: int) -> list[int]:
    found = [pid]
    try:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in (thread / "children").read_text().split():
                found += _tree(int(child))
    except OSError:
        pass  # it has just ended
    return found


def _proportional(pid: int) -> int:
    """Memory of one process in KB, pages that several share counted in shares."""
    try:
        rows = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(row.split()[1]) for row in rows.splitlines() if row.startswith("Pss:")), 0)


def middle(runs: Sequence[Run]) -> Run:
    """Return the medians of several runs."""
    return Run(median(item.seconds for item in runs), median(item.megabytes for item in runs))
