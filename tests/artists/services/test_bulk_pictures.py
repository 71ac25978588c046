"""A run over many artists fills the picture slots that are empty, and never one that is not."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from artists.models import Artist, ArtistImage, BulkJob
from artists.providers.answers import ImageCandidate
from artists.providers.base import Lookup
from artists.providers.errors import NotAnswering
from artists.providers.picture_choice import best_first
from artists.services.bulk_runs.kinds import Run, kind_of
from artists.services.bulk_runs.offers import PictureSources
from artists.services.bulk_runs.planning import Meant
from artists.services.bulk_runs.walking import walk
from artists.services.gates import join_guard, leave_guard
from artists.services.undo import undo_group
from stillwater.errors import WriteBlocked
from stillwater.outbound import OutboundError
from tests.artists.providers.answers import MBID, record
from tests.artists.providers.panels import FakeProvider
from tests.artists.services.bulk_running import World, make_bulk, messages, outcomes
from tests.artists.services.pictures.test_saving import jpeg
from tests.builders import make_artist, make_image

pytestmark = pytest.mark.django_db
LARGE = (1200, 1200)


def offer(url: str, kind: str = "thumb", provider: str = "fanarttv", **values: int) -> ImageCandidate:
    return ImageCandidate(provider, kind, f"https://pictures.example/{url}", **values)  # type: ignore[arg-type]


class Gallery(FakeProvider):
    def __init__(self, offers: Sequence[ImageCandidate], error: Exception | None = None) -> None:
        super().__init__("fanarttv", record("fanarttv"))
        self.spec = replace(self.spec, images=frozenset({"thumb", "fanart", "logo"}))  # type: ignore[misc]
        self.offers, self.error = offers, error
        self.looked_up: list[Lookup] = []

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        self.looked_up.append(lookup)
        if self.error:
            raise self.error
        return list(self.offers)


def fetch(bulk: BulkJob, gallery: Gallery, files: dict[str, bytes]) -> None:
    def download(url: str) -> bytes:
        name = url.rsplit("/", 1)[-1]
        if name not in files:
            raise OutboundError("status", "the address answers 404")
        return files[name]

    names = ("fanarttv",)
    sources = PictureSources({"fanarttv": gallery}, dict.fromkeys(("thumb", "fanart", "logo"), names))
    asking = replace(World().asking, pictures=lambda artist, kinds, actor: sources, download=download)
    meant = Meant(Artist.objects.order_by())
    walk(bulk, kind_of("fetch_images"), meant, Run(bulk.mode, bulk.group, None, asking))


@pytest.fixture
def known(artist: Artist) -> Artist:
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id=MBID)
    artist.refresh_from_db()
    return artist


@pytest.fixture
def bulk(db: None) -> BulkJob:
    return make_bulk("fetch_images")


class TestWhatIsChosen:
    def test_most_likes_then_size_then_the_order_of_providers(self) -> None:
        offers = [
            offer("small", width=100, height=100, likes=99),
            offer("few", likes=1, width=2000, height=2000),
            offer("second", provider="audiodb", likes=5, width=900, height=900),
            offer("first", likes=5, width=900, height=900),
            offer("first", likes=5, width=900, height=900),
            offer("wide", "widethumb", likes=50, width=900, height=500),
        ]
        chosen = best_first("thumb", offers, ("fanarttv", "audiodb"))
        assert [each.url.rsplit("/", 1)[-1] for each in chosen] == ["first", "second", "few"]


class TestARun:
    def test_fills_empty_slots_and_is_taken_back_whole(self, known: Artist, folder: Path, bulk: BulkJob) -> None:
        gallery = Gallery([offer("a"), offer("b", "fanart")])
        fetch(bulk, gallery, {"a": jpeg(size=LARGE), "b": jpeg(size=(1920, 1080))})
        assert set(ArtistImage.objects.values_list("kind", "source")) == {("thumb", "fanarttv"), ("fanart", "fanarttv")}
        assert messages(bulk) == {known.name: "saved fanart, thumb; no logo was offered"}
        assert not ArtistImage.objects.filter(locked=True).exists()
        undo_group(bulk.group)
        assert not any(path.suffix == ".jpg" for path in folder.iterdir())

    def test_leaves_what_is_there_known_or_not_and_what_is_locked(
        self, known: Artist, folder: Path, bulk: BulkJob
    ) -> None:
        (folder / "folder.png").write_bytes(b"somebody put it here a minute ago")
        make_image(known, "fanart", locked=True, exists=False)
        make_image(known, "logo", file_name="logo.png")
        gallery = Gallery([offer("a"), offer("b", "fanart"), offer("c", "logo")])
        fetch(bulk, gallery, {})
        assert outcomes(bulk) == {known.name: "skipped"}
        assert gallery.looked_up == []

    def test_takes_the_next_where_one_is_broken_or_too_small(self, known: Artist, bulk: BulkJob) -> None:
        gallery = Gallery([offer("gone", likes=9), offer("tiny", likes=8), offer("page", likes=7), offer("good")])
        fetch(bulk, gallery, {"tiny": jpeg(size=(50, 50)), "page": b"<html>" * 9, "good": jpeg(size=LARGE)})
        assert ArtistImage.objects.get().width == 1200

    def test_asks_by_identifiers_alone(self, known: Artist, bulk: BulkJob) -> None:
        gallery = Gallery([])
        fetch(bulk, gallery, {})
        assert (gallery.looked_up[0].name, gallery.looked_up[0].mbid) == ("", MBID)

    def test_fails_where_nobody_could_be_asked(self, known: Artist, bulk: BulkJob) -> None:
        fetch(bulk, Gallery([], NotAnswering("fanarttv", "did not answer")), {})
        assert outcomes(bulk) == {known.name: "failed"}

    def test_leaves_who_is_unknown_to_a_person(self, bulk: BulkJob) -> None:
        make_artist("Nobody")
        fetch(bulk, Gallery([]), {})
        assert outcomes(bulk) == {"Nobody": "queued"}

    def test_passes_by_where_another_program_writes_pictures_and_says_so(
        self, known: Artist, folder: Path, bulk: BulkJob
    ) -> None:
        gallery, before = Gallery([offer("a")]), list(folder.iterdir())

        def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
            return {each.pk: WriteBlocked("Emby writes pictures there") for each in artists if axis == "image"}

        join_guard(guard)
        try:
            fetch(bulk, gallery, {"a": jpeg(size=LARGE)})
        finally:
            leave_guard(guard)
        assert (outcomes(bulk), messages(bulk)) == (
            {known.name: "skipped"},
            {known.name: "Emby writes pictures there"},
        )
        assert (gallery.looked_up, list(folder.iterdir())) == ([], before)
