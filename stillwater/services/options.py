"""The registry of application options: key, kind, default, bounds, help; read and change them.

The settings page, the REST operation, the export and the documentation read this one list. Keys and defaults:
behaviour.md 1 (settings keys).
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from stillwater import events, vault
from stillwater.errors import Invalid
from stillwater.models import Option
from stillwater.option_later import LATER, MOMENT
from stillwater.option_spec import OptionSpec, plain


def _flag(key: str, default: bool, section: str, words: str, label: str = "") -> OptionSpec:
    return OptionSpec(key, "flag", "true" if default else "false", words, section, label)


REGISTRY: tuple[OptionSpec, ...] = (
    OptionSpec(
        "rule.classical_mode",
        "choice",
        "skip",
        "What rules do with artists that are marked as classical.",
        "rules",
        "Classical artists",
        choices=("skip", "composer", "performer"),
        choice_labels=("Leave them unchecked", "Check them as composers", "Check them as performers"),
    ),
    OptionSpec(
        "rule_schedule.interval_minutes",
        "number",
        "0",
        "Check every artist again after so many minutes; 0: only when asked.",
        "rules",
        "Check by the clock",
        unit="minutes",
        low=5,
        high=525_600,
        also_zero=True,
    ),
    _flag(
        "notif_badge_enabled",
        True,
        "rules",
        "Show the number of open findings in the sidebar.",
        "Number beside Findings",
    ),
    _flag("notif_badge_severity_error", True, "rules", "The number counts errors.", "Count errors"),
    _flag("notif_badge_severity_warning", True, "rules", "The number counts warnings.", "Count warnings"),
    _flag("notif_badge_severity_info", False, "rules", "The number counts hints.", "Count hints"),
    _flag("nfo.output.default_behavior", True, "nfo", "Write genres, styles and moods as they are stored."),
    _flag("nfo.output.moods_as_styles", False, "nfo", "Write moods among the styles too."),
    OptionSpec(
        "nfo.output.genre_sources",
        "list",
        '["genres"]',
        "What is written as genre: genres, styles, moods.",
        "nfo",
        choices=("genres", "styles", "moods"),
    ),
    OptionSpec(
        "nfo.output.advanced_remap",
        "object",
        "null",
        "A free mapping of genre, style and mood; overrules the others.",
        "nfo",
    ),
    OptionSpec(
        "images.backdrop.target_count",
        "number",
        "1",
        "How many backdrops an artist should have.",
        "images",
        low=1,
        high=10,
    ),
    OptionSpec(
        "cache.image.max_size_mb",
        "number",
        "0",
        "Largest size of the picture cache in MB; 0: no limit.",
        "images",
        "Largest picture cache",
        unit="MB",
        high=10_000_000,
    ),
    _flag("auto_fetch_images", False, "images", "Fetch missing pictures when an artist is refreshed."),
    OptionSpec(
        "exists_flag_scan.interval_hours",
        "number",
        "1",
        "Look for vanished files every so many hours.",
        "images",
        low=1,
        high=720,
    ),
    OptionSpec(
        "foreign_file_scan.interval_hours",
        "number",
        "6",
        "Look for pictures of other programs every so many hours.",
        "images",
        "Look for foreign files",
        unit="hours",
        low=1,
        high=720,
    ),
    OptionSpec(
        "provider.name_similarity_threshold",
        "number",
        "60",
        "Refuse a provider's answer below this likeness of names.",
        "providers",
        high=100,
    ),
    _flag("provider.websearch.duckduckgo.enabled", False, "providers", "Search the web for pictures."),
    OptionSpec(
        "musicbrainz.contributions",
        "choice",
        "disabled",
        "Offer to send corrections to MusicBrainz.",
        "providers",
        choices=("disabled", "web_form", "api"),
    ),
    OptionSpec(
        "auth.method",
        "choice",
        "local",
        "How people sign in by default.",
        "people",
        choices=("local", "emby", "jellyfin", "oidc"),
    ),
    _flag("multi_user.enabled", False, "people", "More than one person uses this Stillwater."),
    OptionSpec("backup_retention_count", "number", "7", "Keep so many backups.", "upkeep", low=1, high=1000),
    OptionSpec(
        "backup_max_age_days", "number", "0", "Delete backups older than so many days; 0: never.", "upkeep", high=36_500
    ),
    _flag("db_maintenance.enabled", True, "upkeep", "Optimise the database now and then."),
    OptionSpec(
        "db_maintenance.interval_hours", "number", "24", "Optimise every so many hours.", "upkeep", low=1, high=720
    ),
    _flag("show_platform_debug", False, "advanced", "Show the raw answers of servers on artist pages."),
    _flag("shared_filesystem.dismissed", False, "advanced", "The hint about shared files was dismissed."),
    _flag("onboarding.completed", False, "advanced", "The first steps are done."),
    *(
        OptionSpec(
            f"webhook.inbound.{kind}.secret",
            "text",
            "",
            f"What signs the messages of {kind}; blank: its token is enough.",
            "advanced",
            secret=True,
        )
        for kind in ("lidarr", "emby", "jellyfin")
    ),
    OptionSpec("onboarding.step", "number", "0", "The first step that is still open.", "advanced", high=6),
    OptionSpec(
        "onboarding.conflict_check_completed_at",
        "text",
        "",
        "When somebody saw what servers do to the files.",
        "advanced",
        pattern=MOMENT,
    ),
    *LATER,
)
BY_KEY: dict[str, OptionSpec] = {spec.key: spec for spec in REGISTRY}
_SECRET_WORDS = ("api_key", "apikey", "secret", "password", "passphrase", "token")


def option(key: str) -> str:
    """The stored value or the registry's default. An unknown key that is not stored is ''; a secret one is sealed.

    A stored value that is wrong by now (bounds change, rows are imported) counts as not stored.
    """
    row = Option.objects.filter(pk=key).values_list("value", flat=True).first()
    if row is not None and _is_valid(key, row):
        return row
    return BY_KEY[key].default if key in BY_KEY else ""


def option_flag(key: str) -> bool:
    return option(key) == "true"


def option_number(key: str) -> int:
    return int(option(key))


def option_json(key: str) -> Any:
    return json.loads(option(key))


def all_options() -> dict[str, str]:
    """Every option by key, without the secret ones (the reference leaked those: behaviour.md 13)."""
    values = {spec.key: spec.default for spec in REGISTRY}
    stored = Option.objects.values_list("key", "value")
    values |= {key: value for key, value in stored if _is_valid(key, value)}
    return {key: value for key, value in sorted(values.items()) if not is_secret(key)}


def change_options(changes: Mapping[str, object]) -> dict[str, str]:
    """Store all or none. Unknown keys are kept as they come (contract), secrets sealed by the vault.

    Raises Invalid at the first bad one.
    """
    normal = {key: _normal(key, value) for key, value in changes.items()}
    with transaction.atomic():
        for key, value in normal.items():
            kept = vault.seal(value) if value and is_secret(key) else value
            Option.objects.update_or_create(pk=key, defaults={"value": kept})
        events.publish("settings.changed", {"keys": sorted(normal)})
    return normal


def options_under(prefix: str) -> dict[str, str]:
    """What is stored below a prefix, in one query; secrets are sealed. For a noun that has a reader of its own."""
    return dict(Option.objects.filter(pk__startswith=prefix).values_list("key", "value"))


def forget_options(keys: Iterable[str]) -> None:
    """They are as if they had never been set."""
    names = sorted(keys)
    with transaction.atomic():
        deleted, _ = Option.objects.filter(pk__in=names).delete()
        if deleted:
            events.publish("settings.changed", {"keys": names})


def _normal(key: str, value: object) -> str:
    if not key or len(key) > 120:
        raise Invalid("setting names have 1 to 120 characters", key)
    if key == "auth.providers.local.enabled" and plain(value) != "true":
        raise Invalid("local sign-in cannot be switched off", key)
    if key in BY_KEY:
        return BY_KEY[key].normal(value)
    return json.dumps(value) if isinstance(value, (list, dict)) else plain(value)


def is_secret(key: str) -> bool:
    """Its value is never shown, whoever asks."""
    return key.lower().endswith(_SECRET_WORDS)


def sealed_options() -> list[str]:
    """Stored secrets as the vault closed them, for the check that its key still fits."""
    stored = Option.objects.values_list("key", "value")
    return [value for key, value in stored if is_secret(key) and vault.is_sealed(value)]


def _is_valid(key: str, value: str) -> bool:
    try:
        return _normal(key, value) == value
    except Invalid:
        return False
