"""Fixes of the folder itself: stray pictures are removed, the folder is named as the artist."""

from typing import ClassVar

from artists.folders.names import canonical_directory_name, same_directory_name
from artists.models import Artist
from artists.services.extraneous import remove_extraneous_files
from artists.services.folder_look import stray_files
from artists.services.gates import Axis
from artists.services.places import require_folder
from artists.services.renaming import rename_directory
from rules.fixes.base import Aid, Case, Fix, Mended, Stage
from stillwater.errors import Conflict, StillwaterError, Unprocessable


class StrayFix(Fix):
    """Removes the pictures that no player looks for, as far as they are the ones that were found; bytes are kept."""

    touches: ClassVar[str] = "The files of pictures that no player looks for; they are kept. Asks nobody."
    stage: ClassVar[Stage] = "folder"
    axis: ClassVar[Axis] = "image"
    needs_folder: ClassVar[bool] = True

    def would(self, case: Case) -> str:
        names = [str(name) for name in case.artist.extraneous_files]
        more = f" and {len(names) - 5} more" if len(names) > 5 else ""
        return f"Remove {', '.join(names[:5])}{more}; the bytes are kept for undoing"

    def mend(self, case: Case, aid: Aid) -> Mended:
        """Only what was found and is still no player's: the folder is looked at anew."""
        found = set(stray_files(case.artist))
        doomed = [name for name in case.artist.extraneous_files if name in found]
        if not doomed:
            return Mended(None)
        change = remove_extraneous_files(case.artist, doomed, source=case.source, actor=aid.actor, group=aid.group)
        return Mended(change.operation)


class FolderNameFix(Fix):
    """Renames the folder to the artist's name, or to the sort name where that one is taken."""

    touches: ClassVar[str] = "The name of the artist's folder. Asks nobody."
    stage: ClassVar[Stage] = "folder"
    axis: ClassVar[Axis] = "image"
    moves_folder: ClassVar[bool] = True
    needs_folder: ClassVar[bool] = True

    def would(self, case: Case) -> str:
        return f"Rename the folder to {self._names(case)[0]}"

    def mend(self, case: Case, aid: Aid) -> Mended:
        artist, problem = case.artist, None
        for name in self._names(case):
            if same_directory_name(require_folder(artist).name, name):
                return Mended(None)
            try:
                done = rename_directory(artist, name, source=case.source, actor=aid.actor, group=aid.group)
            except Conflict as taken:
                problem = problem or taken
            else:
                return Mended(done.operation)
        raise problem or _nameless()

    def _names(self, case: Case) -> list[str]:
        mode = case.config.text("article_mode")
        return _usable(canonical_directory_name(case.artist.name, mode), case.artist, mode)


def _usable(name: str, artist: Artist, mode: str) -> list[str]:
    """The second one tells namesakes apart; where both are the same there is one."""
    return [each for each in dict.fromkeys((name, canonical_directory_name(artist.sort_name, mode))) if each]


def _nameless() -> StillwaterError:
    return Unprocessable("no folder can be called as the artist is")
