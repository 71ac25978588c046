"""Looks at one artist's folder again after its files changed, by names alone: strangers, and backdrops out of order.

No file is opened; a folder that cannot be listed leaves every fact as it was.
"""

from artists.folders.inventory import FolderInventory, take_inventory
from artists.folders.storable import storable
from artists.models import Artist
from artists.services.change import Change
from artists.services.operations import operation
from artists.services.places import folder_of, owning_library
from artists.services.scanner.conditions import Conditions
from artists.services.scanner.inspection import sequence_sentence
from artists.services.scanner.walking import list_folder

SCAN = "scan"


def look_at_folder(change: Change) -> None:
    """A step for `change.after_files`: the facts about names follow what lies there now."""
    inventory = _inventory(change.artist)
    if inventory is not None:
        change.set_facts(
            extraneous_files=[storable(entry.name) for entry in inventory.extraneous],
            sequence_problem=sequence_sentence(inventory),
        )


def renew_folder_facts(artist: Artist) -> None:
    """The same at once, for whoever has just changed files without this step; nothing of it is history."""
    with operation(artist, source=SCAN) as change:
        change.before_rows(look_at_folder)


def stray_files(artist: Artist) -> list[str]:
    """Pictures that no player looks for, in the storable spelling; none where the folder cannot be listed."""
    inventory = _inventory(artist)
    return [storable(entry.name) for entry in inventory.extraneous] if inventory else []


def _inventory(artist: Artist) -> FolderInventory | None:
    folder = folder_of(artist)
    listing = list_folder(str(folder)) if folder else None
    if listing is None or listing.problem:
        return None
    namings = Conditions.current().namings(owning_library(artist.path))
    return take_inventory(listing.entries, namings.active, also_allowed=namings.also_allowed)
