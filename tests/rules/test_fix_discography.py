"""The albums that MusicBrainz knows are listed in artist.nfo; what somebody listed there stays as it was."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from artists.demo.server import FakeWorld
from artists.models import Artist, FileSnapshot, Operation
from artists.nfo.document import NfoAlbum
from artists.nfo.reader import read_nfo
from artists.providers.answers import ReleaseGroup
from artists.services.asking import Panel
from artists.services.bulk_runs.kinds import Asking
from artists.services.discography import missing_albums
from artists.services.gates import join_guard, leave_guard
from artists.services.scanner.scanning import scan_libraries
from rules.fixes.base import Aid
from rules.models import Status
from rules.services.cases import plan_of
from rules.services.evaluation import evaluate
from rules.services.fixing import fix, undo_fix
from rules.services.fixing_many import fix_all
from rules.services.rules import update_rule
from stillwater.errors import WriteBlocked
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.rules.findings import finding_of, outcome_of

pytestmark = pytest.mark.django_db
RULE = "discography_populated"
TITLES = [album.title for album in QUILLFEN.albums]
MINE = f"""<?xml version="1.0"?>
<artist>
  <name>Quillfen Harbor</name><musicBrainzArtistID>{MBID}</musicBrainzArtistID>
  <album><title>A tape that only I have</title><rating>9</rating></album>
  <path>/elsewhere</path>
</artist>
"""


@pytest.fixture
def nfo(quillfen: Artist) -> Path:
    """An artist.nfo with one album that MusicBrainz does not know, of a folder with two that it knows."""
    path = Path(quillfen.path) / "artist.nfo"
    path.write_text(MINE)
    (path.parent / "A third").mkdir()
    update_rule(RULE, enabled=True)
    scan_libraries(workers=0)
    evaluate()
    return path


def listed(path: Path) -> list[str]:
    document = read_nfo(path.read_bytes()).document
    assert document is not None
    return [album.title for album in document.albums]


def test_what_is_missing_is_added_and_what_is_there_stays(nfo: Path) -> None:
    outcome = outcome_of(RULE)
    assert (outcome.status, outcome.message) == ("fixed", "Listed 2 albums in artist.nfo")
    assert listed(nfo) == ["A tape that only I have", *TITLES]
    text = nfo.read_text()
    assert "<rating>9</rating>" in text
    assert "<path>/elsewhere</path>" in text
    assert f"<musicbrainzreleasegroupid>{QUILLFEN.albums[0].release_group}</musicbrainzreleasegroupid>" in text
    assert Artist.objects.get().album_count == 3


def test_undo_puts_the_file_back_byte_for_byte(nfo: Path) -> None:
    undo_fix(outcome_of(RULE).undo_id)
    assert (nfo.read_text(), finding_of(RULE).status) == (MINE, Status.OPEN)


def test_with_other_fixes_of_the_artist_the_file_is_still_written_once(nfo: Path) -> None:
    result = fix_all([finding_of(RULE).pk, finding_of("bio_exists").pk])
    assert (result.fixed, FileSnapshot.objects.filter(path__endswith="artist.nfo").count()) == (2, 1)
    assert QUILLFEN.biography in nfo.read_text()
    assert set(Operation.objects.values_list("warning", flat=True)) == {""}


def test_only_the_types_that_are_wanted_are_listed(nfo: Path) -> None:
    update_rule(RULE, config={"release_types": "EP,Single"})
    evaluate()
    assert plan_of(finding_of(RULE)).would.startswith("Ask MusicBrainz for releases (EP, Single)")
    assert outcome_of(RULE).message == "MusicBrainz knows no release of this artist (EP, Single)"
    assert nfo.read_text() == MINE


def test_a_second_time_there_is_nothing_to_add(nfo: Path) -> None:
    update_rule(RULE, config={"coverage_threshold": 100})
    for number in range(4):
        (nfo.parent / f"More {number}").mkdir()
    scan_libraries(workers=0)
    evaluate()
    assert outcome_of(RULE).code == "remains"
    assert outcome_of(RULE).message == "artist.nfo lists every album that MusicBrainz knows already"


def test_a_silent_musicbrainz_is_never_no_albums(nfo: Path) -> None:
    asking = Asking(panel=lambda _actor: Panel({}, {"musicbrainz": "does not answer"}))
    outcome = fix(finding_of(RULE).pk, aid=Aid(asking=asking))
    assert (outcome.status, outcome.message) == ("failed", "MusicBrainz does not answer")
    assert nfo.read_text() == MINE


@pytest.mark.parametrize("held", ["locked", "is_excluded", "shared", "gated"])
def test_who_is_held_back_is_not_asked_about(nfo: Path, world: FakeWorld, held: str) -> None:
    def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
        return {each.pk: WriteBlocked("Emby writes it") for each in artists if held == "gated" and axis == "nfo"}

    if held == "shared":
        Artist.objects.get().libraries.update(shared_fs_status="confirmed")
    elif held != "gated":
        Artist.objects.update(**{held: True, "locked_at": "2026-01-01T00:00:00Z"})
    join_guard(guard)
    try:
        assert outcome_of(RULE).code == held.removeprefix("is_")
    finally:
        leave_guard(guard)
    assert (world.recorder.questions, nfo.read_text()) == ([], MINE)


def test_an_album_is_missing_where_neither_its_id_nor_its_title_is_listed() -> None:
    listed = [NfoAlbum("Lamp Weather (Remaster)"), NfoAlbum("Other words", release_group_id="AA")]
    groups = [
        ReleaseGroup("bb", "lamp weather", first_release_date="2007"),
        ReleaseGroup("aa", "Slow Ferries"),
        ReleaseGroup("dd", "Undated"),
        ReleaseGroup("cc", "Third", first_release_date="2019-04"),
    ]
    assert missing_albums(listed, groups) == [NfoAlbum("Third", "2019", "cc"), NfoAlbum("Undated", "", "dd")]
