"""The compare board: the current picture of a slot beside one of those that are offered, at one scale."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from artists.models import Artist, ArtistImage
from artists.services.pictures.proxying import offered_original
from artists.services.pictures.searching import Found, searches_web
from artists.views import in_place, sections
from artists.views.offered import Candidate, candidates_of, failures_in_words
from artists.views.picture_answers import KEPT, slot_kind
from artists.views.picture_search import Search, searched
from artists.views.pictures import LABELS, Picture, shown_of
from stillwater import htmx
from stillwater.errors import StillwaterError

MODES = {"fit": "Fit", "full": "100 %", "wipe": "Wipe"}
GROUNDS = {"logo": ("dark", "light")}
"""A logo is looked at on both, because it may be white as well as black."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One candidate in the strip, with the address of the board on which it is the chosen one."""

    candidate: Candidate
    place: str
    number: int
    is_chosen: bool

    @property
    def digit(self) -> str:
        """The key that chooses it, for the first nine."""
        return str(self.number) if self.number <= 9 else ""


@dataclass(frozen=True, slots=True)
class Board:
    kind: str
    mode: str
    current: Picture | None
    chosen: Candidate | None
    tiles: tuple[Tile, ...]
    stored: tuple[tuple[Picture, str], ...] = ()
    """Of several backdrops each, with the address of the board on which it is the current one."""

    @property
    def slot(self) -> str:
        return str(self.current.image.slot) if self.current else ""

    @property
    def grounds(self) -> tuple[str, ...]:
        return GROUNDS.get(self.kind, ("",))

    @property
    def before(self) -> Tile | None:
        return self._beside(-1)

    @property
    def after(self) -> Tile | None:
        return self._beside(1)

    @property
    def can_wipe(self) -> bool:
        return self.current is not None and self.chosen is not None and not self.chosen.refused

    def _beside(self, step: int) -> Tile | None:
        here = next((number for number, tile in enumerate(self.tiles) if tile.is_chosen), 0)
        return self.tiles[here + step] if 0 <= here + step < len(self.tiles) else None


@require_safe
def board(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """As `find`; `pick` names the chosen candidate, `of` the slot of the backdrop that it is compared with, `mode` is
    fit, full or wipe; `focus` puts it on taking.
    """
    artist, kind = sections.the_artist(pk), slot_kind(kind)
    search = searched(request, artist, kind)
    images = list(artist.images.filter(exists=True))
    chosen = _looked_at(_picked(candidates_of(search.found, images), request.GET.get("pick", "")), images)
    candidates = [chosen if chosen and each.key == chosen.key else each for each in candidates_of(search.found, images)]
    mode = request.GET.get("mode", "fit")
    stored = shown_of(kind, images)
    current = next((each for each in stored if str(each.image.slot) == request.GET.get("of")), next(iter(stored), None))
    tiles, others = _tiles(request, artist, candidates, chosen), _stored(request, artist, stored, chosen)
    shown = Board(kind, mode if mode in MODES else "fit", current, chosen, tiles, others)
    context = {**_surroundings(request, artist, kind, search), "board": shown, "modes": _modes(request, shown, artist)}
    return htmx.page_or_fragment(request, "artists/board.html", "artists/_board.html", context)


def _picked(candidates: list[Candidate], key: str) -> Candidate | None:
    """The one that the address names, or the first that can be used."""
    named = next((each for each in candidates if each.key == key), None)
    return named or next((each for each in candidates if not each.refused), None)


def _looked_at(chosen: Candidate | None, images: list[ArtistImage]) -> Candidate | None:
    """Fetched, so that its size, weight and likeness are facts; or refused, with what came instead of a picture."""
    if chosen is None or chosen.refused:
        return chosen
    try:
        offered_original(chosen.token)
    except StillwaterError as problem:
        return replace(chosen, refused=problem.message)
    return candidates_of(Found((chosen.offer,)), images)[0]


def _tiles(
    request: HttpRequest, artist: Artist, candidates: list[Candidate], chosen: Candidate | None
) -> tuple[Tile, ...]:
    return tuple(
        Tile(each, _place(request, artist, each.slot, pick=each.key), number, each is chosen)
        for number, each in enumerate(candidates, 1)
    )


def _stored(
    request: HttpRequest, artist: Artist, stored: list[Picture], chosen: Candidate | None
) -> tuple[tuple[Picture, str], ...]:
    pick = chosen.key if chosen else ""
    places = [(each, _place(request, artist, each.image.kind, pick=pick, of=str(each.image.slot))) for each in stored]
    return tuple(places) if len(places) > 1 else ()


def _modes(request: HttpRequest, shown: Board, artist: Artist) -> list[tuple[str, str, str]]:
    """Key, words and address of each way to compare."""
    pick = shown.chosen.key if shown.chosen else ""
    return [(key, words, _place(request, artist, shown.kind, pick=pick, mode=key)) for key, words in MODES.items()]


def _place(request: HttpRequest, artist: Artist, kind: str, **changes: str) -> str:
    query = {key: request.GET.get(key, "") for key in KEPT} | changes
    said = urlencode({key: value for key, value in query.items() if value})
    return f"{reverse('artists:board', args=[artist.pk, kind])}?{said}"


def _surroundings(request: HttpRequest, artist: Artist, kind: str, search: Search) -> sections.Context:
    return {
        "artist": artist,
        "kind": kind,
        "label": LABELS[kind],
        "kinds": LABELS.items(),
        "origin": search.origin,
        "sort": search.sort,
        "problem": search.problem,
        "down": failures_in_words(search.found.errors),
        "searches_web": searches_web(),
        "on_artist_page": in_place.is_here(request, artist.pk),
        "takes_focus": "focus" in request.GET,
        "back": _back(request, artist, kind),
        "saved": sections.just_done(artist, request.GET),
    }


def _back(request: HttpRequest, artist: Artist, kind: str) -> str:
    """The page in whose dialog the board is; else its own."""
    if in_place.is_here(request, artist.pk):
        return "artist"
    return "find" if in_place.is_on(request, "artists:find_pictures", artist.pk, kind) else "board"
