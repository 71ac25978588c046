"""What a provider offered a moment ago is taken as it was, so that looking around on a page asks it once."""

import hashlib
import json
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from django.conf import settings

from artists.providers.answers import ImageCandidate
from stillwater.errors import StillwaterError
from stillwater.files import make_folder, read_bytes_limited, sweep_cache, write_file
from stillwater.json_text import read_json

KEEP_SECONDS = 600.0
FAILURE_SECONDS = 30.0
"""A provider that does not answer would hold up every step on the page; soon it may answer again."""
LARGEST = 4 * 1024 * 1024
Answer = list[ImageCandidate] | None
"""None: it did not answer."""


class RecentOffers:
    """One small file for each question, shared by all processes; threads use it, so it is no table."""

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock

    def answer(self, question: tuple[str, ...], ask: Callable[[], Answer], *, fresh: bool) -> Answer:
        """The answer of a moment ago, or a new one; `fresh`: a new one in any case. Either way it is kept."""
        place = self._place(question)
        if not fresh:
            with suppress(StillwaterError, ValueError, TypeError, KeyError):  # torn, or of another version
                return self._kept(place)
        found = ask()
        self._keep(place, found)
        return found

    def sweep(self) -> int:
        return sweep_cache(self.folder, now=self.clock(), keep_seconds=KEEP_SECONDS, largest_bytes=None)

    def _kept(self, place: Path) -> Answer:
        """Raises StillwaterError, ValueError, TypeError or KeyError where there is none that still holds."""
        said = read_json(read_bytes_limited(place, LARGEST))
        offers = said["offers"]
        if not 0 <= self.clock() - said["at"] < (FAILURE_SECONDS if offers is None else KEEP_SECONDS):
            raise ValueError("too old")
        return None if offers is None else [ImageCandidate(**offer) for offer in offers]

    def _keep(self, place: Path, found: Answer) -> None:
        """A full disk costs another question, and nobody the answer."""
        offers = None if found is None else [asdict(offer) for offer in found]
        data = json.dumps({"at": self.clock(), "offers": offers}).encode()
        with suppress(StillwaterError):
            make_folder(place.parent, root=settings.STILLWATER_DATA)
            write_file(place, data, root=settings.STILLWATER_DATA, mode=0o600)

    def _place(self, question: tuple[str, ...]) -> Path:
        name = hashlib.sha256(repr(question).encode("utf-8", "replace")).hexdigest()
        return self.folder / name[:2] / name


def shared_offers() -> RecentOffers:
    """Of all processes that share this data folder."""
    return RecentOffers(settings.STILLWATER_DATA / "offers")
