"""The backdrops of servers over REST, while no server's pictures are read: the contract's shape, and no lie."""

from django.test import Client

from tests.artists.api.test_providers_api import call
from tests.builders import make_artist, make_image


def test_nothing_is_said_of_servers_that_are_not_there(operator_client: Client) -> None:
    artist = make_artist()
    for slot in range(2):
        make_image(artist, "fanart", slot, file_name=f"fanart{slot}.jpg")
    place = f"/artists/{artist.pk}"
    assert call(operator_client, "GET", f"{place}/platform-backdrops").json() == {"connections": []}
    assert call(operator_client, "GET", f"{place}/platform-backdrops/7/0/thumbnail").status_code == 404
    assert call(operator_client, "GET", f"{place}/fanart-sync-state").json() == {
        "slots": [{"index": slot, "state": "unsynced", "connections": []} for slot in range(2)],
        "state": "none",
    }
    for slot, word in ((0, "server"), (2, "server"), (3, "follow the last one")):
        body = {"connection_id": "7", "platform_index": 0}
        answer = call(operator_client, "POST", f"{place}/images/fanart/{slot}/assign", body)
        assert answer.status_code == 400
        assert word in answer.json()["error"]
    assert call(operator_client, "GET", "/artists/0/fanart-sync-state").status_code == 404
