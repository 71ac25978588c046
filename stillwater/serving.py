"""Runs everything in the foreground: Granian, the worker cluster, the watcher; each is started again when it dies."""

import logging
import socket
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from stillwater import jobs, schedule
from stillwater.services.health import worker_state
from stillwater.supervising import Companion, Supervisor, Work

logger = logging.getLogger(__name__)

BLOCKING_THREADS = 64
WORKER = "worker"
ASK_EVERY = 15.0
"""Seconds between two looks whether the cluster still works."""
MOST_SILENCES = 4
"""After so many looks in a row without a sign of life the cluster starts again."""


def serve(address: str, port: int, *, commands: tuple[tuple[str, ...], ...], ready: Callable[[], None]) -> None:
    """Block until Ctrl-C or SIGTERM. `commands` run beside web and worker; `ready`: the address is open."""
    works: dict[str, Work] = {"web": partial(_web, address, port), WORKER: _cluster}
    works |= {name: partial(call_command, name, *options) for name, *options in commands}
    supervisor = Supervisor(works)
    watch_over = Watch(supervisor.companions[WORKER])
    greeting = Greeting(address, port, ready)

    def look() -> None:
        greeting.look()
        watch_over.look()

    supervisor.run(look)


@dataclass
class Greeting:
    """Granian opens its address some time after its start, and whoever reads the address opens it at once."""

    address: str
    port: int
    ready: Callable[[], None]
    is_said: bool = False

    def look(self) -> None:
        if not self.is_said and _is_open(self.address, self.port):
            self.is_said = True
            self.ready()


@dataclass
class Watch:
    """A worker that is killed while it waits keeps the lock of the cluster's queue for ever: the others wait for it
    and nothing of the cluster dies. So the cluster has to give a sign of life, or starts again.
    """

    cluster: Companion
    is_working: Callable[[], bool] = lambda: worker_state() == "ok"
    asked: float = field(default_factory=time.monotonic)
    silences: int = 0

    def look(self) -> None:
        now = time.monotonic()
        if now - self.asked < ASK_EVERY or self.cluster.process is None:
            return
        self.asked = now
        self.silences = 0 if self._gives_a_sign(now) else self.silences + 1
        if self.silences >= MOST_SILENCES:
            logger.error("the worker has done nothing for a while; it starts again")
            self.cluster.kill()
            self.silences = 0

    def _gives_a_sign(self, now: float) -> bool:
        """One that has just begun has nothing to show yet."""
        return now - self.cluster.begun < schedule.LATE or self._works()

    def _works(self) -> bool:
        """No connection stays open here: the next companion is forked from this process."""
        try:
            return self.is_working()
        except Exception:  # a database that does not answer is no fault of the worker's
            logger.exception("could not ask how the worker is")
            return True
        finally:
            connections.close_all()


def _cluster() -> None:
    jobs.queue_again()
    connections.close_all()
    call_command("qcluster", verbosity=0)


def _web(address: str, port: int) -> None:
    Granian(
        target="stillwater.wsgi:application",
        address=address,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        log_level=LogLevels.error,
        working_dir=settings.BASE_DIR,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
    ).serve()


def _is_open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
