"""The action queue: active findings, worst first, read on from the last one that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from rules.models import Violation
from rules.queries.finding_query import FindingQuery

PORTION = 25
MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Portion:
    """A stretch of the queue. `after` is the finding to read on from, None at the end."""

    findings: Sequence[Violation]
    after: int | None


def portion(chosen: FindingQuery, *, after: int | None = None, size: int = PORTION) -> Portion:
    """`size` findings behind the finding `after`, which may be dismissed or fixed by now: its place still counts."""
    rows = chosen.findings().order_by("-rank", "artist_name", "pk")
    if after is not None:
        rows = _behind(rows, after)
    found = list(rows[: min(size, MOST_AT_ONCE) + 1])
    shown = found[:-1] if len(found) > min(size, MOST_AT_ONCE) else found
    return Portion(shown, shown[-1].pk if len(shown) < len(found) else None)


def _behind(rows: QuerySet[Violation], after: int) -> QuerySet[Violation]:
    last = Violation.objects.filter(pk=after).values_list("rank", "artist_name").first()
    if last is None:
        return rows
    rank, name = last
    same_artist = Q(rank=rank, artist_name=name, pk__gt=after)
    return rows.filter(Q(rank__lt=rank) | Q(rank=rank, artist_name__gt=name) | same_artist)
