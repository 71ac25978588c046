"""Offers of a moment ago are taken as they were; failures are forgotten sooner, and nothing torn is believed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import settings as configuration

from artists.providers.answers import ImageCandidate
from artists.services.pictures.recent_offers import FAILURE_SECONDS, KEEP_SECONDS, Answer, RecentOffers

OFFER = ImageCandidate("audiodb", "thumb", "https://pictures.example.org/1.jpg", likes=3, width=500, height=500)
QUESTION = ("audiodb", "key", "images", "musicbrainz=1")


class Provider:
    """Counts how often it was asked."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.asked = 0

    def __call__(self) -> Answer:
        self.asked += 1
        return self.answers[min(self.asked, len(self.answers)) - 1]


@pytest.fixture
def now() -> list[float]:
    return [1000.0]


@pytest.fixture
def recent(now: list[float]) -> RecentOffers:
    return RecentOffers(configuration.STILLWATER_DATA / "offers", lambda: now[0])


def files(recent: RecentOffers) -> list[Path]:
    return [path for path in recent.folder.rglob("*") if path.is_file()]


def ask(recent: RecentOffers, provider: Callable[[], Answer], *, fresh: bool = False) -> Answer:
    return recent.answer(QUESTION, provider, fresh=fresh)


def test_the_second_question_is_answered_by_the_first(recent: RecentOffers) -> None:
    provider = Provider([OFFER], [])
    assert ask(recent, provider) == ask(recent, provider) == [OFFER]
    assert provider.asked == 1


def test_another_question_is_asked(recent: RecentOffers) -> None:
    provider = Provider([OFFER])
    ask(recent, provider)
    recent.answer((*QUESTION, "more"), provider, fresh=False)
    assert provider.asked == 2


def test_asked_anew_the_new_answer_counts_from_then_on(recent: RecentOffers) -> None:
    provider = Provider([OFFER], [])
    ask(recent, provider)
    assert ask(recent, provider, fresh=True) == []
    assert ask(recent, provider) == []
    assert provider.asked == 2


@pytest.mark.parametrize(("answer", "seconds"), [([OFFER], KEEP_SECONDS), (None, FAILURE_SECONDS)])
def test_it_holds_for_so_long_and_no_longer(
    recent: RecentOffers, now: list[float], answer: Answer, seconds: float
) -> None:
    provider = Provider(answer)
    ask(recent, provider)
    now[0] += seconds - 1
    ask(recent, provider)
    assert provider.asked == 1
    now[0] += 1
    ask(recent, provider)
    assert provider.asked == 2


def test_a_clock_that_was_set_back_and_a_torn_file_hold_nothing(recent: RecentOffers, now: list[float]) -> None:
    provider = Provider([OFFER])
    ask(recent, provider)
    now[0] -= 5
    ask(recent, provider)
    for content in (b"", b"{", b'{"at": 995, "offers": [{"surprise": 1}]}', b"[]"):
        files(recent)[0].write_bytes(content)
        ask(recent, provider)
    assert provider.asked == 6


def test_what_does_not_hold_any_more_is_swept(recent: RecentOffers) -> None:
    ask(recent, Provider([OFFER]))
    now = files(recent)[0].stat().st_mtime
    recent.clock = lambda: now + KEEP_SECONDS + 1
    assert (recent.sweep(), files(recent)) == (1, [])
