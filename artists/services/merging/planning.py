"""What a merge of two artists would do, to the last file, and why it may not: asked before and while doing it."""

import os
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from artists.folders.storable import on_disk
from artists.models import Artist, Library, Membership, Operation
from artists.services.collections import COLLECTIONS, Row
from artists.services.gates import write_block
from artists.services.permission import ARTIST_LOCKED
from artists.services.places import NFO_NAME, folder_of, owning_library
from stillwater.errors import Unavailable
from stillwater.files import printable

IDENTIFIERS = ("musicbrainz_id", "audiodb_id", "discogs_id", "wikidata_id", "deezer_id", "spotify_id")
_KINDS = tuple(key for key in COLLECTIONS if key.startswith("images."))


@dataclass
class MergePlan:
    """`refusals` non-empty: nothing of it will be done. `collisions`: what both folders have under one name."""

    survivor: Artist
    loser: Artist
    values: dict[str, str] = field(default_factory=dict)
    aliases: list[str] = field(default_factory=list)
    members: list[Row] = field(default_factory=list)
    images: dict[str, list[Row]] = field(default_factory=dict)
    libraries: list[str] = field(default_factory=list)
    history: int = 0
    moves: list[tuple[Path, Path]] = field(default_factory=list)
    removals: list[Path] = field(default_factory=list)
    folder: Path | None = None
    collisions: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def plan_merge(survivor: Artist, loser: Artist, *, override: bool = False, resumed: bool = False) -> MergePlan:
    """`override`: the person knows that they are told apart by different words. `resumed`: a killed merge goes on, so
    the loser's folder may be gone already. Raises Unavailable for a folder that cannot be read."""
    plan = MergePlan(survivor, loser)
    plan.refusals += _identity_refusals(plan, override)
    _plan_rows(plan)
    if loser.path:
        refusals = list(_folder_refusals(survivor, loser, resumed))
        plan.refusals += refusals
        if not refusals:
            _plan_files(plan)
    if plan.collisions:
        plan.refusals.append(f"both folders have: {', '.join(plan.collisions)}")
    return plan


def _identity_refusals(plan: MergePlan, override: bool) -> Iterator[str]:
    survivor, loser = plan.survivor, plan.loser
    for artist in (survivor, loser):
        if artist.locked:
            yield f"{artist.name}: {ARTIST_LOCKED}"
    if survivor.musicbrainz_id and loser.musicbrainz_id and survivor.musicbrainz_id != loser.musicbrainz_id:
        yield "they have different MusicBrainz IDs, so they are two artists of one name"
    told = [artist.disambiguation.strip().casefold() for artist in (survivor, loser)]
    if all(told) and told[0] != told[1]:
        text = f"they are told apart by: {survivor.disambiguation}, {loser.disambiguation}"
        plan.warnings.append(text)
        if not override:
            yield f"{text}; merge them only if you are sure (override)"


def _plan_rows(plan: MergePlan) -> None:
    survivor, loser = plan.survivor, plan.loser
    for key in IDENTIFIERS:
        if getattr(loser, key) and not getattr(survivor, key) and key not in survivor.locked_fields:
            plan.values[key] = getattr(loser, key)
    known = {name.casefold() for name in (survivor.name, *(alias.alias for alias in survivor.aliases.all()))}
    for name in dict.fromkeys((loser.name, *(alias.alias for alias in loser.aliases.all()))):
        if name.casefold() not in known:
            known.add(name.casefold())
            plan.aliases.append(name)
    if not survivor.members.exists() and "members" not in survivor.locked_fields:
        plan.members = COLLECTIONS["members"].read(loser)
    for key in _KINDS:
        if not any(row["exists"] for row in COLLECTIONS[key].read(survivor)):
            plan.images |= {key: rows} if (rows := [r for r in COLLECTIONS[key].read(loser) if r["exists"]]) else {}
    own = Membership.objects.filter(artist=survivor).values("library")
    theirs = Library.objects.filter(memberships__artist=loser).exclude(pk__in=own)
    plan.libraries = list(theirs.values_list("name", flat=True))
    plan.history = Operation.objects.filter(artist=loser).count()


def _folder_refusals(survivor: Artist, loser: Artist, resumed: bool) -> Iterator[str]:
    here, there = folder_of(loser), folder_of(survivor)
    if here is None:
        return
    if there is None:
        yield f"{survivor.name} has no folder and {loser.name} has one: let the one with the folder survive"
        return
    library = owning_library(loser.path)
    if library is None or library != owning_library(survivor.path):
        yield "their folders are in different libraries: move the albums first"
        return
    if library.is_shared:
        yield "the folder is shared with another program, which would make the old one anew"
    if here in there.parents or there in here.parents:
        yield "one folder lies within the other"
    for artist, folder in ((survivor, there), (loser, here)):
        if not folder.is_dir() and not (resumed and artist is loser):
            yield f"the folder of {artist.name} is not there"
        elif block := write_block("nfo", artist) or write_block("image", artist):
            yield f"{artist.name}: {block.message}"
    if not os.access(here.parent, os.W_OK):
        yield "the folder could not be removed: its library may not be written to"


def _plan_files(plan: MergePlan) -> None:
    here, there = Path(on_disk(plan.loser.path)), Path(on_disk(plan.survivor.path))
    if not here.is_dir():
        return  # a killed merge removed it
    plan.folder = here
    taken = {_folded(name) for name in _listed(there)}
    wanted = {row["file_name"] for rows in plan.images.values() for row in rows}
    pictures = set(plan.loser.images.filter(exists=True).values_list("file_name", flat=True))
    for name in _listed(here):
        path = here / name
        is_ours = name.lower() == NFO_NAME or (name in pictures and name not in wanted)
        if is_ours and path.is_file() and not path.is_symlink():
            plan.removals.append(path)
        elif _folded(name) in taken:
            plan.collisions.append(printable(name))
        else:
            plan.moves.append((path, there / name))


def _listed(folder: Path) -> list[str]:
    try:
        return sorted(os.listdir(folder))
    except OSError as error:
        raise Unavailable(f"{printable(folder.name)} could not be read: {error.strerror}") from error


def _folded(name: str) -> str:
    """Names that are one on volumes which ignore case or Unicode form."""
    return unicodedata.normalize("NFC", name).casefold()
