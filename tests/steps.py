"""Steps of a Stillwater, each in a process of its own, so that one can be killed and the next finds what it left.

They are forked from a process that has imported everything and has opened nothing: a step costs what it does, not
the seconds in which Python reads a program. A new database is a copy of one that was migrated once.
"""

import atexit
import functools
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
DATABASE = "stillwater.db"

_PARENT = """
import json, os, sys, traceback
import django
django.setup()
from django.db import connections
from django.urls import get_resolver
get_resolver().url_patterns

def step(asked):
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    code = 1
    try:
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
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
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
        self._said = data.parent / f"{data.name}-steps"
        self._said.mkdir()
        self._parent = subprocess.Popen(
            [sys.executable, "-c", _PARENT],
            cwd=ROOT,
            env=_environment(data) | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def run(self, script: str) -> str:
        """What it printed. Raises AssertionError with its complaints when it did not end well."""
        return self._done(script, 0).stdout

    def die(self, script: str) -> None:
        """It has to be killed by itself."""
        self._done(script, -signal.SIGKILL)

    def close(self) -> None:
        self._parent.communicate()

    def __enter__(self) -> "Steps":
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()

    def _done(self, script: str, code: int) -> Step:
        assert self._parent.stdin is not None
        assert self._parent.stdout is not None
        out, err = self._said / "out", self._said / "err"
        asked = {"script": self._prologue + script, "out": str(out), "err": str(err)}
        print(json.dumps(asked), file=self._parent.stdin, flush=True)
        answered = int(self._parent.stdout.readline())
        done = Step(answered, out.read_text(encoding="utf-8"), err.read_text(encoding="utf-8"))
        assert done.code == code, (done.code, done.stderr[-2000:])
        return done


def put_database(data: Path) -> None:
    """A migrated database lies in this data folder, which is made; one that is there stays."""
    data.mkdir(parents=True, exist_ok=True)
    if not (data / DATABASE).exists():
        shutil.copyfile(_migrated(), data / DATABASE)


@functools.cache
def _migrated() -> Path:
    """Made once for all tests of this process, by the command that people use."""
    data = Path(tempfile.mkdtemp(prefix="stillwater-migrated-"))
    atexit.register(shutil.rmtree, data)
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    subprocess.run(command, cwd=ROOT, env=_environment(data), check=True)
    return data / DATABASE


def _environment(data: Path) -> dict[str, str]:
    return {
        **os.environ,
        "STILLWATER_DATA": str(data),
        "STILLWATER_LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "stillwater.settings",
    }
