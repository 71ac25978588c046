"""What decides how rules judge has changed: checking what changed since finds what checking everybody would."""

from collections.abc import Callable

import pytest
from pytest_django import DjangoCaptureOnCommitCallbacks

from artists.models import Artist
from artists.services.libraries import change_library
from rules.models import RuleSetting, Status, Violation
from rules.services.evaluation import evaluate
from rules.services.rules import set_classical_mode, update_rule
from rules.services.violations import resolve
from stillwater.models import User
from stillwater.services.options import change_options, forget_options
from stillwater.services.preferences import change_preference
from tests.builders import make_artist, make_library

pytestmark = pytest.mark.django_db

SKIP = {"rule.classical_mode": "skip"}


@pytest.fixture(autouse=True)
def rules() -> None:
    RuleSetting.objects.update(enabled=False)
    RuleSetting.objects.filter(pk__in=["bio_exists", "origin_missing", "name_language_pref"]).update(enabled=True)


def findings() -> list[tuple[str, str]]:
    return sorted(Violation.objects.values_list("rule", "status"))


def test_a_rule_that_is_switched_off_no_longer_weighs_in_the_health() -> None:
    artist = make_artist(origin="Leipzig")
    evaluate()
    update_rule("bio_exists", enabled=False)
    evaluate()
    artist.refresh_from_db()
    assert artist.health_score == 100


def test_what_a_person_called_mended_is_looked_at_again() -> None:
    make_artist(origin="Leipzig")
    evaluate()
    resolve(Violation.objects.get().pk)
    assert evaluate().opened == 1


def test_a_library_that_becomes_classical_loses_its_findings() -> None:
    library = make_library()
    make_artist(library=library, origin="Leipzig")
    evaluate()
    change_library(library, {"type": "classical"})
    assert evaluate().resolved == 1
    change_library(library, {"type": "regular"})
    assert evaluate().opened == 1


@pytest.mark.parametrize("forget", [lambda: change_options(SKIP), lambda: forget_options(SKIP)])
def test_the_classical_mode_whichever_door_sets_it(
    forget: Callable[[], object], django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_artist(origin="Leipzig", is_classical=True)
    with django_capture_on_commit_callbacks(execute=True):
        set_classical_mode("performer")
    assert evaluate().opened == 1
    with django_capture_on_commit_callbacks(execute=True):
        forget()
    evaluate()
    assert findings() == [("bio_exists", Status.RESOLVED)]


@pytest.mark.parametrize("english", ['["en"]', "[]"])
def test_the_preferred_languages(
    administrator: User, english: str, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    make_artist("Кино", sort_name="Кино", origin="Leningrad", biography="Sang for many years.")
    change_preference(administrator, "metadata_languages", '["ru"]')
    assert evaluate().opened == 0
    with django_capture_on_commit_callbacks(execute=True):
        change_preference(administrator, "metadata_languages", english)
    assert evaluate().opened == 1
    assert Artist.objects.get().health_score < 100
