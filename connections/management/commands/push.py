"""`manage.py push ARTIST…`: send artists to every server that they are linked to."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from artists.queries.detail import artist_by_id
from connections.queries import links_of
from connections.services.push import push_artist
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Sends artists to their servers; only what differs is sent. Exit code 1: at least one failed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("artists", nargs="+", metavar="ARTIST", help="the number of an artist")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            artists = [artist_by_id(each) for each in options["artists"]]
        except StillwaterError as error:
            raise CommandError(error.message) from error
        failed = False
        for link in (link for artist in artists for link in links_of(artist).select_related("artist")):
            try:
                said = "sent" if push_artist(link) else "equal already"
            except StillwaterError as error:
                said, failed = error.message, True
            self.stdout.write(f"{link.artist.name} on {link.connection.name}: {said}")
        if failed:
            sys.exit(1)
