"""Which stored values go into which element of an artist.nfo, from the options and the library."""

import json
import logging

from artists.models import Artist
from artists.nfo.document import WRITTEN_FIELDS
from artists.nfo.mapping import KEYS, OutputMapping, apply_mapping, parse_output_mapping
from artists.services.places import owning_library
from stillwater.services.options import option

logger = logging.getLogger(__name__)


def output_mapping() -> OutputMapping:
    """The setting nfo.output.*; a stored value that is no good falls back to the default, with a warning."""
    stored = {key: text for key in KEYS if (text := option(f"nfo.output.{key}"))}
    try:
        return parse_output_mapping({key: json.loads(text) for key, text in stored.items()})
    except ValueError as error:
        logger.warning("the stored NFO output mapping is not usable, so the default is: %s", error)
        return OutputMapping()


def output_values(artist: Artist) -> dict[str, object]:
    """What the artist's file shall say, by field key."""
    return apply_mapping({key: getattr(artist, key) for key in WRITTEN_FIELDS}, output_mapping())


def locks_data(artist: Artist) -> bool:
    """Whether the owning library wants lockdata in its files."""
    library = owning_library(artist.path) if artist.path else None
    return library is not None and library.nfo_lock_data
