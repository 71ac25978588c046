"""A library of several artists, providers that know some of them, and runs over them, for tests of bulk runs."""

from typing import Any

from artists.models import Artist, BulkItem, BulkJob
from artists.providers.answers import ArtistRecord, SearchHit
from artists.providers.base import Lookup
from artists.services.bulk_runs.kinds import Asking, Run, kind_of
from artists.services.bulk_runs.planning import Meant
from artists.services.bulk_runs.walking import Counts, walk
from stillwater.models import Job
from stillwater.progress import Progress, no_progress
from tests.artists.providers.answers import LONG, record
from tests.artists.providers.panels import FakeProvider, panel, sources
from tests.builders import make_artist


def mbid_of(number: int) -> str:
    return f"7d1e0c52-3b64-4f8a-9a17-{number:012}"


class World:
    """MusicBrainz as the run sees it: it answers about any MBID and finds the names that it was told of."""

    def __init__(self) -> None:
        self.provider = FakeProvider("musicbrainz", self._answer)
        self.names: dict[str, str] = {}
        self.error: Exception | None = None
        self.provider.search = self._search  # type: ignore[method-assign]
        self.searched: list[str] = []

    def knows(self, name: str, mbid: str) -> None:
        self.names[mbid] = name

    @property
    def asking(self) -> Asking:
        return Asking(lambda artist, actor: sources(self.provider), lambda actor: panel(self.provider))

    def _answer(self, lookup: Lookup) -> ArtistRecord:
        if self.error:
            raise self.error
        name = self.names.get(lookup.mbid, lookup.name)
        return record("musicbrainz", provider_id=lookup.mbid, name=name, biography=LONG, origin="Leipzig")

    def _search(self, name: str) -> list[SearchHit]:
        self.searched.append(name)
        if self.error:
            raise self.error
        return [SearchHit("musicbrainz", mbid, each, musicbrainz_id=mbid) for mbid, each in self.names.items()]


def make_bulk(type: str = "fetch_metadata", mode: str = "prompt_no_match") -> BulkJob:
    return BulkJob.objects.create(
        job=Job.objects.create(kind="bulk", key=f"test-{Job.objects.count()}"), type=type, mode=mode
    )


def run_over(bulk: BulkJob, world: World, *, progress: Progress = no_progress, meant: Meant | None = None) -> Counts:
    everybody = meant or Meant(Artist.objects.order_by())
    return walk(bulk, kind_of(bulk.type), everybody, Run(bulk.mode, bulk.group, None, world.asking), progress=progress)


def outcomes(bulk: BulkJob) -> dict[str, str]:
    return dict(BulkItem.objects.filter(bulk=bulk).values_list("artist_name", "status"))


def messages(bulk: BulkJob) -> dict[str, str]:
    return dict(BulkItem.objects.filter(bulk=bulk).values_list("artist_name", "message"))


def make_artists(count: int, **values: Any) -> list[Artist]:
    """Each with an MBID and nothing else."""
    return [make_artist(f"Act {number:03}", musicbrainz_id=mbid_of(number), **values) for number in range(count)]
