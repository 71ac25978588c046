"""A backdrop that two artists have stays with whom it belongs to; the other gives it up and can have it back."""

import hashlib
from pathlib import Path

import pytest

from artists.models import Artist, ArtistImage
from artists.services.scanner.scanning import scan_libraries
from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import FixOutcome, fix, undo_fix
from rules.services.rules import update_rule
from tests.artists.services.pictures.test_saving import jpeg
from tests.builders import make_artist

pytestmark = pytest.mark.django_db
RULE = "cross_artist_backdrop_collision"
SHARED, OWN = jpeg(size=(960, 540)), jpeg(size=(1280, 720))


@pytest.fixture
def nora(mara: Artist) -> Artist:
    """Nora Vale has Mara's backdrop as her first, and one of her own behind it."""
    folder = Path(mara.path).with_name("Nora Vale")
    folder.mkdir()
    nora = make_artist("Nora Vale", library=mara.libraries.get(), path=str(folder))
    (Path(mara.path) / "fanart.jpg").write_bytes(SHARED)
    (folder / "fanart.jpg").write_bytes(SHARED)
    (folder / "fanart1.jpg").write_bytes(OWN)
    update_rule(RULE, enabled=True)
    scan_libraries(workers=0)
    for image in ArtistImage.objects.all():
        ArtistImage.objects.filter(pk=image.pk).update(content_hash=_hash(image))
    evaluate(scope="all")
    evaluate(artists=[mara.pk, nora.pk])
    return nora


def _hash(image: ArtistImage) -> str:
    return hashlib.sha256((Path(image.artist.path) / image.file_name).read_bytes()).hexdigest()


def outcome(artist: Artist) -> FixOutcome:
    return fix(Violation.objects.get(rule=RULE, artist=artist).pk)


def fanart(artist: Artist) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(Path(artist.path).glob("fanart*"))}


def given_by_a_provider(artist: Artist) -> None:
    artist.images.filter(slot=0).update(source="fanarttv")


def test_it_stays_with_whom_a_provider_gave_it_by_its_id(mara: Artist, nora: Artist) -> None:
    given_by_a_provider(mara)
    done = outcome(nora)
    assert (done.status, done.message) == ("fixed", "Removed 1 backdrop; kept by Mara Field")
    assert (fanart(nora), fanart(mara)) == ({"fanart.jpg": OWN}, {"fanart.jpg": SHARED})


def test_the_other_artist_is_free_of_it_too(mara: Artist, nora: Artist) -> None:
    given_by_a_provider(mara)
    outcome(nora)
    evaluate(artists=[mara.pk])
    assert not Violation.objects.filter(rule=RULE, status=Status.OPEN).exists()


def test_undo_brings_it_back_byte_for_byte_in_its_place(mara: Artist, nora: Artist) -> None:
    given_by_a_provider(mara)
    before = fanart(nora)
    undo_fix(outcome(nora).undo_id)
    assert fanart(nora) == before
    assert Violation.objects.get(rule=RULE, artist=nora).status == Status.OPEN


def test_what_a_person_chose_outweighs_a_provider(mara: Artist, nora: Artist) -> None:
    given_by_a_provider(mara)
    nora.images.filter(slot=0).update(locked=True)
    assert outcome(nora).message == "the picture belongs here; it is to be removed from Mara Field"
    assert outcome(mara).status == "fixed"
    assert (fanart(mara), len(fanart(nora))) == ({}, 2)


def test_where_the_rights_are_equal_a_person_has_to_say(mara: Artist, nora: Artist) -> None:
    assert outcome(nora).message == "nobody can tell whose picture it is: Mara Field has it with the same right"
    assert len(fanart(nora)) == 2


def test_two_owners_of_equal_right_are_as_good_as_none(mara: Artist, nora: Artist) -> None:
    third = make_artist("Third", library=mara.libraries.get(), path=str(Path(mara.path).with_name("Third")))
    Path(third.path).mkdir()
    (Path(third.path) / "fanart.jpg").write_bytes(SHARED)
    image = mara.images.get()
    image.pk, image.artist = None, third
    image.save()
    for artist in (mara, third):
        given_by_a_provider(artist)
    assert outcome(nora).status == "failed"
    assert len(fanart(nora)) == 2


@pytest.mark.parametrize("whose", ["mine", "theirs"])
def test_a_file_that_was_changed_since_the_look_is_not_taken_away(mara: Artist, nora: Artist, whose: str) -> None:
    given_by_a_provider(mara)
    (Path((nora if whose == "mine" else mara).path) / "fanart.jpg").write_bytes(jpeg(size=(64, 36)))
    assert "has been changed since the last scan" in outcome(nora).message
    assert len(fanart(nora)) == 2


def test_a_locked_copy_and_a_locked_artist_keep_what_they_have(mara: Artist, nora: Artist) -> None:
    given_by_a_provider(mara)
    Artist.objects.filter(pk=nora.pk).update(locked=True, locked_at="2026-01-01T00:00:00Z")
    assert outcome(nora).code == "locked"
    assert len(fanart(nora)) == 2
