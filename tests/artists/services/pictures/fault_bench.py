"""Runs one verb on the same beginning over and over, breaks it at every call, and looks at what is left."""

import copy
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from artists.imaging.fingerprint import fingerprint
from artists.models import Artist, ArtistImage, Operation
from artists.services.cut_off import sweep_cut_off
from stillwater.errors import StillwaterError
from stillwater.files import sweep_stray_temps
from tests.artists.services.pictures.breaking import Breakage, Killed, broken

Verb = Callable[[Artist], object]
IMAGES, OPERATIONS = ArtistImage._meta.db_table, Operation._meta.db_table
MOST_CALLS = 1000


@dataclass(frozen=True)
class State:
    """Every file by name, links as links, and every row, but for the moment in it that differs each time."""

    files: dict[str, tuple[str, bytes]]
    rows: list[dict[str, Any]]


def state_of(artist: Artist, folder: Path) -> State:
    files = {
        name: (os.readlink(folder / name) if (folder / name).is_symlink() else "", (folder / name).read_bytes())
        for name in sorted(os.listdir(folder))
    }
    rows = _plain(f"SELECT * FROM {IMAGES} WHERE artist_id = %s ORDER BY kind, slot", artist.pk)
    for row in rows:
        row.pop("id")
        row["mtime_ns"] = row["mtime_ns"] == (folder / row["file_name"]).stat().st_mtime_ns
        row["true"] = row["content_hash"] == hashlib.sha256(files[row["file_name"]][1]).hexdigest()
    return State(files, rows)


def _plain(sql: str, *given: object) -> list[dict[str, Any]]:
    """Without the ORM, which would take most of the time of a strike."""
    with connection.cursor() as cursor:
        cursor.execute(sql, given)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def is_pending() -> bool:
    return bool(_plain(f"SELECT 1 FROM {OPERATIONS} WHERE pending"))


def is_whole(path: Path) -> bool:
    return not fingerprint(path).failure


class Bench:
    """Runs a verb on the same beginning over and over, and says which of its ends were neither old nor new."""

    def __init__(self, artist: Artist, folder: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
        self.artist, self.folder, self.verb, self.monkeypatch = artist, folder, verb, monkeypatch
        self._as_stored = Artist.objects.get(pk=artist.pk)
        self.before = state_of(artist, folder)
        self.times = {name: (folder / name).lstat().st_mtime_ns for name in self.before.files}
        with self.rewound():
            verb(self.fresh)
            self.after = state_of(artist, folder)
        assert self.before != self.after
        assert all(row["true"] and row["mtime_ns"] for row in (*self.before.rows, *self.after.rows))

    @property
    def fresh(self) -> Artist:
        return copy.deepcopy(self._as_stored)

    @contextmanager
    def rewound(self) -> Iterator[None]:
        """Afterwards everything is as it was before."""
        try:
            with transaction.atomic():
                yield
                transaction.set_rollback(True)
        finally:
            for name in os.listdir(self.folder):
                (self.folder / name).unlink()
            for name, (link, data) in self.before.files.items():
                if link:
                    (self.folder / name).symlink_to(link)
                else:
                    (self.folder / name).write_bytes(data)
                    os.utime(self.folder / name, ns=(self.times[name], self.times[name]))

    def strike(self, breakage: Breakage, *, sweep: bool = True) -> str:
        """What is wrong afterwards; blank: nothing."""
        with self.rewound():
            with broken(self.monkeypatch, breakage):
                failed = self.run()
            if sweep:
                if is_pending():
                    sweep_cut_off()
                sweep_stray_temps(self.folder, before=float("inf"))  # as every scan does
            try:
                found = state_of(self.artist, self.folder)
            except FileNotFoundError as error:
                return f"{error.filename} is lost"
            if sweep and is_pending():
                return "an operation is pending"
            if found == self.after or (failed and found == self.before):
                return ""
            return f"neither old nor new: {sorted(found.files)}"

    def run(self) -> bool:
        artist = self.fresh
        try:
            self.verb(artist)
        except (StillwaterError, Killed):
            return True
        return False

    def unseen(self, base: str) -> Iterator[int]:
        """The calls after whose kill no whole picture of that name can be read, in whatever format."""
        for nth in range(1, MOST_CALLS):
            breakage = Breakage(nth, None)
            with self.rewound():
                with broken(self.monkeypatch, breakage):
                    self.run()
                names = [name for name in os.listdir(self.folder) if name.startswith(f"{base}.")]
                if not any(is_whole(self.folder / name) for name in names):
                    yield nth
            if not breakage.struck:
                return
        raise AssertionError("the loop did not end")

    def strikes(self, number: int | None, *, for_good: bool = False, sweep: bool = True) -> Iterator[str]:
        """One strike at each call, and what it broke; blank: nothing."""
        for nth in range(1, MOST_CALLS):
            breakage = Breakage(nth, number, for_good=for_good)
            problem = self.strike(breakage, sweep=sweep)
            if not breakage.struck:
                assert problem == ""
                return
            yield f"call {nth}: {problem}" if problem else ""
        raise AssertionError("the loop did not end")
