"""Asks several providers for pictures at once: what they offer, and who could not be asked, with the reason."""

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Literal

from artists.fields import IMAGE_KINDS
from artists.providers.answers import ImageCandidate
from artists.providers.base import Lookup, Provider
from artists.providers.errors import NothingFound, ProviderError
from artists.services.at_once import at_once
from artists.services.pictures.recent_offers import Answer, shared_offers
from stillwater.outbound import Budget

logger = logging.getLogger(__name__)

SILENT = "did not answer"
Recall = Literal["never", "may", "renew"]
"""An answer of a moment ago is not looked for (nor this one kept), is taken, or is replaced by a new one."""


@dataclass(frozen=True, slots=True)
class Offers:
    """`pictures` in the order of those who were asked; `down`: by provider why it could not be asked."""

    pictures: tuple[ImageCandidate, ...]
    down: Mapping[str, str]

    @property
    def errors(self) -> dict[str, str]:
        """The same in the words of the contract."""
        return {name: f"{name}: image fetch failed" for name in self.down}


@dataclass(frozen=True, slots=True)
class Question:
    """One question to one provider; `words` are what makes it another one."""

    provider: Provider
    words: tuple[str, ...]
    ask: Callable[[], list[ImageCandidate]]


def offered_pictures(
    providers: Iterable[Provider], lookup: Lookup, budget: Budget | None = None, *, recall: Recall = "never"
) -> Offers:
    """What those of them that have pictures offer. A session remembers its answers: text and pictures cost one call."""
    words = ("images", *sorted(f"{provider}={key}" for provider, key in lookup.ids.items()))
    able = (each for each in providers if each.spec.images & frozenset(IMAGE_KINDS))
    return offers_to([Question(each, words, partial(each.images, lookup)) for each in able], budget, recall=recall)


def offers_to(questions: Iterable[Question], budget: Budget | None, *, recall: Recall = "never") -> Offers:
    """Everybody at the same time. Whoever has nothing is fine; whoever fails, or is late, is named."""
    asked, reasons = {each.provider.spec.name: each for each in questions}, dict[str, str]()
    calls = {name: partial(_recent, question, reasons, recall) for name, question in asked.items()}
    answers = at_once(calls, None if budget is None else budget.left())
    label = {name: question.provider.spec.label for name, question in asked.items()}
    down = {name: f"{label[name]} {reasons.get(name, SILENT)}" for name in asked if answers.get(name) is None}
    return Offers(tuple(offer for name in asked for offer in answers.get(name) or ()), down)


def _recent(question: Question, reasons: dict[str, str], recall: Recall) -> Answer:
    """What is kept is looked for first; with another key the provider may have another answer."""
    ask = partial(_answer, question, reasons)
    if recall == "never":
        return ask()
    kept = (question.provider.spec.name, question.provider.session.key, *question.words)
    return shared_offers().answer(kept, ask, fresh=recall == "renew")


def _answer(question: Question, reasons: dict[str, str]) -> Answer:
    """None where nothing is known; then `reasons` says why."""
    name = question.provider.spec.name
    try:
        return question.ask()
    except NothingFound:
        return []
    except ProviderError as error:
        reasons[name] = error.message
    except Exception:
        logger.exception("%s failed in an unforeseen way", name)  # a fault of ours takes nobody else down
        reasons[name] = "failed in an unforeseen way"
    return None
