"""`manage.py push ARTIST…`: send artists to the servers that they are linked to."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from connections.management.artist_links import add_choice, chosen_artists, chosen_links, chosen_parts, each_link
from connections.models import ArtistLink
from connections.services.push import PUSHED, push_artist
from connections.services.push_images import push_images
from stillwater.errors import Upstream


class Command(BaseCommand):
    help = "Sends artists to their servers; only what differs is sent. Exit code 1: at least one failed."

    def add_arguments(self, parser: CommandParser) -> None:
        add_choice(parser)
        parser.add_argument("--pictures", action="store_true", help="send pictures instead of metadata")

    def handle(self, *args: Any, **options: Any) -> None:
        parts = chosen_parts(options["fields"], PUSHED)
        links = [
            link for artist in chosen_artists(options["artists"]) for link in chosen_links(artist, options["server"])
        ]
        send = (
            _pictures if options["pictures"] else lambda link: "sent" if push_artist(link, parts) else "equal already"
        )
        each_link(links, send, self.stdout)


def _pictures(link: ArtistLink) -> str:
    """Raises what failed, so that it counts as a failure."""
    result = push_images(link)
    if result.errors:
        raise Upstream("; ".join(result.errors))
    return ", ".join(result.uploaded) or "equal already"
