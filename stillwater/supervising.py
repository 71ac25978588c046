"""Keeps a few processes alive: starts again whatever dies, and stops all of them together."""

import ctypes
import gc
import logging
import os
import signal
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import wait
from multiprocessing.context import ForkProcess

from django.db import connections

logger = logging.getLogger(__name__)

Work = Callable[[], object]

STOP_SECONDS = 20
LOOK_EVERY = 0.25
"""Seconds between two looks after the processes; one that dies is noticed at once."""
LIVED_LONG = 60.0
"""Seconds after which a death is an accident; one that dies sooner waits longer and longer for its next life."""
LONGEST_WAIT = 60.0

_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


@dataclass
class Companion:
    """One process and its children, forked from this one: the program is read once and is in memory once."""

    name: str
    work: Work
    process: ForkProcess | None = None
    begun: float = 0.0
    waits: float = 0.0
    due: float = 0.0

    def start(self) -> None:
        """No connection may be open, which two processes would share; what is in memory by now stays shared."""
        connections.close_all()
        gc.collect()
        gc.freeze()
        self.process = get_context("fork").Process(target=_live, args=(self.work, os.getpid()), name=self.name)
        self.process.start()
        self.begun = time.monotonic()

    def keep_alive(self) -> None:
        """After a death: sweep up the orphans at once, and start again when it is time."""
        now = time.monotonic()
        if self.process is not None and not self.process.is_alive():
            lived = now - self.begun
            self.waits = 0.0 if lived > LIVED_LONG else min(max(1.0, self.waits * 2), LONGEST_WAIT)
            self.due = now + self.waits
            logger.error("%s ended by itself (%s); it starts again", self.name, self.process.exitcode)
            self.kill()
        if self.process is None and now >= self.due:
            self.start()

    def kill(self) -> None:
        """The process with all its children, which are one group."""
        process, self.process = self.process, None
        if process is None or process.pid is None:
            return
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            process.kill()  # nothing is left of the group, or the process has not made it yet
        process.join()


class Supervisor:
    """Runs the works by name until SIGINT, SIGTERM or SIGHUP."""

    def __init__(self, works: Mapping[str, Work]) -> None:
        self.companions = {name: Companion(name, work) for name, work in works.items()}
        self._stopping = False

    def run(self, look: Work) -> None:
        """Block until asked to stop. `look` is called several times a second, between two lives of any process."""
        for number in _STOP_SIGNALS:
            if number != signal.SIGHUP or signal.getsignal(number) is not signal.SIG_IGN:  # nohup
                signal.signal(number, self._ask_to_stop)
        try:
            while not self._stopping:
                for companion in self.companions.values():
                    companion.keep_alive()
                look()
                wait([one.process.sentinel for one in self.companions.values() if one.process], LOOK_EVERY)
        finally:
            self._stop()

    def _ask_to_stop(self, _number: int, _frame: object) -> None:
        self._stopping = True

    def _stop(self) -> None:
        """Ask first; whoever does not stop in time is killed with all its children."""
        processes = [one.process for one in self.companions.values() if one.process]
        for process in processes:
            process.terminate()
        ends = time.monotonic() + STOP_SECONDS
        for process in processes:
            process.join(max(0.0, ends - time.monotonic()))
        for companion in self.companions.values():
            companion.kill()


def _live(work: Work, parent: int) -> None:
    """In a process group of its own, so that Ctrl-C reaches it through its parent, once; it does not outlive that."""
    os.setsid()
    for number in _STOP_SIGNALS:
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() == parent:
        work()
