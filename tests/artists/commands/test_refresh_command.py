"""`manage.py refresh`: artists by name, or all that were never asked about; the exit code tells the truth."""

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from pytest_django.fixtures import Settings

from artists.models import Artist
from artists.services.locks import lock_artist
from tests.artists.providers.answers import MBID, OTHER_MBID
from tests.artists.services.providers.house import Fakes, small_world
from tests.builders import make_artist, make_library


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, settings: Settings, db: None) -> Iterator[Fakes]:
    """MusicBrainz and Wikipedia know Mara Field."""
    with small_world(monkeypatch, settings) as answering:
        answering.answers["musicbrainz", "/artist"] = {"provider_id": MBID, "name": "Mara Field", "origin": "Leipzig"}
        answering.answers["wikipedia", "/artist"] = {"name": "Mara Field"}
        answering.answers["audiodb", "/artist"] = {"name": "Mara Field"}
        yield answering


@pytest.fixture
def mara() -> Artist:
    return make_artist("Mara Field", musicbrainz_id=MBID)


def run(*arguments: str) -> tuple[int, list[dict[str, Any]]]:
    """Exit code and lines."""
    out, code = io.StringIO(), 0
    try:
        call_command("refresh", *arguments, "--json", stdout=out)
    except SystemExit as end:
        code = int(end.code or 0)
    return code, [json.loads(line) for line in out.getvalue().splitlines()]


@pytest.mark.parametrize("how", ["id", "mbid", "name"])
def test_an_artist_is_refreshed_by_id_by_mbid_and_by_name(mara: Artist, how: str) -> None:
    code, (line,) = run({"id": str(mara.pk), "mbid": MBID.upper(), "name": "mara field"}[how])
    mara.refresh_from_db()
    assert (code, mara.origin) == (0, "Leipzig")
    assert "origin" in line["changed"]


def test_a_provider_that_does_not_answer_is_named_and_told_by_the_exit_code(mara: Artist, fakes: Fakes) -> None:
    fakes.answers["wikipedia", "/artist"] = 404
    assert run("Mara Field")[0] == 0
    fakes.answers["wikipedia", "/artist"] = 400
    code, (line,) = run("Mara Field")
    assert (code, list(line["down"])) == (1, ["wikipedia"])


def test_a_file_that_could_not_follow_is_told_by_the_exit_code(mara: Artist, tmp_path: Path) -> None:
    (tmp_path / "Mara Field").mkdir()
    (tmp_path / "Mara Field" / "artist.nfo").write_text("https://musicbrainz.org/artist/1")
    Artist.objects.update(path=str(tmp_path / "Mara Field"))
    mara.libraries.add(make_library(path=tmp_path))
    code, (line,) = run("Mara Field")
    assert (code, line["changed"] != [], "cannot be merged" in line["warning"]) == (1, True, True)


def test_an_artist_without_an_mbid_is_not_refreshed_and_the_others_are(mara: Artist) -> None:
    nobody = make_artist("Nobody")
    code, lines = run(str(nobody.pk), str(mara.pk))
    assert code == 1
    assert [line["problem"] for line in lines] == ["it has no MusicBrainz ID", ""]


def test_all_that_were_never_answered_about_are_asked_once(mara: Artist) -> None:
    lock_artist(make_artist("Locked", musicbrainz_id=OTHER_MBID))
    make_artist("Nobody")
    assert [line["name"] for line in run("--all-missing")[1]] == ["Mara Field"]
    assert run("--all-missing") == (0, [])


def test_an_unknown_or_ambiguous_artist_is_refused_before_anybody_is_asked(mara: Artist, fakes: Fakes) -> None:
    make_artist("Mara Field")
    for names, reason in ((["Mara Field"], "several"), (["Mara"], "not found"), ([], "name artists")):
        with pytest.raises(CommandError, match=reason):
            run(*names)
    assert fakes.asked == []


def test_people_read_a_sentence(mara: Artist) -> None:
    out = io.StringIO()
    call_command("refresh", "Mara Field", stdout=out)
    assert "Mara Field: " in out.getvalue()
    assert "origin" in out.getvalue()
