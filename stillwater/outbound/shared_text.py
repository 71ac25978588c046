"""The small files through which all processes of a machine share what they know of a server."""

from pathlib import Path

from stillwater.errors import StillwaterError
from stillwater.files import read_bytes_limited

_LONGEST = 4096


def shared_file(folder: Path, name: str, ending: str) -> Path:
    """No name leads out of the folder."""
    safe = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)
    return folder / f"{safe}.{ending}"


def look_at(path: Path) -> str:
    """Its text without waiting for its lock; "" when there is none yet."""
    try:
        return read_bytes_limited(path, _LONGEST).decode("ascii", "replace")
    except StillwaterError:
        return ""
