"""Steps of a Stillwater, each in a process of its own, so that one can be killed and the next finds what it left.

They are forked from one process that has imported everything and has opened nothing: a step costs what it does, not
the seconds in which Python reads a program. A new database is a copy of one that was migrated once.
"""

import atexit
import functools
import json
import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from stillwater.files import exclusive

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "stillwater.db"
_shared: list[Path] = []

_PARENT = """
import gc, json, os, sys, traceback
import django
django.setup()
from django.conf import settings
from django.db import connections
from django.urls import get_resolver
from django.utils.functional import empty
get_resolver().url_patterns
gc.freeze()  # what was read stays in pages that all of them share

def move(environment):
    os.environ.clear()
    os.environ.update(environment)
    sys.modules.pop("stillwater.settings")
    settings._wrapped = empty
    connections.databases["default"].update(settings.DATABASES["default"])

def step(asked):
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    code = 1
    try:
        move(asked["environment"])
        exec(compile(asked["script"], "a step", "exec"), {"__name__": "__main__"})
        connections.close_all()
        code = 0
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)

for line in sys.stdin:
    asked = json.loads(line)
    child = os.fork()
    if child == 0:
        step(asked)
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) if asked["waits"] else child, flush=True)
"""


@dataclass(frozen=True)
class Step:
    code: int
    stdout: str
    stderr: str


class Steps:
    """Runs scripts on the data folder `data`, each after the prologue. `environment` is added to the usual one."""

    def __init__(self, data: Path, prologue: str, **environment: str) -> None:
        put_database(data)
        self._prologue = prologue
        self._environment = _environment(data) | environment
        self._said = data.parent / f"{data.name}-steps"
        self._said.mkdir()

    def run(self, script: str) -> str:
        """What it printed. Raises AssertionError with its complaints when it did not end well."""
        return self._done(script, 0).stdout

    def die(self, script: str) -> None:
        """It has to be killed by itself."""
        self._done(script, -signal.SIGKILL)

    def _done(self, script: str, code: int) -> Step:
        out, err = self._said / "out", self._said / "err"
        ended = _fork(self._prologue + script, self._environment, out, err, waits=True)
        done = Step(ended, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
        assert done.code == code, (done.code, done.stderr[-2000:])
        return done


class Forked:
    """A process that runs a script as long as it likes. What it prints goes to `out`, a FIFO that is made here."""

    def __init__(
        self, script: str, environment: dict[str, str], out: Path, err: Path, *, prefix: tuple[str, ...] = ()
    ) -> None:
        """`prefix`: with which command it would have been started."""
        os.mkfifo(out)
        self.pid = _fork(script, {**os.environ, **environment}, out, err, prefix=prefix, waits=False)
        self._watched = os.pidfd_open(self.pid)
        self.stdout = out.open(encoding="utf-8")
        out.unlink()

    def send_signal(self, number: int) -> None:
        signal.pidfd_send_signal(self._watched, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def wait(self, seconds: float) -> None:
        """Raises subprocess.TimeoutExpired when it does not end."""
        if not select.select([self._watched], [], [], seconds)[0]:
            raise subprocess.TimeoutExpired("a script", seconds)
        self.stdout.close()


def _fork(
    script: str, environment: dict[str, str], out: Path, err: Path, *, prefix: tuple[str, ...] = (), waits: bool
) -> int:
    """The number of the process, or with `waits`, once it has ended, its code."""
    parent = _parent(prefix)
    assert parent.stdin is not None
    assert parent.stdout is not None
    asked = {"script": script, "environment": environment, "out": str(out), "err": str(err), "waits": waits}
    print(json.dumps(asked), file=parent.stdin, flush=True)
    return int(parent.stdout.readline())


@functools.cache
def _parent(prefix: tuple[str, ...]) -> "subprocess.Popen[str]":
    """Of all steps of this process. It reads the settings with a folder of its own, which no step is shown."""
    data = _folder_of_this_process("stillwater-steps-")
    parent = subprocess.Popen(
        [*prefix, sys.executable, "-c", _PARENT],
        cwd=ROOT,
        env=_environment(data),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(parent.communicate)
    return parent


def put_database(data: Path) -> None:
    """A migrated database lies in this data folder, which is made; one that is there stays."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / DATABASE).exists():
        shutil.copyfile(migrated(), data / DATABASE)


def share_with_others(folder: Path) -> None:
    """Others that run tests beside this process keep their migrated database in this folder too: one makes it."""
    _shared.append(folder)


@functools.cache
def migrated() -> Path:
    """Made once for all tests, by the command that people use."""
    top = _shared[0] if _shared else _folder_of_this_process("stillwater-migrated-")
    data = top / "migrated"
    with exclusive(top / "migrated.lock"):
        if not data.exists():
            made = Path(tempfile.mkdtemp(dir=top))
            command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
            subprocess.run(command, cwd=ROOT, env=_environment(made), check=True)
            made.rename(data)
    return data / DATABASE


def _folder_of_this_process(prefix: str) -> Path:
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "STILLWATER_DATA": str(data),
        "STILLWATER_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "stillwater.settings",
    }
