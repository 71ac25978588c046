"""Pictures that change here reach the servers by themselves: what differs, once, and none of the servers' own goes."""

from pathlib import Path

import pytest

from artists.demo.replies import Question, Reply
from artists.imaging.geometry import Box
from artists.models import Operation
from artists.services.pictures.adding import crop_picture
from artists.services.pictures.rearranging import rearrange_fanart, remove_pictures
from artists.services.undo import undo
from connections.models import ArtistLink, Connection, PicturePush
from connections.services.picture_pushes import want_pictures
from connections.services.take_picture import take_picture
from connections.tasks.pushing_pictures import start_picture_pushes
from tests.artists.services.pictures.test_saving import jpeg
from tests.connections.conftest import House
from tests.connections.services.picture_link import Sent, backdrop, passing_time, pictured, thumb

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(servers: House, tmp_path: Path) -> ArtistLink:
    return pictured(servers, tmp_path)


@pytest.fixture
def sent(servers: House, link: ArtistLink) -> Sent:
    return passing_time(servers, link)


def held(servers: House, link: ArtistLink, kind: str) -> list[bytes]:
    return [picture.draw() for picture in servers.jellyfin.shelf.held(link.platform_artist_id, kind)]


def ours(link: ArtistLink, kind: str) -> list[bytes]:
    rows = link.artist.images.filter(kind=kind, exists=True).order_by("slot")
    return [(Path(link.artist.path) / row.file_name).read_bytes() for row in rows]


class TestOnePicture:
    def test_an_upload_is_sent_once_nobody_changes_more(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        servers.exchanges.clear()
        for number in range(3):
            thumb(link, number)
        start_picture_pushes()
        assert servers.exchanges == []
        assert sent() == ["GET ", "GET /Images/Primary", "POST /Images/Primary"]
        assert held(servers, link, "Primary") == ours(link, "thumb")
        assert not PicturePush.objects.exists()
        assert sent() == []

    def test_a_cut_and_the_way_back_are_sent_as_well(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        thumb(link)
        sent()
        crop_picture(link.artist, "thumb", jpeg(1), Box(0, 0, 500, 500))
        sent()
        assert held(servers, link, "Primary") == ours(link, "thumb")
        undo(Operation.objects.order_by("-pk")[0].pk)
        sent()
        assert held(servers, link, "Primary") == ours(link, "thumb")

    def test_what_the_server_shows_already_costs_a_look(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        thumb(link)
        sent()
        thumb(link, 1)
        undo(Operation.objects.order_by("-pk")[0].pk)
        assert sent() == ["GET ", "GET /Images/Primary"]
        thumb(link, 1)
        undo(Operation.objects.order_by("-pk")[0].pk)
        assert sent() == ["GET "]

    def test_removed_here_it_goes_there_too(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        thumb(link)
        sent()
        remove_pictures(link.artist, "thumb")
        sent()
        assert held(servers, link, "Primary") == []

    def test_another_picture_that_the_server_has_stays_when_ours_goes(
        self, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        before = held(servers, link, "Primary")
        thumb(link)
        remove_pictures(link.artist, "thumb")
        assert sent() == ["GET ", "GET /Images/Primary"]
        assert held(servers, link, "Primary") == before


class TestBackdrops:
    def test_ours_follow_those_of_the_server_and_never_multiply(
        self, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        theirs = held(servers, link, "Backdrop")
        backdrop(link, 1)
        sent()
        backdrop(link, 2)
        assert [each for each in sent() if not each.startswith("GET")] == ["POST /Images/Backdrop"]
        assert held(servers, link, "Backdrop") == [*theirs, *ours(link, "fanart")]

    def test_a_new_order_and_a_backdrop_less(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        theirs = held(servers, link, "Backdrop")
        for number in range(3):
            backdrop(link, number)
        sent()
        rearrange_fanart(link.artist, [0, 2, 1])
        sent()
        assert held(servers, link, "Backdrop") == [*theirs, *ours(link, "fanart")]
        rearrange_fanart(link.artist, [0, 1])
        assert [each for each in sent() if not each.startswith("GET")] == [f"DELETE /Images/Backdrop/{len(theirs) + 2}"]
        assert held(servers, link, "Backdrop") == [*theirs, *ours(link, "fanart")]
        remove_pictures(link.artist, "fanart")
        sent()
        assert held(servers, link, "Backdrop") == theirs

    def test_the_same_picture_in_two_slots_comes_to_rest(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        backdrop(link, 1)
        backdrop(link, 1)
        sent()
        backdrop(link, 2)
        sent()
        assert held(servers, link, "Backdrop")[-3:] == ours(link, "fanart")
        rearrange_fanart(link.artist, [1, 0, 2])
        assert [each for each in sent() if not each.startswith("GET")] == []

    def test_cut_off_in_the_middle_a_second_run_goes_on(self, servers: House, link: ArtistLink, sent: Sent) -> None:
        theirs = held(servers, link, "Backdrop")
        for number in range(3):
            backdrop(link, number)
        posts: list[Question] = []

        def third_fails(asked: Question) -> Reply | None:
            posts.extend([asked] if asked.method == "POST" else [])
            return Reply(503) if asked.method == "POST" and len(posts) == 3 else None

        servers.instead = third_fails
        sent()
        servers.instead = lambda asked: None
        sent()
        assert held(servers, link, "Backdrop") == [*theirs, *ours(link, "fanart")]

    def test_one_that_cannot_be_read_takes_none_off_the_server(
        self, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        backdrop(link, 1)
        backdrop(link, 2)
        sent()
        before = held(servers, link, "Backdrop")
        rearrange_fanart(link.artist, [1, 0])
        (Path(link.artist.path) / link.artist.images.get(kind="fanart", slot=1).file_name).unlink()
        sent()
        assert held(servers, link, "Backdrop") == before
        assert PicturePush.objects.get().problem


class TestWhoIsTold:
    @pytest.mark.parametrize("source", ["import", "scan"])
    def test_what_came_from_a_server_or_the_disk_is_sent_to_nobody(self, link: ArtistLink, source: str) -> None:
        thumb(link, source=source)
        assert not PicturePush.objects.exists()

    def test_what_is_taken_over_from_a_server_is_not_sent_back_to_it(
        self, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        take_picture(link, "thumb")
        assert [each for each in sent() if not each.startswith("GET")] == []

    @pytest.mark.parametrize("switch", ["enabled", "feature_image_write"])
    def test_a_server_whose_switch_is_off_is_sent_nothing(self, link: ArtistLink, switch: str) -> None:
        Connection.objects.update(**{switch: False})
        want_pictures([link.artist_id], ["thumb"])
        assert not PicturePush.objects.exists()

    def test_it_waits_for_a_server_that_failed_its_test(self, link: ArtistLink, sent: Sent) -> None:
        thumb(link)
        Connection.objects.update(status="error")
        assert sent() == []
        Connection.objects.update(status="ok")
        assert sent()[-1] == "POST /Images/Primary"
