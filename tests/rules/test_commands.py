"""The commands evaluate and violations: the same verbs on a terminal."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from rules.services.evaluation import evaluate
from tests.builders import make_artist

pytestmark = pytest.mark.django_db


def said(*words: str) -> str:
    out = StringIO()
    call_command(*words, stdout=out)
    return out.getvalue()


def test_evaluate_says_what_it_did() -> None:
    make_artist()
    assert said("evaluate", "--rule", "bio_exists") == (
        "Looked at 1 of 1 artists: 1 rules broken, 1 new findings, 0 resolved.\n"
    )
    assert json.loads(said("evaluate", "--all", "--json"))["processed"] == 1


def test_an_unknown_rule_ends_with_its_reason() -> None:
    with pytest.raises(CommandError, match="rule not found"):
        said("evaluate", "--rule", "shoe_size")
    with pytest.raises(CommandError, match="rule not found"):
        said("violations", "--rule", "shoe_size")
    with pytest.raises(CommandError, match="status must be one of"):
        said("violations", "--status", "odd")


def test_violations_in_three_shapes() -> None:
    make_artist("=Mara")
    evaluate(["bio_exists", "nfo_has_mbid"])
    assert said("violations").splitlines()[0] == "error   =Mara: There is no MusicBrainz ID. (nfo_has_mbid, 0m)"
    assert json.loads(said("violations", "--json", "--rule", "bio_exists"))["severity"] == "warning"
    assert said("violations", "--csv", "--severity", "error").splitlines()[1].startswith("'=Mara,")
