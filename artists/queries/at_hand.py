"""What lists show beside an artist's own columns, read for a whole page at once into plain lists.

A prefetched relation makes a query set for every artist, which takes longer than the reading itself.
"""

from collections.abc import Sequence
from typing import cast

from django.db.models import Prefetch, QuerySet

from artists.models import Artist, ArtistImage, Membership, ProviderRecord

_IMAGES, _MEMBERSHIPS, _RECORDS = "images_at_hand", "memberships_at_hand", "records_at_hand"


def with_lists(artists: QuerySet[Artist], *, records: bool) -> QuerySet[Artist]:
    """Two queries more, however many artists; one more with `records`, which the API shows and no page."""
    wanted = [Prefetch("images", to_attr=_IMAGES), Prefetch("memberships", to_attr=_MEMBERSHIPS)]
    if records:
        wanted.append(Prefetch("provider_records", to_attr=_RECORDS))
    return artists.prefetch_related(*wanted)


def images_of(artist: Artist) -> Sequence[ArtistImage]:
    """Read now where they are not at hand; so are the others."""
    found = getattr(artist, _IMAGES, None)
    return list(artist.images.all()) if found is None else cast("list[ArtistImage]", found)


def memberships_of(artist: Artist) -> Sequence[Membership]:
    found = getattr(artist, _MEMBERSHIPS, None)
    return list(artist.memberships.all()) if found is None else cast("list[Membership]", found)


def records_of(artist: Artist) -> Sequence[ProviderRecord]:
    found = getattr(artist, _RECORDS, None)
    return list(artist.provider_records.all()) if found is None else cast("list[ProviderRecord]", found)
