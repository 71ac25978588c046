"""Stores a picture in a slot of an artist: one pipeline for uploads, downloads, crops and fixes, one way back."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from artists.folders.naming import split_name
from artists.folders.storable import on_disk, storable
from artists.imaging.fingerprint import Fingerprint, fingerprint_bytes
from artists.imaging.geometry import KIND_ALIASES, is_low_resolution
from artists.imaging.preparing import Picture, prepare
from artists.imaging.provenance import Provenance
from artists.models import Artist, ImageKind
from artists.services.change import Change
from artists.services.collections import COLLECTIONS, Row
from artists.services.file_changes import present_hash
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import MANUAL, is_automatic
from artists.services.pictures.places import copies_of, free_number, names_in, picture_folder, slot_names, twins
from artists.services.profiles import active_profile, naming_of
from stillwater.errors import Conflict, Invalid
from stillwater.files import make_folder
from stillwater.models import User

Mode = Literal["auto", "manual", "user"]


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a picture comes from: `provider` is a provider's name, "upload", "url" or "crop"."""

    provider: str
    url: str = ""
    rule: str = ""
    mode: Mode = "user"


@dataclass(frozen=True, slots=True)
class MadeFrom:
    """The file that a new picture was cut from, and its SHA-256 then."""

    path: Path
    content_hash: str


@dataclass(frozen=True, slots=True)
class Saved:
    """`names` are the files that were written, the first being the one that Stillwater reads."""

    kind: str
    slot: int
    names: tuple[str, ...]
    width: int
    height: int
    change: Change


def known_kind(kind: str) -> str:
    """thumb, fanart, logo or banner, also by the words that providers use. Raises Invalid."""
    known = KIND_ALIASES.get(kind, kind)
    if known not in ImageKind.values:
        raise Invalid("type must be one of thumb, fanart, logo, banner", "type")
    return known


def save_picture(
    artist: Artist,
    kind: str,
    data: bytes,
    origin: Origin,
    *,
    slot: int | None = None,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
) -> Saved:
    """Prepare the bytes and put them into the slot; `slot` None: the only one, or after the last backdrop.

    A person's choice locks the picture, so that no automatic writer replaces it. Raises Invalid, UnreadableImage,
    WriteBlocked, Locked for automatic sources, Unavailable for a folder that cannot be read, and the disk's refusals:
    then the old picture is still there.
    """
    kind = known_kind(kind)
    require_write("image", artist)
    provenance = Provenance(origin.provider, timezone.now().isoformat(), origin.url, rule=origin.rule, mode=origin.mode)
    picture = prepare(data, kind, provenance)
    return store(artist, kind, picture, origin, slot=slot, source=source, actor=actor, group=group)


def store(
    artist: Artist,
    kind: str,
    picture: Picture,
    origin: Origin,
    *,
    slot: int | None = None,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
    summary: str = "",
    made_from: MadeFrom | None = None,
) -> Saved:
    """Put a prepared picture into the slot; `summary` tells of it in other words.

    Raises as `save_picture`, and Conflict where what it was made from is another picture by now.
    """
    folder = picture_folder(artist)
    if not artist.path:
        make_folder(folder, root=settings.STILLWATER_DATA)
    found = fingerprint_bytes(picture.data, kind)  # before the turn: nobody else has to wait for it
    places: list[Place] = []

    def put(change: Change) -> None:
        """In this artist's turn, so that two who come at the same moment never choose the same place."""
        if made_from is not None and present_hash(made_from.path) != made_from.content_hash:
            raise Conflict("the picture has been changed meanwhile")
        place = _place(change.artist, kind, slot, picture.extension, folder)
        change.summary = summary or (f"Saved a {kind}" if place.slot == 0 else f"Saved backdrop {place.slot + 1}")
        write_picture(change, folder, place, picture.data)
        change.after_files(_describe(kind, place, picture, found, origin, folder, locked=not is_automatic(source)))
        places.append(place)

    with operation(artist, source=source, actor=actor, group=group) as change:
        change.before_rows(put)
    (place,) = places
    return Saved(kind, place.slot, place.names, picture.width, picture.height, change)


def write_picture(change: Change, folder: Path, place: "Place", data: bytes) -> None:
    """The first name holds the picture; the others lead to it where the profile wants links, else hold copies.

    Twins go last, when the new file is safely in place.
    """
    first, *others = place.names
    change.write_file(folder / first, data)
    for name in others:
        if place.linked:
            change.link_file(folder / name, first, data)
        else:
            change.write_file(folder / name, data)
    for twin in twins(folder, place.present, place.names):
        change.remove_file(twin)


@dataclass(frozen=True, slots=True)
class Place:
    """A slot and its files. `present`: what lies there; `linked`: the names after the first are to be links to it."""

    slot: int
    names: tuple[str, ...]
    present: tuple[str, ...]
    linked: bool = False


def _place(artist: Artist, kind: str, slot: int | None, extension: str, folder: Path) -> Place:
    """Which files the slot has, or shall have; a backdrop that is replaced keeps its number, and so do its copies."""
    profile = active_profile()
    naming, present = naming_of(profile), tuple(names_in(folder))
    if kind != "fanart":
        if slot:
            raise Invalid("only fanart has more than one picture", "slot")
        linked = profile is not None and profile.use_symlinks
        return Place(0, tuple(slot_names(naming, kind, extension)), present, linked)
    rows = {row["slot"]: row for row in COLLECTIONS["images.fanart"].read(artist) if row["exists"]}
    wanted = len(rows) if slot is None else slot
    if wanted > len(rows) or wanted < 0:
        raise Invalid("a backdrop may replace one that is there, or follow the last one", "slot")
    if wanted in rows and wanted > 0:
        old = on_disk(rows[wanted]["file_name"])
        bases = [split_name(name)[0] for name in (old, *copies_of(naming, old, present))]
        return Place(wanted, tuple(dict.fromkeys(base + extension for base in bases)), present)
    number = 0 if wanted == 0 else free_number(naming, present, wanted)
    return Place(wanted, tuple(slot_names(naming, kind, extension, number)), present)


def _describe(
    kind: str, place: Place, picture: Picture, found: Fingerprint, origin: Origin, folder: Path, *, locked: bool
) -> Callable[[Change], None]:
    """A step that tells the rows what lies there now, hashes included: nothing has to be read again (bug 52)."""

    def describe(change: Change) -> None:
        written = change.written[folder / place.names[0]]
        row: Row = {
            "slot": place.slot,
            "exists": True,
            "file_name": storable(place.names[0]),
            "format": picture.format,
            "width": picture.width,
            "height": picture.height,
            "bytes": len(picture.data),
            "mtime_ns": written.mtime_ns,
            "problem": "",
            "low_res": is_low_resolution(kind, picture.width, picture.height),
            "content_hash": found.content_hash,
            "perceptual_hash": found.perceptual_hash,
            "padding": found.padding,
            "placeholder": found.placeholder,
            "stand_in": found.stand_in,
            "fingerprinted": True,
            "source": origin.provider[:60],
            "last_written_at": timezone.now().isoformat(),
            "locked": locked,
        }
        key = f"images.{kind}"
        others = [each for each in COLLECTIONS[key].read(change.artist) if each["slot"] != place.slot]
        change.set_rows(key, sorted([*others, row], key=lambda each: int(each["slot"])))

    return describe
