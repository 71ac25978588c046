"""What holds fixes back by what is known now, of one artist or of many at once; no provider is asked."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from artists.models import Artist, ArtistImage, Library
from artists.services.gates import AXES, Axis, write_blocks
from artists.services.permission import ARTIST_LOCKED, FIELD_LOCKED, IMAGE_LOCKED
from artists.services.places import owning_libraries
from connections.services.other_writers import other_writers
from rules.fixes.base import Case, Fix
from stillwater.errors import WriteBlocked

Hindrance = Literal["locked", "excluded", "no_id", "no_folder", "shared", "gated"]


@dataclass(frozen=True, slots=True)
class Hurdle:
    """Why a fix may not even be tried: a code for counting, and a plain sentence."""

    code: Hindrance
    message: str


@dataclass(frozen=True, slots=True)
class Ground:
    """What stands around some artists: their locked main pictures, whose their folders are, who else writes there,
    who forbids writing."""

    locked_pictures: Mapping[int, set[str]]
    owners: Mapping[str, Library | None]
    writers: Mapping[int, str]
    blocks: Mapping[Axis, Mapping[int, WriteBlocked]]

    @classmethod
    def of(cls, artists: Sequence[Artist], axes: Sequence[Axis] = AXES) -> "Ground":
        """A few queries, however many artists they are. `axes`: of which writing is looked at."""
        locked = defaultdict[int, set[str]](set)
        pictures = ArtistImage.objects.order_by().filter(artist__in=[each.pk for each in artists], slot=0, locked=True)
        for key, kind in pictures.values_list("artist_id", "kind"):
            locked[key].add(kind)
        placed = [artist for artist in artists if artist.path]
        owners = owning_libraries(artist.path for artist in placed)
        # An artist without a folder has no file that anybody could overwrite.
        writers = other_writers({each.pk: each for each in owners.values() if each is not None}.values())
        return cls(locked, owners, writers, {axis: write_blocks(axis, placed) if placed else {} for axis in axes})


def hurdle(fix: Fix, case: Case, ground: Ground | None = None) -> Hurdle | None:
    """None: it may be tried. `ground`: that of many artists, where many are looked at."""
    artist = case.artist
    if artist.locked:
        return Hurdle("locked", ARTIST_LOCKED)
    if artist.is_excluded:
        return Hurdle("excluded", "artist is excluded")
    if fix.needs_id and not artist.musicbrainz_id:
        return Hurdle("no_id", "artist has no MusicBrainz ID, by which providers are asked")
    if fix.needs_folder and not artist.path:
        return Hurdle("no_folder", "artist has no path")
    ground = ground or Ground.of([artist], [fix.axis])
    return _locked(fix, case, ground) or _gated(fix, artist, ground) or _shared(fix, artist, ground)


def _locked(fix: Fix, case: Case, ground: Ground) -> Hurdle | None:
    fields = fix.fields(case)
    kinds = {key.removeprefix("images.") for key in fields if key.startswith("images.")}
    if kinds & ground.locked_pictures.get(case.artist.pk, set()):
        return Hurdle("locked", IMAGE_LOCKED)
    if fields and set(fields) <= set(case.artist.locked_fields):
        return Hurdle("locked", FIELD_LOCKED)
    return None


def _gated(fix: Fix, artist: Artist, ground: Ground) -> Hurdle | None:
    block = ground.blocks[fix.axis].get(artist.pk)
    return Hurdle("gated", block.message) if block else None


def _shared(fix: Fix, artist: Artist, ground: Ground) -> Hurdle | None:
    """A folder of which nobody knows whose it is counts as shared."""
    if not fix.avoids_shared or not artist.path:
        return None
    library = ground.owners[artist.path]
    if library is None:
        return Hurdle("shared", "the folder lies in no library, so nobody knows who else writes there")
    why = ground.writers.get(library.pk, "")
    if fix.moves_folder and library.is_shared:
        why = why or "the folder is shared with another program, which would make the old one anew"
    return Hurdle("shared", why) if why else None
