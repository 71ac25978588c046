"""What a server says of an artist beside what we say, field by field."""

from dataclasses import dataclass

from connections.clients.days import day_read, day_sent
from connections.models import ArtistLink
from connections.services.access import client_of
from connections.services.push import require_taker
from connections.services.sync_values import values_of


@dataclass(frozen=True, slots=True)
class StateRow:
    """One field on both sides, as text in full."""

    label: str
    ours: str
    theirs: str
    same: bool


@dataclass(frozen=True, slots=True)
class ServerState:
    """`locked` None: the server did not say."""

    link: ArtistLink
    rows: tuple[StateRow, ...]
    locked: bool | None

    @property
    def differences(self) -> int:
        return sum(not row.same for row in self.rows)


def state_of(link: ArtistLink) -> ServerState:
    """Asks the server now. Raises Invalid where it is off or says nothing of artists, ClientError."""
    require_taker(link.connection)
    there, here = client_of(link.connection).artist(link.platform_artist_id), values_of(link.artist)
    rows = (
        _row("Name", here.name, there.name),
        _row("Sort name", here.sort_name, there.sort_name),
        _row("Biography", here.biography, there.biography),
        _row("Genres", ", ".join(here.genres), ", ".join(there.genres)),
        _row("Styles and moods", ", ".join(here.tags), ", ".join(there.tags)),
        _row("MusicBrainz ID", here.mbid, there.mbid),
        _day("Began", here.began, there.began),
        _day("Ended", here.ended, there.ended),
    )
    return ServerState(link, rows, there.locked)


def _row(label: str, ours: str, theirs: str) -> StateRow:
    return StateRow(label, ours, theirs, ours == theirs)


def _day(label: str, ours: str, theirs: str) -> StateRow:
    """A server knows days only; 1965 and 1965-01-01 are the same to it."""
    return StateRow(label, ours, theirs, day_read(day_sent(ours)) == theirs)
