"""Which artist of ours an artist of a server is: by its link, its MBID, its folder, and only then by its name. Pure."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from artists.matching.similarity import identity_key
from connections.clients.base import ServerArtist
from connections.clients.items import same_id

How = Literal["link", "mbid", "path", "name", "new", "skipped"]

OTHER_MBID = "another artist of this name has another MBID"
SEVERAL = "several artists have this name"
NO_NAME = "this name tells nobody apart"


@dataclass(slots=True, eq=False)
class Known:
    """One artist of ours. `pk` 0: not stored yet. `item`: what it is linked to on this server; `fresh`: by this run."""

    pk: int
    mbid: str = ""
    name_key: str = ""
    path: str = ""
    item: str = ""
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Match:
    """`links`: the item becomes the artist's; false where the artist has another item already. `moves`: in place of
    one that it got a moment ago."""

    found: ServerArtist
    how: How
    artist: Known | None = None
    links: bool = False
    moves: bool = False
    reason: str = ""

    @property
    def adopts(self) -> bool:
        """It learns its MBID from the server: one that it has is never replaced (bug 18)."""
        return self.how in ("link", "path", "name") and bool(self.found.mbid and self.artist and not self.artist.mbid)


@dataclass
class Register:
    """Everybody we know, in the ways in which a server may name them."""

    by_item: dict[str, Known] = field(default_factory=dict)
    by_mbid: dict[str, Known] = field(default_factory=dict)
    by_path: dict[str, Known] = field(default_factory=dict)
    by_name: dict[str, list[Known]] = field(default_factory=lambda: defaultdict(list))

    @classmethod
    def of(cls, everybody: Iterable[Known]) -> "Register":
        """Of several with one MBID the first counts."""
        register = cls()
        for known in everybody:
            register.add(known)
        return register

    def add(self, known: Known) -> None:
        if known.item:
            self.by_item.setdefault(known.item, known)
        if known.mbid:
            self.by_mbid.setdefault(known.mbid, known)
        if known.path:
            self.by_path.setdefault(known.path, known)
        if known.name_key:
            self.by_name[known.name_key].append(known)

    def match(self, found: ServerArtist, path: str = "", *, folder: str = "") -> Match:
        """`path`: its folder as we would see it; `folder`: the same where there is one. Who is new is known then."""
        if known := self.by_item.get(found.id):
            return Match(found, "link", known)
        if found.mbid and (known := self.by_mbid.get(found.mbid)):
            return self._linked(found, "mbid", known)
        if path and (known := self.by_path.get(path)) and not _contradicts(known, found):
            return self._linked(found, "path", known)
        return self._named(found, folder)

    def _named(self, found: ServerArtist, folder: str) -> Match:
        key = identity_key(found.name)
        if not key:
            return Match(found, "skipped", reason=NO_NAME)
        namesakes = self.by_name.get(key, [])
        possible = [known for known in namesakes if not _contradicts(known, found)]
        if len(possible) == 1:
            return self._linked(found, "name", possible[0])
        if namesakes:
            return Match(found, "skipped", reason=SEVERAL if possible else OTHER_MBID)
        new = Known(0, found.mbid, key, "" if folder in self.by_path else folder)
        self.add(new)
        return self._linked(found, "new", new)

    def _linked(self, found: ServerArtist, how: How, known: Known) -> Match:
        """Of two items for one artist the one with the lower identifier counts, and an old link stays (bug 39)."""
        if known.item and not (known.fresh and same_id(found.id) < same_id(known.item)):
            return Match(found, how, known)
        moves = self.by_item.pop(known.item, None) is not None
        known.item, known.fresh = found.id, True
        self.by_item[found.id] = known
        return Match(found, how, known, links=True, moves=moves)

    def learn(self, known: Known, mbid: str) -> None:
        """It has this MBID from now on."""
        known.mbid = mbid
        self.by_mbid.setdefault(mbid, known)


def _contradicts(known: Known, found: ServerArtist) -> bool:
    return bool(known.mbid and found.mbid and known.mbid != found.mbid)
