"""`fix`, `triage` and `undo`: the same verbs without a browser."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from artists.demo.server import FakeWorld
from artists.models import Artist, Operation
from rules.models import Status, Violation
from rules.services.evaluation import evaluate
from tests.rules.findings import finding_of

pytestmark = pytest.mark.django_db


def said(*words: str) -> tuple[int, str]:
    """Exit code and output."""
    out = StringIO()
    try:
        call_command(*words, stdout=out, stderr=StringIO())
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


@pytest.fixture
def nfo(mara: Artist) -> Path:
    evaluate()
    return Path(mara.path) / "artist.nfo"


def test_a_dry_run_tells_what_would_be_done_and_asks_nobody(nfo: Path, world: FakeWorld) -> None:
    code, told = said("fix", "--all", "--dry-run", "--json")
    plans = {line["rule"]: line["would"] or line["code"] for line in map(json.loads, told.splitlines())}
    assert (code, plans["nfo_exists"]) == (0, "Write artist.nfo from what is stored here")
    assert (plans["thumb_exists"], world.recorder.questions, nfo.exists()) == ("no_id", [], False)


def test_one_finding_is_fixed_and_taken_back(nfo: Path) -> None:
    code, told = said("fix", str(finding_of("nfo_exists").pk), "--json")
    assert (code, json.loads(told)["status"], nfo.exists()) == (0, "fixed", True)
    said("undo", json.loads(told)["undo"])
    assert (nfo.exists(), finding_of("nfo_exists").status) == (False, Status.OPEN)


def test_what_could_not_be_fixed_is_told_by_the_exit_code(nfo: Path) -> None:
    code, told = said("fix", str(finding_of("bio_exists").pk))
    assert code == 1
    assert "artist has no MusicBrainz ID" in told


def test_a_rules_worth_is_a_run_that_is_taken_back_whole(nfo: Path) -> None:
    code, told = said("fix", "--rule", "nfo_exists", "--json")
    assert (code, json.loads(told)["fixed"]) == (0, 1)
    code, told = said("undo", "--run", str(Operation.objects.get().group))
    assert (code, told.strip(), nfo.exists()) == (0, "1 taken back", False)


def test_the_list_says_what_waits_the_worst_first(nfo: Path) -> None:
    _code, told = said("triage", "--list", "--json")
    lines = [json.loads(line) for line in told.splitlines()]
    assert lines[0]["severity"] == "error"
    assert len(lines) == Violation.objects.count()


def test_a_candidate_that_there_is_not_is_refused(nfo: Path) -> None:
    with pytest.raises(CommandError, match="there are 0 candidates"):
        said("triage", str(finding_of("thumb_exists").pk), "--choose", "1")


@pytest.mark.parametrize("words", [("fix",), ("undo",), ("triage",), ("undo", "--run", "x"), ("fix", "999999")])
def test_nothing_is_done_by_accident(words: tuple[str, ...]) -> None:
    with pytest.raises(CommandError):
        said(*words)
