"""Whatever fails or dies, and wherever: the old picture or the new one is there, whole, and the database agrees."""

import hashlib
import os
import shutil
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings
from PIL import Image

from artists.models import Artist, Library, Operation, PlatformProfile
from artists.sample import odd_encodings as odd
from artists.services import file_changes, gates, operations, places, profiles
from artists.services.pictures import adding, saving
from artists.services.pictures.adding import trim_logo
from artists.services.pictures.rearranging import rearrange_fanart, remove_pictures
from artists.services.pictures.saving import Origin, save_picture
from artists.services.profiles import activate_profile, active_profile
from artists.services.undo import undo
from tests.artists.services.pictures.breaking import NUMBERS
from tests.artists.services.pictures.fault_bench import Bench, Verb

pytestmark = pytest.mark.django_db
UPLOAD = Origin("upload")
NOON = datetime(2026, 11, 28, 12, tzinfo=UTC)


def drawn(form: str, *parts: object, size: tuple[int, int] = (24, 24)) -> bytes:
    return odd.saved(odd.scene(size, *parts), form)


def bordered_logo() -> bytes:
    image = Image.new("RGBA", (40, 30), (0, 0, 0, 20))
    image.paste((0, 90, 90, 255), (10, 8, 30, 22))
    return odd.saved(image, "PNG")


NEW = drawn("PNG", "new")


def undo_last(artist: Artist) -> None:
    undo(Operation.objects.filter(artist=artist).latest("pk").pk)


VERBS: dict[str, tuple[Verb, int]] = {
    "save": (lambda artist: save_picture(artist, "thumb", NEW, UPLOAD), 380),
    "reorder": (lambda artist: rearrange_fanart(artist, [2, 0, 1]), 540),
    "trim": (lambda artist: trim_logo(artist), 230),
    "delete": (lambda artist: remove_pictures(artist, "thumb"), 225),
    "delete the backdrop in the middle": (lambda artist: rearrange_fanart(artist, [0, 2]), 350),
    "undo": (undo_last, 410),
}
"""What is broken, and how many faults it has to meet at the least."""


@pytest.fixture
def equipped(mara: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Artist:
    """A thumb under two names, the second a link, with a twin; three backdrops of two formats; a logo with a border."""
    monkeypatch.setattr(os, "fsync", lambda _descriptor: None)
    monkeypatch.setattr("artists.imaging.preparing._without_border", lambda image: image)
    profile = PlatformProfile.objects.get(pk="custom")
    profile.image_naming = {**profile.image_naming, "thumb": ["folder.jpg", "poster.jpg"]}
    profile.use_symlinks = True
    profile.save()
    activate_profile(profile)
    for number, form in enumerate(("JPEG", "PNG", "JPEG")):
        save_picture(mara, "fanart", drawn(form, number, size=(32, 18)), UPLOAD)
    save_picture(mara, "logo", bordered_logo(), UPLOAD)
    save_picture(mara, "thumb", drawn("JPEG", "older"), UPLOAD)
    save_picture(mara, "thumb", drawn("JPEG", "old"), UPLOAD)
    what_touches_no_file_is_done_once(monkeypatch)
    return mara


def what_touches_no_file_is_done_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pixels, and rows that no verb here changes: the profile, the library, the servers that might forbid a write.
    Thousands of strikes would spend most of their time on them, and none of them can fail there.
    """
    profile, library = active_profile(), Library.objects.get()
    for module in (saving, adding):
        monkeypatch.setattr(module, "timezone", SimpleNamespace(now=lambda: NOON))
    monkeypatch.setattr(saving, "prepare", cache(saving.prepare))
    monkeypatch.setattr(saving, "fingerprint_bytes", cache(saving.fingerprint_bytes))
    monkeypatch.setattr(adding, "cropped", cache(adding.cropped))
    monkeypatch.setattr(saving, "active_profile", lambda: profile)
    monkeypatch.setattr(profiles, "active_profile", lambda: profile)
    monkeypatch.setattr(places, "owning_libraries", lambda paths: dict.fromkeys(paths, library))
    monkeypatch.setattr(gates, "_guards", [])


WAYS = [*((number, False) for number in NUMBERS), (NUMBERS[0], True), (None, True)]
"""Each of the system's errors once, a disk that never answers again, and a kill."""


@pytest.fixture
def bench(request: pytest.FixtureRequest, equipped: Artist, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Bench:
    return Bench(equipped, folder, VERBS[request.param][0], monkeypatch)


def test_more_than_two_thousand_faults_are_met() -> None:
    assert sum(least for _verb, least in VERBS.values()) >= 2000


@pytest.mark.parametrize(("bench", "least"), [(name, least) for name, (_, least) in VERBS.items()], indirect=["bench"])
def test_no_fault_loses_a_picture(bench: Bench, least: int) -> None:
    count = 0
    for number, for_good in WAYS:
        problems = list(bench.strikes(number, for_good=for_good))
        assert [problem for problem in problems if problem] == []
        count += len(problems)
    assert count >= least


@pytest.mark.parametrize("bench", ["reorder"], indirect=True)
class TestEachGuardMatters:
    """The same faults with one guard taken away: now pictures are lost, so it is the guard that keeps them."""

    def test_without_the_way_back_a_fault_leaves_half_an_order(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(file_changes, "put_back", lambda _changes: [])
        assert any(bench.strikes(NUMBERS[0]))

    def test_without_the_sweep_a_kill_leaves_half_an_order(self, bench: Bench) -> None:
        assert any(bench.strikes(None, sweep=False))

    def test_without_the_note_that_it_is_pending_the_sweep_knows_of_nothing(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = operations._record_files
        monkeypatch.setattr(operations, "_record_files", lambda *given: real(*given, pending=False))
        assert any(bench.strikes(None))

    def test_without_the_kept_bytes_nothing_can_be_put_back(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(file_changes, "keep", lambda data: hashlib.sha256(data).hexdigest())
        shutil.rmtree(settings.STILLWATER_DATA / "snapshots")
        assert any(bench.strikes(None))


@pytest.mark.parametrize("bench", ["save"], indirect=True)
class TestBeforeAnySweep:
    def test_a_picture_can_be_seen_at_every_moment_of_a_save(self, bench: Bench) -> None:
        assert list(bench.unseen("folder")) == []

    def test_twins_that_go_first_leave_moments_without_a_picture(
        self, bench: Bench, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        real = operations._prepared
        monkeypatch.setattr(operations, "_prepared", lambda change: real(change)[::-1])
        assert any(bench.unseen("folder"))
