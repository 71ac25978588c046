"""A run over many artists: who is skipped, filled, left for a person; killed, cancelled, taken back, tried again."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from artists.models import Artist, BulkItem, BulkJob, MetadataChange, Operation
from artists.providers.errors import NotAnswering
from artists.services.bulk_runs.kinds import kind_of
from artists.services.bulk_runs.planning import Meant, dry_run
from artists.services.undo import undo_group
from stillwater.progress import Cancelled
from tests.artists.providers.answers import LONG
from tests.artists.services.bulk_running import World, make_artists, make_bulk, mbid_of, messages, outcomes, run_over
from tests.builders import make_artist

pytestmark = pytest.mark.django_db


class Killed(BaseException):
    """As by SIGKILL: nobody catches it."""


@pytest.fixture
def world() -> World:
    return World()


class TestFetchingWhatIsMissing:
    def test_fills_what_is_empty_and_nothing_else(self, world: World) -> None:
        artist = make_artist("Mara Field", musicbrainz_id=mbid_of(1), origin="Kiel")
        run_over(make_bulk(), world)
        artist.refresh_from_db()
        assert (artist.biography, artist.origin) == (LONG, "Kiel")
        assert Operation.objects.get().summary == "Filled what was empty"

    def test_skips_with_the_reason(self, world: World) -> None:
        make_artist("Done", musicbrainz_id=mbid_of(1), biography="Words.")
        make_artist("Excluded", musicbrainz_id=mbid_of(2), is_excluded=True)
        locked = make_artist("Locked", musicbrainz_id=mbid_of(3))
        Artist.objects.filter(pk=locked.pk).update(locked=True, locked_at=locked.created_at)
        bulk = make_bulk()
        meant = Meant.by_ids([*(str(pk) for pk in Artist.objects.values_list("pk", flat=True)), "4711", "nonsense"])
        counts = run_over(bulk, world, meant=meant)
        assert messages(bulk) == {
            "Done": "it has a MusicBrainz ID and a biography",
            "Excluded": "artist is excluded",
            "Locked": "artist is locked",
            "4711": "no such artist",
            "nonsense": "no such artist",
        }
        assert (counts["skipped"], world.provider.asked) == (5, [])

    def test_a_lock_set_while_it_runs_holds(self, world: World) -> None:
        first, second = make_artists(2)

        def lock_the_second(done: int, _total: int | None, _message: str = "") -> None:
            if done == 1:
                Artist.objects.filter(pk=second.pk).update(locked=True, locked_at=second.created_at)

        bulk = make_bulk()
        run_over(bulk, world, progress=lock_the_second)
        assert outcomes(bulk) == {first.name: "done", second.name: "skipped"}

    def test_a_provider_that_is_away_fails_the_artist_and_clears_nothing(self, world: World) -> None:
        make_artists(2, origin="Kiel")
        make_artist("Mara Field")
        world.error = NotAnswering("musicbrainz", "did not answer")
        bulk = make_bulk(mode="auto_exact")
        assert run_over(bulk, world)["failed"] == 3
        assert "could not be asked" in messages(bulk)["Mara Field"]
        assert set(Artist.objects.values_list("origin", "biography")) == {("Kiel", ""), ("", "")}

    def test_one_that_breaks_stops_nobody_else(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        make_artists(3)
        world.provider.answer = ZeroDivisionError("never mind")
        assert run_over(make_bulk(), world)["failed"] == 3


class TestTheModes:
    LINKED = {"prompt_no_match": set(), "auto_exact": {"Mara Field"}, "auto_similar": {"Mara Field"}}
    CASES = {**LINKED, "yolo": {"Mara Field", "Quillfen Harbour"}}

    @pytest.mark.parametrize(("mode", "linked"), CASES.items())
    def test_link_whom_they_may_and_queue_the_rest(self, world: World, mode: str, linked: set[str]) -> None:
        for name in ("Mara Field", "Quillfen Harbour", "Nobody At All"):
            make_artist(name)
        world.knows("Mara Field", mbid_of(1))
        world.knows("Quillfen Harbor", mbid_of(2))
        bulk = make_bulk(mode=mode)
        counts = run_over(bulk, world)
        assert set(Artist.objects.exclude(musicbrainz_id="").values_list("name", flat=True)) == linked
        assert (counts["done"], counts["queued"]) == (len(linked), 3 - len(linked))
        assert BulkItem.objects.filter(linked=True).count() == len(linked)
        assert set(Artist.objects.exclude(biography="").values_list("name", flat=True)) == linked

    def test_the_careful_one_does_not_even_search(self, world: World) -> None:
        make_artist("Mara Field")
        run_over(make_bulk(), world)
        assert world.searched == []

    def test_an_entry_that_belongs_to_another_artist_here_is_left_for_a_person(self, world: World) -> None:
        make_artist("The Mara Field", musicbrainz_id=mbid_of(1), biography="Words.")
        make_artist("Mara Field")
        world.knows("Mara Field", mbid_of(1))
        bulk = make_bulk(mode="yolo")
        run_over(bulk, world)
        assert messages(bulk)["Mara Field"] == "the entry belongs to The Mara Field already"

    def test_a_stored_id_is_never_searched_for_again(self, world: World) -> None:
        make_artist("Mara Field", musicbrainz_id=mbid_of(9))
        world.knows("Mara Field", mbid_of(1))
        run_over(make_bulk("re_identify_auto", "yolo"), world)
        assert (Artist.objects.get().musicbrainz_id, world.searched) == (mbid_of(9), [])

    def test_a_link_says_that_it_was_made_by_itself(self, world: World) -> None:
        make_artist("Mara Field")
        world.knows("Mara Field", mbid_of(1))
        run_over(make_bulk(mode="auto_exact"), world)
        change = MetadataChange.objects.get(field="musicbrainz_id")
        assert (change.source, change.operation.summary) == (
            "provider:musicbrainz",
            "Linked by itself: the same name",
        )


class TestTheWayBack:
    def test_the_whole_run_is_one_group(self, world: World) -> None:
        make_artists(3)
        make_artist("Mara Field")
        world.knows("Mara Field", mbid_of(77))
        before = list(Artist.objects.order_by("pk").values("musicbrainz_id", "biography", "origin"))
        bulk = make_bulk(mode="auto_exact")
        run_over(bulk, world)
        assert undo_group(bulk.group).undone == 5
        assert list(Artist.objects.order_by("pk").values("musicbrainz_id", "biography", "origin")) == before


class TestAKilledRun:
    @pytest.mark.parametrize("deaths", [1, 5])
    def test_ends_as_one_that_was_not_and_asks_nobody_twice(self, world: World, deaths: int) -> None:
        make_artists(30)
        bulk = make_bulk()
        for death in range(deaths):
            _die_after(bulk, world, 3 + death)
        counts = run_over(bulk, world)
        assert (counts["done"], counts["pending"], counts["running"]) == (30, 0, 0)
        assert len(world.provider.asked) == 30
        assert set(messages(bulk).values()) == {"2 values changed"}

    def test_that_had_stored_the_answers_does_not_ask_again(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        make_artist("Mara Field")
        world.knows("Mara Field", mbid_of(1))
        bulk = make_bulk(mode="auto_exact")
        with monkeypatch.context() as patched:
            patched.setattr("artists.services.bulk_runs.walking.finish", _die)
            with pytest.raises(Killed):
                run_over(bulk, world)
        assert run_over(bulk, world)["done"] == 1
        assert (len(world.provider.asked), len(world.searched)) == (1, 1)
        item = BulkItem.objects.get()
        assert (item.linked, item.message) == (True, "Linked by itself: the same name; 3 values changed")

    def test_in_the_middle_of_planning_plans_the_rest(self, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
        artists = make_artists(7)
        bulk = make_bulk()
        monkeypatch.setattr("artists.services.bulk_runs.planning.AT_ONCE", 2)
        BulkItem.objects.create(bulk=bulk, artist=artists[0], artist_name=artists[0].name)
        assert run_over(bulk, world)["done"] == 7


class TestACancelledRun:
    def test_keeps_what_was_done_and_leaves_the_rest_waiting(self, world: World) -> None:
        make_artists(5)
        bulk = make_bulk()
        _die_after(bulk, world, 2, Cancelled)
        assert sorted(outcomes(bulk).values()) == ["done", "done", "pending", "pending", "pending"]


class TestTheDryRun:
    def test_counts_as_the_run_does(self, world: World) -> None:
        make_artists(4)
        make_artist("Mara Field")
        make_artist("Done", musicbrainz_id=mbid_of(90), biography="Words.")
        make_artist("Excluded", is_excluded=True)
        numbers = dry_run(kind_of("fetch_metadata"), Artist.objects.all())
        assert (numbers.total, numbers.changing, numbers.without_id) == (7, 5, 1)
        bulk = make_bulk()
        counts = run_over(bulk, world)
        assert (counts["done"], counts["queued"]) == (4, 1)
        assert sum(numbers.skipped.values()) == counts["skipped"]

    def test_is_one_query(self) -> None:
        make_artists(3)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            dry_run(kind_of("refresh"), Artist.objects.all())
        assert len(queries) == 1


def test_a_skipped_artist_costs_no_query_of_its_own(world: World) -> None:
    def queries_of(count: int) -> int:
        make_artists(count, biography="Words.") if count else None
        bulk = make_bulk()
        with CaptureQueriesContext(connection) as queries:
            run_over(bulk, world)
        Artist.objects.all().delete()
        return len(queries)

    assert queries_of(3) == queries_of(60)


def _die_after(bulk: BulkJob, world: World, steps: int, death: type[BaseException] = Killed) -> None:
    def progress(done: int, _total: int | None, _message: str = "") -> None:
        calls.append(done)
        if len(calls) > steps:
            raise death

    calls: list[int] = []
    with pytest.raises(death):
        run_over(bulk, world, progress=progress)


def _die(*_given: object) -> None:
    raise Killed
