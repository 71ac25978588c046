"""A run writes an existing artist.nfo once for each artist, and never loses it to a kill or to a single undo."""

from pathlib import Path

import pytest

from artists.models import Artist, FileSnapshot, Operation
from artists.nfo.document import NfoDocument
from artists.nfo.reader import read_nfo
from artists.services.catching_up import catch_up
from artists.services.undo import undo, undo_group
from artists.services.writeback import NFO_FOLLOWS
from rules.services import fixing_many
from rules.services.evaluation import evaluate
from rules.services.fixing_many import FixAllResult, fix_all
from rules.services.rules import update_rule
from stillwater.progress import Cancelled
from tests.artists.providers.acts import MBID, QUILLFEN
from tests.rules.findings import finding_of

pytestmark = pytest.mark.django_db
OURS = "<artist><name>Quillfen Harbor</name><mood>Mine</mood></artist>"


@pytest.fixture
def nfo(quillfen: Artist) -> Path:
    """Quillfen Harbor has an artist.nfo without an ID, a biography or an origin."""
    path = Path(quillfen.path) / "artist.nfo"
    path.write_text(OURS)
    Artist.objects.update(nfo_exists=True, nfo_state="ok", moods=["Mine"])
    update_rule("origin_missing", enabled=True)
    evaluate()
    return path


def run(**options: object) -> FixAllResult:
    rules = ("nfo_has_mbid", "bio_exists", "origin_missing")
    return fix_all([finding_of(rule).pk for rule in rules], **options)  # type: ignore[arg-type]


def document(path: Path) -> NfoDocument:
    found = read_nfo(path.read_bytes()).document
    assert found is not None
    return found


def test_identity_and_texts_are_one_write_at_the_end(nfo: Path) -> None:
    assert run().fixed == 3
    assert FileSnapshot.objects.filter(path__endswith="artist.nfo").count() == 1
    made = Operation.objects.order_by("pk")
    assert [(each.source, each.warning) for each in made] == [
        ("rule:nfo_has_mbid", ""),
        ("rule:bio_exists", ""),
        ("rule:nfo_exists", ""),
    ]
    told = document(nfo)
    assert (told.musicbrainz_id, told.biography, told.moods) == (MBID, QUILLFEN.biography, ("Mine",))


def test_the_story_does_not_speak_of_what_is_done_by_then(nfo: Path) -> None:
    run()
    assert NFO_FOLLOWS not in str(finding_of("bio_exists").story)


def test_taken_back_as_a_whole_the_file_is_what_it_was_byte_for_byte(nfo: Path) -> None:
    assert undo_group(run().group).refused == []
    assert nfo.read_text() == OURS


def test_one_part_taken_back_alone_goes_out_of_the_file_too(nfo: Path) -> None:
    run()
    undo(Operation.objects.get(source="rule:bio_exists").pk)
    told = document(nfo)
    assert (told.biography, told.musicbrainz_id) == ("", MBID)


def test_a_run_that_was_killed_before_the_write_makes_it_when_it_goes_on(
    nfo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(fixing_many, "catch_up", lambda *_args: 0)
        group = run().group
    assert nfo.read_text() == OURS
    assert set(Operation.objects.values_list("warning", flat=True)) == {NFO_FOLLOWS}
    assert catch_up(group) == 1
    assert document(nfo).biography == QUILLFEN.biography
    assert set(Operation.objects.values_list("warning", flat=True)) == {""}


def test_a_run_that_is_stopped_between_two_findings_leaves_the_file_up_to_date(nfo: Path) -> None:
    def stop(done: int, _total: int, _message: str) -> None:
        if done == 1:
            raise Cancelled("stopped")

    with pytest.raises(Cancelled):
        run(progress=stop)
    assert document(nfo).musicbrainz_id == MBID


def test_a_file_that_cannot_be_written_is_told_with_the_last_change(nfo: Path) -> None:
    nfo.write_text("<artist><name>Quillfen")
    run()
    warnings = list(Operation.objects.order_by("pk").values_list("warning", flat=True))
    assert warnings[0] == ""
    assert warnings[-1].startswith("artist.nfo was not updated: ")
