"""Which findings a page's address asks for: forgiving, printable again, and in words. queries.py reads them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from django.db.models import QuerySet

from artists.models import Artist, Library
from rules.catalogue import BY_ID
from rules.models import Violation
from rules.queries.findings import FindingFilter

STATUSES = {
    "active": "To do",
    "open": "Open",
    "pending_choice": "To choose",
    "dismissed": "Dismissed",
    "resolved": "Resolved",
}
CATEGORIES = {"nfo": "NFO file", "image": "Artwork", "metadata": "Metadata"}
SEVERITIES = {"error": "Errors", "warning": "Warnings", "info": "Hints"}
FIXABLE = {"yes": "Can be fixed alone", "no": "Needs you"}
_ALLOWED: Mapping[str, Mapping[str, object]] = {
    "status": STATUSES,
    "severity": SEVERITIES,
    "category": CATEGORIES,
    "rule_id": BY_ID,
    "fixable": FIXABLE,
}
_SPELLINGS = {"rule_id": "rule", "library_id": "library", "artist_id": "artist"}
"""The shorter names that are understood too."""


@dataclass(frozen=True, slots=True)
class FindingQuery:
    """Blank means any. What nobody understands is left out, so that an old bookmark still opens."""

    status: str = "active"
    severity: str = ""
    category: str = ""
    rule_id: str = ""
    fixable: str = ""
    library_id: str = ""
    artist_id: str = ""
    search: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "FindingQuery":
        """From a GET or POST."""
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

    def items(self) -> Iterator[tuple[str, str]]:
        """Names and values of what is not default: the hidden fields of a form that acts on the list."""
        for item in fields(self):
            value = getattr(self, item.name)
            if value and value != item.default:
                yield item.name, value

    def fixable_items(self) -> Iterator[tuple[str, str]]:
        """The same for those that can be fixed alone."""
        return replace(self, fixable="yes").items()

    def without(self, name: str) -> "FindingQuery":
        return replace(self, **{name: "active" if name == "status" else ""})

    def with_status(self, status: str) -> "FindingQuery":
        return replace(self, status=status)

    def cleared(self) -> "FindingQuery":
        """The status alone."""
        return FindingQuery(status=self.status)

    def chips(self) -> list[tuple[str, str]]:
        """What narrows the list, in words, and the query without it."""
        return [(_words(name, value), self.without(name).query) for name, value in self.items() if name != "status"]

    def filter(self) -> FindingFilter:
        """The same for queries.py."""
        return replace(
            self.before_facets(),
            severity=self.severity,
            category=self.category,
            rule_id=self.rule_id,
            fixable=self.fixable == "yes" if self.fixable else None,
        )

    def before_facets(self) -> FindingFilter:
        """Status, library, artist and search alone: what every facet counts within."""
        return FindingFilter(
            status=self.status,
            artist_id=int(self.artist_id) if self.artist_id else None,
            library_id=int(self.library_id) if self.library_id else None,
            search=self.search,
        )

    def findings(self) -> QuerySet[Violation]:
        """In no particular order."""
        return Violation.objects.order_by().filter(self.filter().as_q())


def _read(query: Mapping[str, str], name: str) -> str:
    text = (query.get(name) or query.get(_SPELLINGS.get(name, ""), "")).strip()
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
    if name == "artist_id":
        return Artist.objects.filter(pk=value).values_list("name", flat=True).first() or "Unknown artist"
    if name == "search":
        return f"“{value}”"
    labels = {"severity": SEVERITIES, "category": CATEGORIES, "fixable": FIXABLE}
    return labels[name][value]
