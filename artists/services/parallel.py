"""Spreads pure work over processes: small work stays in this one, and no child outlives a killed parent."""

import multiprocessing
import os
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TypeVar

from django.conf import settings

Work = TypeVar("Work")
Result = TypeVar("Result")

_AHEAD = 2
"""Pieces that lie ready for each process, so that none waits and memory stays bounded."""


def cores() -> int:
    """Processes worth starting: 1 where this process may have no children, or work is done inline."""
    if settings.STILLWATER_JOBS_INLINE or multiprocessing.current_process().daemon:
        return 1
    return len(os.sched_getaffinity(0))


def spread(
    function: Callable[[Work], Result], pieces: Iterable[Work], *, workers: int, here_first: int = 1
) -> Iterator[Result]:
    """The results in the order of the pieces. The first `here_first` are made here: processes cost half a second.

    `function` and its module must be importable in a fresh interpreter (no Django models).
    """
    rest = iter(pieces)
    yield from map(function, islice(rest, None if workers < 2 else here_first))
    following = next(rest, None)
    if following is not None:
        yield from _in_processes(function, chain([following], rest), workers)


def _in_processes(function: Callable[[Work], Result], pieces: Iterable[Work], workers: int) -> Iterator[Result]:
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_end_with_parent) as pool:
        waiting: deque[Future[Result]] = deque()
        try:
            for piece in pieces:
                waiting.append(pool.submit(function, piece))
                if len(waiting) > workers * _AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(cancel_futures=True)


def _end_with_parent() -> None:
    """A killed parent closes no queue: its children would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent.sentinel,), daemon=True).start()


def _leave_after(sentinel: int) -> None:
    wait([sentinel])
    os._exit(1)
