"""One artist's folder becomes facts: NFO, picture headers, strangers. Pure and picklable, made for other processes."""

import hashlib
import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from artists.folders.inventory import FolderEntry, FolderInventory, ImageSlot, is_picture, take_inventory
from artists.folders.naming import ImageNaming
from artists.folders.storable import storable
from artists.imaging.headers import read_header
from artists.imaging.source import Failure, failure_of, read_file
from artists.nfo.mapping import import_values
from artists.nfo.outline import MAX_BYTES
from artists.nfo.reader import read_nfo

LONGEST_NOTE = 500


class Namings(NamedTuple):
    """The active profile's names, and those that other programs may use in a shared folder."""

    active: ImageNaming
    also_allowed: tuple[ImageNaming, ...] = ()


class KnownImage(NamedTuple):
    """What is stored of a slot's file: enough to see that it is still the same."""

    file_name: str
    size: int
    mtime_ns: int


class FolderTask(NamedTuple):
    """A folder to look into. `path` as the disk spells it; `known` by kind and slot."""

    path: str
    entries: tuple[FolderEntry, ...]
    album_folders: int
    known: dict[tuple[str, int], KnownImage]


class ImageFacts(NamedTuple):
    """The file of a slot. `unchanged`: it is the one already known. `unreachable`: we could not look."""

    kind: str
    slot: int
    file_name: str
    size: int
    mtime_ns: int
    unchanged: bool = False
    unreachable: bool = False
    format: str = ""
    width: int = 0
    height: int = 0
    problem: str = ""


class NfoFacts(NamedTuple):
    """What artist.nfo is and says. `digest` is SHA-256 of its bytes, blank when they could not be read."""

    state: str
    error: str = ""
    digest: str = ""
    mtime_ns: int = 0
    values: dict[str, object] = {}
    lock_data: bool = False
    albums: int = 0
    notes: tuple[str, ...] = ()


class FolderFacts(NamedTuple):
    """All that a look into one folder found. `nfo` None: there is no such file."""

    images: tuple[ImageFacts, ...]
    nfo: NfoFacts | None
    extraneous: tuple[str, ...]
    sequence_problem: str
    note: str
    album_folders: int
    others: tuple[KnownImage, ...] = ()
    """Pictures that are in no slot."""

    @property
    def complete(self) -> bool:
        """False when something could not be read, so that the next scan has to look again."""
        unread = self.nfo is not None and self.nfo.state == "unreadable"
        return not unread and not any(image.unreachable for image in self.images)


class Inspected(NamedTuple):
    """A folder that has been looked into: its name on disk, storable path, stamp and facts.

    `seen`: columns of its artist as they were before the look. Facts that an edit has overtaken must not be saved.
    """

    name: str
    path: str
    stamp: str
    facts: FolderFacts
    seen: Mapping[str, object] = {}


def inspect_all(work: tuple[Namings, Sequence[FolderTask]]) -> list[FolderFacts]:
    """A batch of folders, in their order; the shape that crosses to another process."""
    namings, tasks = work
    return [inspect(namings, task) for task in tasks]


def inspect(namings: Namings, task: FolderTask) -> FolderFacts:
    """Opens the NFO, and each picture whose name, size or time is new."""
    inventory = take_inventory(task.entries, namings.active, also_allowed=namings.also_allowed)
    nfo = _nfo(task.path, inventory.nfo) if inventory.nfo else None
    return FolderFacts(
        images=tuple(_image(task, slot) for slot in inventory.images),
        nfo=nfo,
        extraneous=tuple(storable(entry.name) for entry in inventory.extraneous),
        sequence_problem=sequence_sentence(inventory),
        note=_note(inventory, nfo),
        album_folders=task.album_folders,
        others=_others(task.entries, inventory),
    )


def _others(entries: Sequence[FolderEntry], inventory: FolderInventory) -> tuple[KnownImage, ...]:
    used = {slot.entry.name for slot in inventory.images}
    if len(entries) == len(used) + (inventory.nfo is not None):
        return ()  # as in most folders
    found = (entry for entry in entries if entry.name not in used and entry.is_regular_file and is_picture(entry.name))
    return tuple(sorted(KnownImage(storable(entry.name), entry.size, entry.mtime_ns) for entry in found))


def _image(task: FolderTask, slot: ImageSlot) -> ImageFacts:
    entry = slot.entry
    seen = KnownImage(storable(entry.name), entry.size, entry.mtime_ns)
    if task.known.get((slot.kind, slot.slot)) == seen:
        return ImageFacts(slot.kind, slot.slot, *seen, unchanged=True)
    header = read_header(os.path.join(task.path, entry.name))
    could_not_look = header.failure in (Failure.UNREACHABLE, Failure.GONE)
    return ImageFacts(
        slot.kind, slot.slot, *seen,
        unreachable=could_not_look,
        format=header.format,
        width=header.width if header.readable else 0,
        height=header.height if header.readable else 0,
        problem=header.error,
    )  # fmt: skip


def _nfo(folder: str, entry: FolderEntry) -> NfoFacts:
    try:
        raw = read_file(os.path.join(folder, entry.name), MAX_BYTES)
    except OSError as error:
        return NfoFacts("unreadable", failure_of(error)[1], mtime_ns=entry.mtime_ns)
    if raw is None:
        return NfoFacts("too_large", f"larger than {MAX_BYTES // 1024} KiB", mtime_ns=entry.mtime_ns)
    reading = read_nfo(raw)
    digest = hashlib.sha256(raw).hexdigest()
    if reading.document is None:
        return NfoFacts(reading.state, reading.error, digest, entry.mtime_ns, notes=reading.notes)
    return NfoFacts(
        "ok", "", digest, entry.mtime_ns,
        values=import_values(reading.document),
        lock_data=reading.document.lock_data,
        albums=len(reading.document.albums),
        notes=reading.notes,
    )  # fmt: skip


def sequence_sentence(inventory: FolderInventory) -> str:
    """One sentence about the first fanart that is out of its row."""
    if not inventory.sequence_problems:
        return ""
    first = inventory.sequence_problems[0]
    more = len(inventory.sequence_problems) - 1
    return storable(f"{first.found} should be {first.expected}{f', and {more} more' if more else ''}")[:300]


def _note(inventory: FolderInventory, nfo: NfoFacts | None) -> str:
    parts = [f"{storable(oddity.name)}: {oddity.note}" for oddity in inventory.oddities]
    parts += [f"{storable(entry.name)}: artist.nfo is used instead" for entry in inventory.other_nfos]
    parts += [f"artist.nfo: {note}" for note in (nfo.notes if nfo else ())]
    text = "; ".join(parts)
    return text if len(text) <= LONGEST_NOTE else f"{text[: LONGEST_NOTE - 1]}…"
