"""The registry of application options: key, kind, default, bounds, help.

The settings page, the REST operation, the export and the documentation read this one list. Keys and defaults:
behaviour.md 1 (settings keys).
"""

from stillwater.option_later import LATER, MOMENT
from stillwater.option_spec import OptionSpec


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
