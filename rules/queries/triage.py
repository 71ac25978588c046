"""The next finding to decide about: the worst first, artist by artist, found by where the last one stood."""

from dataclasses import replace

from django.db.models import Q

from rules.models import ACTIVE, Violation
from rules.queries.finding_query import FindingQuery
from rules.queries.findings import FindingFilter, counts, total


def waiting(chosen: FindingQuery) -> FindingQuery:
    """The same for what waits for a decision: what is closed is nobody's to decide."""
    return chosen if chosen.status in ("active", *ACTIVE) else replace(chosen, status="active")


def next_finding(chosen: FindingQuery, after: Violation | None = None) -> Violation | None:
    """The first one behind `after`, wherever that stands by now; each stretch is one look into an index."""
    rows = chosen.findings().order_by("-rank", "artist_name", "pk").values_list("pk", flat=True)
    for stretch in _behind(after):
        key = rows.filter(stretch)[:1].first()
        if key is not None:
            return Violation.objects.select_related("artist").get(pk=key)
    return None


def left(chosen: FindingQuery) -> int:
    """How many wait, this one included; what the sidebar counts anyway is not counted twice."""
    wanted, found = chosen.filter(), counts()
    if wanted == FindingFilter():
        return found.total
    if wanted == FindingFilter(severity=wanted.severity):
        return int(getattr(found, wanted.severity))
    return total(wanted)


def _behind(after: Violation | None) -> list[Q]:
    if after is None:
        return [Q()]
    return [
        Q(rank=after.rank, artist_name=after.artist_name, pk__gt=after.pk),
        Q(rank=after.rank, artist_name__gt=after.artist_name),
        Q(rank__lt=after.rank),
    ]
