"""Why a value is what it is: who was asked when providers were last asked, what each said, whose value won and why."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from artists.models import Artist, FieldTrace
from artists.providers.merge import CUT
from artists.providers.outcomes import Kind
from artists.services.provenance import STAYS
from artists.services.values import as_text
from artists.views import sections
from artists.views.words import label_of, source_words
from stillwater import htmx

_LEVELS = {Kind.AUTH: "warning", Kind.NOT_ANSWERING: "warning", Kind.REFUSED: "warning"}


@dataclass(frozen=True, slots=True)
class SaidLine:
    """One provider's part; `level` is that of _parts/status.html."""

    said: dict[str, Any]
    won: bool

    @property
    def label(self) -> str:
        return source_words(self.said["provider"])

    @property
    def level(self) -> str:
        return "good" if self.won else _LEVELS.get(self.said["kind"], "off")


@dataclass(frozen=True, slots=True)
class Why:
    """The last decision about a field. `now`: where today's value is from, where that is not what won then; `agrees`:
    it says the same as what won, which left it with the source that it had."""

    trace: FieldTrace
    now: str
    agrees: bool = False

    @property
    def first(self) -> str:
        """Who came first of those that were asked; blank where nobody had anything."""
        return source_words(self.trace.winner)

    @property
    def is_kept(self) -> bool:
        """Nothing was taken, whoever came first."""
        return self.trace.why.startswith(STAYS)

    @property
    def winner(self) -> str:
        """Whose value holds since; blank where nobody's does."""
        return "" if self.now and not self.agrees else self.first

    @property
    def lines(self) -> list[SaidLine]:
        return [SaidLine(said, bool(self.winner) and said["provider"] == self.trace.winner) for said in self.trace.said]


@require_safe
def why(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """Not found where nobody was asked about it."""
    artist = sections.the_artist(pk)
    trace = get_object_or_404(FieldTrace, artist=artist, field=key)
    context = {"artist": artist, "key": key, "label": label_of(key), "why": _why(artist, trace)}
    return htmx.page_or_fragment(request, "artists/why.html", "artists/_why.html", context)


def _why(artist: Artist, trace: FieldTrace) -> Why:
    source: str = artist.metadata_sources.get(trace.field, "")
    if not source or source == trace.winner:
        return Why(trace, "")
    return Why(trace, source_words(source), _says_the_same(artist, trace))


def _says_the_same(artist: Artist, trace: FieldTrace) -> bool:
    """Whether the winner's value is the one that is here. Of a long one only the start is kept: nobody can say."""
    said: str = next((each["summary"] for each in trace.said if each["provider"] == trace.winner), "")
    return bool(said) and not said.endswith(CUT) and as_text(getattr(artist, trace.field, "")) == said
