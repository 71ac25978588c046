"""Asks several servers at the same time, so that one that is dead costs the others nothing."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar

from connections.clients.errors import ClientError

Key = TypeVar("Key")
Result = TypeVar("Result")

AT_ONCE = 8
"""Servers that are asked at the same time; each has the time that its client gives it."""


def side_by_side(calls: Mapping[Key, Callable[[], Result]]) -> Iterator[tuple[Key, Result | ClientError]]:
    """Each answer as it comes, or why there is none. The calls touch no database: they run in threads of their own."""
    pool = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="server")
    waiting = {pool.submit(_answer, call): key for key, call in calls.items()}
    try:
        for done in as_completed(waiting):
            yield waiting[done], done.result()
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _answer(call: Callable[[], Result]) -> Result | ClientError:
    try:
        return call()
    except ClientError as error:
        return error
