"""The executor on Dask: the same bytes as on one machine, with a worker that is killed and one that is slow."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support.program import Ran
from support.project import AS_OF, Tree
from support.site_platform import Platform

pytest.importorskip("distributed", reason="distributed is not installed: pip install 'gongkai[dask]'")


@dataclass
class Cluster:
    """A scheduler and workers on the loopback address, each worker with a cache of its own."""

    folder: Path
    port: int
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    def start(self, name: str, *arguments: str, **environment: str) -> "subprocess.Popen[bytes]":
        """Start one program of Dask; its output is in a log."""
        variables = {**os.environ, "XDG_CACHE_HOME": str(self.folder / name), **environment}
        command = [sys.executable, "-m", *arguments]
        with (self.folder / f"{name}.log").open("wb") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=variables, stdout=log, stderr=log)
        self.processes.append(process)
        return process

    def worker(self, number: int, *options: str, **environment: str) -> "subprocess.Popen[bytes]":
        """Start a worker with one thread."""
        threads = options or ("--nthreads", "1")
        return self.start(
            f"worker-{number}", "distributed.cli.dask_worker", f"tcp://{self.address}", "--no-nanny",
            "--no-dashboard", "--host", "127.0.0.1", *threads, **environment,
        )  # fmt: skip

    def wait(self, workers: int) -> None:
        """Wait until so many workers are there."""
        waiting = (
            "import distributed, sys; client = distributed.Client(sys.argv[1], timeout=60);"
            "client.wait_for_workers(int(sys.argv[2]), timeout=120); client.close()"
        )
        command = [sys.executable, "-c", waiting, f"tcp://{self.address}", str(workers)]
        subprocess.run(command, check=True, capture_output=True, timeout=200)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    """Return a scheduler without workers; everything is ended by its own id at the end."""
    folder = tmp_path / "cluster"
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    made = Cluster(folder, port)
    made.start(
        "scheduler", "distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard",
    )  # fmt: skip
    yield made
    for process in made.processes:
        with contextlib.suppress(ProcessLookupError):
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait()


def _large(platform: Platform, sites: int, policies: int) -> None:
    for number in range(sites):
        site = platform.site(f"s{number}", f"示例市第{number}局")
        for policy in range(1, policies + 1):
            site.policy(
                f"p{policy}",
                body=f"第一条　根据例{'一二三四五六七八九十'[(number + 1) % sites]}发〔2024〕1号，制定本办法。\n" * 20,
                title=f"示例市第{number}局办法{policy}",
                doc_number=f"例{'一二三四五六七八九十'[number]}发〔2024〕{policy}号",
                date_published=f"2024-06-{policy:02d}",
            )


def _run(platform: Platform, cluster: Cluster, *arguments: str) -> Ran:
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", *arguments, "--no-search", "--as-of", AS_OF]
    environment = {**os.environ, "XDG_CACHE_HOME": str(platform.cache)}
    done = subprocess.run(
        [*command, "--executor", f"dask://{cluster.address}"],
        cwd=platform.folder, env=environment, capture_output=True, check=False, timeout=280,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())


def test_the_same_bytes_with_one_worker_killed_and_one_slow(
    platform: Platform, cluster: Cluster, tree: Tree, tmp_path: Path
) -> None:
    """Four workers, one killed in the middle and one stopped for a while, write what one machine writes."""
    _large(platform, sites=6, policies=6)
    platform.build()
    expected = tree(platform.folder / "out")
    (platform.folder / "out").rename(tmp_path / "away")
    platform.cache = tmp_path / "cache-of-client"
    workers = [cluster.worker(number) for number in range(4)]
    cluster.wait(4)
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", "--no-search", "--as-of", AS_OF]
    environment = {**os.environ, "XDG_CACHE_HOME": str(platform.cache)}
    messages = tmp_path / "messages.txt"
    with messages.open("wb") as log:
        running = subprocess.Popen(
            [*command, "--executor", f"dask://{cluster.address}"],
            cwd=platform.folder, env=environment, stderr=log,
        )  # fmt: skip
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and running.poll() is None:
        if any((cluster.folder / "worker-0").rglob("cache.db")):
            break
        time.sleep(0.02)
    assert running.poll() is None, messages.read_text("utf-8")
    workers[0].kill()
    workers[1].send_signal(signal.SIGSTOP)
    time.sleep(3)
    workers[1].send_signal(signal.SIGCONT)
    assert running.wait(timeout=240) == 0, messages.read_text("utf-8")
    assert "已生成 6 个" in messages.read_text("utf-8")
    assert tree(platform.folder / "out") == expected


def test_a_worker_with_other_code_is_refused(platform: Platform, cluster: Cluster, tmp_path: Path) -> None:
    """A worker whose gongkai is not the same is named, and nothing is built."""
    import shutil

    import generator

    _large(platform, sites=1, policies=1)
    other = tmp_path / "other"
    package = Path(generator.__file__).parent
    shutil.copytree(package, other / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "themes", other / "themes")
    with (other / "generator" / "__init__.py").open("a") as file:
        file.write("\n# changed\n")
    cluster.worker(0, PYTHONPATH=str(other))
    cluster.wait(1)
    ran = _run(platform, cluster)
    assert ran.status == 2
    assert "不是同一个版本" in ran.err
    assert not (platform.folder / "out" / "s0").exists()


def test_threads_are_refused(platform: Platform, cluster: Cluster) -> None:
    """A worker with several threads is named, with the option to start it."""
    _large(platform, sites=1, policies=1)
    cluster.worker(0, "--nthreads", "2")
    cluster.wait(1)
    ran = _run(platform, cluster)
    assert ran.status == 2
    assert "--nthreads 1" in ran.err


def test_no_scheduler(platform: Platform) -> None:
    """An address without a scheduler is told with what to start."""
    _large(platform, sites=1, policies=1)
    ran = platform.run("--executor", "dask://127.0.0.1:9")
    assert ran.status == 2
    assert "连不上 Dask 调度器 127.0.0.1:9" in ran.err
