"""Options whose values are checked already though nothing obeys them yet: sign-in, logs, updates.

None has a label, so the settings page shows none of them. Keys, defaults: behaviour.md 1; levels: contract.
"""

from stillwater.option_spec import OptionSpec

_ROLES = ("administrator", "operator")


def _flag(key: str, default: str, section: str, words: str) -> OptionSpec:
    return OptionSpec(key, "flag", default, words, section)


def _text(key: str, default: str, section: str, words: str, pattern: str = "") -> OptionSpec:
    return OptionSpec(key, "text", default, words, section, pattern=pattern)


ADDRESS = r"(https?://[^\s/?#@]+(/[^\s?#]*)?)?"
MOMENT = r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d))?"


def _server(kind: str) -> tuple[OptionSpec, ...]:
    at, name = f"auth.providers.{kind}", kind.capitalize()
    return (
        _flag(f"{at}.enabled", "false", "people", f"People may sign in with their {name} account."),
        _text(f"{at}.server_url", "", "people", f"Address of the {name} server that people sign in with.", ADDRESS),
        _flag(f"{at}.auto_provision", "false", "people", f"Whoever signs in with {name} first gets an account."),
        OptionSpec(
            f"{at}.guard_rail", "choice", "admin", f"Who of {name} may.", "people", choices=("admin", "any_user")
        ),
        OptionSpec(f"{at}.default_role", "choice", "operator", "Role of a new account.", "people", choices=_ROLES),
    )


_OIDC = "auth.providers.oidc"
LATER: tuple[OptionSpec, ...] = (
    _text("server.base_path", "/", "advanced", "Path below which Stillwater is served.", r"/[A-Za-z0-9/_-]*"),
    _text("auth.server_url", "", "people", "Address of the server that people sign in with.", ADDRESS),
    _flag("auth.providers.local.enabled", "true", "people", "People may sign in with a password kept here."),
    *_server("emby"),
    *_server("jellyfin"),
    _flag(f"{_OIDC}.enabled", "false", "people", "People may sign in through OpenID Connect."),
    _text(f"{_OIDC}.issuer_url", "", "people", "Address of the OpenID provider.", ADDRESS),
    _text(f"{_OIDC}.client_id", "", "people", "Our name at the OpenID provider."),
    _flag(f"{_OIDC}.auto_provision", "false", "people", "Whoever signs in first gets an account."),
    OptionSpec(f"{_OIDC}.default_role", "choice", "operator", "Role of a new account.", "people", choices=_ROLES),
    _text(f"{_OIDC}.admin_groups", "", "people", "Groups whose members are administrators, with commas."),
    _text(f"{_OIDC}.user_groups", "", "people", "Groups whose members may sign in, with commas."),
    _text(f"{_OIDC}.display_name", "", "people", "What the sign-in button says."),
    _text(f"{_OIDC}.logo_url", "", "people", "Picture on the sign-in button.", ADDRESS),
    OptionSpec(
        "logging.level",
        "choice",
        "info",
        "What is logged.",
        "logs",
        choices=("trace", "debug", "info", "warn", "error"),
    ),
    OptionSpec("logging.format", "choice", "text", "How a line is written.", "logs", choices=("text", "json")),
    _text("logging.file_path", "", "logs", "File that is written beside the console; blank: none."),
    OptionSpec("logging.file_max_size_mb", "number", "10", "Largest file in MB.", "logs", low=1, high=10_000),
    OptionSpec("logging.file_max_files", "number", "5", "Keep so many files.", "logs", low=1, high=1000),
    OptionSpec("logging.file_max_age_days", "number", "30", "Keep files so many days; 0: for ever.", "logs", high=3650),
    OptionSpec(
        "updater.channel", "choice", "stable", "Which releases.", "upkeep", choices=("stable", "prerelease", "nightly")
    ),
    _flag("updater.enabled", "false", "upkeep", "Updates may be looked for and applied."),
    _flag("updater.auto_check", "false", "upkeep", "Look for updates now and then."),
    _flag("updater.auto_update", "false", "upkeep", "Apply updates without asking."),
    OptionSpec(
        "updater.check_interval_hours", "number", "24", "Look every so many hours; 0: never.", "upkeep", high=8760
    ),
    _text("updater.last_auto_applied", "", "upkeep", "When an update was applied last.", MOMENT),
    _text("updater.last_auto_applied_version", "", "upkeep", "The update that was applied last."),
    OptionSpec("updater.skipped_versions", "list", "[]", "Versions that are passed over.", "upkeep"),
    _text("db_maintenance.last_optimize_at", "", "upkeep", "When the database was optimised last.", MOMENT),
)
