"""Which of genres, styles and moods go into which element of the file, and which values of a file come in.

Only the file is mapped, never what is stored.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from artists.fields import GROUP_TYPES
from artists.nfo.document import NfoDocument

SOURCES = ("genres", "styles", "moods")
TARGETS = {"genre": "genres", "style": "styles", "mood": "moods"}
"""Element name → field key."""
KEYS = ("default_behavior", "moods_as_styles", "genre_sources", "advanced_remap")


@dataclass(frozen=True, slots=True)
class OutputMapping:
    """The setting behind `/settings/nfo-output`.

    `advanced_remap` (element name → sources) wins over all; else `default_behavior` passes everything through; else
    `genre_sources` and `moods_as_styles` apply.
    """

    default_behavior: bool = True
    moods_as_styles: bool = False
    genre_sources: tuple[str, ...] = ("genres",)
    advanced_remap: Mapping[str, tuple[str, ...]] | None = None


def apply_mapping(values: Mapping[str, object], mapping: OutputMapping) -> dict[str, object]:
    """`values` with genres, styles and moods as the file shall have them; an element not wanted gets an empty list."""
    mapped = dict(values)
    if mapping.advanced_remap is not None:
        remap = mapping.advanced_remap
        return mapped | {field: _union(values, remap.get(element, ())) for element, field in TARGETS.items()}
    if not mapping.default_behavior:
        mapped["genres"] = _union(values, mapping.genre_sources or ("genres",))
        mapped["styles"] = _union(values, ("styles", "moods") if mapping.moods_as_styles else ("styles",))
    return mapped


def news_in(stated: Mapping[str, object], stored: Mapping[str, object], mapping: OutputMapping) -> dict[str, object]:
    """What a file states and is not blank, without the mapped lists where they are just what is written for `stored`:
    read back, genres that were written as styles would become styles."""
    written = apply_mapping(stored, mapping)
    is_ours = all(_listed(stated, key) == _listed(written, key) for key in SOURCES)
    return {key: value for key, value in stated.items() if value and not (is_ours and key in SOURCES)}


def import_values(document: NfoDocument) -> dict[str, object]:
    """The values that a file may bring in, by field key: those it states. A group brings no gender."""
    wanted = document.present - {"gender"} if document.type.lower() in GROUP_TYPES else document.present
    return {key: value for key, value in document.values().items() if key in wanted}


def parse_output_mapping(raw: Mapping[str, object]) -> OutputMapping:
    """Read the setting as the API or the store has it; what is missing has its default.

    Raises ValueError, in words for the person who sent it, for an unknown key or source or a value of another type.
    """
    for key in raw:
        if key not in KEYS:
            raise ValueError(f"unknown key: {key}")
    remap = raw.get("advanced_remap")
    return OutputMapping(
        default_behavior=_flag(raw, "default_behavior", default=True),
        moods_as_styles=_flag(raw, "moods_as_styles", default=False),
        genre_sources=_sources("genre_sources", raw.get("genre_sources", ("genres",))),
        advanced_remap=None if remap is None else _remap(remap),
    )


def _union(values: Mapping[str, object], sources: Iterable[str]) -> list[str]:
    """The values of all `sources` in turn, each once whatever its case; the first spelling stays."""
    spellings: dict[str, str] = {}
    for source in sources:
        for value in _listed(values, source):
            spellings.setdefault(str(value).casefold(), str(value))
    return list(spellings.values())


def _listed(values: Mapping[str, object], key: str) -> list[object]:
    found = values.get(key)
    return list(found) if isinstance(found, list | tuple) else []


def _flag(raw: Mapping[str, object], key: str, *, default: bool) -> bool:
    value = raw.get(key, default)
    if not isinstance(value, bool):
        raise ValueError(f"{key} must be true or false")
    return value


def _sources(key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list | tuple):
        raise ValueError(f"{key} must be a list of {', '.join(SOURCES)}")
    for source in value:
        if source not in SOURCES:
            raise ValueError(f"unknown source in {key}: {source}")
    return tuple(value)


def _remap(value: object) -> dict[str, tuple[str, ...]]:
    if not isinstance(value, Mapping):
        raise ValueError("advanced_remap must be an object or null")
    for key in value:
        if key not in TARGETS:
            raise ValueError(f"unknown key in advanced_remap: {key}")
    return {key: _sources(f"advanced_remap.{key}", sources) for key, sources in value.items()}
