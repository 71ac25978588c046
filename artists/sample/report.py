"""What came of building a sample library."""

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Oddity:
    """One oddity on disk: its number in section 6 of the facts about files, its folder, and what a scan should do.

    `folder` is relative to the library; bytes where the name is not UTF-8.
    """

    number: int
    folder: str | bytes
    what: str
    expected: str


@dataclass(slots=True)
class SampleReport:
    """Counts by kind ("nfo:good", "picture:thumb.small", "albums", …), all bytes written, and the oddities.

    `left_out` are oddities that this file system refused.
    """

    target: Path
    artists: int = 0
    files: int = 0
    bytes: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    oddities: list[Oddity] = field(default_factory=list)
    left_out: list[Oddity] = field(default_factory=list)
