"""A Stillwater for the tests: `manage.py serve` on a temporary data folder, with its worker, and a way to ask it."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import requests

from tests.steps import Forked

SERVE = """
import os
from dataclasses import replace
from artists.providers import registry
from django.core.management import execute_from_command_line
os.setsid()
for provider in (*registry.PROVIDERS, *registry.WEB_SEARCHES):
    if provider.spec.name not in {slow}:
        provider.spec = replace(provider.spec, per_second=1000.0)
execute_from_command_line(["manage.py", "serve", "--port", "{port}"])
"""
MANAGE = Path(__file__).parents[2] / "manage.py"
START_SECONDS = 60
STOP_SECONDS = 30
MOST_LINES = 2000
USERNAME, PASSWORD = "maria", "a calm long secret"


@dataclass
class Server:
    """`folder` holds everything of it; the folder picker sees only `folder / "music"` and what lies beside it there."""

    folder: Path
    workers: int = 1
    providers: str = ""
    """Where invented providers answer; blank: the real ones, which no test asks."""
    address: str = ""
    process: subprocess.Popen[str] | Forked | None = None
    forked: bool = False
    """From a process that has read the program already, which takes less than half of the time.

    Providers may be asked a thousand times a second there; `slow` names those that keep their rate.
    """
    slow: frozenset[str] = frozenset()
    environment: dict[str, str] = field(default_factory=dict)
    """What this server is told beyond the usual."""
    rest: "Rest" = field(init=False)

    @property
    def music(self) -> Path:
        return self.folder / "shelves" / "music"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "server.log"

    def start(self) -> None:
        """Returns when the address, the same each time, is open. Raises RuntimeError with the log if it does not."""
        if not self.address:
            self.address = f"http://127.0.0.1:{_free_port()}"
            self.rest = Rest(self.address)
        port = self.address.rpartition(":")[2]
        self.music.parent.mkdir(parents=True, exist_ok=True)
        self.process = self._fork(port) if self.forked else self._spawn(port)
        self._await_address()

    def _fork(self, port: str) -> Forked:
        script = SERVE.format(port=port, slow=set(self.slow))
        return Forked(script, self._environment(), self.folder / "said", self.log, prefix=_humble())

    def _spawn(self, port: str) -> "subprocess.Popen[str]":
        with self.log.open("a", encoding="utf-8") as log:
            return subprocess.Popen(
                [*_humble(), sys.executable, str(MANAGE), "serve", "--port", port],
                env=self._environment(),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )

    def stop(self) -> None:
        """SIGTERM as a service manager sends it; what does not end in time is killed with its children."""
        if self.process is None:
            return
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """As when the power fails: none of its processes comes to its senses."""
        assert self.process is not None
        for pid in (self.process.pid, *_descendants(self.process.pid)):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        self.process.wait(STOP_SECONDS)

    def manage(self, *command: str) -> None:
        """What somebody does on the command line, on the same data."""
        subprocess.run(
            [sys.executable, str(MANAGE), *command], env=self._environment(), check=True, capture_output=True
        )

    def first_account(self) -> None:
        """Maria, and a token for the tests' own questions."""
        self.rest.set_up()

    def _environment(self) -> dict[str, str]:
        return {
            **os.environ,
            "STILLWATER_DATA": str(self.data),
            "STILLWATER_BROWSE_ROOTS": str(self.music.parent),
            "STILLWATER_WORKERS": str(self.workers),
            "STILLWATER_TRUSTED_PROXIES": "127.0.0.1",
            "STILLWATER_PROVIDERS_URL": self.providers,
            "PYTHONUNBUFFERED": "1",
            **self.environment,
        }

    def _await_address(self) -> None:
        assert self.process is not None
        process = self.process
        too_long = threading.Timer(START_SECONDS, process.kill)
        too_long.start()
        try:
            for line in process.stdout:
                if self.address in line:
                    return
        finally:
            too_long.cancel()
        raise RuntimeError(self.log.read_text(encoding="utf-8")[-2000:])


class Rest:
    """Asks a server over its REST API, with a token that may do everything."""

    def __init__(self, address: str) -> None:
        self.root = f"{address}/api/v1"
        self.session = requests.Session()

    def set_up(self) -> None:
        self.get("/health")
        self._bring_csrf_token()
        self.post("/auth/setup", username=USERNAME, password=PASSWORD, display_name="Maria")
        self.post("/auth/login", username=USERNAME, password=PASSWORD)
        self._bring_csrf_token()
        self.put("/preferences/theme", value="system")  # so that a window's own scheme chooses
        token = self.post("/auth/tokens", name="browser tests", scopes="read,write,admin")["token"]
        self.session.cookies.clear()
        self.session.headers.pop("X-CSRF-Token")
        self.session.headers["Authorization"] = f"Bearer {token}"

    def get(self, path: str, /, **parameters: Any) -> Any:
        return self._answer(self.session.get(self.root + path, params=parameters, timeout=30))

    def post(self, path: str, /, **body: Any) -> Any:
        return self._answer(self.session.post(self.root + path, json=body, timeout=30))

    def patch(self, path: str, /, **body: Any) -> Any:
        return self._answer(self.session.patch(self.root + path, json=body, timeout=30))

    def put(self, path: str, /, **body: Any) -> Any:
        return self._answer(self.session.put(self.root + path, json=body, timeout=30))

    def delete(self, path: str, /) -> Any:
        return self._answer(self.session.delete(self.root + path, timeout=30))

    def scan_everything(self) -> None:
        """Returns when the scan and all that follows from it is done."""
        self.post("/scanner/run")
        self.until(lambda: all(job["finished_at"] for job in self.get("/jobs")), "every job has ended")

    def until(self, holds: Callable[[], object], what: str) -> None:
        """Ask again whenever the event stream says something (it beats every second), for a bounded number of lines."""
        with self.session.get(f"{self.root}/events/stream", stream=True, timeout=30) as stream:
            for _line in islice(stream.iter_lines(chunk_size=1), MOST_LINES):
                if holds():
                    return
        raise AssertionError(f"it did not come about: {what}")

    def _bring_csrf_token(self) -> None:
        self.session.headers["X-CSRF-Token"] = self.session.cookies["csrf_token"]

    @staticmethod
    def _answer(response: requests.Response) -> Any:
        assert response.ok, f"{response.request.method} {response.url}: {response.status_code} {response.text[:300]}"
        return response.json() if response.content else None


def _descendants(pid: int) -> list[int]:
    """Children and their children, each after its parent (proc_pid_stat(5): the second field may hold blanks)."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for parent in found:
        found += [child for child, its_parent in parents.items() if its_parent == parent]
    return found[1:]


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _humble() -> tuple[str, ...]:
    """Root reads everything; without these capabilities it meets closed folders as an ordinary account does."""
    if os.geteuid() or not shutil.which("setpriv"):
        return ()
    without = "-dac_override,-dac_read_search"
    return ("setpriv", "--bounding-set", without, "--inh-caps", without)
