"""`manage.py pull ARTIST…`: take over what a server says of artists."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from connections.management.artist_links import add_choice, chosen_artists, chosen_links, chosen_parts, each_link
from connections.models import ArtistLink
from connections.services.pull import pull_artist
from connections.services.sync_values import PULLED


class Command(BaseCommand):
    help = (
        "Takes biography, genres and dates over from a server: never over a lock, never a blank over a value. "
        "Exit code 1: at least one failed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        add_choice(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        parts = chosen_parts(options["fields"], PULLED)
        links: list[ArtistLink] = []
        for artist in chosen_artists(options["artists"]):
            found = chosen_links(artist, options["server"])
            if len(found) > 1:
                raise CommandError(f"{artist.name} is on several servers; say which with --server")
            links += found
        each_link(links, lambda link: ", ".join(pull_artist(link, parts)) or "nothing to take over", self.stdout)
