"""How many findings each listed artist has: what floor 4 tells the lists of floor 2 (artists/row_extras.py)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Count

from rules.models import ACTIVE, Severity, Violation

_NOUNS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """Findings that wait for something, by severity, worst first."""

    by_severity: Mapping[Severity, int]

    @property
    def total(self) -> int:
        return sum(self.by_severity.values())

    @property
    def level(self) -> str:
        """The worst severity there is."""
        return next((str(severity) for severity in Severity if severity in self.by_severity), "good")

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Severity and words for each: ("warning", "2 warnings")."""
        return [
            (str(severity), _counted(self.by_severity[severity], _NOUNS[severity]))
            for severity in Severity
            if severity in self.by_severity
        ]

    @property
    def text(self) -> str:
        return _counted(self.total, "finding")


def finding_counts(ids: Sequence[int]) -> dict[int, FindingCounts]:
    """Only artists that have any are named. One query."""
    counts: dict[int, dict[Severity, int]] = defaultdict(dict)
    active = Violation.objects.filter(artist_id__in=ids, status__in=ACTIVE)
    for key, severity, count in active.order_by().values_list("artist_id", "severity").annotate(Count("pk")):
        counts[key][Severity(severity)] = count
    return {key: FindingCounts(found) for key, found in counts.items()}


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"
