"""``gongkai serve`` as a process of its own, for tests that open it."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from support.project import AS_OF, Project

_ADDRESS = re.compile(r"预览地址 (http://127\.0\.0\.1:\d+)/")


@contextmanager
def previewed(project: Project) -> Iterator[str]:
    """Preview a project on a free port, and return the address without the last slash."""
    process = subprocess.Popen(
        [sys.executable, "-m", "generator", "serve", "--port", "0", "--as-of", AS_OF],
        cwd=project.folder,
        env={**os.environ, "XDG_CACHE_HOME": str(project.cache), "PYTHONUTF8": "1"},
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    try:
        assert process.stderr
        lines = []
        for line in process.stderr:
            lines.append(line)
            if match := _ADDRESS.search(line):
                yield match[1]
                return
        raise AssertionError("".join(lines))
    finally:
        process.terminate()
        process.communicate()
