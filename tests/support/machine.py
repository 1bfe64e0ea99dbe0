"""A machine of a webmaster: a home, a PATH with gongkai on it, git with a name, and nothing of the real user."""

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass
class Machine:
    """The home of a webmaster in a temporary folder; ``programs`` are the folder's own, found before all others."""

    home: Path
    variables: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        self.program("gongkai", f'exec "{sys.executable}" -m generator "$@"')
        (self.home / ".gitconfig").write_text(
            "[user]\n\tname = 张三\n\temail = zhangsan@rsj.example.gov.cn\n[init]\n\tdefaultBranch = main\n"
            "[advice]\n\tdetachedHead = false\n[core]\n\tquotePath = false\n",
            encoding="utf-8",
        )

    @property
    def programs(self) -> Path:
        """The folder of the machine's own programs."""
        return self.home / "programs"

    def program(self, name: str, body: str) -> Path:
        """Write a program of ``sh``."""
        self.programs.mkdir(exist_ok=True)
        place = self.programs / name
        place.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        place.chmod(0o755)
        return place

    @property
    def environment(self) -> Mapping[str, str]:
        """The environment of every program that runs on the machine."""
        inherited = {
            key: value
            for key, value in os.environ.items()
            if not key.startswith(("GIT_", "XDG_", "DEPLOY_", "LC_", "PYTEST_")) and key != "SOURCE_DATE_EPOCH"
        }
        return {
            **inherited,
            "HOME": str(self.home),
            "PATH": f"{self.programs}{os.pathsep}{os.environ['PATH']}",
            "PYTHONPATH": str(ROOT),
            "PYTHONUTF8": "1",
            "LANG": "C.UTF-8",
            "LANGUAGE": "",
            "GIT_CONFIG_NOSYSTEM": "1",
            **self.variables,
        }

    def run(self, script: str, folder: Path, **variables: str) -> "subprocess.CompletedProcess[str]":
        """Run a script of ``sh`` in a folder."""
        return subprocess.run(
            ["sh", "-c", script],
            cwd=folder,
            env={**self.environment, **variables},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            stdin=subprocess.DEVNULL,
            timeout=300,
        )

    def do(self, script: str, folder: Path, **variables: str) -> str:
        """Run a script that must succeed and return its standard output."""
        ran = self.run(script, folder, **variables)
        assert ran.returncode == 0, f"{script}\n{ran.stdout}\n{ran.stderr}"
        return ran.stdout
