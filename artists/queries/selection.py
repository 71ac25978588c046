"""A selection is a filter and exceptions, not a list of ids: the server finds the artists again (ui.md 4.3.9)."""

from dataclasses import dataclass

from django.core import signing
from django.db.models import QuerySet
from django.http import QueryDict

from artists.models import Artist
from artists.queries.filters import MAX_IDS, ArtistFilter
from artists.queries.listing import matching
from stillwater.errors import Invalid

_SALT = "artists.selection"


@dataclass(frozen=True, slots=True)
class Selection:
    """The artists of a filter without a few; `expected` is how many there were when the person chose."""

    wanted: ArtistFilter
    excluded: tuple[int, ...] = ()
    expected: int = 0

    @classmethod
    def of(cls, wanted: ArtistFilter, excluded: tuple[int, ...] = ()) -> "Selection":
        """Choose what the filter means now. Raises Invalid for more than 1,000 exceptions."""
        if len(excluded) > MAX_IDS:
            raise Invalid(f"at most {MAX_IDS} exceptions")
        return cls(wanted, tuple(sorted(set(excluded))), cls(wanted, excluded).count())

    @classmethod
    def from_token(cls, token: str) -> "Selection":
        """Raises Invalid for a token that is not ours."""
        try:
            query, excluded, expected = signing.loads(token, salt=_SALT)
        except (signing.BadSignature, ValueError):
            raise Invalid("this selection is not valid any more; choose again") from None
        return cls(ArtistFilter.from_query(QueryDict(query)), tuple(excluded), expected)

    @property
    def token(self) -> str:
        """Goes through forms and job parameters; signed, so that nobody widens it on the way."""
        return signing.dumps([self.wanted.to_query(with_page=False), self.excluded, self.expected], salt=_SALT)

    def artists(self) -> QuerySet[Artist]:
        """Those that are meant now."""
        return matching(self.wanted).exclude(pk__in=self.excluded)

    def count(self) -> int:
        return self.artists().count()

    def has_moved(self) -> bool:
        """The number is not what the person saw: ask again before doing anything to them."""
        return self.count() != self.expected
