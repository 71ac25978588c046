"""Runs one verb on the same beginning over and over, breaks it at every call, and looks at what is left."""

import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.db import transaction

from artists.imaging.fingerprint import fingerprint
from artists.models import Artist, Operation
from artists.services.cut_off import sweep_cut_off
from stillwater.errors import StillwaterError
from stillwater.files import sweep_stray_temps
from tests.artists.services.pictures.breaking import Breakage, Killed, broken

Verb = Callable[[Artist], object]


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
    rows = list(artist.images.order_by("kind", "slot").values())
    for row in rows:
        row.pop("id")
        row["mtime_ns"] = row["mtime_ns"] == (folder / row["file_name"]).stat().st_mtime_ns
        row["true"] = row["content_hash"] == hashlib.sha256(files[row["file_name"]][1]).hexdigest()
    return State(files, rows)


def is_whole(path: Path) -> bool:
    return not fingerprint(path).failure


class Bench:
    """Runs a verb on the same beginning over and over, and says which of its ends were neither old nor new."""

    def __init__(self, artist: Artist, folder: Path, verb: Verb, monkeypatch: pytest.MonkeyPatch) -> None:
        self.artist, self.folder, self.verb, self.monkeypatch = artist, folder, verb, monkeypatch
        self.before = state_of(artist, folder)
        self.times = {name: (folder / name).lstat().st_mtime_ns for name in self.before.files}
        with self.rewound():
            verb(self.fresh)
            self.after = state_of(artist, folder)
        assert self.before != self.after
        assert all(row["true"] and row["mtime_ns"] for row in (*self.before.rows, *self.after.rows))

    @property
    def fresh(self) -> Artist:
        return Artist.objects.get(pk=self.artist.pk)

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
                sweep_cut_off()
                sweep_stray_temps(self.folder, before=float("inf"))  # as every scan does
            try:
                found = state_of(self.artist, self.folder)
            except FileNotFoundError as error:
                return f"{error.filename} is lost"
            if sweep and Operation.objects.filter(pending=True).exists():
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

    def unseen(self, base: str) -> list[int]:
        """The calls after whose kill no whole picture of that name can be read, in whatever format."""
        found = []
        for nth in range(1, 1000):
            breakage = Breakage(nth, None)
            with self.rewound():
                with broken(self.monkeypatch, breakage):
                    self.run()
                names = [name for name in os.listdir(self.folder) if name.startswith(f"{base}.")]
                if not any(is_whole(self.folder / name) for name in names):
                    found.append(nth)
            if not breakage.struck:
                return found
        raise AssertionError("the loop did not end")

    def every(self, number: int | None, *, for_good: bool = False, sweep: bool = True) -> tuple[int, list[str]]:
        """One strike at each call; how many there were, and what they broke."""
        wrong = []
        for nth in range(1, 1000):
            breakage = Breakage(nth, number, for_good=for_good)
            if problem := self.strike(breakage, sweep=sweep):
                wrong.append(f"call {nth}: {problem}")
            if not breakage.struck:
                return nth - 1, wrong
        raise AssertionError("the loop did not end")
