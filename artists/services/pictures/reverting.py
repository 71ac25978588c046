"""Puts the picture back that a slot had before: its bytes are kept with the operation that replaced them."""

from collections.abc import Mapping
from dataclasses import dataclass

from artists.imaging.preparing import Picture, checked
from artists.models import Artist, FileSnapshot
from artists.services.gates import require_write
from artists.services.pictures.saving import Origin, Saved, known_kind, save_picture, store
from artists.services.snapshots import kept, oldest_kept
from stillwater.errors import NotFound
from stillwater.models import User

REVERTIBLE = ("thumb", "logo", "banner")
"""Backdrops change their places, so that none of them has a picture of its own before it: their changes are undone."""


@dataclass(frozen=True, slots=True)
class Previous:
    """What a slot had before: the hash of the kept bytes, and where they came from."""

    content_hash: str
    source: str


def previous_pictures(artist: Artist) -> Mapping[str, Previous]:
    """By kind, the last picture that is not the present one and whose bytes are still kept. Two queries."""
    present = dict(artist.images.filter(exists=True, kind__in=REVERTIBLE).values_list("kind", "content_hash"))
    found: dict[str, Previous] = {}
    for key, digest, old in _replaced(artist):
        kind = key.removeprefix("images.")
        if kind not in found and digest != present.get(kind):
            found[kind] = Previous(digest, old[0]["source"] if old else "")
    return found


def put_previous_back(artist: Artist, kind: str, *, actor: User | None = None) -> Saved:
    """Byte for byte; the present picture becomes the previous one, so that doing it twice changes nothing.

    Raises NotFound where nothing is kept, Gone when the bytes are, and as save_picture.
    """
    kind = known_kind(kind)
    previous = previous_pictures(artist).get(kind)
    if previous is None:
        raise NotFound(f"no earlier {kind} is kept")
    require_write("image", artist)
    data, origin = kept(previous.content_hash), Origin(previous.source)
    header = checked(data)
    if header.format not in ("jpeg", "png"):
        return save_picture(artist, kind, data, origin, actor=actor)
    picture = Picture(data, header.format, header.width, header.height, "")
    return store(artist, kind, picture, origin, actor=actor, summary=f"Put the previous {kind} back")


def _replaced(artist: Artist) -> list[tuple[str, str, list[dict[str, str]]]]:
    """Field, hash and old rows of every picture that was replaced or removed, the newest first."""
    names = [f"images.{kind}" for kind in REVERTIBLE]
    found = FileSnapshot.objects.filter(
        operation__artist=artist,
        operation__created_at__gte=oldest_kept(),
        operation__changes__field__in=names,
        existed=True,
        is_folder=False,
        moved_to="",
    )
    found = found.exclude(content_hash="").exclude(path__iendswith=".nfo").order_by("-operation_id", "pk")
    wanted = ("operation__changes__field", "content_hash", "operation__changes__old_value")
    return [(key, digest, old or []) for key, digest, old in found.values_list(*wanted)]
