"""What one kind of request may cost and where it may go; times are in seconds, sizes in bytes."""

import random
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from stillwater.outbound.origins import origin

MEBIBYTE = 1024 * 1024
MOST_REDIRECTS = 5
MARGIN, SLOW_MARGIN = 1.02, 1.035
"""How much longer than allowed the pause between two requests is: on their way one is quicker than another.

Who allows one in a second or fewer looks at each single gap, so that it has to outlast more. Who allows more counts
them in a window, where the gaps make up for one another, and being late costs a greater part of each.
"""


@dataclass(frozen=True)
class Rate:
    """A bucket shared by every process: `per_second` on average, `burst` at once, waiting at most `patience`."""

    name: str
    per_second: float
    burst: int = 1
    patience: float = 60

    @property
    def interval(self) -> float:
        """Seconds between two requests."""
        return (MARGIN if self.per_second > 1 else SLOW_MARGIN) / self.per_second


@dataclass(frozen=True, slots=True)
class Budget:
    """Time that several requests share, such as all that one page asks; `at` is a moment of the steady clock."""

    at: float
    clock: Callable[[], float] = time.monotonic

    @classmethod
    def of(cls, seconds: float, clock: Callable[[], float] = time.monotonic) -> "Budget":
        return cls(clock() + seconds, clock)

    def left(self) -> float:
        return max(0.0, self.at - self.clock())


@dataclass(frozen=True)
class Policy:
    """`deadline` bounds one attempt with its redirects, however slowly the bytes drip in.

    `longest_wait` bounds the pause before a retry: a server that asks for more is not asked again.
    `allow_private` holds addresses ("http://192.168.1.5:8096") that an administrator typed; only exactly these
    origins may lie in a private network. `ca_file` names a bundle for a server with a certificate of its own.
    `circuit` names what all processes know of whether the server answers at all; "" asks it every time.
    `insists`: a person wants to know now, so a silent server is asked all the same; once it answers, all may ask.
    """

    connect_timeout: float = 5
    read_timeout: float = 15
    deadline: float = 30
    body_limit: int = 25 * MEBIBYTE
    attempts: int = 3
    longest_wait: float = 20
    redirects: int = 0
    rate: Rate | None = None
    allow_private: frozenset[str] = frozenset()
    ca_file: str = ""
    circuit: str = ""
    insists: bool = False

    def __post_init__(self) -> None:
        if not 0 <= self.redirects <= MOST_REDIRECTS:
            raise ValueError(f"redirects must be 0 to {MOST_REDIRECTS}")
        object.__setattr__(self, "allow_private", frozenset(origin(url) for url in self.allow_private))


Resolver = Callable[[str, int], list[str]]
"""A host name and port to the IP addresses behind it; raises `OSError` when there are none."""


def resolve(host: str, port: int) -> list[str]:
    """Asks the system. A resolver that hangs is bounded by the system's own timeout, not by ours."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True)
class Surroundings:
    """The world a client lives in, replaceable in tests: names, a steady clock, the calendar, sleep and chance."""

    resolve: Resolver = resolve
    clock: Callable[[], float] = time.monotonic
    calendar: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    chance: Callable[[], float] = field(default=random.SystemRandom().random)
