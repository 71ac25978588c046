"""Finds pictures for an artist: what the providers offer for its identifiers, and what the web shows for its name."""

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Literal

from artists.fields import IMAGE_KINDS
from artists.models import Artist
from artists.providers.answers import SLOT_OF_OFFER, ImageCandidate
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound, ProviderError
from artists.providers.placeholders import is_placeholder_url
from artists.services.at_once import at_once
from artists.services.pictures.recent_offers import Answer, shared_offers
from artists.services.pictures.saving import known_kind
from artists.services.providers.access import Purpose, budget_of, provider_of
from artists.services.providers.orders import orders_of
from artists.services.providers.scraper import scope_of
from artists.services.providers.settings import can_supply, metadata_specs, provider_settings, web_engines
from artists.services.sources import panel_of, whom
from stillwater.errors import Invalid
from stillwater.models import User
from stillwater.outbound import Budget

logger = logging.getLogger(__name__)

SORTS = ("", "likes", "resolution")
PLACEHOLDER = "a placeholder that stands for no picture"
Question = Callable[[], list[ImageCandidate]]
Recall = Literal["never", "may", "renew"]
"""An answer of a moment ago is not looked for (nor this one kept), is taken, or is replaced by a new one."""
Offers = tuple[list[ImageCandidate], dict[str, str]]
"""The pictures in the order of those who were asked, and by provider why one has none."""


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
    calls = {engine: partial(engine.search_images, artist.name, offer) for engine in engines}
    questions = {
        engine.spec.name: _recent(engine, ("web", artist.name, offer), call, recall) for engine, call in calls.items()
    }
    return _sifted(_together(questions, budget), frozenset({slot}), sort)


def searches_web() -> bool:
    """Whether an administrator has switched a search engine on."""
    decided = provider_settings()
    return any(decided.searches_web(spec.name) for spec in web_engines())


def offered_pictures(
    providers: Iterable[Provider], lookup: Lookup, budget: Budget | None, *, recall: Recall = "never"
) -> Offers:
    """In the order of the providers; the sessions remember their answers, so text and pictures cost one call."""
    asked = [each for each in providers if each.spec.images & frozenset(IMAGE_KINDS)]
    words = ("images", *sorted(f"{provider}={key}" for provider, key in lookup.ids.items()))
    return _together(
        {each.spec.name: _recent(each, words, partial(each.images, lookup), recall) for each in asked}, budget
    )


def _recent(provider: Provider, words: tuple[str, ...], question: Question, recall: Recall) -> Callable[[], Answer]:
    """The question, asked of what is kept first; with another key the provider may have another answer."""
    ask = partial(_answer, provider.spec.name, question)
    if recall == "never":
        return ask
    kept = (provider.spec.name, provider.session.key, *words)
    return partial(shared_offers().answer, kept, ask, fresh=recall == "renew")


def _together(questions: Mapping[str, Callable[[], Answer]], budget: Budget | None) -> Offers:
    """Everybody at the same time. Whoever has nothing is fine; whoever fails, or is late, is named."""
    answers = at_once(questions, None if budget is None else budget.left())
    errors = {name: f"{name}: image fetch failed" for name in questions if answers.get(name) is None}
    return [offer for name in questions for offer in answers.get(name) or ()], errors


def _answer(name: str, question: Question) -> Answer:
    """None where nothing is known."""
    try:
        return question()
    except NothingFound:
        return []
    except ProviderError:
        return None
    except Exception:
        logger.exception("%s failed in an unforeseen way", name)  # a fault of ours takes nobody else down
        return None


def _in_order(ranked: Callable[[str], tuple[str, ...]]) -> list[str]:
    """By first mention over the orders of the four kinds, then whoever else has pictures (providers.md 8)."""
    mentioned = (name for kind in IMAGE_KINDS for name in ranked(kind))
    rest = (spec.name for spec in metadata_specs() if any(can_supply(spec.name, kind) for kind in IMAGE_KINDS))
    return list(dict.fromkeys((*mentioned, *rest)))


def _sifted(offers: Offers, wanted: frozenset[str], sort: str) -> Found:
    """Each address once for a slot; an HD logo is a logo, a wide thumb a thumb (quirk 9)."""
    once: dict[tuple[str, str], ImageCandidate] = {}
    for offer in offers[0]:
        if SLOT_OF_OFFER[offer.kind] in wanted:
            once.setdefault((SLOT_OF_OFFER[offer.kind], offer.url), offer)
    usable = [offer for offer in once.values() if not is_placeholder_url(offer.url)]
    refused = tuple((offer, PLACEHOLDER) for offer in once.values() if is_placeholder_url(offer.url))
    return Found(tuple(_ranked(usable, known_sort(sort))), refused, tuple(offers[1].values()))


def _ranked(offers: Sequence[ImageCandidate], sort: str) -> list[ImageCandidate]:
    """Best first; equals stay in the order of their providers, so that the same answers always give the same list."""

    def merit(offer: ImageCandidate) -> tuple[int, int]:
        area = offer.width * offer.height
        return (offer.likes, area) if sort == "likes" else (area, offer.likes)

    return sorted(offers, key=merit, reverse=True)
