"""What a provider did not have is not asked again by jobs for a day; whatever else happened is."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import settings

from artists.providers.base import Lookup
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError
from artists.services.providers import provider_of
from artists.services.providers.access import Purpose
from artists.services.providers.keys import set_key
from artists.services.providers.misses import DAY, Misses, shared_misses
from artists.services.upkeep import clear_up
from tests.artists.services.providers.house import Fakes
from tests.stillwater.misbehaving import Clock

WHO = Lookup("Mara Field", {"musicbrainz": "1"})


def ask(name: str = "wikipedia", purpose: Purpose = "job", lookup: Lookup = WHO) -> type[ProviderError] | None:
    """With a session of its own, as each artist of a job has."""
    try:
        provider_of(name, purpose).artist(lookup)
    except ProviderError as error:
        return type(error)
    return None


def test_a_job_asks_once_for_what_is_not_there(fakes: Fakes) -> None:
    assert [ask(), ask(), ask()] == [NothingFound] * 3
    assert len(fakes.of("wikipedia")) == 1


def test_another_question_is_asked(fakes: Fakes) -> None:
    ask()
    ask(lookup=replace(WHO, name="Mara Ferne"))
    ask("musicbrainz")
    provider_of("wikipedia", "job").search("Mara Field")
    assert [question.path for question in fakes.asked] == ["/artist", "/artist", "/artist", "/search"]


def test_another_key_is_another_question(fakes: Fakes) -> None:
    ask("audiodb")
    set_key("audiodb", {"api_key": "good"}, skip_test=True)
    ask("audiodb")
    assert len(fakes.of("audiodb")) == 2


def test_a_person_always_asks_and_jobs_learn_from_it(fakes: Fakes) -> None:
    assert [ask(), ask(purpose="page")] == [NothingFound, NothingFound]
    fakes.answers["wikipedia", "/artist"] = {"name": "Mara Field"}
    assert [ask(), ask(purpose="page"), ask()] == [NothingFound, None, None]
    assert len(fakes.of("wikipedia")) == 4


@pytest.mark.parametrize(("status", "kind"), [(500, NotAnswering), (401, AuthRequired)])
def test_a_failure_is_never_remembered(fakes: Fakes, status: int, kind: type[ProviderError]) -> None:
    set_key("lastfm", {"api_key": "good"}, skip_test=True)
    fakes.answers["lastfm", "/artist"] = status
    assert [ask("lastfm"), ask("lastfm")] == [kind, kind]
    assert len(fakes.of("lastfm")) == 2


def test_after_a_day_it_is_asked_again(tmp_path: Path) -> None:
    misses = Misses(tmp_path, clock := Clock())
    misses.note("a question")
    clock.now += DAY - 1
    assert misses.knows("a question")
    clock.now += 2
    assert not misses.knows("a question")


def test_a_torn_note_and_a_clock_that_was_set_back_know_nothing(tmp_path: Path) -> None:
    misses = Misses(tmp_path, clock := Clock())
    misses.note("a question")
    clock.now -= 100
    assert not misses.knows("a question")
    next(tmp_path.rglob("a question")).write_text("12.")
    assert not misses.knows("a question")


def test_a_disk_that_takes_nothing_costs_no_answer(fakes: Fakes) -> None:
    (settings.STILLWATER_DATA / "misses").write_text("in the way")
    assert [ask(), ask()] == [NothingFound] * 2
    assert len(fakes.of("wikipedia")) == 2


def test_old_notes_are_swept() -> None:
    misses = shared_misses()
    misses.note("old")
    misses.note("new")
    os.utime(next(misses.folder.rglob("old")), (0, 0))
    clear_up()
    assert [path.name for path in misses.folder.rglob("*") if path.is_file()] == ["new"]
