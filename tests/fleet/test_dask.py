"""The executor on Dask: the same bytes as on one machine, with a worker that is killed and one that is slow."""

import datetime as dt
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from support.dask_cluster import Cluster, large, run_on
from support.project import AS_OF, Tree
from support.site_platform import Platform

pytest.importorskip("distributed", reason="distributed is not installed: pip install 'gongkai[dask]'")


def test_the_same_bytes_with_one_worker_killed_and_one_slow(
    platform: Platform, cluster: Cluster, tree: Tree, tmp_path: Path
) -> None:
    """Four workers, one killed in the middle and one stopped for a while, write what one machine writes."""
    large(platform, sites=6, policies=6)
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


def test_a_result_that_breaks_off_is_a_lost_connection(tmp_path: Path) -> None:
    """Where the scheduler goes while a result is on its way, the site is said to be lost, and the run goes on."""
    from generator.domain.model import AsOf
    from generator.fleet.dask_executor import outcome_of
    from generator.fleet.tasks import Job, Task
    from generator.pipeline.options import Platform as Settings

    class Broken:
        def cancelled(self) -> bool:
            return False

        def exception(self) -> None:
            raise ConnectionResetError(104, "Connection reset by peer")

    day = AsOf.at(dt.datetime(2026, 11, 21, tzinfo=dt.UTC))
    task = Task(
        job=Job.BUILD, site="s0", config_path=tmp_path / "site_config.yaml", cache_of=Path, as_of=day, jobs=1,
        platform=Settings(), code="",
    )  # fmt: skip
    assert "和 Dask 调度器的连接断了" in outcome_of(task, Broken()).error


def test_a_worker_with_other_code_is_refused(platform: Platform, cluster: Cluster, tmp_path: Path) -> None:
    """A worker whose gongkai is not the same is named, and nothing is built."""
    import shutil

    import generator

    large(platform, sites=1, policies=1)
    other = tmp_path / "other"
    package = Path(generator.__file__).parent
    shutil.copytree(package, other / "generator", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(package.parent / "themes", other / "themes")
    with (other / "generator" / "__init__.py").open("a") as file:
        file.write("\n# changed\n")
    cluster.worker(0, PYTHONPATH=str(other))
    cluster.wait(1)
    ran = run_on(platform, cluster)
    assert ran.status == 2
    assert "不是同一个版本" in ran.err
    assert not (platform.folder / "out" / "s0").exists()


def test_threads_are_refused(platform: Platform, cluster: Cluster) -> None:
    """A worker with several threads is named, with the option to start it."""
    large(platform, sites=1, policies=1)
    cluster.worker(0, "--nthreads", "2")
    cluster.wait(1)
    ran = run_on(platform, cluster)
    assert ran.status == 2
    assert "--nthreads 1" in ran.err


def test_no_scheduler(platform: Platform) -> None:
    """An address without a scheduler is told with what to start."""
    large(platform, sites=1, policies=1)
    ran = platform.run("--executor", "dask://127.0.0.1:9")
    assert ran.status == 2
    assert "连不上 Dask 调度器 127.0.0.1:9" in ran.err


def test_a_scheduler_killed_in_the_middle(platform: Platform, cluster: Cluster, tree: Tree, tmp_path: Path) -> None:
    """A run whose scheduler is killed says so for the sites that were not done; a later run builds those, alike."""
    large(platform, sites=6, policies=6)
    platform.build()
    expected = tree(platform.folder / "out")
    (platform.folder / "out").rename(tmp_path / "away")
    platform.cache = tmp_path / "cache-of-client"
    cluster.worker(0)
    cluster.wait(1)
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", "--no-search", "--as-of", AS_OF]
    running = subprocess.Popen(
        [*command, "--executor", f"dask://{cluster.address}"],
        cwd=platform.folder, env={**os.environ, "XDG_CACHE_HOME": str(platform.cache)}, stderr=subprocess.PIPE,
    )  # fmt: skip
    deadline = time.monotonic() + 120
    while not any((platform.folder / "out").glob("s*")) and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
    cluster.processes[0].kill()
    errors = running.communicate(timeout=120)[1].decode()
    assert running.returncode == 2, errors
    assert "和 Dask 调度器的连接断了" in errors
    assert "Traceback" not in errors
    platform.build()
    assert tree(platform.folder / "out") == expected
