"""The gallery of backdrops: one form whose buttons move, remove and order; nobody's newer order is overwritten."""

import re
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image

from artists.models import Artist, ArtistImage
from artists.queries.backdrops import repeats
from artists.sample import odd_encodings as odd
from artists.services.pictures.adding_many import MOST_AT_ONCE
from artists.services.pictures.saving import Origin, save_picture
from artists.services.undo import undo_group
from stillwater.models import User
from tests.artists.views.workbench import artist_with_folder, file_of, jpeg, posted, stored, strip_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def artist(tmp_path: Path, db: None) -> Artist:
    return artist_with_folder(tmp_path)


@pytest.fixture
def three(artist: Artist) -> list[bytes]:
    return [stored(artist, "fanart", number, size=(1280, 720)) for number in range(3)]


def order(client: Client, artist: Artist) -> list[str]:
    """ "slot:version" of each backdrop as it lies on the page."""
    return re.findall(r'name="order" value="([^"]+)"', client.get(f"/artists/{artist.pk}/backdrops").content.decode())


def send(client: Client, artist: Artist, seen: list[str], **button: object) -> str:
    return posted(client, f"/artists/{artist.pk}/backdrops/rearrange", order=seen, back="backdrops", **button)


def files(artist: Artist) -> list[bytes]:
    return [path.read_bytes() for path in sorted(Path(artist.path).iterdir())]


@pytest.mark.parametrize(
    ("button", "expected"),
    [
        ({"left": "2"}, [0, 2, 1]),
        ({"right": "0"}, [1, 0, 2]),
        ({"first": "2"}, [2, 0, 1]),
        ({"left": "0"}, [0, 1, 2]),
        ({"right": "2"}, [0, 1, 2]),
    ],
)
def test_a_button_moves_one_and_the_files_follow(
    operator_client: Client, artist: Artist, three: list[bytes], button: dict[str, str], expected: list[int]
) -> None:
    send(operator_client, artist, order(operator_client, artist), **button)
    assert files(artist) == [three[number] for number in expected]


def test_dropped_anywhere_the_order_is_stored_as_it_lies_and_can_be_taken_back(
    operator_client: Client, artist: Artist, three: list[bytes]
) -> None:
    seen = order(operator_client, artist)
    text = send(operator_client, artist, [seen[1], seen[2], seen[0]])
    assert files(artist) == [three[1], three[2], three[0]]
    posted(operator_client, strip_of(text))
    assert files(artist) == three


def test_the_ticked_ones_are_deleted_and_the_others_close_up(
    operator_client: Client, artist: Artist, three: list[bytes]
) -> None:
    text = send(operator_client, artist, order(operator_client, artist), delete_chosen="yes", chosen=["0", "2"])
    assert files(artist) == [three[1]]
    assert "Removed 2 backdrops" in text
    send(operator_client, artist, order(operator_client, artist), delete="0")
    assert files(artist) == []


def test_nothing_ticked_deletes_nothing(operator_client: Client, artist: Artist, three: list[bytes]) -> None:
    text = send(operator_client, artist, order(operator_client, artist), delete_chosen="yes")
    assert "tick the backdrops first" in text
    assert files(artist) == three


@pytest.mark.parametrize("button", [{"left": "9"}, {"left": "x"}, {"delete": "7"}])
def test_what_is_not_there_moves_nothing(
    operator_client: Client, artist: Artist, three: list[bytes], button: dict[str, str]
) -> None:
    assert "Nothing is changed: " in send(operator_client, artist, order(operator_client, artist), **button)
    assert files(artist) == three


def test_an_older_page_does_not_overwrite_what_somebody_did_meanwhile(
    operator_client: Client, artist: Artist, three: list[bytes]
) -> None:
    seen = order(operator_client, artist)
    send(operator_client, artist, seen, first="2")
    text = send(operator_client, artist, seen, delete="0")
    assert "the backdrops have changed since; look again" in text
    assert files(artist) == [three[2], three[0], three[1]]


def test_another_is_added_behind_the_last(operator_client: Client, artist: Artist, three: list[bytes]) -> None:
    sent = {"file": file_of(jpeg(1280, 720, "fourth")), "back": "backdrops"}
    text = posted(operator_client, f"/artists/{artist.pk}/pictures/fanart/upload", **sent)
    assert "Backdrop 4" in text
    assert "Saved backdrop 4" in text
    assert files(artist)[:3] == three


def test_htmx_gets_the_gallery_with_the_key_of_the_moved_picture(
    operator_client: Client, artist: Artist, three: list[bytes]
) -> None:
    seen = order(operator_client, artist)
    place = f"/artists/{artist.pk}/backdrops/rearrange"
    answer = operator_client.post(place, {"order": seen, "left": "2", "back": "backdrops"}, headers=HTMX)
    text = answer.content.decode()
    assert text.lstrip().startswith('<section class="panel" id="backdrops"')
    key = f'data-focus-key="left-{seen[2].partition(":")[2]}"'
    assert text.count(key) == 1
    assert text.index(key) < text.index(f'data-focus-key="left-{seen[1].partition(":")[2]}"')


def test_nobody_has_none_yet(operator_client: Client, artist: Artist) -> None:
    assert "No backdrop" in operator_client.get(f"/artists/{artist.pk}/backdrops").content.decode()


def test_what_repeats_an_earlier_one_says_so_and_a_flat_picture_repeats_nothing(
    operator_client: Client, artist: Artist, three: list[bytes]
) -> None:
    stored(artist, "fanart", 1, size=(640, 360))
    for shade in ("black", "white"):
        flat = odd.saved(Image.new("RGB", (640, 360), shade), "JPEG")
        save_picture(artist, "fanart", flat, Origin("upload"))
    page = operator_client.get(f"/artists/{artist.pk}/backdrops").content.decode()
    assert re.findall(r"same as [^<]+", page) == ["same as backdrop 2"]
    said = operator_client.get(f"/api/v1/artists/{artist.pk}/images/fanart/list").json()
    assert [each.get("repeats") for each in said] == [None, None, None, 1, None, None]


def test_likeness_is_no_chain() -> None:
    """The third is near the second alone, which is near the first."""
    hashes = ("00000000ffffffff", "00000007ffffffff", "0000003fffffffff")
    images = [ArtistImage(kind="fanart", slot=slot, perceptual_hash=each) for slot, each in enumerate(hashes)]
    assert repeats(images) == {1: 0}


class TestSeveralAtOnce:
    def place(self, artist: Artist) -> str:
        return f"/artists/{artist.pk}/pictures/fanart/upload"

    def test_they_are_added_in_their_order_and_taken_back_together(
        self, operator_client: Client, artist: Artist, operator: User
    ) -> None:
        before = [stored(artist, "fanart", "first", size=(1280, 720))]
        sent = [file_of(jpeg(1280 + 20 * number, 720)) for number in range(2)]
        said = posted(operator_client, self.place(artist), file=sent, back="backdrops")
        assert "2 backdrops are added" in said
        assert [image.width for image in artist.images.order_by("slot")] == [1280, 1280, 1300]
        group = artist.operations.latest("pk").group
        assert artist.operations.filter(group=group).count() == 2
        undo_group(group, operator)
        assert files(artist) == before

    def test_one_that_is_no_picture_is_named_and_the_others_stay(self, operator_client: Client, artist: Artist) -> None:
        sent = [file_of(b"notes"), file_of(jpeg(1280, 720))]
        said = posted(operator_client, self.place(artist), file=sent, back="backdrops")
        assert "1 backdrop is added" in said
        assert "Left out: x.jpg: " in said
        assert artist.images.count() == 1

    def test_none_of_them_a_picture_nothing_is_changed(self, operator_client: Client, artist: Artist) -> None:
        said = posted(operator_client, self.place(artist), file=[file_of(b"a"), file_of(b"b")], back="backdrops")
        assert "Nothing is changed" in said
        assert artist.images.count() == 0

    def test_there_is_an_end_to_how_many(self, operator_client: Client, artist: Artist) -> None:
        sent = [file_of(jpeg(640, 360)) for _ in range(MOST_AT_ONCE + 1)]
        said = posted(operator_client, self.place(artist), file=sent, back="backdrops")
        assert f"1 to {MOST_AT_ONCE} pictures" in said
        assert artist.images.count() == 0
