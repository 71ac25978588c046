"""How many artists have their main picture: of all that are not excluded, and asked membership by membership."""

from collections import Counter

from django.db.models import Count, Exists, OuterRef, QuerySet

from artists.models import Artist, ArtistImage


def picture_counts() -> Counter[str]:
    """Artists that are not excluded, by the kind of picture they have.

    All are counted on an index, then the excluded ones taken off: to ask of each whether it is excluded takes longer.
    """
    found = _by_kind(_main())
    found.subtract(_by_kind(_main().filter(artist__in=Artist.objects.order_by().filter(is_excluded=True).values("pk"))))
    return found


def has_picture(kind: str) -> Exists:
    """Of the artist of a membership."""
    return Exists(_main().filter(artist=OuterRef("artist"), kind=kind))


def _main() -> QuerySet[ArtistImage]:
    return ArtistImage.objects.order_by().filter(exists=True, slot=0)


def _by_kind(images: QuerySet[ArtistImage]) -> Counter[str]:
    return Counter(dict(images.values_list("kind").annotate(count=Count("pk"))))
