"""Reads of floor 4: findings filtered, sorted and counted."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.expressions import CombinedExpression, RawSQL
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact
from django.utils import timezone

from artists.models import Artist, Membership
from artists.queries.filters import of_artists_called
from rules.catalogue import RULES
from rules.models import ACTIVE, Severity, Status, Violation
from rules.types import RANKS, SEVERITY_OF_RANK
from stillwater.errors import Invalid, NotFound
from stillwater.numbers import whole_number
from stillwater.remembered import until_written
from stillwater.services.options import all_options

STATUSES = ("active", *Status.values)
CATEGORIES = ("nfo", "image", "metadata")
SORTS: dict[str, tuple[str, ...]] = {
    "severity": ("rank", "-artist_name", "-pk"),
    "artist_name": ("artist_name", "pk"),
    "rule_id": ("rule_id", "artist_name", "pk"),
    "created_at": ("created_at", "pk"),
}
EXCLUDED = Q(artist__in=Artist.objects.order_by().filter(is_excluded__in=[True]).values("pk"))
"""Spelled so that SQLite looks into an index: it walks through all artists for a bare boolean."""
_YES, _NO = RawSQL("1", ()), RawSQL("0", ())
"""As words of the statement: SQLite does not see that a bound value, being the same in all rows, needs no sorting."""
_AS_THEY_LIE = F("waiting") + 0
"""The same number, for which there is no index."""
WAITING = Q(waiting=_YES) & ~EXCLUDED
"""Findings that somebody should do something about."""
_FIXABLE = [rule.id for rule in RULES if rule.fixable]
_OF_CATEGORY = {name: [rule.id for rule in RULES if rule.category == name] for name in CATEGORIES}
_OF_A_RANK = f'(SELECT COUNT(*) FROM "{Violation._meta.db_table}" WHERE "waiting" = 1 AND "rank" = {{}})'  # noqa: S608
_COUNTED = f"SELECT {', '.join(_OF_A_RANK.format(rank) for rank in SEVERITY_OF_RANK)}"
MAX_SEARCH = 256
_WORDS = {"error": "error", "warning": "warning", "info": "hint"}


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """What to list; a blank means any. `status` active: open and waiting for a choice."""

    status: str = "active"
    severity: str = ""
    category: str = ""
    rule_id: str = ""
    artist_id: int | None = None
    library_id: int | None = None
    search: str = ""
    fixable: bool | None = None

    def as_q(self, *, counting: bool = False) -> Q:
        """Raises Invalid for a value that no finding could have.

        `counting`: every row will be looked at. Sentences stand in no index, so a search takes the rows as they lie:
        in the order of an index, fetching them takes twice as long or more.
        """
        one_of("status", self.status, STATUSES)
        one_of("severity", self.severity, Severity.values)
        one_of("category", self.category, CATEGORIES)
        # The severity by its rank, category and what is fixable by the rules, since indexes hold those.
        rules = _OF_CATEGORY.get(self.category)
        given = {"rank": RANKS.get(self.severity), "rule": self.rule_id, "artist": self.artist_id, "rule__in": rules}
        wanted = Q(**{column: value for column, value in given.items() if value})
        if text := self.search[:MAX_SEARCH]:
            wanted &= of_artists_called(text) | Q(message__icontains=text)
        if self.library_id is not None:
            wanted &= Q(artist__in=Membership.objects.filter(library=self.library_id).values("artist"))
        if self.fixable is not None:
            wanted &= Q(rule__in=_FIXABLE) if self.fixable else ~Q(rule__in=_FIXABLE)
        if self.artist_id is not None:
            return wanted & _of_artist(self.status)
        return wanted & _with_status(self.status, _AS_THEY_LIE if counting and self.search else F("waiting"))


@dataclass(frozen=True, slots=True)
class Counts:
    """Active findings by severity."""

    error: int = 0
    warning: int = 0
    info: int = 0

    @property
    def total(self) -> int:
        return self.error + self.warning + self.info

    @property
    def level(self) -> str:
        """The worst there is; good where there is nothing."""
        return next((name for name in Severity.values if getattr(self, name)), "good")

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Severity and words, as in ("error", "2 errors"); zeros left out."""
        found = [(name, getattr(self, name)) for name in Severity.values]
        return [(name, f"{count} {_WORDS[name]}{'' if count == 1 else 's'}") for name, count in found if count]


def findings(wanted: FindingFilter | None = None, *, sort: str = "", order: str = "") -> QuerySet[Violation]:
    """Worst first by default; each with `library_name`, its artist's first library. Raises Invalid."""
    rows = Violation.objects.filter((wanted or FindingFilter()).as_q())
    one_of("sort", sort, tuple(SORTS))
    one_of("order", order, ("asc", "desc"))
    columns = SORTS[sort or "severity"]
    ordered = rows.order_by(*(_turned(columns) if (order or "desc") == "desc" else columns))
    return ordered.annotate(library_name=Coalesce(Subquery(_first_library()), Value("")))


def stretch(rows: QuerySet[Violation], start: int, size: int) -> list[Violation]:
    """Some of `findings`, keys first: sorting whole rows takes the database ten times as long."""
    keys = list(rows.values_list("pk", flat=True)[start : start + size])
    found = rows.in_bulk(keys)
    return [found[key] for key in keys if key in found]


@until_written
def total(wanted: FindingFilter) -> int:
    """How many findings there are. Raises Invalid."""
    return Violation.objects.order_by().filter(wanted.as_q(counting=True)).count()


def finding(finding_id: str | int) -> Violation:
    """Raises NotFound."""
    row = Violation.objects.select_related("artist").filter(pk=whole_number(str(finding_id)) or 0).first()
    if row is None:
        raise NotFound("violation not found")
    return row


@until_written
def counts() -> Counts:
    """Active findings of all artists: those of everybody, less those of the few who are excluded.

    SQLite counts one rank in a third of the time in which it groups by rank and looks for each artist among some.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED)
        found = Counter(dict(zip(SEVERITY_OF_RANK, cursor.fetchone(), strict=True)))
    ignored = Violation.objects.order_by().filter(EXCLUDED, status__in=ACTIVE).values_list("rank")
    found.subtract(dict(ignored.annotate(count=Count("pk"))))
    return Counts(**{name: max(found[rank], 0) for rank, name in SEVERITY_OF_RANK.items()})


def badge_count() -> int:
    """Active findings of the severities that an administrator wants counted; 0 where the badge is off."""
    options = all_options()
    if options["notif_badge_enabled"] != "true":
        return 0
    found = counts()
    return sum(getattr(found, name) for name in Severity.values if options[f"notif_badge_severity_{name}"] == "true")


def counts_of_artists(artists: Iterable[int]) -> dict[int, Counts]:
    """Active findings of each of these artists; those without any are left out."""
    rows = Violation.objects.order_by().filter(artist__in=list(artists), status__in=ACTIVE)
    found: dict[int, dict[str, int]] = {}
    for artist, severity, count in rows.values_list("artist_id", "severity").annotate(count=Count("pk")):
        found.setdefault(artist, {})[severity] = count
    return {artist: Counts(**by_severity) for artist, by_severity in found.items()}


def export_rows(rows: QuerySet[Violation], now: datetime | None = None) -> Iterator[dict[str, Any]]:
    """Rows of the export, read a few at a time."""
    moment = now or timezone.now()
    columns = ("artist_name", "library_name", "rule_id", "severity", "message", "status", "created_at")
    for row in rows.values(*columns).iterator(chunk_size=2000):
        row["age"] = age_text(moment - row.pop("created_at"))
        yield row


def age_text(age: timedelta) -> str:
    """5m, 3h or 2d."""
    minutes = max(int(age.total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes}m"
    return f"{minutes // 60}h" if minutes < 24 * 60 else f"{minutes // (24 * 60)}d"


def one_of(name: str, value: str, allowed: Iterable[str]) -> None:
    """Blank is always allowed. Raises Invalid."""
    known = tuple(allowed)
    if value and value not in known:
        raise Invalid(f"{name} must be one of {', '.join(known)}", name)


def _with_status(status: str, waiting: F | CombinedExpression) -> Q:
    """Excluded artists keep their findings, but nobody is asked to mend them."""
    wanted = Q(status=status) if status not in ("", "active") else Q()
    if status in Status.values and status not in ACTIVE:
        return wanted & Q(Exact(waiting, _NO))
    return wanted & Q(Exact(waiting, _YES)) & ~EXCLUDED


def _of_artist(status: str) -> Q:
    """The same of one artist: by the status, as the index of its findings has it, not through everybody's."""
    wanted = ACTIVE if status in ("", "active") else (status,)
    return Q(status__in=wanted) & (~EXCLUDED if set(wanted) <= set(ACTIVE) else Q())


def _turned(columns: tuple[str, ...]) -> list[str]:
    return [column[1:] if column.startswith("-") else f"-{column}" for column in columns]


def _first_library() -> QuerySet[Membership, Any]:
    memberships = Membership.objects.filter(artist=OuterRef("artist")).order_by("added_at", "library")
    return memberships.values(name=F("library__name"))[:1]
