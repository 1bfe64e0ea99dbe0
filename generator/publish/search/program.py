"""Pagefind's own files, which read the index in the browser: its scripts and its WebAssembly program."""

import os
import subprocess
import tempfile
from pathlib import Path

from generator.domain.problems import GongkaiError
from generator.support.cache import Cache

_FILES = ("pagefind.js", "pagefind-worker.js", "wasm.unknown.pagefind")
_PAGE = '<!doctype html><html lang="und"><body data-pagefind-body>公开</body></html>'
_ENVIRONMENT = ("SYSTEMROOT", "TEMP", "TMP", "TMPDIR")  # what programs cannot find out in another way


def program_version() -> str:
    """Return the version of Pagefind, which its scripts compare with that of the index."""
    from importlib.metadata import version

    return version("pagefind-bin")


def program_files(cache: Cache) -> dict[str, bytes]:
    """Return Pagefind's files by name: from the cache, or as its program writes them beside an index.

    Raises ``GongkaiError`` where the program cannot run.
    """
    name = f"search-program:{program_version()}"
    stored = cache.state(name)
    if stored is None:
        stored = _written_by_pagefind()
        cache.set_state(name, stored)
    return dict(stored)


def _written_by_pagefind() -> dict[str, bytes]:
    """Run Pagefind in empty folders and an empty environment, so that no config file and no variable affects it."""
    import pagefind_bin

    environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    with tempfile.TemporaryDirectory(prefix="gongkai-") as scratch:
        folders = [Path(scratch, name) for name in ("site", "index", "work")]
        for folder in folders:
            folder.mkdir()
        site, output, work = folders
        (site / "index.html").write_text(_PAGE, encoding="utf-8")
        command = [str(pagefind_bin.get_executable()), "--site", str(site), "--output-path", str(output), "--silent"]
        try:
            completed = subprocess.run(
                command, cwd=work, env=environment, stdin=subprocess.DEVNULL, capture_output=True, check=False
            )
            if completed.returncode == 0:
                return {name: (output / name).read_bytes() for name in _FILES}
        except OSError as error:
            raise GongkaiError(
                f"检索程序 pagefind 不能运行：{error}",
                "重新安装：pip install --force-reinstall pagefind-bin；或加 --no-search",
            ) from None
        last_line = completed.stderr.decode("utf-8", "replace").strip().splitlines()[-1:]
        raise GongkaiError(
            f"检索程序 pagefind 出错（退出码 {completed.returncode}）{''.join(last_line)}",
            "检查磁盘空间和内存；或加 --no-search 先发布页面",
        )
