"""The settings by which Emby, Jellyfin and Lidarr write files beside the music, and their state of rest. Pure.

Each is read from, and laid over, the whole object of settings that a server gives; nothing else in it changes.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from connections.clients.base import FileAxis, Json, State

_TYPES, _ARTIST, _FETCHERS = "TypeOptions", "MusicArtist", "ImageFetchers"
_NO_TYPES, _NULL_TYPES, _NO_ENTRY, _NO_CHOICE, _CHOSEN = "no types", "null types", "no entry", "no choice", "chosen"
_DEFAULTS = frozenset({_NO_TYPES, _NULL_TYPES, _NO_ENTRY})
WRITES_NFO = "writes artist.nfo anew from what it knows, whatever the file says"
SAVES_PICTURES = "saves pictures into the folders of the artists, and replaces what lies there"
_TRUE = frozenset({"true", "1", "yes"})


@dataclass(frozen=True, slots=True)
class _Key:
    """A setting that is one key of the options."""

    key: str
    label: str
    axis: FileAxis
    does: str

    def state(self, options: Json) -> State:
        return [options[self.key]] if self.key in options else []

    def applied(self, options: Json, state: State) -> Json:
        if state:
            return {**options, self.key: state[0]}
        return {key: value for key, value in options.items() if key != self.key}


@dataclass(frozen=True, slots=True)
class PicturesBesideMusic(_Key):
    """SaveLocalMetadata: pictures go into the folders of the artists instead of the server's own."""

    key: str = "SaveLocalMetadata"
    label: str = "Pictures beside the music"
    axis: FileAxis = "image"
    does: str = SAVES_PICTURES

    def off(self, options: Json) -> State:
        return [False] if options.get(self.key) is True else self.state(options)

    def words(self, state: State) -> str:
        return "on" if state == [True] else "off"

    def alike(self, one: State, other: State) -> bool:
        return self.words(one) == self.words(other)


@dataclass(frozen=True, slots=True)
class NfoSavers(_Key):
    """MetadataSavers: a list names who writes; without one all that are installed may, at a manual edit at least.

    SaveLocalMetadata alone does not keep a saver from an NFO file that is there already (bug 36).
    """

    key: str = "MetadataSavers"
    label: str = "Writers of metadata files"
    axis: FileAxis = "nfo"
    does: str = WRITES_NFO

    def off(self, options: Json) -> State:
        savers = options.get(self.key)
        if not isinstance(savers, list):
            return [[]]
        return [[saver for saver in savers if "nfo" not in str(saver).lower()]]

    def words(self, state: State) -> str:
        if not state or not isinstance(state[0], list):
            return "all that are installed"
        return ", ".join(map(str, state[0])) or "none"

    def alike(self, one: State, other: State) -> bool:
        return (one or [None]) == (other or [None])


@dataclass(frozen=True, slots=True)
class ArtistFetchers:
    """The fetchers of pictures for artists, in an entry of TypeOptions. Without one the defaults are on (bug 41).

    An entry that we have to make names the usual fetchers of texts, for an entry without them would switch those off.
    """

    texts_from: tuple[str, ...]
    key: ClassVar[str] = "ImageFetchers of MusicArtist"
    label: ClassVar[str] = "Sites that pictures of artists are fetched from"
    axis: ClassVar[FileAxis] = "image"
    does: ClassVar[str] = "fetches pictures of artists from other sites, and shows and stores them instead of ours"

    def state(self, options: Json) -> State:
        entry = _entry(options)
        if entry is not None:
            return [_CHOSEN, entry[_FETCHERS]] if _FETCHERS in entry else [_NO_CHOICE]
        if isinstance(options.get(_TYPES), list):
            return [_NO_ENTRY]
        return [_NULL_TYPES] if _TYPES in options else [_NO_TYPES]

    def off(self, options: Json) -> State:
        is_offline = options.get("EnableInternetProviders") is False
        return self.state(options) if is_offline else [_CHOSEN, []]

    def words(self, state: State) -> str:
        if state[0] != _CHOSEN or not isinstance(state[1], list):
            return "the server's defaults"
        return ", ".join(map(str, state[1])) or "none"

    def alike(self, one: State, other: State) -> bool:
        return bool(self._plain(one) == self._plain(other))

    def applied(self, options: Json, state: State) -> Json:
        entry = _entry(options)
        if state[0] in _DEFAULTS:
            return self._without_ours(options, entry, state[0])
        made = dict(entry) if entry is not None else self._made()
        made.pop(_FETCHERS, None) if state[0] == _NO_CHOICE else made.update({_FETCHERS: state[1]})
        return _with_entry(options, entry, made)

    def _made(self) -> Json:
        return {"Type": _ARTIST, "MetadataFetchers": list(self.texts_from)}

    def _without_ours(self, options: Json, entry: Json | None, state: str) -> Json:
        """Take away the entry that we made; one that somebody has filled meanwhile only loses our choice."""
        if entry is None:
            return options
        rest = {key: value for key, value in entry.items() if key != _FETCHERS}
        if {key: value for key, value in rest.items() if value not in (None, [])} != self._made():
            return _with_entry(options, entry, rest)
        types = [each for each in options[_TYPES] if each is not entry]
        if types or state == _NO_ENTRY:
            return {**options, _TYPES: types}
        if state == _NULL_TYPES:
            return {**options, _TYPES: None}
        return {key: value for key, value in options.items() if key != _TYPES}

    def _plain(self, state: State) -> Any:
        if state[0] in _DEFAULTS:
            return _NO_ENTRY
        return state[1] if state[0] == _CHOSEN else None


@dataclass(frozen=True, slots=True)
class ConsumerField:
    """A field of a metadata consumer of Lidarr; it writes while both are on, the field and its consumer."""

    key: str
    label: str
    axis: FileAxis
    does: str

    def state(self, options: Json) -> State:
        return next(([field.get("value")] for field in self._fields(options)), [])

    def off(self, options: Json) -> State:
        state = self.state(options)
        is_on = options.get("enable") is True and bool(state) and _says_yes(state[0])
        return [False] if is_on else state

    def words(self, state: State) -> str:
        return "on" if state and _says_yes(state[0]) else "off"

    def alike(self, one: State, other: State) -> bool:
        return self.words(one) == self.words(other)

    def applied(self, options: Json, state: State) -> Json:
        ours = self._fields(options)
        fields = [
            {**field, "value": state[0] if state else None} if any(field is each for each in ours) else field
            for field in options.get("fields") or []
        ]
        return {**options, "fields": fields} if ours else options

    def _fields(self, options: Json) -> list[Json]:
        fields = options.get("fields") or []
        return [field for field in fields if isinstance(field, dict) and field.get("name") == self.key]


def _says_yes(value: Any) -> bool:
    return value is True or str(value).lower() in _TRUE


def _entry(options: Json) -> Json | None:
    """The first one counts."""
    entries = options.get(_TYPES) or []
    return next((each for each in entries if isinstance(each, dict) and each.get("Type") == _ARTIST), None)


def _with_entry(options: Json, old: Json | None, new: Json) -> Json:
    types = options.get(_TYPES) or []
    changed = [new if each is old else each for each in types] if old is not None else [*types, new]
    return {**options, _TYPES: changed}


def understood(options: Any, lists: str) -> Json | None:
    """The options where they can be taken apart and put together again; `lists` names the key that must be a list."""
    return options if isinstance(options, dict) and isinstance(options.get(lists), list | None) else None
