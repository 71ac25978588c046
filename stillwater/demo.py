"""The demo: the same program again, on a generated library in a throw-away folder, with an account to try it."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import FrameType
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management import call_command

from stillwater.services import accounts

USERNAME, PASSWORD = "demo", "demo-still-water"


def run_in_throw_away_folder(arguments: list[str]) -> int:
    """Run `manage.py` with the arguments as a demo; settings are read once, so it is another process. Its exit code."""
    with tempfile.TemporaryDirectory(prefix="stillwater-demo-", ignore_cleanup_errors=True) as folder:
        environment = {
            **os.environ,
            "STILLWATER_DATA": str(Path(folder) / "data"),
            "STILLWATER_DEMO": "true",
            "STILLWATER_PROVIDERS_URL": f"http://127.0.0.1:{_free_port()}",
            "STILLWATER_DEMO_SERVERS_URL": f"http://127.0.0.1:{_free_port()}",
        }
        command = [sys.executable, str(settings.BASE_DIR / "manage.py"), *arguments]
        process = subprocess.Popen(command, env=environment, start_new_session=True)  # noqa: S603 - our own command

        def forward(_number: int, _frame: FrameType | None) -> None:
            process.send_signal(signal.SIGTERM)

        previous = {number: signal.signal(number, forward) for number in (signal.SIGINT, signal.SIGTERM)}
        try:
            return process.wait()
        finally:
            for number, handler in previous.items():
                signal.signal(number, handler)


def companions() -> tuple[tuple[str, ...], ...]:
    """The commands that answer as the demo's providers and servers; none where it has no such world."""
    worlds = {
        "fake_providers": settings.STILLWATER_PROVIDERS_URL,
        "fake_servers": settings.STILLWATER_DEMO_SERVERS_URL,
    }
    ports = {command: urlsplit(url).port for command, url in worlds.items()}
    return tuple((name, "--port", str(port)) for name, port in ports.items() if settings.STILLWATER_DEMO and port)


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def prepare() -> str:
    """Account and library of the demo; returns what to print behind the address."""
    if accounts.setup_needed():
        accounts.create_first_administrator(username=USERNAME, password=PASSWORD, display_name="Demo")
        call_command("prepare_demo", settings.STILLWATER_DATA.parent / "music")
    return f"\nThis is the demo: invented artists, thrown away at the end. Sign in as {USERNAME} with {PASSWORD}"
