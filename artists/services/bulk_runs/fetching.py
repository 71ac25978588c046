"""The steps that ask providers: fetch what is missing, refresh, identify."""

from django.db.models import Q

from artists.models import Artist, BulkItem, FieldTrace, ItemStatus, MetadataChange
from artists.providers.picking import AUTO_SIMILAR
from artists.services.asking import MUSICBRAINZ
from artists.services.bulk_runs.kinds import LEFT_ALONE, BulkKind, Outcome, Run
from artists.services.bulk_runs.linking import link_alone
from artists.services.refresh import Refreshed, refresh
from artists.services.refresh_changes import Policy

_COMPLETE = ~Q(musicbrainz_id="") & ~Q(biography="")


def fetch_metadata(artist: Artist, item: BulkItem, run: Run) -> Outcome:
    """Fill what is empty, after finding out who it is where the mode allows that."""
    return _fetched(artist, item, run, "fill_empty")


def refresh_one(artist: Artist, item: BulkItem, run: Run) -> Outcome:
    """As the button on the artist's page does."""
    return _fetched(artist, item, run, "refresh")


def _fetched(artist: Artist, item: BulkItem, run: Run, policy: Policy) -> Outcome:
    if _was_asked(artist, item):
        return _done(artist, run)
    if not artist.musicbrainz_id:
        picked = link_alone(artist, run)
        if picked.hit is None:
            return Outcome(ItemStatus.QUEUED, picked.why)
    sources = run.asking.sources(artist, run.actor)
    return _done(artist, run, refresh(artist, sources=sources, actor=run.actor, group=run.group, policy=policy))


def _was_asked(artist: Artist, item: BulkItem) -> bool:
    """A run that was killed after the providers had answered does not ask them again."""
    traces = FieldTrace.objects.filter(artist_id=artist.pk)
    return item.started_at is not None and traces.filter(asked_at__gte=item.started_at).exists()


def _done(artist: Artist, run: Run, refreshed: Refreshed | None = None) -> Outcome:
    """Told from the history, so that a run that was killed and went on says the same as one that was not."""
    changes = MetadataChange.objects.filter(operation__group=run.group, artist_id=artist.pk)
    count = changes.values("field").distinct().count()
    link = changes.filter(field="musicbrainz_id", old_value="").select_related("operation").first()
    told = [link.operation.summary] if link else []
    told += [f"{count} value{'' if count == 1 else 's'} changed" if count else "nothing was new"]
    down = refreshed.down if refreshed else {}
    told += [refreshed.warning] if refreshed and refreshed.warning else []
    told += [f"{name} {reason}" for name, reason in down.items() if name != MUSICBRAINZ]
    status = ItemStatus.FAILED if MUSICBRAINZ in down else ItemStatus.DONE
    return Outcome(status, "; ".join(told)[:500], linked=link is not None)


FETCH_METADATA = BulkKind(
    "fetch_metadata",
    "Fetch missing metadata",
    "fetched",
    fetch_metadata,
    (*LEFT_ALONE, (_COMPLETE, "it has a MusicBrainz ID and a biography")),
    identifies=True,
    fetches=True,
)
REFRESH = BulkKind("refresh", "Refresh", "refreshed", refresh_one, LEFT_ALONE, identifies=True, fetches=True)
RE_IDENTIFY_AUTO = BulkKind(
    "re_identify_auto",
    "Identify",
    "identified",
    refresh_one,
    (*LEFT_ALONE, (~Q(musicbrainz_id=""), "it has a MusicBrainz ID, which stays")),
    identifies=True,
    mode=AUTO_SIMILAR,
    fetches=True,
)
