"""Pictures in an artist's folder that no player looks for: removed for good reason, with a way back."""

from collections.abc import Iterable
from uuid import UUID

from artists.folders.storable import on_disk
from artists.models import Artist, ForeignFile
from artists.services.change import Change
from artists.services.folder_look import look_at_folder, stray_files
from artists.services.foreign.telling import tell
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.permission import MANUAL
from artists.services.places import require_folder
from stillwater.errors import Invalid, NotFound
from stillwater.models import User


def remove_extraneous_files(
    artist: Artist,
    names: Iterable[str] | None = None,
    *,
    source: str = MANUAL,
    actor: User | None = None,
    group: UUID | None = None,
) -> Change:
    """Remove these of them, or all. The folder is looked at anew: nothing that a player uses by now can go.

    `names` in storable spelling. Raises NotFound where there is none, Invalid for another file, Conflict for an artist
    without a folder, WriteBlocked, Locked for automatic sources, and the disk's refusals: then all is still there.
    """
    folder, present = require_folder(artist), stray_files(artist)
    chosen = list(dict.fromkeys(present if names is None else names))
    others = [name for name in chosen if name not in present]
    if others:
        raise Invalid(f"only files that no player looks for are removed here, not {others[0]}", "names")
    if not chosen:
        raise NotFound("there is no such file")
    require_write("image", artist)
    with operation(artist, source=source, summary=_summary(chosen), actor=actor, group=group) as change:
        for name in chosen:
            change.remove_file(folder / on_disk(name))
        change.after_files(look_at_folder)
    if ForeignFile.objects.filter(artist=artist, file_name__in=chosen).delete()[0]:
        tell()
    return change


def _summary(names: list[str]) -> str:
    if len(names) == 1:
        return f"Removed {names[0]}, which no player looks for"[:300]
    return f"Removed {len(names)} pictures that no player looks for"
