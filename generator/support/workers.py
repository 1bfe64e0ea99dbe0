"""Work in all cores: chunks in, results out, in whatever order they finish; one job runs in place."""

import contextlib
import ctypes
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

from generator.domain.problems import GongkaiError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

_PR_SET_PDEATHSIG = 1
_LEAST = 8
Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


def run_chunks(
    function: Callable[[Chunk], Result],
    chunks: Sequence[Chunk],
    *,
    jobs: int,
    prepare: Callable[..., None],
    arguments: tuple[Any, ...],
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[Result]:
    """Yield ``function(chunk)`` for every chunk; ``prepare(*arguments)`` runs first in every process.

    Where the system can fork, a process inherits the arguments and nothing big crosses its border.
    ``meanwhile`` is done here while the other processes begin.
    """
    if jobs <= 1 or len(chunks) <= 1:
        if meanwhile:
            meanwhile()
        prepare(*arguments)
        for chunk in chunks:
            yield function(chunk)
        return
    from concurrent.futures import as_completed  # not needed where there is little to do

    with _processes(min(jobs, len(chunks)), prepare, arguments) as pool, _told_of_death():
        futures = [pool.submit(function, chunk) for chunk in chunks]
        if meanwhile:
            meanwhile()
        for future in as_completed(futures):
            yield future.result()


@contextlib.contextmanager
def _processes(count: int, prepare: Callable[..., None], arguments: tuple[Any, ...]) -> Iterator["ProcessPoolExecutor"]:
    """Start processes; nobody works or writes any more when this returns, however it ends."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(
        max_workers=count,
        mp_context=multiprocessing.get_context(method),
        initializer=_start,
        initargs=(prepare, arguments),
    ) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


@contextlib.contextmanager
def _told_of_death() -> Iterator[None]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool:
        raise GongkaiError("一个工作进程被系统结束了（多半是内存不足）", "用 --jobs 1 再试") from None


@contextlib.contextmanager
def beside(function: Callable[[], Result], *, jobs: int) -> Iterator[Callable[[], Result]]:
    """Begin one piece of work in another process, and give what waits for its result; the result crosses the border.

    With one job, or where the system cannot fork, the work is done when its result is asked for.
    """
    if jobs <= 1 or sys.platform != "linux":
        yield function
        return
    with _processes(1, _hold, (function,)) as pool:
        future = pool.submit(_do_held)

        def result() -> Result:
            with _told_of_death():
                found: Result = future.result()
            pool.shutdown()  # before anybody forks again
            return found

        yield result


_held: Callable[[], Any]


def _hold(function: Callable[[], Any]) -> None:
    global _held
    _held = function


def _do_held() -> Any:
    return _held()


def split(items: Sequence[Chunk], *, jobs: int, most: int) -> list[Sequence[Chunk]]:
    """Cut a sequence into chunks of at most ``most``, ever smaller ones, so that all processes end together."""
    chunks: list[Sequence[Chunk]] = []
    start = 0
    while start < len(items):
        size = min(most, max(_LEAST, (len(items) - start) // (jobs * 4)))
        chunks.append(items[start : start + size])
        start += size
    return chunks


def _start(prepare: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the main process's to handle
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":  # end with the main process, however that ends
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    prepare(*arguments)
