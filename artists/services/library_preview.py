"""What a folder would bring as a library, counted before it is one."""

from dataclasses import dataclass

from artists.folders.names import is_excluded_artist
from artists.folders.storable import storable
from artists.services.library_paths import checked_path, refuse_overlap
from artists.services.scanner.walking import list_root
from stillwater.errors import StillwaterError

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class FolderPreview:
    """Direct children of `path` that are artists, and how many of them are called like a collection of many.

    `problem`: why the folder cannot be a library; blank when it can. `notes`: folders that will be passed by.
    """

    path: str
    artist_folders: int = 0
    compilations: int = 0
    examples: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problem: str = ""

    @property
    def sentence(self) -> str:
        if self.problem:
            return self.problem
        folders = f"{self.artist_folders:,} artist folder{'' if self.artist_folders == 1 else 's'}"
        looks = "looks like a compilation" if self.compilations == 1 else "look like compilations"
        return f"{folders}, {self.compilations} {looks}" if self.compilations else folders


def preview(path: str) -> FolderPreview:
    """Look at a folder that a person is about to choose; never raises for what is wrong with it."""
    try:
        checked = checked_path(path.strip())
        refuse_overlap(checked)
    except StillwaterError as error:
        return FolderPreview(path, problem=error.message)
    listing = list_root(checked)
    compilations = sum(is_excluded_artist(name) for name in listing.names)
    examples = tuple(storable(name) for name in listing.names[:EXAMPLES])
    return FolderPreview(checked, len(listing.names), compilations, examples, listing.notes, listing.problem)
