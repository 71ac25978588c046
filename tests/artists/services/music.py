"""Small music folders for scanner tests; their files are a year old, so that a scan trusts their times."""

import io
import os
import time
from collections.abc import Iterable
from pathlib import Path

from PIL import Image

A_YEAR_AGO = time.time() - 365 * 24 * 3600
MBID = "0a1b2c3d-0000-4000-8000-00000000000{}"


def picture(width: int = 600, height: int = 600, *, shade: int = 90) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (width, height), (shade, 120, 200)).save(written, "JPEG")
    return written.getvalue()


def nfo(name: str = "", **elements: str | Iterable[str]) -> bytes:
    """An artist.nfo with these elements by their names in the file."""
    lines = [f"  <name>{name}</name>"] if name else []
    for element, values in elements.items():
        for value in [values] if isinstance(values, str) else values:
            lines.append(f"  <{element}>{value}</{element}>")
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', "<artist>", *lines, "</artist>", ""]).encode()


def put(path: Path, content: bytes, *, age: float = 0) -> Path:
    """Write a file; a greater `age` (seconds) makes it look older than before."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    os.utime(path, (A_YEAR_AGO - age, A_YEAR_AGO - age))
    return path


def artist_folder(root: Path, name: str, *, number: int = 1, **elements: str | Iterable[str]) -> Path:
    """A folder with an NFO and a thumbnail."""
    folder = root / name
    elements.setdefault("musicbrainzartistid", MBID.format(number))
    put(folder / "artist.nfo", nfo(name, **elements))
    put(folder / "folder.jpg", picture())
    return folder


def many(root: Path, count: int) -> list[Path]:
    return [artist_folder(root, f"Artist {number:03}", musicbrainzartistid="") for number in range(count)]
