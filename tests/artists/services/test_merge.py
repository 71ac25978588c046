"""Two artists become one: rows, files and history; what speaks against it; and all of it back again."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.forms.models import model_to_dict

from artists.models import Alias, Artist, Library, Membership, Merge, MetadataChange, Operation, ProviderRecord
from artists.services import file_changes, operations
from artists.services.editing import set_field
from artists.services.merging import merging
from artists.services.merging.merging import finish_merges, merge, plan_merges
from artists.services.undo import undo, undo_group
from rules.models import RuleSetting, Violation
from stillwater.errors import Conflict, StillwaterError, Unprocessable
from tests.builders import make_artist, make_image, make_library

ONE, OTHER = "b9545342-1e6d-4dae-84ac-013374ad8d7c", "a9545342-1e6d-4dae-84ac-013374ad8d7c"


@pytest.fixture
def loser(library: Library) -> Artist:
    folder = Path(library.path) / "Field, Mara"
    (folder / "Second Album").mkdir(parents=True)
    (folder / "Second Album" / "1.flac").write_bytes(b"sound")
    (folder / "artist.nfo").write_bytes(b"<artist><name>Field, Mara</name></artist>")
    (folder / "logo.png").write_bytes(b"logo")
    (folder / "notes.txt").write_bytes(b"notes")
    artist = make_artist("Field, Mara", library=library, path=str(folder), discogs_id="77", musicbrainz_id=ONE)
    make_image(artist, kind="logo", file_name="logo.png")
    Alias.objects.create(artist=artist, alias="M. Field")
    return artist


def disk(library: Library) -> dict[str, bytes | None]:
    root = Path(library.path)
    return {str(path.relative_to(root)): path.read_bytes() if path.is_file() else None for path in root.rglob("*")}


def rows(*names: str) -> list[dict[str, Any]]:
    """Everything that a person decides, told without the moments of the last look."""
    keys = ("name", "path", "discogs_id", "musicbrainz_id", "biography", "folder_album_count")
    return [
        {
            **{key: getattr(artist, key) for key in keys},
            "aliases": sorted(artist.aliases.values_list("alias", flat=True)),
            "images": [model_to_dict(image, ("kind", "slot", "file_name")) for image in artist.images.all()],
            "members": artist.members.count(),
            "libraries": sorted(artist.libraries.values_list("name", flat=True)),
            "history": artist.operations.filter(source="manual", merge=None, undone_at=None).count(),
        }
        for artist in Artist.objects.order_by("pk")
    ]


class TestMerging:
    def test_what_the_survivor_lacks_moves_to_it_with_the_albums(
        self, artist: Artist, loser: Artist, library: Library
    ) -> None:
        merge(artist, [loser])
        (left,) = Artist.objects.all()
        assert (left.pk, left.discogs_id, left.musicbrainz_id, left.biography) == (artist.pk, "77", ONE, "Old words.")
        assert sorted(left.aliases.values_list("alias", flat=True)) == ["Field, Mara", "M. Field"]
        assert [image.file_name for image in left.images.all()] == ["logo.png"]
        assert disk(library) == {
            "Mara Field": None,
            "Mara Field/Second Album": None,
            "Mara Field/Second Album/1.flac": b"sound",
            "Mara Field/logo.png": b"logo",
            "Mara Field/notes.txt": b"notes",
        }

    def test_all_of_it_comes_back(self, artist: Artist, loser: Artist, library: Library) -> None:
        set_field(loser, "biography", "Of the loser.")
        (Path(artist.path) / "artist.nfo").write_bytes(b"<artist><name>Mara Field</name></artist>")
        before, files = rows(), disk(library)
        done = merge(artist, [loser])
        result = undo_group(done.group)
        assert (rows(), disk(library), result.refused) == (before, files, [])

    def test_the_dry_run_tells_what_would_move_and_moves_nothing(
        self, artist: Artist, loser: Artist, library: Library
    ) -> None:
        before, files = rows(), disk(library)
        (plan,) = plan_merges(artist, [loser])
        assert [new.name for _old, new in plan.moves] == ["Second Album", "logo.png", "notes.txt"]
        assert [path.name for path in plan.removals] == ["artist.nfo"]
        assert (plan.values, plan.aliases) == ({"musicbrainz_id": ONE, "discogs_id": "77"}, ["Field, Mara", "M. Field"])
        assert (rows(), disk(library), Operation.objects.count()) == (before, files, 0)

    def test_what_the_survivor_has_is_kept(self, artist: Artist, loser: Artist) -> None:
        Artist.objects.filter(pk=artist.pk).update(discogs_id="1")
        artist.refresh_from_db()
        merge(artist, [loser])
        assert Artist.objects.get().discogs_id == "1"

    def test_ids_links_and_history_of_an_artist_without_a_folder_move(self, artist: Artist) -> None:
        server = make_library("Emby")
        loser = make_artist("Mara F.", library=server)
        ProviderRecord.objects.create(artist=loser, provider="lastfm", external_id="x")
        set_field(loser, "deezer_id", "12")
        rule = RuleSetting.objects.first()
        finding = Violation.objects.create(
            rule=rule, artist=loser, artist_name="x", severity="error", rank=3, category="nfo", message="m"
        )
        done = merge(artist, [loser])
        artist.refresh_from_db()
        assert artist.deezer_id == "12"
        assert artist.provider_records.get().external_id == "x"
        assert Membership.objects.filter(artist=artist, library=server).exists()
        assert (
            MetadataChange.objects.filter(field="deezer_id", operation__summary="Changed deezer id").get().artist
            == artist
        )
        assert Violation.objects.get(pk=finding.pk).artist == artist
        undo_group(done.group)
        assert Violation.objects.get(pk=finding.pk).artist == loser

    def test_a_change_of_the_loser_is_not_taken_back_from_the_survivor(self, artist: Artist, loser: Artist) -> None:
        change = set_field(loser, "origin", "Leipzig")
        merge(artist, [loser])
        assert change.operation is not None
        with pytest.raises(Conflict, match="become part of another artist since"):
            undo(change.operation.pk)


class TestRefusals:
    def test_one_album_in_both_folders_is_refused_with_the_list(
        self, artist: Artist, loser: Artist, library: Library, folder: Path
    ) -> None:
        (folder / "second album").mkdir()
        before, files = rows(), disk(library)
        with pytest.raises(Conflict, match="both folders have: Second Album"):
            merge(artist, [loser])
        assert (rows(), disk(library)) == (before, files)

    def test_different_musicbrainz_ids_are_two_artists(self, artist: Artist, loser: Artist) -> None:
        Artist.objects.filter(pk=artist.pk).update(musicbrainz_id=OTHER)
        artist.refresh_from_db()
        with pytest.raises(Conflict, match="different MusicBrainz IDs"):
            merge(artist, [loser], override=True)

    def test_different_disambiguations_need_a_second_word(self, artist: Artist, loser: Artist) -> None:
        for each, text in ((artist, "UK"), (loser, "US")):
            Artist.objects.filter(pk=each.pk).update(disambiguation=text)
            each.refresh_from_db()
        with pytest.raises(Conflict, match="told apart by: UK, US"):
            merge(artist, [loser])
        merge(artist, [loser], override=True)
        assert Artist.objects.count() == 1

    @pytest.mark.parametrize("which", [0, 1])
    def test_locked_artists_are_left_alone(self, artist: Artist, loser: Artist, which: int) -> None:
        locked = (artist, loser)[which]
        locked.locked, locked.locked_at = True, locked.created_at
        locked.save()
        with pytest.raises(Conflict, match=f"{locked.name}: artist is locked"):
            merge(artist, [loser])

    def test_an_artist_is_not_merged_with_itself_or_nobody(self, artist: Artist) -> None:
        for losers in ([], [artist]):
            with pytest.raises(Unprocessable):
                merge(artist, losers)

    def test_losers_that_clash_with_each_other_are_refused_before_anything_moves(
        self, artist: Artist, loser: Artist, library: Library
    ) -> None:
        second = Path(library.path) / "MF"
        (second / "Second Album").mkdir(parents=True)
        other = make_artist("MF", library=library, path=str(second))
        files = disk(library)
        with pytest.raises(Conflict, match="more than one folder has: second album"):
            merge(artist, [loser, other])
        assert disk(library) == files


class TestTrouble:
    def test_a_folder_that_cannot_be_removed_leaves_everything(
        self, artist: Artist, loser: Artist, library: Library, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before, files = rows(), disk(library)
        real = os.rmdir

        def rmdir(name: Any, **options: Any) -> None:
            if "Field, Mara" in str(name):
                raise PermissionError(13, "not permitted")
            real(name, **options)

        monkeypatch.setattr(os, "rmdir", rmdir)
        with pytest.raises(StillwaterError):
            merge(artist, [loser])
        assert (rows(), disk(library), Operation.objects.count(), Merge.objects.count()) == (before, files, 0, 0)

    @pytest.mark.parametrize("step", range(8))
    def test_a_merge_that_is_killed_at_any_step_is_finished_later_and_comes_back_whole(
        self, artist: Artist, loser: Artist, library: Library, monkeypatch: pytest.MonkeyPatch, step: int
    ) -> None:
        before, files = rows(), disk(library)
        with monkeypatch.context() as patch:
            _kill_at(patch, step)
            with pytest.raises(Killed):
                merge(artist, [loser])
        assert Artist.objects.count() == 2
        finish_merges()
        if Artist.objects.count() == 2:  # killed before anything was written
            assert (rows(), disk(library)) == (before, files)
            merge(artist, [loser])
        assert [name for name in disk(library) if name.startswith("Field")] == []
        assert disk(library)["Mara Field/Second Album/1.flac"] == b"sound"
        assert Artist.objects.get().discogs_id == "77"
        groups = {operation.group for operation in Operation.objects.filter(undone_at=None)}
        for group in groups:
            assert undo_group(group).refused == []
        assert (rows(), disk(library)) == (before, files)


class Killed(BaseException):
    """No step of ours may catch it and tidy up: the process is gone."""


def _kill_at(patch: pytest.MonkeyPatch, step: int) -> None:
    """After so many of: the plan's record, the files' record, each file, the rows."""
    told: Iterator[int] = iter(range(100))

    def dying(real: Any) -> Any:
        def act(*args: Any, **options: Any) -> Any:
            if next(told) == step:
                raise Killed
            return real(*args, **options)

        return act

    patch.setattr(merging, "_collect", dying(merging._collect))
    patch.setattr(operations, "_record_files", dying(operations._record_files))
    patch.setattr(file_changes, "_apply", dying(file_changes._apply))
    patch.setattr(file_changes, "restore", lambda prepared: None)
    patch.setattr(merging, "fold", dying(merging.fold))
