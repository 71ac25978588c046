"""A disk that fails at the n-th call of an operation on pictures, and a process that dies there."""

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from artists.services import file_changes
from artists.services.pictures import places
from stillwater.files import containment, entries, linking, locked, moving, reading, writing
from tests.stillwater.faults import CALLS

NUMBERS = (errno.EIO, errno.ENOSPC, errno.EACCES, errno.EROFS)
MODULES = (writing, entries, moving, linking, reading, containment, locked, file_changes, places)
COUNTED = CALLS | {"symlink", "read", "readlink"}


class Killed(BaseException):
    """The process is no more: nothing catches this, and nothing that it still tries has any effect."""


class Breakage:
    """Counts the calls of all modules that touch files; at the n-th one it strikes.

    `number`: the system's error; None kills. `for_good`: every later call fails as well, as it does after a death.
    """

    def __init__(self, nth: int, number: int | None, *, for_good: bool = False) -> None:
        self.nth, self.number = nth, number
        self.for_good = for_good or number is None
        self.steps = 0

    @property
    def struck(self) -> bool:
        return self.steps >= self.nth

    def step(self) -> None:
        self.steps += 1
        if self.steps == self.nth or (self.for_good and self.steps > self.nth):
            if self.number is None:
                raise Killed
            raise OSError(self.number, os.strerror(self.number))

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        if name not in COUNTED:
            return real

        def call(*arguments: Any, **options: Any) -> Any:
            if name == "close":
                real(*arguments)  # a dead process has no open files
                self.step()
                return None
            self.step()
            return real(*arguments, **options)

        return call

    def statement(self, execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        """The dead write no rows either; what they had not committed is rolled back."""
        if self.number is None and not sql.startswith(("ROLLBACK", "RELEASE")):
            if self.struck:
                raise Killed
            if not sql.startswith("SELECT"):
                self.step()
        return execute(sql, *more)


@contextmanager
def broken(monkeypatch: pytest.MonkeyPatch, breakage: Breakage) -> Iterator[None]:
    with monkeypatch.context() as patch, connection.execute_wrapper(breakage.statement):
        for module in MODULES:
            patch.setattr(module, "os", breakage)
        yield
