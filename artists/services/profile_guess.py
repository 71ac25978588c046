"""Which player a folder of artists has been arranged for, from a sample of its folders."""

from pathlib import Path

from artists.folders.guessing import ProfileGuess, guess_profile
from artists.folders.storable import on_disk
from artists.services.scanner.walking import list_folder, list_root

SAMPLE = 60
"""Folders looked into: enough to tell, and quick on a slow disk."""


def profile_guess(path: str) -> ProfileGuess:
    """`path`: a checked folder in storable spelling. Never raises; an unreadable folder tells nothing."""
    names = list_root(path).names
    step = max(1, len(names) // SAMPLE)
    root = Path(on_disk(path))
    listings = (list_folder(str(root / name)) for name in names[::step][:SAMPLE])
    return guess_profile([entry.name for entry in listing.entries] for listing in listings)
