"""Where a person mends what a rule found: the place on the artist page, and the word on the button."""

from dataclasses import dataclass

from rules.catalogue import BY_ID


@dataclass(frozen=True, slots=True)
class Remedy:
    """`anchor`: id of the element on the artist page; `verb`: what one does there."""

    verb: str
    anchor: str


_OPEN = Remedy("Open", "")
_ARTWORK = Remedy("Artwork", "artwork")
_BY_RULE = {
    "nfo_exists": Remedy("NFO", "nfo"),
    "nfo_readable": Remedy("NFO", "nfo"),
    "nfo_has_mbid": Remedy("Identify", "field-musicbrainz_id"),
    "mbid_duplicate": Remedy("Compare", "field-musicbrainz_id"),
    "mbid_resolves": Remedy("Identify", "field-musicbrainz_id"),
    "artist_id_mismatch": Remedy("Check", "field-name"),
    "directory_name_mismatch": Remedy("Rename", "folder"),
    "bio_exists": Remedy("Write", "field-biography"),
    "metadata_quality": Remedy("Write", "field-biography"),
    "name_language_pref": Remedy("Rename", "field-name"),
    "origin_missing": Remedy("Write", "field-origin"),
    "genres_missing": Remedy("Write", "field-genres"),
    "provider_id_missing": Remedy("Add IDs", "field-discogs_id"),
    "discography_populated": Remedy("NFO", "nfo"),
}


def remedy_of(rule_id: str) -> Remedy:
    """The artist page as a whole for a rule that is not known (any more)."""
    if rule_id in _BY_RULE:
        return _BY_RULE[rule_id]
    rule = BY_ID.get(rule_id)
    return _ARTWORK if rule is not None and rule.category == "image" else _OPEN
