"""Finds pictures for an artist: what the providers offer for its identifiers, and what the web shows for its name."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from artists.fields import IMAGE_KINDS
from artists.models import Artist
from artists.providers.answers import SLOT_OF_OFFER, ImageCandidate
from artists.providers.placeholders import is_placeholder_url
from artists.services.pictures.offering import Offers, Question, Recall, offered_pictures, offers_to
from artists.services.pictures.saving import known_kind
from artists.services.providers.access import Purpose, budget_of, provider_of
from artists.services.providers.orders import orders_of
from artists.services.providers.scraper import scope_of
from artists.services.providers.settings import can_supply, metadata_specs, provider_settings, web_engines
from artists.services.sources import panel_of, whom
from stillwater.errors import Invalid
from stillwater.models import User

SORTS = ("", "likes", "resolution")
PLACEHOLDER = "a placeholder that stands for no picture"


@dataclass(frozen=True, slots=True)
class Found:
    """What can be used, best first; what cannot, with the reason; and who did not answer, in a line each."""

    candidates: tuple[ImageCandidate, ...] = ()
    refused: tuple[tuple[ImageCandidate, str], ...] = ()
    errors: tuple[str, ...] = ()


def known_sort(sort: str) -> str:
    """Blank counts as likes. Raises Invalid."""
    if sort not in SORTS:
        raise Invalid("sort must be likes or resolution", "sort")
    return sort or "likes"


def search_providers(
    artist: Artist,
    kind: str = "",
    sort: str = "",
    *,
    actor: User | None = None,
    purpose: Purpose = "page",
    recall: Recall = "never",
) -> Found:
    """What all providers offer for a kind of picture, or for every kind; nobody is asked by name.

    `recall`: whether what they offered a moment ago is taken as it was, so that a page can be walked around on.
    Raises Invalid for an unknown kind or sort, and for an artist without an MBID.
    """
    known_sort(sort)
    wanted = frozenset({known_kind(kind)} if kind else IMAGE_KINDS)
    if not artist.musicbrainz_id:
        raise Invalid("artist has no MusicBrainz ID", "musicbrainz_id")
    orders = orders_of(scope_of(artist))
    names = _in_order(orders.ranked)
    panel = panel_of(names, actor, purpose, orders.settings)
    asked = [panel.providers[name] for name in names if name in panel.providers]
    offers = offered_pictures(asked, replace(whom(artist).lookup, name=""), panel.budget, recall=recall)
    return _sifted(offers, wanted, sort)


def search_web(
    artist: Artist, kind: str, sort: str = "", *, purpose: Purpose = "page", recall: Recall = "never"
) -> Found:
    """What the enabled search engines show for the artist's name; nothing where none is enabled. Raises Invalid."""
    known_sort(sort)
    slot = known_kind(kind)
    decided, budget = provider_settings(), budget_of(purpose)
    names = [spec.name for spec in web_engines() if decided.searches_web(spec.name)]
    engines = [provider_of(name, purpose, decided, budget=budget) for name in names]
    offer = next(each for each in SLOT_OF_OFFER if each == slot)
    words = ("web", artist.name, offer)
    questions = [Question(each, words, partial(each.search_images, artist.name, offer)) for each in engines]
    return _sifted(offers_to(questions, budget, recall=recall), frozenset({slot}), sort)


def searches_web() -> bool:
    """Whether an administrator has switched a search engine on."""
    decided = provider_settings()
    return any(decided.searches_web(spec.name) for spec in web_engines())


def _in_order(ranked: Callable[[str], tuple[str, ...]]) -> list[str]:
    """By first mention over the orders of the four kinds, then whoever else has pictures (providers.md 8)."""
    mentioned = (name for kind in IMAGE_KINDS for name in ranked(kind))
    rest = (spec.name for spec in metadata_specs() if any(can_supply(spec.name, kind) for kind in IMAGE_KINDS))
    return list(dict.fromkeys((*mentioned, *rest)))


def _sifted(offers: Offers, wanted: frozenset[str], sort: str) -> Found:
    """Each address once for a slot; an HD logo is a logo, a wide thumb a thumb (quirk 9)."""
    once: dict[tuple[str, str], ImageCandidate] = {}
    for offer in offers.pictures:
        if SLOT_OF_OFFER[offer.kind] in wanted:
            once.setdefault((SLOT_OF_OFFER[offer.kind], offer.url), offer)
    usable = [offer for offer in once.values() if not is_placeholder_url(offer.url)]
    refused = tuple((offer, PLACEHOLDER) for offer in once.values() if is_placeholder_url(offer.url))
    return Found(tuple(_ranked(usable, known_sort(sort))), refused, tuple(offers.errors.values()))


def _ranked(offers: Sequence[ImageCandidate], sort: str) -> list[ImageCandidate]:
    """Best first; equals stay in the order of their providers, so that the same answers always give the same list."""

    def merit(offer: ImageCandidate) -> tuple[int, int]:
        area = offer.width * offer.height
        return (offer.likes, area) if sort == "likes" else (area, offer.likes)

    return sorted(offers, key=merit, reverse=True)
