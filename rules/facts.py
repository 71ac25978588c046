"""The one query that every rule is asked over: artists with their main pictures beside them.

Built once: composing it takes longer than asking it, and every use narrows a copy.
"""

from functools import cache

from django.db.models import Count, Exists, FilteredRelation, IntegerField, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from artists.models import Artist, ArtistImage

KINDS = ("thumb", "fanart", "logo", "banner")


@cache
def with_pictures() -> QuerySet[Artist]:
    """Artists with columns such as `thumb__width`: those of slot 0. A join costs only where it is named."""
    main = {kind: FilteredRelation("images", condition=Q(images__kind=kind, images__slot=0)) for kind in KINDS}
    return Artist.objects.order_by().annotate(**main)


@cache
def artists() -> QuerySet[Artist]:
    """The same with what several pictures say together; it too costs only where it is named."""
    return with_pictures().annotate(
        fanart_count=_fanart_count(), fanart_twin=_fanart_twin(), fanart_elsewhere=_fanart_elsewhere()
    )


def fanart() -> QuerySet[ArtistImage]:
    return ArtistImage.objects.order_by().filter(artist=OuterRef("pk"), kind="fanart", exists=True)


def same_fanart() -> QuerySet[ArtistImage]:
    """Other backdrops with the bytes of the outer one; the condition on blanks is that of the index."""
    return ArtistImage.objects.order_by().filter(
        ~Q(content_hash=""), content_hash=OuterRef("content_hash"), kind="fanart", exists=True
    )


def fanart_gap() -> Exists:
    """A backdrop whose slot follows on none."""
    before = ArtistImage.objects.filter(
        artist=OuterRef("artist"), kind="fanart", exists=True, slot=OuterRef("slot") - 1
    )
    return Exists(fanart().filter(~Exists(before), slot__gt=0))


def _fanart_count() -> Coalesce:
    counted = fanart().values("artist").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=IntegerField()), 0)


def _fanart_twin() -> Subquery:
    """The first slot whose bytes an earlier slot of the same artist has already; null: none."""
    earlier = same_fanart().filter(artist=OuterRef("artist"), slot__lt=OuterRef("slot"))
    twins = fanart().filter(~Q(content_hash="") & Exists(earlier)).values("artist").annotate(first=Min("slot"))
    return Subquery(twins.values("first"), output_field=IntegerField())


def _fanart_elsewhere() -> Subquery:
    """The first slot whose bytes are a backdrop of another artist too; null: none."""
    others = same_fanart().exclude(artist=OuterRef("artist"))
    shared = fanart().filter(~Q(content_hash="") & Exists(others)).values("artist").annotate(first=Min("slot"))
    return Subquery(shared.values("first"), output_field=IntegerField())
