"""`manage.py identify`: dry and for good, by id, by name and for all."""

import json
from collections.abc import Iterator
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.models import Artist, Identification
from tests.artists.providers.acts import MBID, WORLD
from tests.builders import make_artist
from tests.stillwater.misbehaving import Clock

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world(settings: Settings) -> Iterator[FakeWorld]:
    program = FakeWorld(WORLD, FAKES, clock=Clock(step=60))
    with running(program) as origin:
        settings.STILLWATER_PROVIDERS_URL = origin
        yield program


def said(*words: str) -> str:
    out = StringIO()
    call_command("identify", *words, stdout=out, stderr=StringIO())
    return out.getvalue()


def test_everybody_is_identified() -> None:
    make_artist("Quillfen Harbor")
    assert said("--all") == "1 linked\n"
    assert Artist.objects.get().musicbrainz_id == MBID


def test_a_dry_run_tells_and_stores_nothing() -> None:
    make_artist("Quillfen Harbor")
    told = json.loads(said("Quillfen Harbor", "--dry-run", "--json"))
    assert (told["verdict"], told["tier"], told["mbid"]) == ("link", "name", MBID)
    assert Artist.objects.get().musicbrainz_id == ""
    assert not Identification.objects.exists()


def test_nobody_is_chosen_by_accident() -> None:
    make_artist("Twin"), make_artist("Twin")
    for words, reason in (((), "say --all"), (("Twin",), "several"), (("Nobody",), "no artist")):
        with pytest.raises(CommandError, match=reason):
            said(*words)


def test_who_could_not_be_asked_about_is_told_by_the_exit_code(settings: Settings) -> None:
    settings.STILLWATER_PROVIDERS_URL = "http://127.0.0.1:9"
    make_artist("Quillfen Harbor")
    with pytest.raises(SystemExit):
        said("--all", "--dry-run")
