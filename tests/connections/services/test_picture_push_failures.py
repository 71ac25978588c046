"""Pictures that cannot be sent by themselves: when they are tried again, and how a person sees it."""

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from artists.demo.replies import Reply
from connections.demo.houses import leave_folders_alone
from connections.models import ArtistLink, PicturePush
from connections.services.ledger import refresh
from connections.services.push_images import push_images
from tests.connections.conftest import House
from tests.connections.services.picture_link import Sent, backdrop, passing_time, pictured, thumb

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def link(servers: House, tmp_path: Path) -> ArtistLink:
    return pictured(servers, tmp_path)


@pytest.fixture
def sent(servers: House, link: ArtistLink) -> Sent:
    return passing_time(servers, link)


class TestFailing:
    def test_silence_is_tried_again_later_and_can_be_seen(
        self, operator_client: Any, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        thumb(link)
        servers.instead = lambda asked: Reply(503)
        sent()
        push = PicturePush.objects.get()
        assert push.due_at
        assert push.due_at > timezone.now()
        servers.instead = lambda asked: None
        page = operator_client.get(f"/artists/{link.artist_id}/servers/{link.pk}/pictures").content.decode()
        assert f"not sent: {push.problem}" in page
        assert sent()[-1] == "POST /Images/Primary"
        assert not PicturePush.objects.exists()

    def test_a_refusal_is_not_repeated_and_a_person_who_sends_them_ends_it(
        self, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        thumb(link)
        backdrop(link)
        servers.instead = lambda asked: Reply(400) if asked.method == "POST" and "Primary" in asked.path else None
        sent()
        (push,) = PicturePush.objects.all()
        assert (push.kind, push.due_at) == ("thumb", None)
        servers.instead = lambda asked: None
        push_images(link)
        assert not PicturePush.objects.exists()

    def test_a_server_that_saves_into_our_folder_is_skipped_with_the_reason_until_it_leaves_it_alone(
        self, servers: House, link: ArtistLink, sent: Sent
    ) -> None:
        thumb(link)
        for folder in servers.jellyfin.shelf.folders:
            folder["LibraryOptions"]["SaveLocalMetadata"] = True
        refresh()
        assert sent() == []
        push = PicturePush.objects.get()
        assert push.held
        assert "The jellyfin writes pictures" in push.problem
        leave_folders_alone(servers.jellyfin)
        refresh()
        assert sent()[-1] == "POST /Images/Primary"
