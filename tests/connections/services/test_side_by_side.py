"""Several servers are asked at the same time: none of them answers here before all have been asked."""

import threading
from collections.abc import Callable

import pytest
from django.core.management import call_command

from artists.demo.replies import Question
from connections.models import ArtistLink, Connection
from connections.services.ledger import refresh
from connections.services.server_pictures import shown_by_all
from connections.tasks.testing import start_tests
from tests.builders import make_artist
from tests.connections.conftest import House, connect
from tests.connections.services.test_push import item_of

pytestmark = pytest.mark.django_db(transaction=True)


def shown() -> None:
    assert len(shown_by_all(ArtistLink.objects.all()[0].artist)) == 2


@pytest.mark.parametrize(
    "ask",
    [refresh, start_tests, lambda: call_command("connections", "test"), shown],
    ids=["ledger", "job", "cli", "pictures"],
)
def test_nobody_waits_for_another(servers: House, ask: Callable[[], object]) -> None:
    artist = make_artist()
    for kind in ("emby", "jellyfin"):
        link = ArtistLink(
            artist=artist, connection=connect(servers, kind), platform_artist_id=item_of(servers, kind)["Id"]
        )
        link.save()
    all_asked = threading.Barrier(2)
    seen: set[str] = set()

    def hold(question: Question) -> None:
        if question.provider not in seen:
            seen.add(question.provider)
            all_asked.wait(timeout=30)

    servers.instead = hold
    ask()
    assert not all_asked.broken
    assert list(Connection.objects.values_list("status", flat=True)) == ["ok", "ok"]


def test_what_one_that_fails_says_is_kept_beside_what_the_others_say(servers: House) -> None:
    emby, jellyfin = connect(servers, "emby"), connect(servers, "jellyfin")
    servers.emby.fault = "500"
    found = {entry.connection_id: entry.problem for entry in refresh().entries}
    assert "in trouble" in found[emby.pk]
    assert found[jellyfin.pk] == ""
