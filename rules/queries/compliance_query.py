"""What the address of the compliance report asks for: filter, order, view; forgiving and printable again."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from urllib.parse import urlencode

from rules.reports.compliance import ComplianceFilter

STATUSES = {"compliant": "Every rule holds", "non_compliant": "Some rule is broken"}
LACKS = {
    "missing_nfo": "No NFO file",
    "missing_mbid": "No MusicBrainz ID",
    "missing_thumb": "No thumbnail",
    "missing_fanart": "No fanart",
    "missing_logo": "No logo",
    "missing_banner": "No banner",
    "locked": "Locked",
    "excluded": "Excluded",
}
VIEWS = {"table": "Table", "matrix": "Matrix"}
_SORTS = {"name": "Artist", "health_score": "Health", "updated_at": "Changed"}
_ALLOWED: Mapping[str, Mapping[str, str]] = {
    "status": STATUSES,
    "filter": LACKS,
    "sort": {**_SORTS, "sort_name": "", "created_at": ""},
    "order": {"asc": "", "desc": ""},
    "view": VIEWS,
}


@dataclass(frozen=True, slots=True)
class Column:
    """A heading that sorts; `direction` is blank, ascending or descending."""

    name: str
    label: str
    direction: str
    query: str


@dataclass(frozen=True, slots=True)
class ComplianceQuery:
    """Blank means any; what nobody understands is left out."""

    search: str = ""
    status: str = ""
    lack: str = ""
    library_id: str = ""
    sort: str = "name"
    order: str = "asc"
    view: str = "table"

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "ComplianceQuery":
        values = {item.name: _read(query, "filter" if item.name == "lack" else item.name) for item in fields(cls)}
        return cls(**{key: value for key, value in values.items() if value})

    @property
    def query(self) -> str:
        return urlencode(self._given())

    @property
    def export_query(self) -> str:
        return urlencode({key: value for key, value in self._given().items() if key != "view"})

    @property
    def is_narrow(self) -> bool:
        return any((self.search, self.status, self.lack, self.library_id))

    def filter(self) -> ComplianceFilter:
        return ComplianceFilter(
            search=self.search,
            filter=self.lack,
            status=self.status,
            library_id=int(self.library_id) if self.library_id else None,
        )

    def views(self) -> list[tuple[str, str, bool]]:
        """Label, query and whether it is the present one."""
        return [(label, replace(self, view=view).query, self.view == view) for view, label in VIEWS.items()]

    def columns(self) -> list[Column]:
        return [self._column(name, label) for name, label in _SORTS.items()]

    def choices(self) -> list[tuple[str, str, Mapping[str, str], str]]:
        """Name, label, options and present value of each select of the filter."""
        return [
            ("status", "Standing", STATUSES, self.status),
            ("filter", "Missing", LACKS, self.lack),
        ]

    def _column(self, name: str, label: str) -> Column:
        here = self.sort == name
        turned = replace(self, sort=name, order="desc" if here and self.order == "asc" else "asc")
        direction = ("ascending" if self.order == "asc" else "descending") if here else ""
        return Column(name, label, direction, turned.query)

    def _given(self) -> dict[str, str]:
        given = {"filter" if item.name == "lack" else item.name: getattr(self, item.name) for item in fields(self)}
        defaults = {"sort": "name", "order": "asc", "view": "table"}
        return {key: value for key, value in given.items() if value and value != defaults.get(key)}


def _read(query: Mapping[str, str], name: str) -> str:
    text = query.get(name, "").strip()
    if name == "search":
        return text[:200]
    if name == "library_id":
        return text if text.isascii() and text.isdigit() and len(text) < 18 else ""
    return text if text in _ALLOWED[name] else ""
