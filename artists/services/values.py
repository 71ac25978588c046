"""What a value of an artist's field must look like: cleaned and checked by the kind that artists/fields.py gives it."""

import re
import unicodedata
from collections.abc import Iterable
from uuid import UUID

from artists.fields import BY_KEY, ArtistField
from artists.matching.dates import validate_date
from artists.matching.similarity import refusable_key
from artists.models import Artist
from artists.nfo.mbid import first_mbid
from stillwater.errors import Invalid

Value = str | list[str]

_LIMITS: dict[str, int | None] = {key: getattr(Artist._meta.get_field(key), "max_length", None) for key in BY_KEY}
"""The most characters that the column of a field takes."""
_PAGE_OF_ARTIST = re.compile(r"\s*(https?://)?([\w-]+\.)?musicbrainz\.org/artist/", re.IGNORECASE)
_BREAKS = re.compile(r"[\r\n\t\v\f\x1c-\x1e\x85\u2028\u2029]+")


def known_field(key: str) -> ArtistField:
    """The field of that key. Raises Invalid."""
    try:
        return BY_KEY[key]
    except KeyError:
        raise Invalid("unknown field", "field") from None


def clean(key: str, value: object) -> Value:
    """The value as it is stored: text trimmed and free of control characters, lists without blanks and doubles.

    A list may come as text with commas or one value a line. Dates are checked by `clean_by_hand` only: a file's or
    a provider's text is worth keeping whatever its form. Raises Invalid, whose `field` is the key.
    """
    field = known_field(key)
    if field.kind == "list":
        return _clean_list(field, value)
    if not isinstance(value, str):
        raise Invalid(f"{key} must be text", key)
    text = _long(value) if field.kind == "long" else one_line(value)
    return _CHECKS.get(field.kind, _as_it_is)(field, _of_fitting_length(field, text))


def clean_by_hand(key: str, value: object) -> Value:
    """The same for what a person typed; a date that nobody could read is refused with a hint. Raises Invalid.

    The address of an artist's page at MusicBrainz, as people copy it, stands for the ID in it.
    """
    cleaned = clean(key, _pasted(value) if known_field(key).kind == "mbid" else value)
    if BY_KEY[key].kind == "date" and isinstance(cleaned, str):
        try:
            return validate_date(cleaned)
        except ValueError as error:
            raise Invalid(f"{key}: {error}", key) from error
    return cleaned


def _pasted(value: object) -> object:
    return first_mbid(value) if isinstance(value, str) and _PAGE_OF_ARTIST.match(value) else value


def one_line(text: str) -> str:
    """Trimmed, without control characters; breaks become spaces."""
    return text.strip() if text.isprintable() else _printable(_BREAKS.sub(" ", text)).strip()


def blank(key: str) -> Value:
    """The empty value of a field."""
    return [] if known_field(key).kind == "list" else ""


def without_doubles(values: Iterable[str]) -> list[str]:
    """The first spelling of each value, compared without case."""
    spellings: dict[str, str] = {}
    for value in values:
        spellings.setdefault(value.casefold(), value)
    return list(spellings.values())


def as_text(value: object) -> str:
    """A stored value as the contract prints it: lists joined by comma and space, members and the like by name."""
    if isinstance(value, list):
        return ", ".join(as_text(item) for item in value)
    if isinstance(value, dict):
        return str(next((value[key] for key in ("member_name", "alias", "file_name") if value.get(key)), ""))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def _clean_list(field: ArtistField, value: object) -> list[str]:
    items = re.split(r"[,\n]", value) if isinstance(value, str) else value
    if not isinstance(items, list | tuple) or not all(isinstance(item, str) for item in items):
        raise Invalid(f"{field.key} must be a list of text", field.key)
    return without_doubles(text for item in items if (text := one_line(item)))


def _long(text: str) -> str:
    return _printable(text.replace("\r\n", "\n").replace("\r", "\n"), keep="\n\t").strip()


def _printable(text: str, keep: str = "") -> str:
    if text.isprintable():
        return text
    return "".join(letter for letter in text if letter in keep or unicodedata.category(letter) not in ("Cc", "Cs"))


def _of_fitting_length(field: ArtistField, text: str) -> str:
    limit = _LIMITS[field.key]
    if limit is not None and len(text) > limit and field.kind != "mbid":
        raise Invalid(f"{field.key} is longer than {limit} characters", field.key)
    return text


def _as_it_is(field: ArtistField, text: str) -> str:
    """A name of nothing but dashes and invisible characters would be everybody's namesake (similarity.py)."""
    if field.key == "name" and refusable_key(text):
        raise Invalid("name must not be blank", "name")
    return text


def _choice(field: ArtistField, text: str) -> str:
    """Known words in their own spelling. A gender may be any word; a type drives rules, so it must be a known one."""
    known = next((choice for choice in field.choices if choice == text.casefold()), None)
    if known is None and text and field.key == "type":
        raise Invalid(f"type must be one of {', '.join(field.choices)}", "type")
    return known or text


def _mbid(field: ArtistField, text: str) -> str:
    if not text:
        return ""
    try:
        identifier = str(UUID(text))
    except ValueError:
        identifier = ""
    if identifier != text.lower():
        raise Invalid(f"{field.key} must be a UUID", field.key)
    return identifier


def _identifier(field: ArtistField, text: str) -> str:
    if any(letter.isspace() for letter in text):
        raise Invalid(f"{field.key} must not contain spaces", field.key)
    return text


_CHECKS = {"text": _as_it_is, "choice": _choice, "mbid": _mbid, "identifier": _identifier}
