"""Runs everything in the foreground: the worker cluster, the watcher, and Granian; stops all of them together."""

import gc
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkProcess

from django.conf import settings
from django.core.management import call_command
from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

BLOCKING_THREADS = 64
STOP_SECONDS = 20
LOOK_EVERY = 0.05
"""Seconds between two looks whether the address is open."""


@dataclass
class Companions:
    """The processes beside the web server, each a `manage.py` command of ours.

    They are forked from this one: the program is read once and is in memory once.
    """

    commands: tuple[tuple[str, ...], ...]
    running: list[ForkProcess] = field(default_factory=list)

    def start(self) -> None:
        """No connection may be open, which two processes would share; what is in memory by now stays shared."""
        connections.close_all()
        gc.collect()
        gc.freeze()
        for command in self.commands:
            process = get_context("fork").Process(target=_companion, args=(command,), name=command[0])
            process.start()
            self.running.append(process)

    def stop(self) -> None:
        """Ask first; whoever does not stop in time is killed with all its children."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.join(STOP_SECONDS)
            if process.is_alive() and process.pid:
                os.killpg(process.pid, signal.SIGKILL)


def _companion(command: tuple[str, ...]) -> None:
    """In a process group of its own, so that Ctrl-C reaches it through us, once."""
    os.setsid()
    call_command(*command)


def serve(host: str, port: int, *, commands: tuple[tuple[str, ...], ...], ready: Callable[[], None]) -> None:
    """Block until Ctrl-C or SIGTERM (Granian handles both). `ready` is called once the address is open."""
    companions = Companions(commands)
    server = Granian(
        target="stillwater.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=BLOCKING_THREADS,
        log_access=False,
        log_level=LogLevels.error,
        working_dir=settings.BASE_DIR,
        workers_kill_timeout=5,
        respawn_failed_workers=True,
    )
    server.on_startup(lambda: _when_open(host, port, ready))
    companions.start()
    try:
        server.serve()
    finally:
        companions.stop()


def _when_open(host: str, port: int, ready: Callable[[], None]) -> None:
    """Granian calls its hook before its worker process listens, and whoever reads the address opens it at once."""

    def wait() -> None:
        while not _is_open(host, port):
            time.sleep(LOOK_EVERY)
        ready()

    threading.Thread(target=wait, daemon=True).start()


def _is_open(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
