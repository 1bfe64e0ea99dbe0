"""A Dask cluster on the loopback address, and a platform that is large enough for it."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from support.program import Ran
from support.project import AS_OF
from support.site_platform import Platform


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


def large(platform: Platform, sites: int, policies: int) -> None:
    """Add sites with policies that cite those of the next site."""
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


def run_on(platform: Platform, cluster: Cluster, *arguments: str) -> Ran:
    """Run ``gongkai fleet`` on a cluster."""
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", *arguments, "--no-search", "--as-of", AS_OF]
    environment = {**os.environ, "XDG_CACHE_HOME": str(platform.cache)}
    done = subprocess.run(
        [*command, "--executor", f"dask://{cluster.address}"],
        cwd=platform.folder, env=environment, capture_output=True, check=False, timeout=280,
    )  # fmt: skip
    return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())
