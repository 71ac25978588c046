"""A house whose worker identifies artists and is killed now and then; providers answer on loopback and count.

Each step is a process of its own. Providers allow 10,000 requests a second there, so that nobody waits for a turn,
unless the house keeps their real limits.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from artists.demo.server import FakeWorld
from artists.demo.world import Act, World
from artists.sample.profiles import Album
from tests.steps import Steps

PROLOGUE = """
import json, os, signal
from dataclasses import replace
from datetime import timedelta
from django.conf import settings
from django.utils import timezone
from artists.models import AlbumTags, Artist, Identification
from artists.providers import registry
from artists.tasks.identify import start_identify
from stillwater import jobs
from stillwater.job_progress import JobProgress
from stillwater.models import Job
settings.STILLWATER_JOBS_INLINE = True
"""

UNHURRIED = """
for provider in registry.PROVIDERS:
    provider.spec = replace(provider.spec, per_second=10_000.0)
"""

PREPARE = """
for number, (name, mbid, albums) in enumerate(json.loads({artists!r})):
    artist = Artist.objects.create(name=name, sort_name=name)
    for title in albums:
        AlbumTags.objects.create(
            artist=artist, folder=title, album=title, was_read=True, album_artist_mbids=[mbid] if mbid else []
        )
"""

DYING = """
calls = []
def dying(self, done, total, message=""):
    calls.append(done)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
JobProgress.__call__ = dying
"""

DYING_AFTER_THE_ANSWERS = """
from artists.services.identifying import linking
def dying(row, note):
    os.kill(os.getpid(), signal.SIGKILL)
linking._refreshed = dying
"""

START = "start_identify(None)\n"
RESTART = """
Job.objects.update(heartbeat_at=timezone.now() - jobs.STALE_AFTER - timedelta(seconds=1))
jobs.sweep()
"""

TELL = """
columns = [field.attname for field in Artist._meta.concrete_fields if not field.attname.endswith(("_at", "_since"))]
rows = Identification.objects.order_by("artist").values_list("artist", "state", "tier", "mbid", "reason")
print(json.dumps({
    "job": list(Job.objects.filter(kind="identify").values_list("state", "attempts").first()),
    "artists": list(Artist.objects.order_by("pk").values(*columns)),
    "outcomes": [list(row) for row in rows],
}))
"""


def acts(count: int) -> World:
    """So many acts with two albums each, no two of them called alike."""
    return World(tuple(_act(number) for number in range(count)))


def library_of(world: World) -> list[tuple[str, str, list[str]]]:
    """Name, the MBID in the tags, albums: by thirds known by tags, by albums, by name; one in ten is unknown."""
    told = []
    for number, act in enumerate(world.acts):
        titles = [album.title for album in act.albums] if number % 3 < 2 else []
        name = f"Nobody{number:05}" if number % 10 == 9 else act.name
        told.append((name, act.mbid if number % 3 == 0 and number % 10 != 9 else "", titles))
    return told


class House(Steps):
    """A database for a few processes, and the world in which providers answer."""

    def __init__(self, folder: Path, program: FakeWorld, origin: str, *, unhurried: bool = True) -> None:
        super().__init__(folder, PROLOGUE + UNHURRIED * unhurried, STILLWATER_PROVIDERS_URL=origin)
        self.program = program
        self.run(PREPARE.format(artists=json.dumps(library_of(program.world))))

    def tell(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.run(TELL).splitlines()[-1])
        return found

    @property
    def asked(self) -> Counter[tuple[Any, ...]]:
        """Every question with how often it was asked."""
        return Counter(
            (question.provider, question.service, question.path, tuple(sorted(question.query.items())))
            for question in self.program.recorder.questions
        )


def _act(number: int) -> Act:
    name = f"Quill{number:05}"
    albums = tuple(
        Album(f"{word} of {name}", 2000, f"a1b00000-0000-4000-8{index:03}-{number:012x}")
        for index, word in enumerate(("Lamps", "Ferries"))
    )
    return Act(
        mbid=f"ac700000-0000-4000-8000-{number:012x}",
        name=name,
        sort_name=name,
        place="Akureyri",
        country="Iceland",
        country_code="IS",
        genres=("Dream Pop",),
        began="2004",
        biography=f"{name} formed in Akureyri in 2004, when two neighbours found that their walls were thin.",
        albums=albums,
        ids={
            "wikidata": f"Q{990000000 + number}",
            "deezer": str(990000000 + number),
            "audiodb": str(99000000 + number),
        },
    )
