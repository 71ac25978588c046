"""The files of locked artists and locked pictures, which no automatic source may touch."""

from artists.models import Artist, ArtistImage
from artists.services.change import Change
from artists.services.permission import ARTIST_LOCKED, IMAGE_LOCKED, is_automatic
from stillwater.errors import Locked


def refuse_locked_files(change: Change) -> None:
    """Automatic sources leave every file of a locked artist alone, and the files of locked images (bug 1)."""
    if not change.files or not is_automatic(change.source):
        return
    if Artist.objects.filter(pk=change.artist.pk, locked=True).exists():
        raise Locked(ARTIST_LOCKED)
    names = {path.name.casefold() for path in change.files}
    locked = ArtistImage.objects.filter(artist_id=change.artist.pk, locked=True).values_list("file_name", flat=True)
    if any(name.casefold() in names for name in locked):
        raise Locked(IMAGE_LOCKED)
