"""The program as a user runs it: a process of its own for each run, forked from one that has imported it already.

Importing the program takes longer than most runs on a tiny site. ``run_program`` therefore asks a server process, which
is started once and runs nothing itself: each of its children begins with the modules in memory, and with the folder,
environment, output and default signals of a new process.
"""

import gc
import importlib
import json
import os
import pkgutil
import signal
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn

_TIMEOUT = 300
_LAZY = ("docx", "holidays", "jinja2", "lxml.etree", "xlsxwriter")  # what commands import when they need it
_UNCAUGHT = 70


@dataclass
class Ran:
    """One run of the program."""

    status: int
    out: str
    err: str

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings that ``--format json`` printed."""
        found: list[dict[str, Any]] = json.loads(self.out)
        return found

    @property
    def rules(self) -> list[str]:
        """The rules of those findings."""
        return [finding["rule"] for finding in self.findings]


def run_program(*arguments: str, folder: Path, environment: Mapping[str, str] | None = None) -> Ran:
    """Run ``gongkai`` in a folder; ``environment`` adds variables to those of the tests."""
    variables = {**os.environ, "PYTHONUTF8": "1", **(environment or {})}
    if not hasattr(os, "fork"):
        command = [sys.executable, "-m", "generator", *arguments]
        done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False, timeout=_TIMEOUT)
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
    with tempfile.NamedTemporaryFile() as out, tempfile.NamedTemporaryFile() as err:
        request = {
            "arguments": arguments,
            "folder": str(folder),
            "environment": variables,
            "output": [out.name, err.name],
        }
        status = _server().ask(request)
        return Ran(status, out.read().decode(), err.read().decode())


class _Server:
    """The client's side of the server process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=_environment()
        )

    def ask(self, request: Mapping[str, object]) -> int:
        """Run the program once and return its exit status."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        answer = self._process.stdout.readline()
        assert answer, "the process that runs the program for the tests has ended"
        status = int(answer)
        if status == -signal.SIGKILL:
            raise subprocess.TimeoutExpired(str(request["arguments"]), _TIMEOUT)
        return status

    def close(self) -> None:
        """End the server: it ends when nobody can ask any more."""
        self._process.communicate()


def _environment() -> dict[str, str]:
    """Return the environment of the server, in which it finds the package that the tests test."""
    root = str(Path(__file__).parents[2])
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    return {**os.environ, "PYTHONPATH": path, "PYTHONUTF8": "1"}


@cache
def _server() -> _Server:
    return _Server()


def close_server() -> None:
    """End the server process, if one was started."""
    if _server.cache_info().currsize:
        _server().close()
        _server.cache_clear()


# In the server process


def _serve() -> None:
    """Run the program for each line of standard input, and answer each with the exit status."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the tests, and they end this process
    _import_all()
    gc.collect()
    gc.freeze()
    for line in sys.stdin.buffer:
        request = json.loads(line)
        pid = os.fork()
        if pid == 0:
            _become(request)
        sys.stdout.write(f"{_wait(pid)}\n")
        sys.stdout.flush()


def _import_all() -> None:
    import generator

    for module in pkgutil.walk_packages(generator.__path__, "generator."):
        importlib.import_module(module.name)
    for name in _LAZY:
        importlib.import_module(name)


def _wait(pid: int) -> int:
    """Return the exit status of a process, negative for a signal; one that does not end is killed."""

    def kill(_number: int, _frame: object) -> None:
        os.kill(pid, signal.SIGKILL)

    signal.signal(signal.SIGALRM, kill)
    signal.alarm(_TIMEOUT)
    status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    signal.alarm(0)
    return status


def _become(request: dict[str, Any]) -> NoReturn:
    """Make this process what ``python -m generator`` is when it begins, and run the program."""
    try:
        program = importlib.import_module("generator.__main__")

        gc.enable()
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(request["environment"])
        time.tzset()
        os.chdir(request["folder"])
        for number, path in enumerate(request["output"], 1):
            os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        tempfile.tempdir = None
        warnings.resetwarnings()
        sys.path[0] = request["folder"]
        sys.argv = [str(program.__file__), *request["arguments"]]
        sys.modules["__main__"] = program
        program.run()
    except BaseException:
        sys.excepthook(*sys.exc_info())
        sys.stderr.flush()
    os._exit(_UNCAUGHT)


if __name__ == "__main__":
    _serve()
