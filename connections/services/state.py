"""What a server says of an artist beside what we say, field by field, and which way each of them may go."""

from dataclasses import dataclass

from artists.models import Artist
from connections.clients.base import LockWish
from connections.clients.days import day_read, day_sent
from connections.models import ArtistLink
from connections.services.access import client_of
from connections.services.push import lock_here, require_taker
from connections.services.sync_values import PULLABLE, PULLED, field_of, values_of

LABELS = {
    "name": "Name",
    "sort_name": "Sort name",
    "biography": "Biography",
    "genres": "Genres",
    "tags": "Styles and moods",
    "mbid": "MusicBrainz ID",
    "began": "Began",
    "ended": "Ended",
}
"""The parts in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class StateRow:
    """One part on both sides, as text in full; `locked`: a lock here keeps what the server says out."""

    part: str
    ours: str
    theirs: str
    same: bool
    locked: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.part]

    @property
    def can_send(self) -> bool:
        """A blank says nothing, so it empties nothing there."""
        return bool(self.ours) and not self.same

    @property
    def can_take(self) -> bool:
        return bool(self.theirs) and not self.same and not self.locked and self.part in PULLABLE

    @property
    def is_pulled(self) -> bool:
        """Whether it goes along when nothing is named."""
        return self.can_take and self.part in PULLED


@dataclass(frozen=True, slots=True)
class ServerState:
    """`locked` None: the server did not say; `locked_here`: whether it is to be locked there."""

    link: ArtistLink
    rows: tuple[StateRow, ...]
    locked: bool | None
    locked_here: LockWish

    @property
    def differing(self) -> list[StateRow]:
        return [row for row in self.rows if not row.same]

    @property
    def agreeing(self) -> list[StateRow]:
        return [row for row in self.rows if row.same and row.ours]

    @property
    def differences(self) -> int:
        return len(self.differing)

    @property
    def pulled(self) -> list[StateRow]:
        """What a pull that names nothing would take over."""
        return [row for row in self.rows if row.is_pulled]

    @property
    def lock_differs(self) -> bool:
        return self.locked is not None and self.locked != self.locked_here.locked


def state_of(link: ArtistLink, *, insist: bool = False) -> ServerState:
    """Asks the server now; `insist`: also one that has not been answering.

    Raises Invalid where it is off or says nothing of artists, ClientError.
    """
    require_taker(link.connection)
    there, here = client_of(link.connection, insist=insist).artist(link.platform_artist_id), values_of(link.artist)
    rows = tuple(_row(link.artist, part, getattr(here, part), getattr(there, part)) for part in LABELS)
    return ServerState(link, rows, there.locked, lock_here(link.artist))


def _row(artist: Artist, part: str, here: str | tuple[str, ...], there: str | tuple[str, ...]) -> StateRow:
    ours, theirs = _text(here), _text(there)
    locked = artist.locked or field_of(artist, part) in artist.locked_fields
    return StateRow(part, ours, theirs, _same(part, ours, theirs), locked)


def _same(part: str, ours: str, theirs: str) -> bool:
    """A server knows days only; 1965 and 1965-01-01 are the same to it."""
    return ours == theirs or (part in ("began", "ended") and day_read(day_sent(ours)) == theirs)


def _text(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
