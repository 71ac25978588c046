"""A worker is killed by the system at any remote call of the managed toggle: its job resumes and ends as it should."""

import json
from pathlib import Path

import pytest

from tests.connections.conftest import KEYS, House
from tests.connections.services.test_managed import furnish, options, text
from tests.steps import Steps

PROLOGUE = """
import json, os, signal
from datetime import timedelta
from itertools import count
from django.conf import settings
from django.utils import timezone
from connections.clients.session import ServerSession
from connections.models import Connection, KeptSettings
from connections.services.connections import add_connection
from connections.tasks.managed import start_switch
from stillwater import jobs
from stillwater.models import Job
settings.STILLWATER_JOBS_INLINE = True
"""

DYING = """
calls, send = count(), ServerSession._send
def dying(session, *args, **named):
    is_time = next(calls) == {call}
    if is_time and not {late}:
        os.kill(os.getpid(), signal.SIGKILL)
    answer = send(session, *args, **named)
    if is_time:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer
ServerSession._send = dying
"""

RESUME = """
Job.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
jobs.sweep()
job = Job.objects.filter(kind="managed_switch").first()
managed = Connection.objects.get().feature_manage_server_files
print(json.dumps([job.state, managed, KeptSettings.objects.count()]))
"""
CALLS = 7
"""Of a toggle of two libraries, either way."""


def switch(on: bool) -> str:
    return f"start_switch(Connection.objects.get(), {on})\n"


@pytest.fixture
def steps(servers: House, tmp_path: Path) -> Steps:
    furnish(servers)
    made = Steps(tmp_path / "data", PROLOGUE)
    asked = {"name": "Emby", "type": "emby", "url": servers.url("emby"), "api_key": KEYS["emby"]}
    made.run(f"add_connection(**{asked!r})\n")
    return made


@pytest.mark.parametrize("late", [False, True])
def test_its_job_resumes_and_ends_as_it_should(servers: House, steps: Steps, late: bool) -> None:
    before = text(servers, "emby")
    for call in range(CALLS):
        dying = DYING.format(call=call, late=late)
        steps.die(dying + switch(True))
        assert json.loads(steps.run(RESUME)) == ["done", True, 2]
        assert [each["SaveLocalMetadata"] for each in options(servers, "emby")] == [False, False]
        steps.die(dying + switch(False))
        assert json.loads(steps.run(RESUME)) == ["done", False, 0]
        assert text(servers, "emby") == before
