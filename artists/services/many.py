"""One verb for many artists: each is looked at anew, a refusal stops nobody else, and all of it is one run to undo."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol
from uuid import UUID, uuid4

from artists.models import Artist
from artists.services.editing import exclude, include
from artists.services.locks import lock_artist, unlock_artist
from stillwater.errors import Conflict, Invalid, StillwaterError
from stillwater.models import User
from stillwater.progress import Progress, no_progress


class Verb(Protocol):
    """Raises Conflict for an artist that is in that state already."""

    def __call__(self, artist: Artist, /, *, actor: User | None, group: UUID | None) -> object: ...


@dataclass(frozen=True, slots=True)
class ManyVerb:
    """What can be done to a selection: the words for doing it and for having done it."""

    key: str
    label: str
    done: str
    apply: Verb
    needs: dict[str, bool]
    """The columns of an artist for which there is something to do."""


MANY_VERBS: dict[str, ManyVerb] = {
    verb.key: verb
    for verb in (
        ManyVerb("lock", "Lock", "locked", lock_artist, {"locked": False}),
        ManyVerb("unlock", "Unlock", "unlocked", unlock_artist, {"locked": True}),
        ManyVerb("exclude", "Exclude", "excluded", exclude, {"is_excluded": False}),
        ManyVerb("include", "Include again", "included again", include, {"is_excluded": True}),
    )
}


@dataclass
class ManyResult:
    """How many changed, how many needed nothing, and why others could not. `group` leads to the way back."""

    group: UUID
    changed: int = 0
    idle: int = 0
    refused: list[str] = field(default_factory=list)


def known_verb(key: str) -> ManyVerb:
    """Raises Invalid."""
    try:
        return MANY_VERBS[key]
    except KeyError:
        raise Invalid("unknown action", "action") from None


def apply_to_many(
    verb: ManyVerb,
    keys: Iterable[int],
    *,
    actor: User | None = None,
    group: UUID | None = None,
    progress: Progress = no_progress,
) -> ManyResult:
    """Raises Cancelled between two artists: what was done stays done. A run that starts again passes that by."""
    wanted, result = list(keys), ManyResult(group or uuid4())
    for number, key in enumerate(wanted):
        progress(number, len(wanted), f"{result.changed} {verb.done}")
        artist = Artist.objects.filter(pk=key).first()
        if artist is None:
            result.refused.append(f"{key}: artist no longer exists")
        else:
            _apply(verb, artist, actor, result)
    return result


def _apply(verb: ManyVerb, artist: Artist, actor: User | None, result: ManyResult) -> None:
    try:
        verb.apply(artist, actor=actor, group=result.group)
        result.changed += 1
    except Conflict:
        result.idle += 1
    except StillwaterError as refusal:
        result.refused.append(f"{artist.name}: {refusal.message}")
