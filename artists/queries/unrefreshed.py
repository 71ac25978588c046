"""Which artists are meant: by what a person types, or because no provider has told anything about them yet."""

from django.db.models import Q, QuerySet

from artists.models import Artist
from artists.queries.detail import number_of
from stillwater.errors import Conflict, NotFound


def artist_called(text: str) -> Artist:
    """By id, MusicBrainz ID or whole name. Raises NotFound, and Conflict where several are called so."""
    found = list(
        Artist.objects.filter(Q(pk=number_of(text)) | Q(musicbrainz_id__iexact=text) | Q(name__iexact=text))[:2]
    )
    if not found:
        raise NotFound(f"artist not found: {text}")
    if len(found) > 1:
        raise Conflict(f"several artists are called so, give an id: {text}")
    return found[0]


def unrefreshed() -> QuerySet[Artist]:
    """Open artists with an MBID for whom MusicBrainz has not answered yet: a stopped run goes on where it was."""
    known = Artist.objects.filter(locked=False, is_excluded=False).exclude(musicbrainz_id="")
    return known.exclude(provider_records__provider="musicbrainz").order_by("pk")
