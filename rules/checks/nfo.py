"""Predicates over artist.nfo: there, and readable."""

from django.db.models import Q

from artists.models import NfoState
from rules.types import Config, Row, Rule

_UNUSABLE = (
    NfoState.EMPTY,
    NfoState.WRONG_ROOT,
    NfoState.BROKEN,
    NfoState.HOSTILE,
    NfoState.TOO_LARGE,
    NfoState.UNREADABLE,
)

NFO_EXISTS = Rule(
    id="nfo_exists",
    name="NFO file exists",
    description="The artist's folder has an artist.nfo.",
    doc="Kodi, Emby and Jellyfin read what is known of an artist from artist.nfo. The fix writes it from what is "
    "stored here; it never touches a file that is there.",
    category="nfo",
    default_severity="error",
    default_mode="auto",
    broken=lambda _config: Q(nfo_exists=False),
    sentence=lambda _row, _config: "There is no artist.nfo in the folder.",
    filesystem=True,
    fix="nfo",
)


def _unusable_sentence(row: Row, _config: Config) -> str:
    state = NfoState(row["nfo_state"]).label
    return f"artist.nfo is {state}: {row['nfo_error'].rstrip('.')}." if row["nfo_error"] else f"artist.nfo is {state}."


NFO_READABLE = Rule(
    id="nfo_readable",
    name="NFO file can be read",
    description="artist.nfo holds an artist and can be read.",
    doc="What cannot be read changes nothing here: every stored value stays as it was. "
    "A person should look at the file.",
    category="nfo",
    default_severity="warning",
    broken=lambda _config: Q(nfo_exists=True, nfo_state__in=_UNUSABLE),
    facts=("nfo_state", "nfo_error"),
    sentence=_unusable_sentence,
    filesystem=True,
)
