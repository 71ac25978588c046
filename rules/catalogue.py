"""The list of rules, in the order in which they are shown and evaluated. Facts: behaviour.md 2."""

from rules.checks import discography, doubles, files, identity, images, nfo, text
from rules.types import Rule
from stillwater.errors import NotFound

RULES: tuple[Rule, ...] = (
    nfo.NFO_EXISTS,
    identity.NFO_HAS_MBID,
    images.THUMB_EXISTS,
    images.THUMB_SQUARE,
    images.THUMB_MIN_RES,
    images.FANART_EXISTS,
    images.LOGO_EXISTS,
    text.BIO_EXISTS,
    images.FANART_MIN_RES,
    images.FANART_ASPECT,
    images.LOGO_MIN_RES,
    images.BANNER_EXISTS,
    images.BANNER_MIN_RES,
    files.EXTRANEOUS_IMAGES,
    identity.ARTIST_ID_MISMATCH,
    files.DIRECTORY_NAME_MISMATCH,
    doubles.IMAGE_DUPLICATE,
    text.METADATA_QUALITY,
    doubles.BACKDROP_SEQUENCING,
    doubles.BACKDROP_MIN_COUNT,
    images.LOGO_PADDING,
    text.NAME_LANGUAGE_PREF,
    text.ORIGIN_MISSING,
    doubles.IMAGE_DUPLICATE_EXACT,
    discography.DISCOGRAPHY_POPULATED,
    identity.PROVIDER_ID_MISSING,
    doubles.CROSS_ARTIST_BACKDROP,
    nfo.NFO_READABLE,
    identity.MBID_DUPLICATE,
    identity.MBID_CONTRADICTS_TAGS,
    text.GENRES_MISSING,
    identity.MBID_RESOLVES,
)
BY_ID: dict[str, Rule] = {rule.id: rule for rule in RULES}


def rule_by_id(rule_id: str) -> Rule:
    """Raises NotFound."""
    if rule_id not in BY_ID:
        raise NotFound("rule not found")
    return BY_ID[rule_id]
