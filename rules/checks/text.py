"""Predicates over what is written about an artist: biography, origin, and the script of the name."""

from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import LessThan

from artists.matching.scripts import script_fits
from rules.types import Config, Row, Rule, Setting


def _short_biography(config: Config) -> Q:
    return Q(biography="") | Q(LessThan(Length("biography"), config.integer("min_length")))


def _short_sentence(row: Row, config: Config) -> str:
    length = len(row["biography"])
    if not length:
        return "There is no biography."
    characters = "character" if length == 1 else "characters"
    return f"Biography has {length} {characters}, wanted at least {config.integer('min_length')}."


BIO_EXISTS = Rule(
    id="bio_exists",
    name="Biography exists",
    description="The artist has a biography.",
    doc="Counts characters.",
    category="metadata",
    default_severity="warning",
    default_mode="auto",
    own_settings=(Setting("min_length", "integer", 10, "Shortest biography", 1, 100_000, help="In characters."),),
    broken=_short_biography,
    facts=("biography",),
    sentence=_short_sentence,
    fix="text",
)

METADATA_QUALITY = Rule(
    id="metadata_quality",
    name="Biography says something",
    description="The biography is more than a filler.",
    doc="Finds fillers such as n/a or unknown, and texts of less than 50 bytes. "
    "A missing biography is another rule's matter.",
    category="metadata",
    default_severity="warning",
    broken=lambda _config: ~Q(biography="") & ~Q(biography_junk=""),
    facts=("biography_junk",),
    sentence=lambda row, _config: f"Biography says nothing: it is {row['biography_junk'].rstrip('.')}.",
    fix="text",
)

ORIGIN_MISSING = Rule(
    id="origin_missing",
    name="Origin is known",
    description="It is known where the artist comes from.",
    doc="The field Origin has a value.",
    category="metadata",
    default_severity="info",
    default_enabled=False,
    broken=lambda _config: Q(origin=""),
    sentence=lambda _row, _config: "Origin is empty.",
    fix="text",
)

GENRES_MISSING = Rule(
    id="genres_missing",
    name="Genres are known",
    description="The artist has at least one genre.",
    doc="The field Genres has a value. Players sort and shuffle by it.",
    category="metadata",
    default_severity="info",
    default_enabled=False,
    broken=lambda _config: Q(genres=[]),
    sentence=lambda _row, _config: "There are no genres.",
    fix="text",
)


def _foreign(row: Row, config: Config) -> list[str]:
    """Which of the two names the preferred languages are not written in; locked ones stay as they are."""
    spelled = {"name": row["name"], "sort_name": row["sort_name"]}
    return [
        key
        for key, text in spelled.items()
        if key not in row["locked_fields"] and not script_fits(text, config.languages)
    ]


def _foreign_sentence(row: Row, config: Config) -> str:
    fields = " and ".join(key.replace("_", " ").capitalize() + f" “{row[key]}”" for key in _foreign(row, config))
    return f"{fields}: not written in a script of {', '.join(config.languages)}."


NAME_LANGUAGE_PREF = Rule(
    id="name_language_pref",
    name="Name is in a preferred language",
    description="Name and sort name are in a script that the preferred languages are written in.",
    doc="The languages are those that the first administrator prefers for metadata. Locked names are left alone.",
    category="metadata",
    default_severity="warning",
    default_enabled=False,
    broken=lambda config: ~Q(name="") if config.languages else Q(pk__in=[]),
    judge=lambda row, config: bool(_foreign(row, config)),
    facts=("name", "sort_name", "locked_fields"),
    sentence=_foreign_sentence,
    fix="text",
    asks_languages=True,
)
