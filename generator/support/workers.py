"""Run a function over chunks in several processes; results come in the order in which they finish."""

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
State = TypeVar("State")
Chunk = TypeVar("Chunk")
Result = TypeVar("Result")


def run_chunks(
    function: Callable[[State, Chunk], Result],
    chunks: Sequence[Chunk],
    *,
    jobs: int,
    prepare: Callable[[], State],
    meanwhile: Callable[[], object] | None = None,
) -> Iterator[Result]:
    """Yield ``function(state, chunk)`` for every chunk, in the order in which they finish.

    ``prepare`` creates the state of each process once; where the system can fork, a process inherits the values of
    ``prepare`` and only chunks and results are pickled. ``meanwhile`` runs in the parent while workers start.
    """
    if jobs <= 1 or len(chunks) <= 1:
        if meanwhile:
            meanwhile()
        state = prepare()
        for chunk in chunks:
            yield function(state, chunk)
        return
    from concurrent.futures import as_completed  # slow to import, not needed for one job

    with _processes(min(jobs, len(chunks)), prepare) as pool, _report_death():
        futures = [pool.submit(_with_state, function, chunk) for chunk in chunks]
        if meanwhile:
            meanwhile()
        for future in as_completed(futures):
            yield future.result()


@contextlib.contextmanager
def _processes(count: int, prepare: Callable[[], object]) -> Iterator["ProcessPoolExecutor"]:
    """Start processes; all of them have ended when the context is left, also after an exception."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(
        max_workers=count,
        mp_context=multiprocessing.get_context(method),
        initializer=start_process,
        initargs=(prepare,),
    ) as pool:
        try:
            yield pool
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


@contextlib.contextmanager
def _report_death() -> Iterator[None]:
    from concurrent.futures.process import BrokenProcessPool

    try:
        yield
    except BrokenProcessPool:
        raise GongkaiError("一个工作进程被系统结束了（多半是内存不足）", "用 --jobs 1 再试") from None


@contextlib.contextmanager
def run_in_background(function: Callable[[], Result], *, jobs: int) -> Iterator[Callable[[], Result]]:
    """Start a function in another process, and yield a function that waits for its result, which is pickled.

    With one job, or where the system cannot fork, the function runs when its result is asked for.
    """
    if jobs <= 1 or sys.platform != "linux":
        yield function
        return
    with _processes(1, lambda: function) as pool:
        future = pool.submit(_call_state)

        def result() -> Result:
            with _report_death():
                value: Result = future.result()
            pool.shutdown()  # before the next fork
            return value

        yield result


_state: Any = None  # of a worker process: the result of ``prepare``


def _with_state(function: Callable[[Any, Chunk], Result], chunk: Chunk) -> Result:
    return function(_state, chunk)


def _call_state() -> Any:
    return _state()


def split_into_chunks(items: Sequence[Chunk], *, jobs: int, most: int) -> list[Sequence[Chunk]]:
    """Split a sequence into chunks of at most ``most`` items, ever smaller ones, so that all processes end together."""
    chunks: list[Sequence[Chunk]] = []
    start = 0
    while start < len(items):
        size = min(most, max(_LEAST, (len(items) - start) // (jobs * 4)))
        chunks.append(items[start : start + size])
        start += size
    return chunks


def start_process(prepare: Callable[[], object]) -> None:
    """Start a worker process, which leaves Ctrl-C to the main process and ends with it, and prepare its state."""
    global _state
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the main process handles Ctrl-C
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":  # end with the main process, however that ends
        with contextlib.suppress(OSError, AttributeError):
            ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    _state = prepare()
