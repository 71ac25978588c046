"""An `os` in which the n-th call fails, to be put in the place of the real one in a module under test."""

import os
from typing import Any

CALLS = {
    "open", "write", "fsync", "fstat", "fchmod", "fchown", "close", "replace", "rename", "link", "unlink", "lstat",
    "stat", "mkdir", "listdir",
}  # fmt: skip


class FaultyOs:
    """Fails the `nth` counted call with `number`; with `for_good`, every one after it as well."""

    def __init__(self, nth: int, number: int, *, for_good: bool = False) -> None:
        self.nth = nth
        self.number = number
        self.for_good = for_good
        self.calls = 0

    @property
    def fired(self) -> bool:
        return self.calls >= self.nth

    def __getattr__(self, name: str) -> Any:
        real = getattr(os, name)
        return self._counted(real) if name in CALLS else real

    def _counted(self, real: Any) -> Any:
        def call(*arguments: Any, **options: Any) -> Any:
            self.calls += 1
            if self.calls == self.nth or (self.for_good and self.calls > self.nth):
                if real is os.close:
                    real(*arguments)
                raise OSError(self.number, os.strerror(self.number))
            return real(*arguments, **options)

        return call
