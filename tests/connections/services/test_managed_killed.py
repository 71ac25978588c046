"""Killed at any remote call of the managed toggle: a second run repairs, and the original settings are never lost."""

import json
from collections.abc import Callable
from itertools import count

import pytest

from connections.clients.session import ServerSession
from connections.models import Connection, KeptSettings
from connections.services.managed import look_after, manage, release
from stillwater.outbound import Answer
from tests.connections.conftest import House, connect
from tests.connections.services.test_managed import furnish, music, options, text

pytestmark = pytest.mark.django_db
CALLS = {"emby": 7, "jellyfin": 5, "lidarr": 5}
"""Of a toggle, either way: who is it, what is there, then read and write for each library, and look once more."""
MORE_CALLS_THAN_THERE_ARE = 8
Verb = Callable[[Connection], object]
Run = Callable[..., int]


class Killed(BaseException):
    """The process is gone: nobody catches it, nobody tidies up."""


class Death:
    """Comes at one remote call: before it leaves us, or when the server has done it and nobody hears the answer."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.calls, self.at, self.is_late = count(), -1, False
        send = ServerSession._send

        def sent(session: ServerSession, *args: object, **named: object) -> Answer:
            number = next(self.calls)
            if number == self.at and not self.is_late:
                raise Killed
            answer = send(session, *args, **named)  # type: ignore[arg-type]
            if number == self.at:
                raise Killed
            return answer

        monkeypatch.setattr(ServerSession, "_send", sent)

    def kills(self, verb: Verb, connection: Connection, at: int, *, late: bool) -> bool:
        """Whether the verb had so many calls."""
        self.calls, self.at, self.is_late = count(), at, late
        try:
            verb(Connection.objects.get(pk=connection.pk))
        except Killed:
            return True
        finally:
            self.at = -1
        return False


@pytest.fixture
def death(monkeypatch: pytest.MonkeyPatch) -> Death:
    return Death(monkeypatch)


@pytest.fixture
def furnished(servers: House) -> House:
    furnish(servers)
    return servers


def originals() -> dict[str, object]:
    return {row.external_id: row.original for row in KeptSettings.objects.all()}


def is_quiet(servers: House, kind: str) -> bool:
    written = json.dumps(options(servers, kind)[0])
    if kind == "lidarr":
        return written.count('"value": true') == 1
    return '"SaveLocalMetadata": false' in written and '"MetadataSavers": []' in written


def killed_on(servers: House, death: Death, kind: str, *, late: bool) -> int:
    """Switched on, killed, switched on again, put back. Returns how many kills there were."""
    before, connection, kills = text(servers, kind), connect(servers, kind), 0
    for at in range(MORE_CALLS_THAN_THERE_ARE):
        kills += death.kills(manage, connection, at, late=late)
        manage(connection)
        assert is_quiet(servers, kind)
        release(connection)
        assert text(servers, kind) == before
        assert not KeptSettings.objects.exists()
    return kills


def killed_off(servers: House, death: Death, kind: str, *, late: bool) -> int:
    """Switched off, killed; the look that is taken now and then goes on with it."""
    before, connection, kills = text(servers, kind), connect(servers, kind), 0
    for at in range(MORE_CALLS_THAN_THERE_ARE):
        manage(connection)
        kills += death.kills(release, connection, at, late=late)
        look_after(Connection.objects.get(pk=connection.pk))
        assert text(servers, kind) == before
        assert not KeptSettings.objects.exists()
    return kills


def given_up(servers: House, death: Death, kind: str, *, late: bool) -> int:
    """Switched on, killed, and nobody tries again: the look that is taken now and then puts it back."""
    before, connection, kills = text(servers, kind), connect(servers, kind), 0
    for at in range(CALLS[kind]):
        kills += death.kills(manage, connection, at, late=late)
        look_after(Connection.objects.get(pk=connection.pk))
        assert text(servers, kind) == before
    return kills


def killed_twice(servers: House, death: Death, kind: str, *, late: bool) -> int:
    """Two toggles, off and on, both killed: what was kept first is kept still."""
    before, connection, kills = text(servers, kind), connect(servers, kind), 0
    for at in range(MORE_CALLS_THAN_THERE_ARE):
        manage(connection)
        kept = originals()
        kills += death.kills(release, connection, at, late=late)
        death.kills(manage, connection, at, late=late)
        manage(Connection.objects.get(pk=connection.pk))
        assert originals() == kept
        release(Connection.objects.get(pk=connection.pk))
        assert text(servers, kind) == before
    return kills


RUNS = (killed_on, killed_off, given_up, killed_twice)


@pytest.mark.parametrize("kind", CALLS)
@pytest.mark.parametrize("late", [False, True])
@pytest.mark.parametrize("run", RUNS)
def test_killed_at_every_call(furnished: House, death: Death, kind: str, late: bool, run: Run) -> None:
    assert run(furnished, death, kind, late=late) == CALLS[kind]


def test_those_are_more_than_a_hundred_kills() -> None:
    assert len(RUNS) * 2 * sum(CALLS.values()) == 136


def test_a_snapshot_that_is_taken_anew_would_lose_the_original(furnished: House, death: Death) -> None:
    """The control: the same kill, and a second run that does not find what the first has kept."""
    before, connection = text(furnished, "jellyfin"), connect(furnished, "jellyfin")
    assert death.kills(manage, connection, 3, late=True)
    KeptSettings.objects.all().delete()
    manage(connection)
    release(connection)
    assert text(furnished, "jellyfin") != before
    assert music(furnished, "jellyfin")["SaveLocalMetadata"] is False


def test_a_lock_of_a_killed_run_holds_nobody_up(furnished: House, death: Death) -> None:
    connection = connect(furnished, "emby")
    assert death.kills(manage, connection, 3, late=False)
    assert manage(connection).managed
