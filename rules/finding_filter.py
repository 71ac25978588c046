"""Which findings are meant: one filter grammar in the address of the dashboard, the findings page and the exports."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from artists.models import Library, Membership
from rules.catalogue import BY_ID
from rules.models import ACTIVE, Severity, Violation

STATUSES = {
    "active": "Active",
    "open": "Open",
    "pending_choice": "To choose",
    "dismissed": "Dismissed",
    "resolved": "Resolved",
}
CATEGORIES = {"nfo": "NFO file", "image": "Artwork", "metadata": "Metadata"}
SEVERITIES = {"error": "Errors", "warning": "Warnings", "info": "Hints"}
FIXABLE = {"yes": "Can be fixed alone", "no": "Needs you"}
_ALLOWED: dict[str, Mapping[str, object]] = {
    "status": STATUSES,
    "severity": dict.fromkeys(Severity.values),
    "category": CATEGORIES,
    "rule_id": BY_ID,
    "fixable": FIXABLE,
}
_ALIASES = {"rule_id": "rule", "library_id": "library"}


@dataclass(frozen=True, slots=True)
class FindingFilter:
    """Blank means any. What the address says and nobody understands is ignored, never an error."""

    status: str = "active"
    severity: str = ""
    category: str = ""
    rule_id: str = ""
    fixable: str = ""
    library_id: str = ""
    artist_id: str = ""
    search: str = ""

    @classmethod
    def from_query(cls, query: Mapping[str, str]) -> "FindingFilter":
        values = {item.name: _read(query, item.name) for item in fields(cls)}
        return cls(**{key: value for key, value in values.items() if value})

    @property
    def query(self) -> str:
        """As it stands in the address, without what is default."""
        return urlencode(list(self.items()))

    @property
    def is_narrow(self) -> bool:
        """Something besides the status is asked for."""
        return any(name != "status" for name, _value in self.items())

    @property
    def label(self) -> str:
        return STATUSES[self.status]

    def without(self, name: str) -> "FindingFilter":
        return replace(self, **{name: "active" if name == "status" else ""})

    def cleared(self) -> "FindingFilter":
        """The status alone."""
        return FindingFilter(status=self.status)

    def chips(self) -> list[tuple[str, str]]:
        """What narrows the list, in words, and the query without it."""
        words = [(name, _words(name, value)) for name, value in self.items() if name != "status"]
        return [(text, self.without(name).query) for name, text in words]

    def findings(self) -> QuerySet[Violation]:
        """Findings of artists that are not excluded, in no particular order."""
        return self.before_facets().filter(self._facets())

    def before_facets(self) -> QuerySet[Violation]:
        """By status, library, artist and search: what no facet but the library's counts apart."""
        rows = Violation.objects.order_by().filter(artist__is_excluded=False, status__in=self._statuses())
        if self.library_id:
            rows = rows.filter(_in_library(self.library_id))
        if self.artist_id:
            rows = rows.filter(artist=int(self.artist_id))
        if self.search:
            rows = rows.filter(Q(artist_name__icontains=self.search) | Q(message__icontains=self.search))
        return rows

    def _statuses(self) -> tuple[str, ...]:
        return tuple(ACTIVE) if self.status == "active" else (self.status,)

    def _facets(self) -> Q:
        chosen = Q()
        for column, value in (("severity", self.severity), ("category", self.category), ("rule", self.rule_id)):
            if value:
                chosen &= Q((column, value))
        return chosen & Q(fixable=self.fixable == "yes") if self.fixable else chosen

    def items(self) -> Iterator[tuple[str, str]]:
        """Names and values of what is not default: the hidden fields of a form that acts on the list."""
        for item in fields(self):
            value = getattr(self, item.name)
            if value and value != item.default:
                yield item.name, value


def _in_library(library_id: str) -> Exists:
    return Exists(Membership.objects.filter(artist=OuterRef("artist"), library=int(library_id)))


def _read(query: Mapping[str, str], name: str) -> str:
    text = (query.get(name) or query.get(_ALIASES.get(name, ""), "")).strip()
    if name in ("library_id", "artist_id"):
        return text if text.isascii() and text.isdigit() and len(text) < 18 else ""
    if name == "search":
        return text[:200]
    return text if text in _ALLOWED[name] else ""


def _words(name: str, value: str) -> str:
    if name == "rule_id":
        return BY_ID[value].name
    if name == "library_id":
        return Library.objects.filter(pk=value).values_list("name", flat=True).first() or "Unknown library"
    if name == "search":
        return f"“{value}”"
    if name == "artist_id":
        return "One artist"
    labels = {"severity": SEVERITIES, "category": CATEGORIES, "fixable": FIXABLE}
    return labels[name][value]
