"""Asks MusicBrainz whether stored identifiers still mean the artists that bear them; only looks, changes no artist.

Facts: behaviour.md 2 (mbid_resolves): a pass takes at most 200 artists, those that were asked about longest ago first;
the name has to be 80 % alike, or a quarter of the albums here has to be known there.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from artists.matching.albums import compare_albums
from artists.matching.similarity import similarity
from artists.models import Artist, MbidCheck, MbidVerdict
from artists.providers.answers import ArtistRecord
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound
from artists.services.asking import MUSICBRAINZ, Panel
from artists.services.local_albums import album_titles
from stillwater import events
from stillwater.errors import Upstream
from stillwater.progress import Progress, no_progress

A_PASS = 200
NOT_BEFORE = timedelta(days=7)
"""Nobody is asked about again sooner, unless the identifier is another one by now."""
LEAST_LIKE = 0.8
LEAST_SHARED = 25
"""Per cent of the albums here."""
FEWEST_ALBUMS = 3
"""Fewer albums here prove nothing against a name that agrees."""


@dataclass(slots=True)
class Sweep:
    """What a pass found. `left`: so many wait for the next one."""

    asked: int = 0
    left: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)

    @property
    def message(self) -> str:
        wrong = self.asked - self.verdicts[MbidVerdict.OK]
        told = f"{self.asked} MusicBrainz IDs asked about, {wrong} of them in doubt"
        return f"{told}; {self.left} wait for the next pass" if self.left else told

    def as_plain(self) -> dict[str, object]:
        return {"asked": self.asked, "left": self.left, "verdicts": dict(self.verdicts), "message": self.message}


def check_mbids(panel: Panel, *, limit: int = A_PASS, progress: Progress = no_progress) -> Sweep:
    """One pass. Raises Upstream where MusicBrainz stops answering: what was asked until then is kept, and it says so.

    Who changed their verdict is told by the event `mbids.checked`.
    """
    provider, waiting, result, changed = musicbrainz(panel), due(), Sweep(), list[int]()
    total = min(waiting.count(), limit)
    try:
        for artist in waiting[:limit]:
            progress(result.asked, total, artist.name)
            before = MbidCheck.objects.filter(artist=artist).values_list("mbid", "verdict").first()
            check = check_mbid(artist, provider)
            result.asked += 1
            result.verdicts[check.verdict] += 1
            changed += [artist.pk] if before != (check.mbid, check.verdict) else []
    finally:
        if changed:
            events.publish("mbids.checked", {"artist_ids": changed})
    result.left = due().count()
    return result


def due() -> QuerySet[Artist]:
    """Who is to be asked about, those that never were first."""
    asked = Q(mbid_check__mbid=F("musicbrainz_id"), mbid_check__checked_at__gte=timezone.now() - NOT_BEFORE)
    known = Artist.objects.filter(is_excluded=False).exclude(musicbrainz_id="").select_related("mbid_check")
    return known.exclude(asked).order_by(F("mbid_check__checked_at").asc(nulls_first=True), "pk")


def musicbrainz(panel: Panel) -> Provider:
    """Raises Upstream where it is switched off."""
    provider = panel.providers.get(MUSICBRAINZ)
    if provider is None:
        raise Upstream(f"MusicBrainz {panel.unavailable.get(MUSICBRAINZ, 'is not set up')}")
    return provider


def check_mbid(artist: Artist, provider: Provider) -> MbidCheck:
    """Ask about one artist and remember the answer. Raises ProviderError where there is none: then nothing is known."""
    values = _judged(artist, provider)
    defaults = {
        "survivor": "", "found_name": "", "albums_here": 0, "albums_shared": 0,
        **values, "mbid": artist.musicbrainz_id, "checked_at": timezone.now(),
    }  # fmt: skip
    return MbidCheck.objects.update_or_create(artist=artist, defaults=defaults)[0]


def _judged(artist: Artist, provider: Provider) -> dict[str, object]:
    try:
        record = provider.artist(Lookup("", {MUSICBRAINZ: artist.musicbrainz_id}))
    except NothingFound:
        return {"verdict": MbidVerdict.GONE}
    if record.asked_id:
        return {"verdict": MbidVerdict.MERGED, "survivor": record.provider_id, "found_name": record.name[:500]}
    return {"found_name": record.name[:500], **_held_against(artist, record, provider)}


def _held_against(artist: Artist, record: ArtistRecord, provider: Provider) -> dict[str, object]:
    """Albums speak for an artist who goes by another name by now, and many of them against a namesake."""
    is_like = _likeness(_names_here(artist), _names_there(record)) >= LEAST_LIKE
    local = album_titles(artist)
    if is_like and len(local) < FEWEST_ALBUMS:
        return {"verdict": MbidVerdict.OK}
    overlap = compare_albums(local, _titles(provider, artist.musicbrainz_id)) if local else None
    counts = {"albums_here": overlap.local_count, "albums_shared": len(overlap.matches)} if overlap else {}
    is_shared = overlap is not None and overlap.percent >= LEAST_SHARED
    if is_shared or (is_like and (overlap is None or not overlap.remote_count)):
        return {"verdict": MbidVerdict.OK, **counts}
    return {"verdict": MbidVerdict.ALBUMS if is_like else MbidVerdict.NAME, **counts}


def _titles(provider: Provider, mbid: str) -> list[str]:
    try:
        return [group.title for group in provider.release_groups(Lookup("", {MUSICBRAINZ: mbid}))]
    except NothingFound:
        return []


def _likeness(ours: Iterable[str], theirs: Iterable[str]) -> float:
    others = list(theirs)
    return max((similarity(one, other) for one in ours for other in others), default=0.0)


def _names_here(artist: Artist) -> list[str]:
    return [artist.name, artist.sort_name or artist.name, *artist.aliases.values_list("alias", flat=True)]


def _names_there(record: ArtistRecord) -> list[str]:
    return [record.name, record.sort_name or record.name, *(alias.name for alias in record.aliases)]
