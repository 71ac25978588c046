"""`manage.py serve`: checks, migrates, starts the worker, the watcher and the web server, prints the address."""

import sys
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser

from stillwater import demo, jobs, static_build, tasks
from stillwater.listening import free_address, in_address
from stillwater.serving import serve

COMPANIONS = (("watch",),)


class Command(BaseCommand):
    help = "Serves Stillwater: web pages, REST API, background work."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen on")
        parser.add_argument("--port", type=int, default=1973)
        parser.add_argument("--demo", action="store_true", help="a generated library in a throw-away folder")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], options["port"]
        address = free_address(host, port)
        if options["demo"] and not settings.STILLWATER_DEMO:
            sys.exit(demo.run_in_throw_away_folder(["serve", "--host", host, "--port", str(port)]))
        self._prepare()
        note = demo.prepare() if settings.STILLWATER_DEMO else ""
        serve(
            address,
            port,
            commands=(*COMPANIONS, *demo.companions()),
            ready=lambda: self._say(f"http://{in_address(host)}:{port}/", note),
        )

    def _prepare(self) -> None:
        settings.STILLWATER_DATA.mkdir(parents=True, exist_ok=True)
        call_command("check", databases=["default"])
        call_command("migrate", verbosity=0)
        static_build.build()
        tasks.schedule_tick()
        jobs.sweep()  # the worker looks at its clock for the first time after half a minute

    def _say(self, address: str, note: str) -> None:
        self.stdout.write(f"Stillwater is at {address}{note}\nStop it with Ctrl-C.")
        self.stdout.flush()
