"""The duplicates report, the ignore list and the merge, over REST and from the command line."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from artists.models import Artist, Operation
from artists.services.undo import undo_group
from tests.builders import make_artist

pytestmark = pytest.mark.django_db

REPORT, MERGE = "/api/v1/reports/duplicates", "/api/v1/artists/merge"


def post(client: Client, url: str, **body: object) -> tuple[int, dict[str, object]]:
    answer = client.post(url, json.dumps(body), content_type="application/json")
    return answer.status_code, answer.json()


@pytest.fixture
def pair() -> list[Artist]:
    return [make_artist("Mara Field", musicbrainz_id="b9545342-1e6d-4dae-84ac-013374ad8d7c"), make_artist("Mara Field")]


def test_the_report_names_reasons_and_survivor(admin_client: Client, pair: list[Artist]) -> None:
    (group,) = admin_client.get(REPORT).json()["groups"]
    assert group["survivor_id"] == str(pair[0].pk)
    assert group["reasons"] == ["same name: mara field (2 by name)"]


def test_a_group_is_ignored_and_restored(admin_client: Client, pair: list[Artist]) -> None:
    key = admin_client.get(REPORT).json()["groups"][0]["key"]
    assert post(admin_client, f"{REPORT}/{key}/ignore")[0] == 200
    told = admin_client.get(REPORT).json()
    assert (told["groups"], told["ignored"][0]["names"]) == ([], ["Mara Field", "Mara Field"])
    assert admin_client.delete(f"{REPORT}/{key}/ignore").status_code == 204
    assert len(admin_client.get(REPORT).json()["groups"]) == 1
    assert admin_client.delete(f"{REPORT}/{key}/ignore").status_code == 404


def test_a_dry_run_changes_nothing_and_a_merge_names_its_way_back(admin_client: Client, pair: list[Artist]) -> None:
    body = {"survivor_id": str(pair[0].pk), "loser_ids": [str(pair[1].pk)]}
    status, told = post(admin_client, MERGE, **body, dry_run=True)
    assert (status, told["group"], Artist.objects.count(), Operation.objects.count()) == (200, "", 2, 0)
    status, told = post(admin_client, MERGE, **body)
    assert (status, Artist.objects.count()) == (200, 1)
    assert undo_group(Operation.objects.get().group).refused == []
    assert Artist.objects.count() == 2


def test_refusals_are_409_with_all_reasons_and_nonsense_is_422(admin_client: Client, pair: list[Artist]) -> None:
    Artist.objects.filter(pk=pair[1].pk).update(musicbrainz_id="a9545342-1e6d-4dae-84ac-013374ad8d7c")
    keys = [str(artist.pk) for artist in pair]
    status, told = post(admin_client, MERGE, survivor_id=keys[0], loser_ids=keys[1:])
    assert status == 409
    assert told["details"] == ["they have different MusicBrainz IDs, so they are two artists of one name"]
    assert post(admin_client, MERGE, survivor_id=keys[0], loser_ids=keys[:1])[0] == 422
    assert post(admin_client, MERGE, survivor_id="999", loser_ids=keys)[0] == 404


def test_the_commands_list_and_merge(pair: list[Artist]) -> None:
    out = StringIO()
    call_command("duplicates", "--json", stdout=out)
    assert json.loads(out.getvalue())["survivor_id"] == pair[0].pk
    keys = [str(artist.pk) for artist in pair]
    call_command("merge_artists", *keys, "--dry-run", stdout=StringIO())
    assert Artist.objects.count() == 2
    call_command("merge_artists", *keys, stdout=StringIO())
    assert Artist.objects.count() == 1
    with pytest.raises(CommandError, match="not found"):
        call_command("merge_artists", *keys, stdout=StringIO())
