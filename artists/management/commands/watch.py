"""`manage.py watch`: watches the folders of libraries that ask for it, until Ctrl-C or SIGTERM; `serve` starts it."""

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand

from artists.watcher import Watcher


class Command(BaseCommand):
    help = "Watches the libraries for changes on disk."

    def handle(self, *args: Any, **options: Any) -> None:
        stopped = threading.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda _number, _frame: stopped.set())
        Watcher().run(stopped)
