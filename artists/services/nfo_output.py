"""Which stored values go into which element of an artist.nfo, from the options and the library."""

import json
import logging
from collections.abc import Mapping

from artists.models import Artist
from artists.nfo.document import WRITTEN_FIELDS
from artists.nfo.mapping import KEYS, SOURCES, OutputMapping, apply_mapping, news_in, parse_output_mapping
from artists.services.places import owning_library
from stillwater.errors import Invalid
from stillwater.services.options import change_options, option

logger = logging.getLogger(__name__)


def output_mapping() -> OutputMapping:
    """The setting nfo.output.*; a stored value that is no good falls back to the default, with a warning."""
    stored = {key: text for key in KEYS if (text := option(f"nfo.output.{key}"))}
    try:
        return parse_output_mapping({key: json.loads(text) for key, text in stored.items()})
    except ValueError as error:
        logger.warning("the stored NFO output mapping is not usable, so the default is: %s", error)
        return OutputMapping()


def change_output_mapping(raw: Mapping[str, object]) -> OutputMapping:
    """Store the setting as a whole: what is left out has its default again. Raises Invalid with what is wrong."""
    try:
        mapping = parse_output_mapping(raw)
    except ValueError as error:
        raise Invalid(str(error)) from error
    change_options({f"nfo.output.{key}": value for key, value in plain_mapping(mapping).items()})
    return mapping


def plain_mapping(mapping: OutputMapping) -> dict[str, object]:
    """The setting as the API and the store have it."""
    remap = mapping.advanced_remap
    return {
        "default_behavior": mapping.default_behavior,
        "moods_as_styles": mapping.moods_as_styles,
        "genre_sources": list(mapping.genre_sources),
        "advanced_remap": None if remap is None else {element: list(sources) for element, sources in remap.items()},
    }


def output_values(artist: Artist) -> dict[str, object]:
    """What the artist's file shall say, by field key."""
    return apply_mapping({key: getattr(artist, key) for key in WRITTEN_FIELDS}, output_mapping())


def news_for(artist: Artist, stated: Mapping[str, object], mapping: OutputMapping) -> dict[str, object]:
    """What a file says to the artist that it was not given by us."""
    return news_in(stated, {key: getattr(artist, key) for key in SOURCES}, mapping)


def library_locks_data(artist: Artist) -> bool:
    """Whether the owning library wants lockdata in its files."""
    library = owning_library(artist.path) if artist.path else None
    return library is not None and library.nfo_lock_data
