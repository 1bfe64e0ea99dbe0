"""Work in all cores: chunks in, results out, in whatever order they finish; one job runs in place."""

import contextlib
import ctypes
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from generator.problems import GongkaiError

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
    import multiprocessing  # not needed where there is little to do
    from concurrent.futures import ProcessPoolExecutor, as_completed
    from concurrent.futures.process import BrokenProcessPool

    method = "fork" if sys.platform == "linux" else "spawn"
    with ProcessPoolExecutor(
        max_workers=min(jobs, len(chunks)),
        mp_context=multiprocessing.get_context(method),
        initializer=_start,
        initargs=(prepare, arguments),
    ) as pool:
        futures = [pool.submit(function, chunk) for chunk in chunks]
        try:
            if meanwhile:
                meanwhile()
            for future in as_completed(futures):
                yield future.result()
        except BrokenProcessPool:
            raise GongkaiError("一个工作进程被系统结束了（多半是内存不足）", "用 --jobs 1 再试") from None
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)  # nobody writes any more when this returns
            raise


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
