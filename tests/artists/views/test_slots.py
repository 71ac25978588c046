"""The slots of the artist page: everything by plain forms, with a strip that takes it back; htmx swaps in place."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from django.test import Client

from artists.models import Artist
from artists.sample import odd_encodings as odd
from artists.services.gates import join_guard, leave_guard
from artists.services.pictures.saving import Origin, save_picture
from stillwater.errors import WriteBlocked
from tests.artists.views.workbench import artist_with_folder, file_of, jpeg, on_page, posted, stored, strip_of


@pytest.fixture
def artist(tmp_path: Path, db: None) -> Artist:
    return artist_with_folder(tmp_path)


def content(artist: Artist) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in Path(artist.path).iterdir()}


def place(artist: Artist, kind: str, verb: str) -> str:
    return f"/artists/{artist.pk}/pictures/{kind}/{verb}"


class TestPlainForms:
    def test_an_upload_leads_back_to_the_slots_and_can_be_taken_back(
        self, operator_client: Client, artist: Artist
    ) -> None:
        sent = {"file": file_of(jpeg(600, 600)), "back": "artist"}
        said = operator_client.post(place(artist, "thumb", "upload"), sent)
        assert said.status_code == 302
        assert said.headers["Location"].startswith(f"/artists/{artist.pk}?saved=")
        assert said.headers["Location"].endswith("#artwork")
        text = operator_client.get(said.headers["Location"]).content.decode()
        assert "Saved a thumb" in text
        assert "hand-picked" in text
        assert "Taken back." in posted(operator_client, strip_of(text))
        assert content(artist) == {}

    def test_a_lock_holds_and_is_let_go(self, operator_client: Client, artist: Artist) -> None:
        stored(artist, "thumb")
        for verb, locked in (("unlock", False), ("lock", True)):
            posted(operator_client, place(artist, "thumb", verb), back="artist")
            assert artist.images.get().locked is locked

    def test_a_picture_is_deleted_and_comes_back(self, operator_client: Client, artist: Artist) -> None:
        before = stored(artist, "thumb")
        text = posted(operator_client, place(artist, "thumb", "remove"), back="artist")
        assert content(artist) == {}
        posted(operator_client, strip_of(text))
        assert content(artist) == {"folder.jpg": before}

    def test_the_previous_picture_and_the_present_one_change_places_byte_for_byte(
        self, operator_client: Client, artist: Artist
    ) -> None:
        first, second = stored(artist, "thumb", "first"), stored(artist, "thumb", "second")
        assert place(artist, "thumb", "previous") in operator_client.get(f"/artists/{artist.pk}").content.decode()
        for expected in (first, second):
            text = posted(operator_client, place(artist, "thumb", "previous"), back="artist")
            assert "Put the previous thumb back" in text
            assert content(artist) == {"folder.jpg": expected}

    def test_a_logo_without_a_border_says_that_there_is_nothing_to_cut_off(
        self, operator_client: Client, artist: Artist
    ) -> None:
        save_picture(artist, "logo", odd.saved(odd.scene((800, 310)), "PNG"), Origin("upload"))
        said = posted(operator_client, place(artist, "logo", "trim"), back="artist")
        assert "no empty border" in said

    def test_what_a_guard_holds_back_is_explained_and_nothing_changes(
        self, operator_client: Client, artist: Artist
    ) -> None:
        before = stored(artist, "thumb")

        def guard(axis: str, artists: Sequence[Artist]) -> dict[int, WriteBlocked]:
            return {each.pk: WriteBlocked("another server writes pictures") for each in artists if axis == "image"}

        join_guard(guard)
        try:
            text = posted(operator_client, place(artist, "thumb", "remove"), back="artist")
        finally:
            leave_guard(guard)
        assert "Nothing is changed: another server writes pictures." in text
        assert content(artist) == {"folder.jpg": before}

    @pytest.mark.parametrize("verb", ["lock", "unlock", "remove", "previous", "trim"])
    def test_a_slot_without_a_picture_is_no_fault(self, operator_client: Client, artist: Artist, verb: str) -> None:
        text = posted(operator_client, place(artist, "logo", verb), back="artist", slot="0")
        assert "Nothing is changed: " in text


class TestInPlace:
    def test_the_slots_the_head_and_the_history_follow(self, operator_client: Client, artist: Artist) -> None:
        sent = {"file": file_of(jpeg(600, 600)), "back": "artist"}
        answer = operator_client.post(place(artist, "thumb", "upload"), sent, headers=on_page(artist))
        text = answer.content.decode()
        assert text.lstrip().startswith('<section class="panel" id="artwork"')
        assert 'id="header"' in text
        assert 'id="history"' in text
        assert text.count('id="artwork"') == 1
        back = operator_client.post(strip_of(text), headers=on_page(artist))
        assert 'id="artwork"' in back.content.decode()
        assert not artist.images.filter(exists=True).exists()

    def test_another_shape_leads_to_the_page_that_cuts_it(self, operator_client: Client, artist: Artist) -> None:
        sent = {"file": file_of(jpeg(900, 600)), "back": "artist"}
        answer = operator_client.post(place(artist, "thumb", "upload"), sent, headers=on_page(artist))
        assert answer.headers["HX-Redirect"].startswith(f"/artists/{artist.pk}/pictures/thumb/crop?draft=")
        assert artist.images.count() == 0

    def test_a_refusal_is_a_toast_and_swaps_nothing(self, operator_client: Client, artist: Artist) -> None:
        answer = operator_client.post(place(artist, "thumb", "remove"), headers=on_page(artist))
        assert (answer.status_code, answer.headers["HX-Reswap"]) == (404, "none")


class TestBadges:
    def test_quality_is_told_in_words(self, operator_client: Client, artist: Artist) -> None:
        stored(artist, "thumb", size=(300, 200))
        artist.images.create(kind="logo", width=800, height=310, padding=0.4, file_name="logo.png", source="fanarttv")
        text = operator_client.get(f"/artists/{artist.pk}").content.decode()
        for words in ("low resolution", "odd shape", "1.50 : 1, should be 1.00 : 1", "40 % border", "Fanart.tv"):
            assert words in text

    def test_further_backdrops_have_a_page_of_their_own(self, operator_client: Client, artist: Artist) -> None:
        for number in range(3):
            stored(artist, "fanart", number, size=(1280, 720))
        text = operator_client.get(f"/artists/{artist.pk}").content.decode()
        assert "All 3 backdrops" in text
        assert text.count('id="slot-fanart') == 1
