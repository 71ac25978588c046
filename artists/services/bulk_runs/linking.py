"""Finds out who an artist without an MBID is, as far as the run's mode allows it to decide alone."""

from artists.models import Artist
from artists.providers.picking import PROMPT_NO_MATCH, Pick, Wanted, pick
from artists.queries.evidence import tag_evidence
from artists.services.asking import MUSICBRAINZ
from artists.services.bulk_runs.kinds import Run
from artists.services.identify import search
from artists.services.operations import operation
from artists.services.sources import whom
from artists.services.writeback import follow_nfo
from stillwater.errors import Conflict, Upstream


def link_alone(artist: Artist, run: Run) -> Pick:
    """Search, decide, and store what was decided; the pick has no hit where a person has to choose.

    Raises Upstream where MusicBrainz could not be asked: that is never "no match" (bug 23).
    """
    if run.mode == PROMPT_NO_MATCH:
        return pick(run.mode, Wanted(artist.name, 0), ())
    panel = run.asking.panel(run.actor)
    found = search(artist, panel=panel, actor=run.actor)
    if MUSICBRAINZ in found.down:
        raise Upstream(f"MusicBrainz could not be asked: {found.down[MUSICBRAINZ]}")
    evidence = tag_evidence([artist.pk]).get(artist.pk)
    tagged = frozenset(mbid.lower() for mbid in evidence.claims) if evidence else frozenset[str]()
    wanted = Wanted(artist.name, panel.threshold, tagged, unique=whom(artist).unique)
    picked = pick(run.mode, wanted, [(each.hit, each.albums) for each in found.candidates])
    return _stored(artist, picked, run)


def _stored(artist: Artist, picked: Pick, run: Run) -> Pick:
    """An entry belongs to one artist; where another one here has it, they may be doubles, which a person decides."""
    if picked.hit is None:
        return picked
    mbid = picked.hit.musicbrainz_id.lower()
    if other := Artist.objects.filter(musicbrainz_id=mbid).exclude(pk=artist.pk).first():
        return Pick(None, f"the entry belongs to {other.name} already")
    summary = f"Linked by itself: {picked.why}"[:300]
    with operation(
        artist, source=f"provider:{MUSICBRAINZ}", summary=summary, actor=run.actor, group=run.group
    ) as change:
        change.require(_still_unknown)
        change.set("musicbrainz_id", mbid)
        follow_nfo(change)
    if "musicbrainz_id" in change.refused:
        return Pick(None, f"the MusicBrainz ID cannot be stored: {change.refused['musicbrainz_id']}")
    return picked


def _still_unknown(stored: Artist) -> None:
    if stored.musicbrainz_id:
        raise Conflict("it was identified meanwhile")
