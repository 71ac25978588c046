"""What the commands that send and take over share: which artists on which servers, one line for each."""

import sys
from collections.abc import Callable, Iterable

from django.core.management.base import CommandError, CommandParser, OutputWrapper

from artists.models import Artist
from artists.queries.detail import artist_by_id
from connections.models import ArtistLink
from connections.queries import links_of
from connections.services.push import TAKERS
from stillwater.errors import StillwaterError


def add_choice(parser: CommandParser) -> None:
    parser.add_argument("artists", nargs="+", metavar="ARTIST", help="the number of an artist")
    parser.add_argument("--server", default="", metavar="NAME", help="only this connection")
    parser.add_argument("--fields", default="", metavar="A,B", help="only these, such as biography,genres")


def chosen_artists(numbers: Iterable[str]) -> list[Artist]:
    try:
        return [artist_by_id(each) for each in numbers]
    except StillwaterError as error:
        raise CommandError(error.message) from error


def chosen_links(artist: Artist, server: str) -> list[ArtistLink]:
    """Of servers that know metadata. Raises CommandError where the artist is not linked to the named one."""
    links = list(links_of(artist).select_related("artist").filter(connection__type__in=TAKERS))
    if server and not (links := [link for link in links if link.connection.name == server]):
        raise CommandError(f"{artist.name} is not linked to a connection called {server}")
    return links


def chosen_parts(text: str, usual: Iterable[str]) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()] or list(usual)


def each_link(links: Iterable[ArtistLink], act: Callable[[ArtistLink], str], out: OutputWrapper) -> None:
    """One line for each; exit code 1 when one failed."""
    failed = False
    for link in links:
        try:
            said = act(link)
        except StillwaterError as error:
            said, failed = error.message, True
        out.write(f"{link.artist.name} on {link.connection.name}: {said}")
    if failed:
        sys.exit(1)
