"""Every rule of the catalogue finds the artist that breaks it, says why, and is quiet about the other."""

import pytest

from rules.catalogue import RULES
from rules.models import RuleSetting, Violation
from rules.services.evaluation import evaluate
from rules.services.rules import update_rule
from stillwater.models import User
from tests.rules.cases import CASES, Case, build
from tests.rules.narrow_cases import NARROW_CASES

ALL = (*CASES, *NARROW_CASES)
NAMES = [f"{number}-{case.rule}" for number, case in enumerate(ALL)]


@pytest.fixture(autouse=True)
def english(administrator: User) -> None:
    """The rule on scripts asks the first administrator, who prefers English unless she says otherwise."""


def only(case: Case) -> None:
    RuleSetting.objects.update(enabled=False)
    RuleSetting.objects.filter(pk=case.rule).update(enabled=True)
    update_rule(case.rule, config=case.config)


@pytest.mark.parametrize("case", ALL, ids=NAMES)
def test_the_artist_that_breaks_a_rule_gets_its_sentence(case: Case) -> None:
    only(case)
    artist = build(case.breaks, case.pictures)
    if case.others:
        case.others()
    evaluate(artists=[artist.pk])
    found = Violation.objects.get(artist=artist)
    assert (found.rule_id, found.message) == (case.rule, case.sentence)
    artist.refresh_from_db()
    assert artist.health_score == 0


@pytest.mark.parametrize("case", ALL, ids=NAMES)
def test_the_artist_that_keeps_a_rule_gets_no_finding(case: Case) -> None:
    only(case)
    artist = build(case.keeps, case.good_pictures)
    if case.others:
        case.others()
    evaluate(artists=[artist.pk])
    assert not Violation.objects.filter(artist=artist).exists()
    artist.refresh_from_db()
    assert artist.health_score == 100


def test_every_rule_is_in_the_table() -> None:
    assert {rule.id for rule in RULES} == {case.rule for case in CASES}


@pytest.mark.parametrize("case", ALL, ids=NAMES)
def test_a_finding_has_the_severity_that_was_configured(case: Case) -> None:
    only(case)
    update_rule(case.rule, config={**case.config, "severity": "info"})
    artist = build(case.breaks, case.pictures)
    if case.others:
        case.others()
    evaluate(artists=[artist.pk])
    assert Violation.objects.values_list("severity", "rank").get(artist=artist) == ("info", 1)


def test_words_are_there_for_everybody() -> None:
    for rule in RULES:
        assert rule.name
        assert rule.description.endswith(".")
        assert rule.doc.endswith(".")
        assert len({setting.key for setting in rule.settings}) == len(rule.settings)
