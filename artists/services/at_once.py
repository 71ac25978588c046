"""Asks several at the same time and waits for all of them, but not for ever."""

from collections.abc import Callable, Hashable, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from typing import TypeVar

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


def at_once(calls: Mapping[Key, Callable[[], Result]], seconds: float | None) -> dict[Key, Result]:
    """The results of those that ended within so many seconds (None: however long it takes); whoever is late is missing.

    A call that raises raises here. The calls touch no database: each runs in a thread of its own.
    """
    pool = ThreadPoolExecutor(max_workers=max(1, len(calls)), thread_name_prefix="asking")
    waiting = {key: pool.submit(call) for key, call in calls.items()}
    wait(waiting.values(), timeout=seconds)
    pool.shutdown(wait=False, cancel_futures=True)
    return {key: future.result() for key, future in waiting.items() if future.done() and not future.cancelled()}
