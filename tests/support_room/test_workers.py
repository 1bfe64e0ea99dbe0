"""Work in several processes: results, errors and deaths come back, and nothing runs on."""

import functools
import multiprocessing
import operator
import os
import signal
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import pytest
from support.built_site import build_here
from support.project import Project, Tree

from generator.domain.problems import ConfigError, GongkaiError
from generator.support import workers
from generator.support.workers import run_chunks, run_in_background


@pytest.mark.parametrize("jobs", [1, 2])
def test_what_is_done_beside_comes_back(jobs: int) -> None:
    """The result crosses the border, from another process where there may be one."""
    with run_in_background(os.getpid, jobs=jobs) as result:
        assert (result() == os.getpid()) is (jobs == 1)


def test_each_process_has_the_state_that_was_made_for_it() -> None:
    """What ``prepare`` makes reaches every chunk, and reaches a process that is spawned as well as a fork."""
    chunks = [[1], [2], [3]]
    done = run_chunks(operator.add, chunks, jobs=2, prepare=functools.partial(list, (0,)))
    assert sorted(done) == [[0, 1], [0, 2], [0, 3]]
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, context, workers.start_process, (functools.partial(list, (0,)),)) as pool:
        assert pool.submit(workers._with_state, operator.concat, [4]).result() == [0, 4]


def complain() -> None:
    """Raise what a command prints."""
    raise ConfigError("没有规则“L999”", "删去这一项")


def test_an_error_keeps_its_hint() -> None:
    """What stops the work there is raised here, with the mend."""
    with pytest.raises(ConfigError) as raised, run_in_background(complain, jobs=2) as result:
        result()
    assert (raised.value.message, raised.value.hint) == ("没有规则“L999”", "删去这一项")


def die() -> None:
    """End as the system ends a process when memory is short."""
    os.kill(os.getpid(), signal.SIGKILL)


def test_a_death_is_told() -> None:
    """A process that the system ended is said in Chinese, with what to do."""
    with pytest.raises(GongkaiError, match="内存不足"), run_in_background(die, jobs=2) as result:
        result()


def test_what_nobody_waits_for_has_ended() -> None:
    """Where the work here fails first, the other process is gone when the error arrives."""
    began = time.monotonic()
    with pytest.raises(ZeroDivisionError), run_in_background(_wait_a_moment, jobs=2):
        raise ZeroDivisionError
    assert time.monotonic() - began < 20


def _wait_a_moment() -> None:
    time.sleep(0.2)


def test_rules_beside_the_gate_say_the_same(project: Project, tree: Tree, tmp_path: Path) -> None:
    """With many texts the rules run in a process of their own: the same site, the same findings, nothing half."""
    for number in range(1, 231):
        project.policy(f"p{number}")
    one, two = build_here(project, "one", jobs=1), build_here(project, "two", cache=tmp_path / "c2", jobs=2)
    assert one == two
    assert tree(project.folder / "one") == tree(project.folder / "two")
    project.policy("p1", "身份证号 11010519491231002X\n")
    project.document("policies/again.md", {"title": "又一件", "disclosure": "proactive", "id": "p2"})
    stopped = build_here(project, "three", jobs=2)
    assert {"S001", "F003"} <= {finding.rule for finding in stopped.blocking}
    assert not (project.folder / "three").exists()
    assert not list(project.folder.glob(".three*"))
