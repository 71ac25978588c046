"""What came of asking one provider about one artist: the answer, or why there is none."""

from dataclasses import dataclass
from enum import StrEnum

from artists.providers.answers import ArtistRecord
from artists.providers.errors import AuthRequired, NothingFound, ProviderError


class Kind(StrEnum):
    ANSWERED = "answered"
    NOTHING = "nothing"
    """It answered, and has no such artist: the only "no" that counts as one."""
    AUTH = "auth"
    NOT_ANSWERING = "not_answering"
    REFUSED = "refused"
    """It answered about somebody else (contradictions.py)."""
    SKIPPED = "skipped"
    """It was not asked, for the reason given."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """`record` is there when it answered; `reason` says in plain words why there is none."""

    provider: str
    kind: Kind
    record: ArtistRecord | None = None
    reason: str = ""

    @property
    def was_asked(self) -> bool:
        """Whether it answered at all: what it does not say then is not there, which is no reason to clear anything."""
        return self.kind in (Kind.ANSWERED, Kind.NOTHING)

    @property
    def is_down(self) -> bool:
        """Nothing is known of what it would say."""
        return self.kind in (Kind.AUTH, Kind.NOT_ANSWERING)


def answered(record: ArtistRecord) -> Outcome:
    return Outcome(record.provider, Kind.ANSWERED, record)


def failed(error: ProviderError) -> Outcome:
    """The outcome that an error of a provider stands for."""
    if isinstance(error, NothingFound):
        return Outcome(error.provider, Kind.NOTHING, reason="has no such artist")
    kind = Kind.AUTH if isinstance(error, AuthRequired) else Kind.NOT_ANSWERING
    return Outcome(error.provider, kind, reason=error.message)


def skipped(provider: str, reason: str) -> Outcome:
    return Outcome(provider, Kind.SKIPPED, reason=reason)


def refused(provider: str, reason: str) -> Outcome:
    return Outcome(provider, Kind.REFUSED, reason=reason)
