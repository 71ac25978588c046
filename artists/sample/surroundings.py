"""What lies in a music folder beside the artists: collections of many, dot folders, leftovers of systems."""

import os

from artists.sample.disk import settle, write

FOLDERS: dict[str, dict[str, bytes]] = {
    "Various Artists": {"folder.jpg": b"", "Night Bus, Vol. 1/notes.txt": b"A compilation.\n"},
    "Soundtrack": {"The Long Pier/notes.txt": b"Music for a film that was never shown.\n"},
    ".stfolder": {"marker.txt": b"kept by a file synchroniser\n"},
    "@eaDir": {"SYNO@.fileindexdb": b"\0" * 64},
    "#recycle": {"Old Band/artist.nfo": b"<artist><name>Old Band</name></artist>\n"},
    "lost+found": {},
}


def add_surroundings(root: bytes, thumb: bytes, when: int) -> tuple[int, int]:
    """Writes the folders; an empty picture becomes `thumb`. Returns how many files and bytes that were."""
    files = size = 0
    for folder, contents in FOLDERS.items():
        place = os.path.join(root, folder.encode())
        os.mkdir(place)
        for name, content in contents.items():
            path = os.path.join(place, name.encode())
            os.makedirs(os.path.dirname(path), exist_ok=True)
            size += write(path, content or thumb, when)
            files += 1
        settle(place, when)
    return files, size
