"""What a fix is: what it would do to one artist, what it needs for that, and doing it as one operation."""

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, Literal
from uuid import UUID, uuid4

from artists.models import Artist, Operation
from artists.services.bulk_runs.kinds import Asking
from artists.services.gates import Axis
from artists.services.writeback import NFO_FOLLOWS
from rules.types import Config
from rules.verdicts import ActiveRule
from stillwater.models import User

Stage = Literal["identity", "text", "picture", "folder", "nfo"]
STAGES: tuple[Stage, ...] = ("identity", "text", "picture", "folder", "nfo")
"""The order within one artist: who it is decides what is said of it, and artist.nfo is written last."""


@dataclass(frozen=True, slots=True)
class Case:
    """One finding to be mended: the artist, and the rule as it is set now."""

    artist: Artist
    rule: ActiveRule

    @property
    def config(self) -> Config:
        return self.rule.config

    @property
    def source(self) -> str:
        """Whom the history names for what is done."""
        return f"rule:{self.rule.id}"


@dataclass(frozen=True, slots=True)
class Aid:
    """What a fix works with: who asked for it, the run it belongs to, whom to ask and how long to wait.

    `beside`: other findings of the same artist that the same answers serve, so that nobody is asked twice; `nfo_later`:
    artist.nfo is written once when the run is through with the artist.
    """

    actor: User | None = None
    group: UUID = field(default_factory=uuid4)
    asking: Asking = field(default_factory=Asking)
    beside: tuple[Case, ...] = ()
    nfo_later: bool = False


@dataclass(frozen=True, slots=True)
class Mended:
    """What was done. `operation` is None where nothing had to change."""

    operation: Operation | None
    note: str = ""

    @property
    def words(self) -> str:
        done = self.operation.summary if self.operation else "already as it should be"
        warning = self.operation.warning.replace(NFO_FOLLOWS, "") if self.operation else ""
        return "; ".join(part for part in (done, self.note, warning) if part)


@dataclass(frozen=True, slots=True)
class Offered:
    """Nothing was done: a person has to choose one of these, as they are stored with the finding."""

    candidates: Sequence[dict[str, Any]]
    why: str


class Fix(ABC):
    """One way to mend. `axis`: whose guards are asked first; `needs_id`: providers are asked by MusicBrainz ID.

    `avoids_shared`: it writes into the folder, and leaves one alone that another program writes to as well;
    `moves_folder`: it leaves also one alone that another program only has among its libraries; `asks`: providers are
    asked; `touches`: for people, what it changes, what is kept of it, and whom it asks.
    """

    touches: ClassVar[str]
    stage: ClassVar[Stage]
    axis: ClassVar[Axis]
    needs_id: ClassVar[bool] = False
    needs_folder: ClassVar[bool] = False
    avoids_shared: ClassVar[bool] = True
    moves_folder: ClassVar[bool] = False
    asks: ClassVar[bool] = False

    def fields(self, _case: Case) -> tuple[str, ...]:
        """What it may write, by the names that locks have; where all of it is locked it is not tried."""
        return ()

    @abstractmethod
    def would(self, case: Case) -> str:
        """What it would do, in a few words for a person; nobody is asked and nothing is written."""

    @abstractmethod
    def mend(self, case: Case, aid: Aid) -> Mended | Offered:
        """Do it as one operation. Raises StillwaterError where it cannot be done; then nothing has changed."""
