"""What a person may edit, rename, lock; and what is refused, with which words."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from artists.models import Artist, ArtistImage, Library, MetadataChange
from artists.services.aliases import add_alias, remove_alias
from artists.services.editing import clear_field, clear_members, exclude, include, set_field, set_members
from artists.services.history import HistoryFilter, history, parse_moment, revert
from artists.services.locks import lock_artist, lock_field, lock_image, unlock_artist, unlock_field, unlock_image
from artists.services.operations import operation
from artists.services.renaming import rename_directory
from stillwater.errors import Conflict, Invalid, Locked, NotFound
from tests.builders import make_artist, make_image


class TestFields:
    def test_a_list_comes_as_text_with_commas(self, artist: Artist) -> None:
        set_field(artist, "genres", " Folk,Jazz , folk,, ")
        assert Artist.objects.get().genres == ["Folk", "Jazz"]

    def test_clearing_empties_the_field_but_never_the_name(self, artist: Artist) -> None:
        clear_field(artist, "biography")
        assert Artist.objects.get().biography == ""
        with pytest.raises(Invalid, match="name cannot be cleared"):
            clear_field(artist, "name")

    def test_a_locked_field_is_not_edited_and_says_so(self, artist: Artist) -> None:
        lock_field(artist, "biography")
        for edit in (lambda: set_field(artist, "biography", "x"), lambda: clear_field(artist, "biography")):
            with pytest.raises(Locked, match="field is locked"):
                edit()
        unlock_field(artist, "biography")
        set_field(artist, "biography", "x")

    def test_control_characters_and_breaks_do_not_survive(self, artist: Artist) -> None:
        set_field(artist, "origin", "Leip\x00zig,\r\nGermany\x1b")
        set_field(artist, "biography", "One\r\nTwo\x07")
        artist.refresh_from_db()
        assert (artist.origin, artist.biography) == ("Leipzig, Germany", "One\nTwo")

    def test_too_much_is_refused_in_words(self, artist: Artist) -> None:
        with pytest.raises(Invalid, match="origin is longer than 300 characters"):
            set_field(artist, "origin", "x" * 301)


class TestMembers:
    def test_members_are_replaced_wholesale_and_in_order(self, artist: Artist) -> None:
        set_members(artist, [{"member_name": "Ada"}, {"member_name": "Bo", "is_original_member": True}])
        set_members(artist, [{"member_name": "Cy"}, {"member_name": "Ada", "instruments": ["oboe", "Oboe"]}])
        assert [(member.member_name, member.instruments) for member in artist.members.all()] == [
            ("Cy", []),
            ("Ada", ["oboe"]),
        ]
        clear_members(artist)
        assert not artist.members.exists()

    def test_a_member_needs_a_name_and_locked_members_stay(self, artist: Artist) -> None:
        with pytest.raises(Invalid):
            set_members(artist, [{"member_name": " "}])
        set_members(artist, [{"member_name": "Ada"}])
        lock_field(artist, "members")
        with pytest.raises(Locked):
            clear_members(artist)
        assert artist.members.count() == 1


class TestRename:
    @pytest.mark.parametrize(
        "name", ["", " ", ".", "..", "a/b", "a\\b", "../x", "x\n", "dots..", "end ", "CON", "x" * 256, ".hidden", "a:b"]
    )
    def test_names_that_no_folder_should_have_are_refused(self, artist: Artist, folder: Path, name: str) -> None:
        with pytest.raises(Invalid):
            rename_directory(artist, name)
        assert folder.is_dir()

    def test_the_folder_and_the_row_move_together(self, artist: Artist, folder: Path) -> None:
        (folder / "folder.jpg").write_bytes(b"x")
        rename_directory(artist, "Field, Mara")
        artist.refresh_from_db()
        assert Path(artist.path) == folder.with_name("Field, Mara")
        assert (Path(artist.path) / "folder.jpg").exists()
        assert not artist.folder_fits

    def test_a_change_of_case_alone_works(self, artist: Artist, folder: Path) -> None:
        rename_directory(artist, "MARA FIELD")
        assert [path.name for path in folder.parent.iterdir()] == ["MARA FIELD"]

    def test_refusals(self, artist: Artist, folder: Path, library: Library) -> None:
        with pytest.raises(Invalid, match="already has this name"):
            rename_directory(artist, "Mara Field")
        folder.with_name("Taken").mkdir()
        with pytest.raises(Conflict, match="already exists"):
            rename_directory(artist, "Taken")
        ghost = make_artist("Ghost", path=str(folder.with_name("Ghost")))
        with pytest.raises(Conflict, match="another artist") as refusal:
            rename_directory(artist, "Ghost")
        assert refusal.value.details == [f"artist {ghost.pk}, Ghost: merge the two instead"]
        Library.objects.filter(pk=library.pk).update(shared_fs_status="suspected")
        with pytest.raises(Conflict, match="shared"):
            rename_directory(artist, "New")
        Library.objects.filter(pk=library.pk).update(shared_fs_status="")
        lock_artist(artist)
        with pytest.raises(Locked):
            rename_directory(artist, "New")
        with pytest.raises(Conflict, match="no path"):
            rename_directory(make_artist("Pathless"), "New")
        assert folder.is_dir()

    def test_a_name_that_scans_exclude_is_refused_unless_the_artist_is_excluded_already(
        self, artist: Artist, folder: Path, settings: LazySettings
    ) -> None:
        settings.STILLWATER_SCANNER_EXCLUSIONS = ["Karaoke"]
        for name, listed in (("Various Artists", "default exclusion list"), ("karaoke", "exclusion list")):
            with pytest.raises(Invalid, match=f"the name is on the {listed}"):
                rename_directory(artist, name)
        assert folder.is_dir()
        Artist.objects.update(is_excluded=True)
        artist.refresh_from_db()
        rename_directory(artist, "Various Artists")
        assert folder.with_name("Various Artists").is_dir()

    def test_a_folder_that_is_not_there_is_not_renamed(self, artist: Artist, folder: Path) -> None:
        folder.rmdir()
        with pytest.raises(Conflict, match="not there"):
            rename_directory(artist, "New")


class TestLocks:
    def test_locking_twice_and_unlocking_twice_is_a_conflict(self, artist: Artist) -> None:
        with pytest.raises(Conflict):
            unlock_artist(artist)
        lock_artist(artist)
        assert (artist.locked, artist.lock_source) == (True, "user")
        assert artist.locked_at is not None
        with pytest.raises(Conflict):
            lock_artist(artist)
        unlock_artist(artist)
        artist.refresh_from_db()
        assert (artist.locked, artist.lock_source, artist.locked_at) == (False, "", None)

    def test_only_fields_that_exist_are_lockable(self, artist: Artist) -> None:
        with pytest.raises(NotFound):
            lock_field(artist, "health_score")
        lock_field(artist, " Biography ")
        lock_field(artist, "members")
        lock_field(artist, "members")
        assert Artist.objects.get().locked_fields == ["biography", "members"]

    def test_images_are_locked_one_by_one(self, artist: Artist) -> None:
        image, other = make_image(artist), make_image(make_artist("Other"))
        lock_image(artist, image.pk)
        assert ArtistImage.objects.get(pk=image.pk).locked
        with pytest.raises(NotFound):
            lock_image(artist, other.pk)
        unlock_image(artist, image.pk)
        assert not ArtistImage.objects.get(pk=image.pk).locked


class TestAliasesAndExclusion:
    def test_an_alias_is_found_by_searching_and_known_once(self, artist: Artist) -> None:
        first = add_alias(artist, "  Mára  ", origin="musicbrainz")
        assert (first.alias, first.source) == ("Mára", "musicbrainz")
        assert add_alias(artist, "MÁRA").pk == first.pk
        assert "mara" in Artist.objects.get().search_text.splitlines()
        remove_alias(artist, first.pk)
        assert Artist.objects.get().search_text == "mara field"
        with pytest.raises(NotFound):
            remove_alias(artist, first.pk)
        with pytest.raises(Invalid):
            add_alias(artist, " ")

    def test_a_person_decides_about_exclusion(self, artist: Artist) -> None:
        exclude(artist, reason="a compilation")
        artist.refresh_from_db()
        assert (artist.is_excluded, artist.exclusion_by_hand, artist.exclusion_reason) == (True, True, "a compilation")
        with pytest.raises(Conflict):
            exclude(artist)
        include(artist)
        assert (artist.is_excluded, artist.exclusion_by_hand) == (False, True)


class TestHistory:
    def test_filters_by_field_source_and_day(self, artist: Artist) -> None:
        for source, value in (("manual", "a"), ("provider:lastfm", "b"), ("provider:audiodb", "c"), ("rule:x", "d")):
            with operation(artist, source=source) as change:
                change.set("origin", value)
        with operation(artist) as change:
            change.set("genres", "Folk")

        def found(**wanted) -> list[object]:
            return [entry.new_value for entry in history(HistoryFilter(artist_id=artist.pk, **wanted))]

        assert found(fields=("origin",)) == ["d", "c", "b", "a"]
        assert found(sources=("provider:*",)) == ["c", "b"]
        assert found(sources=("provider:lastfm", "rule:x")) == ["d", "b"]
        MetadataChange.objects.update(created_at=parse_moment("2026-03-04T23:59:59.5"))
        assert len(found(since=parse_moment("2026-03-04"), until=parse_moment("2026-03-04", end_of_day=True))) == 5
        assert found(until=parse_moment("2026-03-03", end_of_day=True)) == []
        with pytest.raises(Invalid):
            parse_moment("yesterday")

    def test_an_unknown_wildcard_like_percent_is_taken_literally(self, artist: Artist) -> None:
        set_field(artist, "origin", "a")
        assert not history(HistoryFilter(sources=("%*",))).exists()

    def test_a_revert_restores_an_old_value_and_is_itself_kept(self, artist: Artist, folder: Path) -> None:
        (folder / "artist.nfo").write_bytes(b"<artist><name>Mara Field</name></artist>")
        set_field(artist, "biography", "Second.")
        first = MetadataChange.objects.get()
        set_field(artist, "biography", "Third.")
        revert(first.pk)
        assert Artist.objects.get().biography == "Old words."
        assert "Old words." in (folder / "artist.nfo").read_text()
        latest = MetadataChange.objects.first()
        assert latest is not None
        assert (latest.source, latest.old_value) == ("revert", "Third.")
        with pytest.raises(Invalid):
            revert(latest.pk)

    def test_only_fields_are_reverted(self, artist: Artist) -> None:
        lock_artist(artist)
        with pytest.raises(Invalid):
            revert(MetadataChange.objects.get(field="locked").pk)
        with pytest.raises(NotFound):
            revert(0)
