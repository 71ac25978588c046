"""Hears what other programs say happened, and looks into it once they are quiet.

A message is only a hint to look at the disk and at what we know, never a fact: so a storm, a replay or messages in
the wrong order cost one look and change nothing that is not so. An artist that another program deleted stays here
until its folder is really gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from artists.folders.storable import on_disk
from artists.matching.similarity import identity_key
from artists.models import Artist
from artists.services.places import owning_library
from artists.services.scanner.scanning import scan_artist
from connections.hooks.heard import Deed, Heard, Subject
from connections.hooks.signing import is_signed
from connections.models import Caller, Connection, Notice
from connections.services.paths import Places
from stillwater import vault
from stillwater.errors import Unauthenticated
from stillwater.events import publish
from stillwater.progress import Progress, no_progress
from stillwater.services.options import option

QUIET, LONGEST = timedelta(seconds=10), timedelta(minutes=1)
"""A subject is looked into once nothing more is said about it, or after the longer time at the latest."""
MOST_NOTICES = 1000
"""Waiting subjects of one program; beyond it we search everything instead of noting each."""


@dataclass(slots=True)
class Inquiry:
    """What came of looking. `scans`: the libraries to search by key, None for all, each with those who asked for it."""

    closed: int = 0
    artists: int = 0
    scans: dict[int | None, list[Notice]] = field(default_factory=dict)

    @property
    def words(self) -> str:
        return f"{self.artists} artists looked at"


def require_signature(program: str, body: bytes, header: str) -> None:
    """Where a secret is stored the body has to be signed with it. Raises Unauthenticated, also where it is lost."""
    sealed = option(f"webhook.inbound.{program}.secret")
    if not sealed:
        return
    try:
        secret = vault.open_sealed(sealed)
    except vault.VaultError as error:
        raise Unauthenticated("the signature cannot be checked") from error
    if not is_signed(secret, body, header):
        raise Unauthenticated("invalid signature")


def hear(program: str, message: Heard) -> int:
    """Put it down; returns about how many subjects. Says nothing of what will come of it."""
    _remember_caller(program, message.said)
    if message.deed is Deed.NOTHING:
        return 0
    subjects = message.subjects or (Subject(),)
    if Notice.objects.filter(program=program).count() >= MOST_NOTICES:
        subjects = (Subject(),)
    for subject in subjects:
        _note(program, message, subject)
    return len(subjects)


def due(now: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(Q(last_at__lte=now - QUIET) | Q(first_at__lte=now - LONGEST))


def inquire(progress: Progress = no_progress) -> Inquiry:
    """Look into everything that is due. Who asks for a scan stays noted until the caller has started it (`close`)."""
    notices = list(due(timezone.now()))
    inquiry, artists = Inquiry(), dict[int, Artist]()
    for notice in notices:
        known = [] if notice.deed == Deed.EVERYTHING else _artists(notice)
        artists |= {artist.pk: artist for artist in known}
        for library in _to_search(notice, known):
            inquiry.scans.setdefault(library, []).append(notice)
    inquiry.artists = _look(list(artists.values()), progress)
    asking = {notice.pk for each in inquiry.scans.values() for notice in each}
    inquiry.closed = close([notice for notice in notices if notice.pk not in asking])
    return inquiry


def close(notices: Sequence[Notice]) -> int:
    """It is looked into: forget it and tell whoever listens, once. What was said meanwhile stays for the next look."""
    closed = 0
    for notice in notices:
        if Notice.objects.filter(pk=notice.pk, times=notice.times, last_at=notice.last_at).delete()[0]:
            closed += 1
            _tell(notice)
    return closed


def _remember_caller(program: str, said: str) -> None:
    seen = {"said": said, "times": F("times") + 1, "last_at": timezone.now()}
    if not Caller.objects.filter(pk=program).update(**seen):
        Caller.objects.get_or_create(pk=program, defaults={"said": said, "times": 1})


def _note(program: str, message: Heard, subject: Subject) -> None:
    deed = Deed.EVERYTHING if not subject.key else message.deed
    about = {"mbid": subject.mbid, "name": subject.name, "path": subject.path, "item_id": subject.item_id}
    with transaction.atomic():
        notice, is_new = Notice.objects.select_for_update().get_or_create(
            program=program, subject=subject.key, defaults={**about, "deed": deed, "events": _named(message.event)}
        )
        if not is_new:
            notice.deed = max(notice.deed, deed)
            notice.events = list(dict.fromkeys([*notice.events, *_named(message.event)]))
            notice.times += 1
            notice.last_at = timezone.now()
            notice.save(update_fields=["deed", "events", "times", "last_at"])


def _named(event: str) -> list[str]:
    return [event] if event else []


def _artists(notice: Notice) -> list[Artist]:
    """By id, else by what is linked to that server's item, else by folder, else by a name that only one artist has."""
    ways = (
        Q(musicbrainz_id=notice.mbid) if notice.mbid else None,
        Q(links__platform_artist_id=notice.item_id, links__connection__type=notice.program) if notice.item_id else None,
        Q(path__in=_paths(notice)) if notice.path else None,
    )
    for way in ways:
        if way is not None and (found := list(Artist.objects.filter(way).distinct()[:10])):
            return found
    named = list(Artist.objects.filter(name_key=identity_key(notice.name))[:2]) if notice.name else []
    return named if len(named) == 1 else []


def _paths(notice: Notice) -> list[str]:
    """The folder as it was said, and as we see it where a mapping of that program's servers leads there."""
    if not notice.path:
        return []
    servers = Connection.objects.filter(type=notice.program, enabled=True)
    return [notice.path, *filter(None, (Places.of(each).local(notice.path) for each in servers))]


def _to_search(notice: Notice, known: Sequence[Artist]) -> set[int | None]:
    """Everything, where it asks for that or for somebody unknown; the libraries of known ones whose folder is gone."""
    if notice.deed == Deed.EVERYTHING or (notice.deed == Deed.SEARCH and not known):
        owners = {owner.pk for path in _paths(notice) if (owner := owning_library(path)) is not None}
        return set(owners) or {None}
    gone = [artist.path for artist in known if artist.path and not Path(on_disk(artist.path)).is_dir()]
    return {owner.pk for path in gone if (owner := owning_library(path)) is not None}


def _look(artists: Sequence[Artist], progress: Progress) -> int:
    """Read what lies in their folders, then have the rules look at all of them, changed or not."""
    for done, artist in enumerate(artists):
        progress(done, len(artists), artist.name)
        if artist.path:
            scan_artist(artist)
    if artists:
        publish("artists.scanned", {"artist_ids": [artist.pk for artist in artists]})
    return len(artists)


def _tell(notice: Notice) -> None:
    for event in notice.events:
        publish(event, {**_about(notice), "times": notice.times})


def _about(notice: Notice) -> dict[str, str]:
    """Whom it is about: as we know the artist by now, else as it was said; nobody where it is about everything."""
    if not notice.subject:
        return {}
    known = _artists(notice)[:1]
    ours = {"artist_id": str(known[0].pk), "artist_name": known[0].name} if known else {"artist_name": notice.name}
    return {**ours, "musicbrainz_id": notice.mbid}
