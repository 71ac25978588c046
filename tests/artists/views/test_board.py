"""The compare board: the current picture, the chosen candidate, what is known of it; choosing is a plain form."""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from artists.demo.fakes import fanarttv
from artists.demo.registry import FAKES
from artists.demo.server import FakeWorld, running
from artists.demo.world import World
from artists.models import Artist
from artists.services.pictures import adding
from artists.services.pictures.fetching import fetch_picture
from artists.services.pictures.rearranging import rearrange_fanart
from artists.services.pictures.saving import Origin, save_picture
from artists.services.providers.keys import set_key
from tests.artists.providers.acts import QUILLFEN
from tests.artists.views.workbench import artist_with_folder, jpeg, on_page, stored, strip_of

NAMES = ["fanart.jpg", "fanart1.jpg", "fanart2.jpg"]


@pytest.fixture
def world(settings: Settings, db: None) -> Iterator[FakeWorld]:
    fake = FakeWorld(World((QUILLFEN,)), FAKES)
    with running(fake) as place:
        settings.STILLWATER_PROVIDERS_URL = place
        set_key("fanarttv", {"api_key": fanarttv.KEY}, skip_test=True)
        yield fake


@pytest.fixture
def artist(world: FakeWorld, tmp_path: Path) -> Artist:
    return artist_with_folder(tmp_path)


def board(client: Client, artist: Artist, kind: str = "thumb", query: str = "") -> str:
    return client.get(f"/artists/{artist.pk}/pictures/{kind}/board{query}").content.decode()


def sent_by(text: str) -> dict[str, str]:
    """What the form of the chosen candidate holds."""
    (form,) = re.findall(r'<form method="post" action="[^"]+/use".*?</form>', text, re.DOTALL)
    return {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}


def test_every_picture_comes_through_us(operator_client: Client, artist: Artist) -> None:
    stored(artist, "thumb")
    sources = re.findall(r'<img src="([^"]+)"', board(operator_client, artist))
    assert len(sources) >= 3
    assert all(source.startswith("/img/") for source in sources)
    assert {operator_client.get(unescape(source)).status_code for source in sources} == {200}


def test_size_weight_provider_and_likes_of_the_chosen_one_are_told(operator_client: Client, artist: Artist) -> None:
    text = board(operator_client, artist)
    caption = re.findall(r"<figcaption>(.*?)</figcaption>", text, re.DOTALL)[1]
    assert re.search(r"\d+ × \d+ · JPEG, \d+(\.\d)?\s?.B", unescape(caption))
    assert re.search(r"TheAudioDB|Fanart\.tv", caption)


def test_the_sources_are_asked_once_however_often_the_page_is_opened(
    operator_client: Client, artist: Artist, world: FakeWorld
) -> None:
    board(operator_client, artist)
    asked = len([each for each in world.recorder.questions if each.provider != "pictures"])
    for query in ("", "?mode=full", "?sort=resolution"):
        board(operator_client, artist, query=query)
    operator_client.get(f"/artists/{artist.pk}/pictures/thumb")
    assert len([each for each in world.recorder.questions if each.provider != "pictures"]) == asked > 0
    operator_client.get(f"/artists/{artist.pk}/pictures/thumb?again=1")
    assert len([each for each in world.recorder.questions if each.provider != "pictures"]) > asked


def test_the_chosen_one_is_downloaded_once(operator_client: Client, artist: Artist, world: FakeWorld) -> None:
    text = board(operator_client, artist)
    fetched = len(world.recorder.of("pictures"))
    (file,) = set(re.findall(r'"(/img/offered/[^"]+/file)"', text))
    assert operator_client.get(file)["Content-Type"] == "image/jpeg"
    board(operator_client, artist)
    assert len(world.recorder.of("pictures")) == fetched == 1


def test_one_is_taken_with_a_plain_form_and_the_strip_gives_it_back(operator_client: Client, artist: Artist) -> None:
    sent = sent_by(board(operator_client, artist)) | {"skip_crop": "1"}
    text = operator_client.post(f"/artists/{artist.pk}/pictures/thumb/use", sent, follow=True).content.decode()
    assert "<h1>Compare: thumb</h1>" in text
    assert "Saved a thumb" in text
    assert artist.images.get().source == sent["provider"]
    operator_client.post(strip_of(text))
    assert not artist.images.filter(exists=True).exists()


def test_what_is_there_already_is_known_again(operator_client: Client, artist: Artist) -> None:
    url = sent_by(board(operator_client, artist))["url"]
    save_picture(artist, "thumb", fetch_picture(url), Origin("url"))
    text = board(operator_client, artist)
    assert "same as current" in text
    assert "the same picture as the current thumb, of the same size" in text.lower()


def test_the_page_is_walked_by_links_and_keys(operator_client: Client, artist: Artist) -> None:
    stored(artist, "thumb")
    text = board(operator_client, artist)
    for key in ("z", "w", "c", "1", "2", "ArrowRight"):
        assert f'data-key="{key}"' in text
    assert 'data-key="ArrowLeft"' not in text
    (after,) = re.findall(r'href="([^"]+)"[^>]*data-key="ArrowRight"', text)
    following = operator_client.get(unescape(after)).content.decode()
    assert 'data-key="ArrowLeft"' in following
    assert sent_by(following)["url"] != sent_by(text)["url"]


def test_a_logo_is_shown_on_dark_and_on_light(operator_client: Client, artist: Artist) -> None:
    text = board(operator_client, artist, "logo")
    assert 'class="pane on-dark"' in text
    assert 'class="pane on-light"' in text


def test_what_comes_instead_of_a_picture_is_refused_with_the_reason(
    operator_client: Client, artist: Artist, monkeypatch: pytest.MonkeyPatch
) -> None:
    def page(_token: str) -> bytes:
        return fetch_picture("http://127.0.0.1:9/x.jpg")

    monkeypatch.setattr("artists.views.board.offered_original", page)
    text = board(operator_client, artist)
    assert "Cannot be used: " in text
    assert "/pictures/thumb/use" not in text


def test_htmx_gets_the_board_alone_and_a_form_that_stays_on_the_artists_page(
    operator_client: Client, artist: Artist
) -> None:
    place = f"/artists/{artist.pk}/pictures/thumb/board"
    text = operator_client.get(place, headers=on_page(artist)).content.decode()
    assert text.lstrip().startswith('<div id="board"')
    assert 'hx-target="#artwork"' in text
    assert sent_by(text)["back"] == "artist"


def test_without_an_mbid_it_says_what_to_do(operator_client: Client, artist: Artist) -> None:
    Artist.objects.filter(pk=artist.pk).update(musicbrainz_id="")
    assert f'href="/artists/{artist.pk}/identify"' in board(operator_client, artist)


class TestABackdrop:
    """The board adds one by default; the one that it is compared with may give way to it instead."""

    @pytest.fixture
    def files(self, artist: Artist) -> list[bytes]:
        return [stored(artist, "fanart", number, size=(1280, 720)) for number in range(3)]

    def test_is_compared_with_any_of_several(self, operator_client: Client, artist: Artist, files: list[bytes]) -> None:
        text = board(operator_client, artist, "fanart", "?of=2")
        assert "<strong>Current backdrop 3</strong>" in text
        assert "Replace backdrop 3" in text
        (second,) = re.findall(r'href="([^"]+)"[^>]*aria-label="Compare with backdrop 2"', text)
        assert "Replace backdrop 2" in operator_client.get(unescape(second)).content.decode()
        assert "<strong>Current backdrop</strong>" in board(operator_client, artist, "fanart", "?of=9")

    def test_that_is_chosen_gives_way_and_comes_back(
        self, operator_client: Client, artist: Artist, files: list[bytes]
    ) -> None:
        sent = sent_by(board(operator_client, artist, "fanart", "?of=1")) | {"skip_crop": "1"}
        place = f"/artists/{artist.pk}/pictures/fanart/use"
        text = operator_client.post(place, sent, follow=True).content.decode()
        assert "<strong>Current backdrop 2</strong>" in text
        folder = Path(artist.path)
        assert [(folder / name).read_bytes() == data for name, data in zip(NAMES, files, strict=True)] == [
            True, False, True,
        ]  # fmt: skip
        assert list(artist.images.order_by("slot").values_list("slot", "file_name")) == list(enumerate(NAMES))
        assert artist.images.get(slot=1).source == sent["provider"]
        operator_client.post(strip_of(text))
        assert [(folder / name).read_bytes() for name in NAMES] == files

    def test_that_is_another_one_by_now_stays(
        self, operator_client: Client, artist: Artist, files: list[bytes]
    ) -> None:
        sent = sent_by(board(operator_client, artist, "fanart", "?of=1")) | {"skip_crop": "1"}
        rearrange_fanart(artist, [1, 0, 2])
        text = operator_client.post(f"/artists/{artist.pk}/pictures/fanart/use", sent, follow=True).content.decode()
        assert "has been changed since" in text
        assert {(Path(artist.path) / name).read_bytes() for name in NAMES} == set(files)

    def test_without_a_choice_follows_the_others(
        self, operator_client: Client, artist: Artist, files: list[bytes]
    ) -> None:
        sent = sent_by(board(operator_client, artist, "fanart")) | {"skip_crop": "1"}
        sent.pop("replaces")
        operator_client.post(f"/artists/{artist.pk}/pictures/fanart/use", sent)
        assert artist.images.filter(exists=True).count() == 4

    def test_of_another_shape_is_cut_for_its_place(
        self, operator_client: Client, artist: Artist, files: list[bytes], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(adding, "fetch_picture", lambda _url: jpeg(900, 900, "square"))
        sent = sent_by(board(operator_client, artist, "fanart", "?of=1"))
        sent.pop("skip_crop", None)
        page = operator_client.post(f"/artists/{artist.pk}/pictures/fanart/use", sent, follow=True).content.decode()
        assert "Crop: backdrop" in page
        kept = dict(re.findall(r'<input[^>]*name="(draft|replaces)"[^>]*value="([^"]*)"', page))
        whole = {name: unescape(value) for name, value in kept.items()} | {"do": "whole"}
        operator_client.post(f"/artists/{artist.pk}/pictures/fanart/cut", whole)
        assert artist.images.filter(exists=True).count() == 3
        assert artist.images.get(slot=1).width == 900
