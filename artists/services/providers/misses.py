"""What a provider did not have is remembered for a day by all processes, so that a long job does not ask it again."""

import hashlib
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from artists.providers.answers import ArtistRecord, ImageCandidate, ImageOffer, ReleaseGroup, SearchHit
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound
from artists.providers.session import Access
from stillwater.errors import StillwaterError
from stillwater.files import change_under_lock, read_bytes_limited, remove_file, sweep_cache

DAY = 24 * 3600.0

Result = TypeVar("Result")


class Misses:
    """One tiny file for each (provider, question), which holds when it was asked.

    Files and no table: several providers are asked at once by threads, and those must not touch the database.
    """

    def __init__(self, folder: Path, clock: Callable[[], float] = time.time) -> None:
        self.folder = folder
        self.clock = clock

    def knows(self, name: str) -> bool:
        """Whether it was missed within a day; a torn file, or a clock that was set back, knows nothing."""
        try:
            asked = float(read_bytes_limited(self._file(name), 64))
        except (StillwaterError, ValueError):
            return False
        return 0 <= self.clock() - asked < DAY

    def note(self, name: str) -> None:
        """A full disk costs another request, and nobody the answer."""
        with suppress(StillwaterError):
            change_under_lock(self._file(name), lambda _: (f"{self.clock():.3f}", None))

    def forget(self, name: str) -> None:
        place = self._file(name)
        with suppress(StillwaterError):
            if place.exists():
                remove_file(place, root=self.folder)

    def sweep(self) -> int:
        return sweep_cache(self.folder, now=self.clock(), keep_seconds=DAY, largest_bytes=None)

    def _file(self, name: str) -> Path:
        return self.folder / name[:2] / name


class Remembering(Provider):
    """A provider that is not asked again for what it has just not had. Only NothingFound is remembered, no failure.

    `fresh`: it is asked all the same, because a person wants to know now; what it says is remembered as well.
    """

    def __init__(self, inner: Provider, access: Access, misses: Misses, *, fresh: bool) -> None:
        super().__init__(inner.session)
        self.spec = inner.spec  # type: ignore[misc]
        self.inner, self.misses, self.fresh = inner, misses, fresh
        self._asked_at = (inner.spec.name, sorted(access.services.items()), access.key)

    def search(self, name: str) -> list[SearchHit]:
        return self._unless_missed(("search", name), lambda: self.inner.search(name))

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        question = ("artist", *_words(lookup), *languages)
        return self._unless_missed(question, lambda: self.inner.artist(lookup, languages))

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        return self._unless_missed(("images", *_words(lookup)), lambda: self.inner.images(lookup))

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        return self._unless_missed(("albums", *_words(lookup)), lambda: self.inner.release_groups(lookup))

    def search_images(self, name: str, kind: ImageOffer) -> list[ImageCandidate]:
        return self.inner.search_images(name, kind)

    def test(self) -> None:
        self.inner.test()

    def _unless_missed(self, question: tuple[str, ...], ask: Callable[[], Result]) -> Result:
        name = hashlib.sha256(repr((self._asked_at, question)).encode("utf-8", "replace")).hexdigest()
        if not self.fresh and self.misses.knows(name):
            raise NothingFound(self.spec.name)
        try:
            found = ask()
        except NothingFound:
            self.misses.note(name)
            raise
        self.misses.forget(name)
        return found


def remembering(inner: Provider, access: Access, *, fresh: bool) -> Provider:
    return Remembering(inner, access, shared_misses(), fresh=fresh)


def shared_misses() -> Misses:
    """Of all processes that share this data folder."""
    return Misses(settings.STILLWATER_DATA / "misses")


def _words(lookup: Lookup) -> tuple[str, ...]:
    return (lookup.name, str(lookup.threshold), *(f"{name}={key}" for name, key in sorted(lookup.ids.items())))
