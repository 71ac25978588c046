"""What the standing of servers comes to: who holds back which file, which banner stands, and what it says to press."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from connections.conflicts.standing import STALE, Entry, Shelf, round_trips
from connections.conflicts.verdict import Conflicts

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
HERE, THERE = "/music/Mara Field", "/other/Mara Field"


def entry(name: str = "Attic", *shelves: Shelf, number: int = 1, **values: object) -> Entry:
    plain = Entry(number, name, "jellyfin", "Jellyfin", looked_at=NOW, shelves=shelves)
    return replace(plain, **values)  # type: ignore[arg-type]


def writing(*, nfo: bool = True, image: bool = True, **values: object) -> Shelf:
    return replace(Shelf("Music", ("/media/music",), ("/music",), nfo=nfo, image=image), **values)  # type: ignore[arg-type]


def ledger(*entries: Entry, foreign_files: int = 0) -> Conflicts:
    return Conflicts(entries, round_trips(entries, NOW), foreign_files, NOW, NOW)


class TestOneServer:
    @pytest.mark.parametrize(
        ("nfo", "image", "state"),
        [(True, True, "both"), (True, False, "nfo_only"), (False, True, "image_only"), (False, False, "clean")],
    )
    def test_what_it_writes_into_our_folder_is_not_written_by_us(self, nfo: bool, image: bool, state: str) -> None:
        found = ledger(entry("Attic", writing(nfo=nfo, image=image)))
        assert (bool(found.refusal("nfo", HERE)), bool(found.refusal("image", HERE))) == (nfo, image)
        assert found.state == state
        assert found.level == ("none" if state == "clean" else "blocked")

    def test_a_folder_that_it_does_not_have_is_written(self) -> None:
        assert ledger(entry("Attic", writing())).refusal("nfo", THERE) is None

    def test_folders_are_compared_by_whole_parts(self) -> None:
        assert ledger(entry("Attic", writing(ours=("/mus",)))).refusal("nfo", HERE) is None

    def test_where_nobody_knows_which_folder_it_is_it_may_be_any(self) -> None:
        found = ledger(entry("Attic", writing(ours=(), anywhere=True)))
        refusal = found.refusal("nfo", THERE)
        assert refusal
        assert "say which folders its libraries are" in refusal.reason

    @pytest.mark.parametrize("values", [{"enabled": False}, {"concerned": False}])
    def test_one_that_is_off_or_has_nothing_of_ours_holds_nothing_back(self, values: dict[str, bool]) -> None:
        assert ledger(entry("Attic", writing(), **values)).state == "clean"

    def test_the_reason_names_the_server_what_it_does_and_what_to_press(self) -> None:
        refusal = ledger(entry("Attic", writing())).refusal("image", HERE)
        assert refusal
        assert refusal.lines == (
            "Attic writes NFO files and pictures into Music (/media/music): let Stillwater manage the files of Attic,"
            " or switch its connection off",
        )


class TestUnknown:
    def test_a_server_that_was_never_asked_counts_as_one_that_writes_everywhere(self) -> None:
        found = ledger(entry(looked_at=None, problem="it has not been asked yet"))
        assert found.refusal("nfo", HERE)
        assert found.refusal("image", THERE)
        assert found.level == "unknown"

    def test_one_that_does_not_answer_any_more_holds_back_where_it_was_seen_last(self) -> None:
        found = ledger(entry("Attic", writing(nfo=False, image=False), problem="it does not answer"))
        assert found.refusal("nfo", HERE)
        assert found.refusal("nfo", THERE) is None

    def test_one_that_was_seen_elsewhere_holds_nothing_back_when_it_is_silent(self) -> None:
        assert ledger(entry("Attic", writing(ours=()), problem="it does not answer")).state == "clean"

    def test_what_was_seen_long_ago_is_not_known(self) -> None:
        seen = entry("Attic", writing(nfo=False, image=False), looked_at=NOW - STALE - timedelta(seconds=1))
        assert ledger(seen).level == "unknown"

    def test_it_says_why_and_what_to_do(self) -> None:
        refusal = ledger(entry("Attic", writing(), problem="it does not answer")).refusal("nfo", HERE)
        assert refusal
        assert refusal.reason == (
            "nobody knows whether Attic writes NFO files and pictures too: it does not answer: check again once Attic"
            " answers, or switch its connection off"
        )


class TestManaged:
    def test_silence_of_one_that_we_manage_is_no_conflict(self) -> None:
        quiet = entry("Attic", writing(nfo=False, image=False), managed=True, problem="it does not answer")
        assert ledger(quiet).state == "clean"

    def test_one_that_writes_again_all_the_same_is(self) -> None:
        found = ledger(entry("Attic", writing(), managed=True))
        refusal = found.refusal("nfo", HERE)
        assert refusal
        assert "although Stillwater manages it" in refusal.reason


class TestRoundTrips:
    def pair(self, **values: object) -> Conflicts:
        """A quiet server and one that writes pictures, in one folder."""
        quiet = entry("Living room", writing(nfo=False, image=False), number=2, **values)
        return ledger(entry("Attic", writing(nfo=False)), quiet)

    def test_two_servers_in_one_folder_hold_back_everything_there(self) -> None:
        found = self.pair()
        refusal = found.refusal("nfo", HERE)
        assert refusal
        assert refusal.kind == "round_trip"
        assert "Attic and Living room both use /music" in refusal.reason
        assert found.state == "round_trip"
        assert found.refusal("nfo", THERE) is None

    @pytest.mark.parametrize("values", [{"enabled": False}, {"managed": True}, {"reads": False}])
    def test_not_with_one_that_is_off_managed_or_reads_nothing(self, values: dict[str, bool]) -> None:
        assert self.pair(**values).state == "image_only"

    def test_two_that_write_nothing_hold_nothing_back(self) -> None:
        still = writing(nfo=False, image=False)
        assert ledger(entry("Attic", still), entry("Living room", still, number=2)).state == "clean"

    def test_two_unknown_folders_of_one_name_are_one(self) -> None:
        unknown = writing(ours=(), anywhere=True)
        found = ledger(entry("Attic", unknown), entry("Living room", unknown, number=2))
        (trip,) = found.round_trips
        assert (trip.path, trip.said) == ("", "/media/music")


def test_foreign_files_alone_are_a_warning_that_holds_nothing_back() -> None:
    found = ledger(foreign_files=3)
    assert (found.state, found.level, found.gated("image")) == ("foreign_files", "warning", False)


def test_the_ledger_survives_being_stored() -> None:
    made = entry("Attic", writing(), problem="it does not answer")
    assert Entry.of(made.plain()) == made
