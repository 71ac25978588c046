"""A house whose worker fixes findings and is killed now and then; providers and their pictures are on loopback.

Each step is a process of its own, as in killed_identify.py, whose house this one is but for its music and its words.
"""

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

from artists.demo.server import FakeWorld
from artists.demo.world import World
from tests.killed_identify import House as PlainHouse
from tests.killed_identify import acts

PREPARE = """
from artists.services.facts import derive
from artists.models import Library, Membership
from rules.services.evaluation import evaluate
from rules.services.rules import update_rule
library = Library.objects.create(name="Music", path={music!r})
for name, path in json.loads({folders!r}):
    artist = Artist(name=name, sort_name=name, path=path)
    derive(artist)
    artist.save()
    Membership.objects.create(artist=artist, library=library)
for rule in ("thumb_exists", "fanart_exists", "logo_exists"):
    update_rule(rule, config={{"select_best_candidate": True}})
update_rule("origin_missing", enabled=True)
from artists.services.scanner.scanning import scan_libraries
scan_libraries(workers=0)
evaluate(scope="all")
"""

START = """
from rules.tasks import start_fix
start_fix()
"""

DYING_IN = """
from {module} import {name} as whole
import {module} as place
calls = []
def dying(*args, **options):
    calls.append(1)
    if len(calls) == {call}:
        os.kill(os.getpid(), signal.SIGKILL)
    return whole(*args, **options)
place.{name} = dying
"""
"""Killed as this function is called for the n-th time."""

UNDO = """
from uuid import UUID
from artists.services.undo import undo_group
from rules.services.evaluation import evaluate
group = Job.objects.get(kind="fix").params["group"]
print(len(undo_group(UUID(group)).refused))
evaluate(scope="all")
"""

ROWS = """
from tests.all_rows import restored_rows
print(json.dumps(restored_rows()))
"""

TELL = """
from artists.models import ArtistImage
from rules.models import Violation
columns = [field.attname for field in Artist._meta.concrete_fields
    if not field.attname.endswith(("_at", "_since", "_ns", "_hash", "_stamp"))]
images = ArtistImage.objects.order_by("artist", "kind", "slot")
print(json.dumps({
    "job": list(Job.objects.filter(kind="fix").values_list("state", "attempts").first() or ()),
    "artists": list(Artist.objects.order_by("pk").values(*columns)),
    "images": list(images.values_list("artist", "kind", "slot", "width", "height", "perceptual_hash", "locked")),
    "findings": list(Violation.objects.order_by("artist", "rule").values_list("artist", "rule", "status")),
}, default=str))
"""

_STAMP = re.compile(rb"<stillwater[^>]*>(?:</stillwater>)?")


class House(PlainHouse):
    """With a music folder of twenty acts: some have an artist.nfo of their own, none has a picture."""

    def __init__(self, folder: Path, program: FakeWorld, origin: str) -> None:
        self.music = folder.parent / "music"
        nobody = replace(program, world=World(()))
        super().__init__(folder, nobody, origin)
        self.program = program
        self.run(PREPARE.format(music=str(self.music), folders=json.dumps(_music(self.music, program.world))))

    def tell_all(self) -> dict[str, Any]:
        """Rows, and files as names with what they say; pictures by their rows, since their marks bear the time."""
        found: dict[str, Any] = json.loads(self.run(TELL).splitlines()[-1])
        text = json.dumps(found["artists"]).replace(str(self.music), "")
        return {
            **found,
            "artists": json.loads(text),
            "files": {name: _said(data) for name, data in self.disk().items()},
        }

    def rows(self) -> dict[str, list[str]]:
        """What an undo has to bring back."""
        found: dict[str, list[str]] = json.loads(self.run(ROWS).splitlines()[-1])
        return found

    def disk(self) -> dict[str, bytes]:
        return {
            str(path.relative_to(self.music)): path.read_bytes() for path in self.music.rglob("*") if path.is_file()
        }


def world(count: int) -> World:
    """The acts of killed_identify, with a picture of each kind."""
    pictures = {"thumb": 1, "fanart": 1, "logo": 1}
    return World(tuple(replace(act, pictures=pictures) for act in acts(count).acts))


def _music(top: Path, world: World) -> list[tuple[str, str]]:
    """Every third one has an artist.nfo with a word of its own."""
    folders = []
    for number, act in enumerate(world.acts):
        folder = top / act.name
        for album in act.albums:
            (folder / album.title).mkdir(parents=True)
        if number % 3 == 0:
            own = f"<artist><name>{act.name}</name><mood>Mine</mood></artist>"
            (folder / "artist.nfo").write_text(own, encoding="utf-8")
        folders.append((act.name, str(folder)))
    return folders


def _said(data: bytes) -> str:
    return _STAMP.sub(b"", data).decode() if data.lstrip().startswith((b"<?xml", b"<artist")) else "a picture"
