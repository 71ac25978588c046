"""What is switched on again on a managed server is switched off and reported; one library can be switched off alone."""

from copy import deepcopy

import pytest

from artists.demo.replies import Reply
from connections.clients.errors import ClientError
from connections.models import KeptSettings
from connections.services.ledger import refresh
from connections.services.managed import look_after, manage, put_back_one, quiet_one, release
from connections.tasks.managed import LOOK, look
from stillwater.errors import Conflict, NotFound
from stillwater.models import Job
from stillwater.progress import no_progress
from tests.builders import make_library
from tests.connections.conftest import House, connect
from tests.connections.services.test_managed import furnish, music, options, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def furnished(servers: House) -> House:
    furnish(servers)
    return servers


class TestDrift:
    def test_what_is_on_again_is_switched_off_and_reported(self, furnished: House) -> None:
        before, connection = text(furnished, "emby"), connect(furnished, "emby")
        manage(connection)
        music(furnished, "emby")["SaveLocalMetadata"] = True
        outcome = look_after(connection)
        assert outcome.drifted == ["Music: SaveLocalMetadata was on again on the server"]
        assert music(furnished, "emby")["SaveLocalMetadata"] is False
        assert "SaveLocalMetadata" in KeptSettings.objects.get(name="Music").drift
        release(connection)
        assert text(furnished, "emby") == before

    def test_what_cannot_be_switched_off_again_is_a_problem_of_its_library(self, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        music(servers, "emby")["SaveLocalMetadata"] = True
        servers.instead = lambda question: Reply(403) if question.method == "POST" else None
        with pytest.raises(ClientError):
            look_after(connection)
        connection.refresh_from_db()
        assert KeptSettings.objects.get().problem == "Emby does not allow that to this key"
        assert connection.feature_manage_server_files

    def test_a_library_that_came_later_is_managed_too(self, servers: House) -> None:
        connection = connect(servers, "emby")
        manage(connection)
        furnish(servers)
        before = deepcopy(options(servers, "emby")[1])
        outcome = look_after(connection)
        assert (outcome.drifted, options(servers, "emby")[1]["SaveLocalMetadata"]) == ([], False)
        release(connection)
        assert options(servers, "emby")[1] == before

    def test_nothing_is_written_while_all_is_quiet(self, furnished: House) -> None:
        connection = connect(furnished, "emby")
        manage(connection)
        furnished.exchanges.clear()
        assert look_after(connection).lines == []
        assert furnished.asked("POST") == []


class TestOneAlone:
    def test_one_library_is_switched_off_and_put_back(self, furnished: House) -> None:
        before, connection = text(furnished, "emby"), connect(furnished, "emby")
        quiet_one(connection, "4")
        assert [each["SaveLocalMetadata"] for each in options(furnished, "emby")] == [False, True]
        look_after(connection)
        release(connection)
        assert [each["SaveLocalMetadata"] for each in options(furnished, "emby")] == [False, True]
        put_back_one(connection, "4")
        assert text(furnished, "emby") == before

    def test_it_stays_off_when_the_whole_server_is_put_back(self, furnished: House) -> None:
        connection = connect(furnished, "emby")
        quiet_one(connection, "4")
        manage(connection)
        with pytest.raises(Conflict):
            put_back_one(connection, "4")
        release(connection)
        assert [each["SaveLocalMetadata"] for each in options(furnished, "emby")] == [False, True]

    def test_one_that_does_not_exist_is_not_found(self, servers: House) -> None:
        with pytest.raises(NotFound):
            quiet_one(connect(servers, "emby"), "99")


@pytest.mark.django_db(transaction=True)
def test_what_the_ledger_sees_on_again_is_off_again_soon(servers: House) -> None:
    make_library("Mine", "/media/music")
    connection = connect(servers, "emby")
    manage(connection)
    music(servers, "emby")["SaveLocalMetadata"] = True
    refresh()
    assert Job.objects.filter(kind=LOOK).exists()
    look({}, no_progress)
    assert music(servers, "emby")["SaveLocalMetadata"] is False
    assert refresh().level == "none"
