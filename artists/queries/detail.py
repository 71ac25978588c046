"""One artist with all that its page and the API show."""

from django.db.models import Prefetch

from artists.models import Artist, BandMember
from artists.queries.listing import with_rows
from stillwater.errors import NotFound


def artist_by_id(text: str | int) -> Artist:
    """By the id that the API prints. Raises NotFound for anything that is no artist of ours."""
    artist = Artist.objects.filter(pk=number_of(text)).first()
    if artist is None:
        raise NotFound("artist not found")
    return artist


def artist_detail(text: str | int) -> Artist:
    """With images, memberships, provider records, members and aliases at hand. Raises NotFound."""
    members = Prefetch("members", BandMember.objects.order_by("sort_order", "pk"))
    found = with_rows(Artist.objects.filter(pk=number_of(text))).prefetch_related(members, "aliases").first()
    if found is None:
        raise NotFound("artist not found")
    return found


def number_of(text: str | int) -> int:
    """The key behind an id of the API; 0, which nobody has, for what is no number."""
    word = str(text)
    return int(word) if word.isascii() and word.isdigit() and len(word) <= 18 else 0
