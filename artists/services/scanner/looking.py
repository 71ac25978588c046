"""Goes through the folders of a root: unchanged ones are passed by, the others are looked into, on all cores."""

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from artists.services.parallel import spread
from artists.services.scanner.identity import Sight, twin_names
from artists.services.scanner.image_rows import known_images
from artists.services.scanner.inspection import LONGEST_NOTE, FolderFacts, FolderTask, Inspected, Namings, inspect_all
from artists.services.scanner.standing import seen_before
from artists.services.scanner.walking import FolderListing, clear_strays, list_folder

AT_ONCE = 250
"""Folders of one batch: its rows are saved in transactions of some 50 ms."""

Work = tuple[Namings, list[FolderTask]]


@dataclass(frozen=True, slots=True)
class Look:
    """A folder that has to be looked into."""

    sight: Sight
    listing: FolderListing
    stamp: str
    seen: dict[str, object] = field(default_factory=dict)

    def inspected(self, facts: FolderFacts) -> Inspected:
        return Inspected(self.sight.name, self.sight.path, self.stamp, facts, self.seen)


@dataclass(slots=True)
class Survey:
    """How a library's folders are gone through. `passed_by(sights, problems)` hears of those not looked into."""

    root: str
    namings: Namings
    salt: str
    workers: int
    passed_by: Callable[[int, Sequence[tuple[Sight, str]]], None]

    def batches(self, sights: Sequence[Sight]) -> Iterator[list[tuple[Sight, Inspected]]]:
        """Changed and new folders with their facts, batch by batch, in the order of the sights."""
        waiting: deque[list[Look]] = deque()
        twins = twin_names([sight.name for sight in sights])
        for facts in spread(inspect_all, self._work(sights, waiting), workers=self.workers):
            looks = waiting.popleft()
            yield [
                (look.sight, look.inspected(_noting(found, look, twins)))
                for look, found in zip(looks, facts, strict=True)
            ]

    def _work(self, sights: Sequence[Sight], waiting: deque[list[Look]]) -> Iterator[Work]:
        for start in range(0, len(sights), AT_ONCE):
            some = sights[start : start + AT_ONCE]
            listed = [(sight, list_folder(os.path.join(self.root, sight.name))) for sight in some]
            for sight, listing in listed:
                if listing.has_strays:
                    clear_strays(os.path.join(self.root, sight.name))
            problems = [(sight, listing.problem) for sight, listing in listed if listing.problem]
            looks = [look for sight, listing in listed if (look := self._look(sight, listing)) is not None]
            self.passed_by(len(some) - len(looks), problems)
            if looks:
                waiting.append(looks)
                yield self.namings, self._tasks(looks)

    def _look(self, sight: Sight, listing: FolderListing) -> Look | None:
        if listing.problem:
            return None
        stamp = listing.stamp(self.salt)
        known = sight.artist
        same = known is not None and stamp and known.stamp == stamp and not known.is_missing and not sight.moved
        return None if same else Look(sight, listing, stamp)

    def _tasks(self, looks: Sequence[Look]) -> list[FolderTask]:
        by_artist = {look.sight.artist.pk: look for look in looks if look.sight.artist is not None}
        known = known_images(by_artist) if by_artist else {}
        for pk, hashes in seen_before(list(by_artist)).items():
            by_artist[pk].seen.update(hashes)
        return [
            FolderTask(
                os.path.join(self.root, look.sight.name),
                look.listing.entries,
                len(look.listing.folders),
                known[look.sight.artist.pk] if look.sight.artist is not None else {},
            )
            for look in looks
        ]


def _noting(facts: FolderFacts, look: Look, twins: set[str]) -> FolderFacts:
    if look.sight.name not in twins:
        return facts
    alike = "another folder's name differs from this one's in case or composition alone"
    return facts._replace(note="; ".join(filter(None, (alike, facts.note)))[:LONGEST_NOTE])
