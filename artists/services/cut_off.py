"""Operations whose process was killed between two of their files are taken back by themselves: every byte was kept.

An operation is `pending` from the moment that its files are recorded until its rows describe them. Whoever has the
artist's turn and finds one has found a dead one, since a turn falls with its process (S: files-and-platforms.md 5).
"""

import logging
import time
from pathlib import Path

from django.db import transaction

from artists.folders.storable import on_disk
from artists.models import Artist, FileSnapshot, Operation
from artists.services.file_changes import FileChange, Prepared, link_at, present_hash, restore
from artists.services.places import root_for
from artists.services.turns import turns
from stillwater.errors import Gone, StillwaterError
from stillwater.files import printable, sweep_stray_temps

logger = logging.getLogger(__name__)

NOT_PUT_BACK = "Stillwater was stopped, and the files could not be put back"


def sweep_cut_off() -> int:
    """Every artist with an operation that was cut off; returns how many were dealt with. What resists waits."""
    count = 0
    for artist in Artist.objects.filter(operations__pending=True).distinct():
        try:
            with turns(artist):
                count += settle(artist)
        except StillwaterError as problem:
            logger.warning("the files of %s are still half changed: %s", artist.name, problem.message)
    Operation.objects.filter(pending=True, artist=None).update(pending=False)
    return count


def settle(artist: Artist) -> int:
    """The same for one artist, by whoever has its turn. Raises what the disk says: then nothing is built on ruins."""
    cut = list(Operation.objects.filter(artist_id=artist.pk, pending=True))
    for each in cut:
        _settle(each, artist)
    return len(cut)


def _settle(cut: Operation, artist: Artist) -> None:
    """Fields that were saved before the files stay, and the warning that stands with them tells of it."""
    if cut.changes.exists():
        _forget(cut, artist)
        return
    try:
        roots: dict[Path, Path] = {}
        for snapshot in cut.files.order_by("-pk"):
            path = Path(on_disk(snapshot.path))
            if path.parent not in roots:
                roots[path.parent] = root_for(artist, path)
            _put_back(path, roots[path.parent], snapshot)
    except Gone:
        _forget(cut, artist, warning=NOT_PUT_BACK)
        return
    _sweep_strays(cut)
    logger.warning("%s of %s was cut off and is taken back", cut.summary, artist.name)
    with transaction.atomic():
        _look_again(artist)
        cut.delete()


def _put_back(path: Path, root: Path, snapshot: FileSnapshot) -> None:
    there = Path(on_disk(snapshot.moved_to)) if snapshot.moved_to else None
    data = b"" if snapshot.after_hash else None
    change = FileChange(path, root, data, moved_to=there, is_folder=snapshot.is_folder)
    before = Prepared(
        change, snapshot.existed, snapshot.content_hash, snapshot.size, snapshot.mode, snapshot.mtime_ns,
        on_disk(snapshot.link_to),
    )  # fmt: skip
    if there is not None:
        if there.exists() and not path.exists():
            restore(before)
    elif snapshot.is_folder:
        if path.is_dir() != snapshot.existed:
            restore(before)
    elif _is_ours(path, snapshot):
        restore(before)


def _is_ours(path: Path, snapshot: FileSnapshot) -> bool:
    """Whether the operation has been here, and nobody else since."""
    now = present_hash(path)
    if (now, link_at(path)) == (snapshot.content_hash, on_disk(snapshot.link_to)):
        return False
    if now in ("", snapshot.content_hash, snapshot.after_hash):
        return True
    logger.warning("%s was written by another program since, and stays", printable(path.name))
    return False


def _sweep_strays(cut: Operation) -> None:
    """Half-written files of the dead process; in this artist's turn nobody else is at work there."""
    for folder in {Path(on_disk(path)).parent for path in cut.files.values_list("path", flat=True)}:
        if folder.is_dir():
            sweep_stray_temps(folder, before=time.time() + 1)


def _forget(cut: Operation, artist: Artist, warning: str = "") -> None:
    with transaction.atomic():
        _look_again(artist)
        Operation.objects.filter(pk=cut.pk).update(pending=False, warning=warning or cut.warning)


def _look_again(artist: Artist) -> None:
    """The next scan opens the folder, whatever its times say."""
    Artist.objects.filter(pk=artist.pk).update(folder_stamp="")
