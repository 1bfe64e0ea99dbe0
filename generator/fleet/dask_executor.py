"""Tasks on a Dask cluster, for platforms that are too large for one machine.

Every worker must have this version of gongkai and its libraries. It sees the folder of ``SITES.yaml``, the repositories
in the cache and the output at the same paths, or it reads and writes one object store. Both are checked before anything
is built. Dask runs what it is sent, so its ports belong into a closed network.
"""

import contextlib
import logging
import os
import tempfile
import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator.domain.problems import GongkaiError
from generator.fleet.executor import Executor, killed
from generator.fleet.storage import Storage, StoredFile, check_address
from generator.fleet.stored_work import Sender, receive, work_stored
from generator.fleet.tasks import Outcome, Task, work
from generator.support.cache import code_digest

_SECONDS = 20
_LOGGERS = ("distributed", "distributed.client", "distributed.core", "distributed.comm", "tornado.application")
_NO_SCHEDULER = "和 Dask 调度器的连接断了"
_START_AGAIN = "启动调度器和工作节点，再运行一次；做完的网站不重做"
_INSTALL = "用 pip install 'gongkai[dask]' 安装，或用 --executor local"


@contextlib.contextmanager
def open_dask(address: str, *, storage: str = "", owner: str = "") -> Iterator[Executor]:
    """Connect to a scheduler, ``host:port``; the connection is closed at the end.

    With ``storage``, an address for fsspec, sites travel through that object store, and its folder is removed at the
    end; ``owner`` is a name of this platform on this machine.

    Raises ``GongkaiError`` where Dask is not installed, there is no scheduler, or a worker or the store cannot be used.
    """
    if storage:
        check_address(storage)
    try:
        from distributed import Client
    except ImportError:
        raise GongkaiError("没有安装 Dask（distributed）", _INSTALL) from None
    for name in _LOGGERS:  # what an operator must know is in the messages
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        client = Client(f"tcp://{address}", timeout=_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        hint = "核对主机和端口；用 dask scheduler 启动调度器，dask worker 启动工作节点"
        raise GongkaiError(f"连不上 Dask 调度器 {address}（{str(error)[:120]}）", hint) from None
    try:
        _check_workers(client)
        if not storage:
            yield DaskExecutor(client)
            return
        place = Storage(storage, f"gongkai-{owner}", uuid.uuid4().hex)
        place.clear()
        try:
            _check_storage(client, place)
            yield StorageExecutor(client, place)
        finally:
            place.clear()
    finally:
        client.close(timeout=_SECONDS)


def _check_workers(client: Any) -> None:
    """Check that there are workers, each with one thread and the same code.

    Raises ``GongkaiError`` that names the workers that cannot be used.
    """
    workers = client.scheduler_info(n_workers=-1)["workers"]
    if not workers:
        raise GongkaiError("Dask 集群里没有工作节点", "用 dask worker 调度器地址 --nthreads 1 启动工作节点")
    threaded = sorted(name for name, about in workers.items() if about["nthreads"] != 1)
    if threaded:
        raise GongkaiError(f"工作节点 {'、'.join(threaded)} 用了多个线程", "加 --nthreads 1；要几个就启动几个工作节点")
    answers = client.run(_code, on_error="return")
    own = code_digest()
    others = sorted(name for name, code in answers.items() if code != own)
    if others:
        raise GongkaiError(
            f"工作节点 {'、'.join(others)} 上没有 gongkai，或和本机的不是同一个版本",
            "在每个工作节点装同一个 gongkai、同样的依赖和 Python",
        )


def _code() -> str:
    """Return the digest of the code; it runs in a worker."""
    return code_digest()


def _sees(paths: Sequence[str]) -> list[str]:
    """Return the paths that are not there; it runs in a worker."""
    return [path for path in paths if not os.path.exists(path)]  # noqa: PTH110 - plain text travels


def _check_storage(client: Any, storage: Storage) -> None:
    """Check that every worker can read what this machine puts into the store, and write there what it can read.

    Raises ``GongkaiError`` that names the machine and says why it cannot.
    """
    with tempfile.TemporaryDirectory(prefix="gongkai-probe-") as name:
        probe = Path(name) / "probe"
        probe.write_bytes(uuid.uuid4().bytes)
        sent = storage.put(probe, "probe")
        for worker, answer in sorted(client.run(_probed, storage, sent, on_error="return").items()):
            if not isinstance(answer, StoredFile):
                reason = answer if isinstance(answer, str) else f"{type(answer).__name__}: {str(answer)[:160]}"
                hint = "在每个节点安装同样的 fsspec 模块，给它同样的帐号；file:// 的文件夹要在每个节点挂载"
                raise GongkaiError(f"工作节点 {worker} 用不了存储：{reason}", hint)
            storage.get(answer, probe)


def _probed(storage: Storage, sent: StoredFile) -> StoredFile | str:
    """Return what was read from the store and written there again, or why not; it runs in a worker."""
    try:
        with tempfile.TemporaryDirectory(prefix="gongkai-probe-") as name:
            probe = Path(name) / "probe"
            storage.get(sent, probe)
            return storage.put(probe, f"probe-{uuid.uuid4().hex}")
    except GongkaiError as error:
        return error.message


class DaskExecutor:
    """The workers of a cluster; a task whose worker is lost is done again by another one."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task.

        Raises ``GongkaiError`` where a worker does not see the folders, or the scheduler was lost before.
        """
        if not tasks:
            return
        self._check_folders(tasks)
        yield from _results(self._client, ((task, work, replace(task, jobs=1)) for task in tasks))

    def _check_folders(self, tasks: Sequence[Task]) -> None:
        outputs = {task.output.parent for task in tasks if task.output}
        probes: list[Path] = []
        try:
            for folder in sorted(outputs):
                folder.mkdir(parents=True, exist_ok=True)
                probes.append(folder / f".gongkai-probe-{uuid.uuid4().hex}")
                probes[-1].write_bytes(b"")
            folders = sorted({str(task.config_path.parent) for task in tasks if task.config_path.parent.is_dir()})
            answers = self._client.run(_sees, [*map(str, probes), *folders], on_error="return")
        finally:
            for probe in probes:
                probe.unlink(missing_ok=True)
        for worker, missing in sorted(answers.items()):
            if missing and isinstance(missing, list):
                unseen = Path(missing[0])
                raise GongkaiError(
                    f"工作节点 {worker} 看不到 {unseen.parent if unseen in probes else unseen}",
                    "把各网站和输出目录放在共享文件夹里，在每个节点用同一个路径挂载",
                )


class StorageExecutor:
    """The workers of a cluster that share no folder with this machine: sites travel through an object store."""

    def __init__(self, client: Any, storage: Storage) -> None:
        self._client = client
        self._storage = storage
        self._sender = Sender(storage)

    def run(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Yield the outcome of every task, when a built site is in its place.

        Raises ``GongkaiError`` where the scheduler was lost before.
        """
        by_site = {task.site: task for task in tasks}
        failed: list[Outcome] = []
        for outcome in _results(self._client, self._sent(tasks, failed)):
            yield receive(outcome, by_site[outcome.site], self._storage)
        yield from failed

    def _sent(self, tasks: Sequence[Task], failed: list[Outcome]) -> Iterator[tuple[Task, Callable[..., Outcome], Any]]:
        """Yield the tasks whose files are in the store; those that cannot be packed are ``failed``."""
        for task in tasks:
            try:
                yield task, work_stored, self._sender.send(replace(task, jobs=1))
            except GongkaiError as error:
                failed.append(Outcome(job=task.job, site=task.site, error=error.message, hint=error.hint))


def _results(client: Any, calls: Iterable[tuple[Task, Callable[..., Outcome], Any]]) -> Iterator[Outcome]:
    """Yield the outcome of every call of a function with its argument, in the order in which they end.

    Where the scheduler is lost, that is the outcome of all calls that have not ended. Raises ``GongkaiError`` where it
    was lost before.
    """
    from distributed import as_completed

    if client.status != "running":
        raise GongkaiError(_NO_SCHEDULER, _START_AGAIN)

    futures = {client.submit(function, argument, pure=False): task for task, function, argument in calls}
    try:
        for future in as_completed(futures, loop=client.loop):
            yield outcome_of(futures[future], future)
    finally:
        if client.status == "running":
            client.cancel([future for future in futures if not future.done()])


def outcome_of(task: Task, future: Any) -> Outcome:
    """Return what a call that has ended returned, or why nothing of it arrives."""
    with contextlib.suppress(OSError):  # the connection broke while the result was on its way
        if not future.cancelled():
            error = future.exception()
            outcome: Outcome = future.result() if error is None else _lost(task, error)
            return outcome
    return Outcome(job=task.job, site=task.site, error=_NO_SCHEDULER, hint=_START_AGAIN)


def _lost(task: Task, error: BaseException) -> Outcome:
    if type(error).__name__ == "KilledWorker":
        return killed(task)
    message = f"工作节点上出错（{type(error).__name__}: {str(error)[:200]}）"
    return Outcome(job=task.job, site=task.site, error=message, hint="看这个工作节点的日志，再运行一次")
