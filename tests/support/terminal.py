"""Answer the program at a terminal of its own."""

import os
import pty
import select
import sys
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]


def answered(folder: Path, arguments: list[str], answers: list[str]) -> str:
    """Run the program on a terminal, type an answer whenever it asks, and return what the terminal showed."""
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(folder)
        os.environ["PYTHONPATH"] = str(ROOT)
        os.execv(sys.executable, [sys.executable, "-m", "generator", *arguments])  # noqa: S606
    shown, deadline, waiting = b"", time.monotonic() + 60, list(answers)
    try:
        while time.monotonic() < deadline:
            if not select.select([terminal], [], [], 0.5)[0]:
                continue
            try:
                data = os.read(terminal, 65_536)
            except OSError:  # the program has ended
                break
            if not data:
                break
            shown += data
            if waiting and shown.rstrip(b" ").endswith(b":"):
                os.write(terminal, f"{waiting.pop(0)}\n".encode())
    finally:
        os.close(terminal)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    assert status == 0, shown.decode()
    assert not waiting, (waiting, shown.decode())
    return shown.decode()
