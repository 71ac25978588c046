"""Asks MusicBrainz, or a mirror of it."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from artists.matching.scripts import script_fits
from artists.providers.answers import AliasRecord, ArtistRecord, MemberRecord, ReleaseGroup, SearchHit
from artists.providers.base import Asking, Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import NotAnswering, NothingFound, ProviderError, Unreadable
from artists.providers.musicbrainz.mapping import NAME, hits, record, release_groups
from artists.providers.musicbrainz.words import aliases_of, as_mbid
from artists.providers.reading import items, number

_API = "https://musicbrainz.org/ws/2"
MOST_HITS = 25
MOST_RELEASE_GROUPS = 500
MOST_MEMBERS_ASKED = 20
"""Members whose aliases are asked for, at one a second: nobody waits for the second violins."""
_PAGE = 100
_LUCENE = re.compile(r'([+\-&|!(){}\[\]^"~*?:\\/])')
_OPERATOR = re.compile(r"\b(AND|OR|NOT)\b")


def judge(status: int, data: Any) -> Fault | None:
    """An identifier that it cannot read, or the nil UUID, is answered with 400."""
    return Fault.NOTHING if status == 400 else None


def query(name: str) -> str:
    """The name as Lucene takes it literally."""
    return _OPERATOR.sub(lambda word: word[0].lower(), _LUCENE.sub(r"\\\1", name))


def _ask(session: Asking, path: str, **params: str | int) -> Any:
    return session.get("api", path, {**params, "fmt": "json"})


class MusicBrainz(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="MusicBrainz",
        services={"api": _API, "official": _API},
        per_second=1,
        abilities=frozenset({"search", "artist", "release_groups"}),
        help_url="https://musicbrainz.org/doc/MusicBrainz_API",
        mirror=True,
        fields=frozenset(
            {
                "name", "sort_name", "type", "gender", "disambiguation", "origin", "genres", "styles", "moods",
                "years_active", "born", "formed", "died", "disbanded", "members",
            }
        ),
        judge=judge,
    )  # fmt: skip

    def __init__(self, session: Asking) -> None:
        super().__init__(session)
        self._official = session.official()

    def _ask(self, path: str, **params: str | int) -> Any:
        """From the mirror if there is one; from MusicBrainz itself where that is no MusicBrainz at all."""
        try:
            return _ask(self.session, path, **params)
        except Unreadable:
            if self._official is None:
                raise
            return _ask(self._official, path, **params)

    def search(self, name: str) -> list[SearchHit]:
        if not name.strip():
            return []
        data = self._ask("/artist", query=query(name), limit=MOST_HITS)
        self._readable(isinstance(data, dict) and isinstance(data.get("artists"), list))
        return hits(data, name)

    def artist(self, lookup: Lookup, languages: Sequence[str] = ("en",)) -> ArtistRecord:
        """A merged identifier is answered with the survivor's record, which then names it in `asked_id`."""
        mbid = self._mbid(lookup)
        data = self._ask(f"/artist/{mbid}", inc="aliases+genres+tags+ratings+url-rels+artist-rels")
        found = record(data)
        if found is None:
            raise self._unreadable()
        return replace(
            found,
            members=tuple(self._named(found.members, languages)),
            asked_id="" if found.provider_id == mbid else mbid,
        )

    def aliases(self, mbid: str) -> tuple[AliasRecord, ...]:
        """All other names of an artist."""
        return tuple(aliases_of(self._ask(f"/artist/{mbid}", inc="aliases")))

    def release_groups(self, lookup: Lookup) -> list[ReleaseGroup]:
        """Albums, EPs and singles, at most 500; an answer that breaks off counts as none."""
        mbid, found = self._mbid(lookup), list[ReleaseGroup]()
        for offset in range(0, MOST_RELEASE_GROUPS, _PAGE):
            page = self._ask("/release-group", artist=mbid, type="album|ep|single", limit=_PAGE, offset=offset)
            self._readable(isinstance(page, dict) and isinstance(page.get("release-groups"), list))
            found += release_groups(page)
            if not items(page, "release-groups") or offset + _PAGE >= number(page, "release-group-count"):
                break
        return found

    def test(self) -> None:
        """A mirror may be any web server: only MusicBrainz dates its answers."""
        data = _ask(self.session, "/artist", query="test", limit=1)
        self._readable(isinstance(data, dict) and "created" in data)

    def _named(self, members: Iterable[MemberRecord], languages: Sequence[str]) -> Iterable[MemberRecord]:
        """Members with their aliases, where readers of these languages could not read their names."""
        asked = 0
        for member in members:
            if member.mbid and asked < MOST_MEMBERS_ASKED and not script_fits(member.name, languages):
                asked += 1
                yield replace(member, aliases=self._aliases_or_none(member.mbid))
            else:
                yield member

    def _aliases_or_none(self, mbid: str) -> tuple[AliasRecord, ...]:
        try:
            return self.aliases(mbid)
        except ProviderError:
            return ()

    def _mbid(self, lookup: Lookup) -> str:
        mbid = as_mbid(lookup.mbid)
        if not mbid:
            raise NothingFound(NAME, "MusicBrainz is asked by its own identifier only")
        return mbid

    def _readable(self, is_readable: bool) -> None:
        if not is_readable:
            raise self._unreadable()

    def _unreadable(self) -> NotAnswering:
        return NotAnswering(NAME, "MusicBrainz did not answer as expected")
