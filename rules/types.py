"""What a rule is: a predicate over stored facts, a sentence that explains one finding, and the name of its fix."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.db.models import Q

from rules.models import Severity
from stillwater.errors import Invalid

Category = Literal["nfo", "image", "metadata"]
SettingKind = Literal["integer", "number", "choice", "flag", "words"]
"""`words`: some of the choices as one text with commas, in the order of the choices."""
Row = Mapping[str, Any]
"""The facts that a sentence or a judge asked for, by column."""

RANKS = {Severity.ERROR.value: 3, Severity.WARNING.value: 2, Severity.INFO.value: 1}
SEVERITY_OF_RANK = {rank: name for name, rank in RANKS.items()}


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing to configure, with the bounds that a form shows and a change is held to."""

    key: str
    kind: SettingKind
    default: Any
    label: str
    low: float = 0
    high: float = 0
    choices: tuple[str, ...] = ()
    help: str = ""

    def checked(self, value: object) -> Any:
        """The value in its own type. Raises Invalid with what would be right."""
        if self.kind == "flag" and isinstance(value, bool):
            return value
        if self.kind == "choice" and value in self.choices:
            return value
        if self.kind in ("integer", "number"):
            return self._number(value)
        if self.kind == "words":
            return self._words(value)
        wanted = "true or false" if self.kind == "flag" else f"one of {', '.join(self.choices)}"
        raise Invalid(f"{self.key} must be {wanted}", self.key)

    def _words(self, value: object) -> str:
        given = value.split(",") if isinstance(value, str) else value
        said = [str(word).strip() for word in given] if isinstance(given, list) else []
        if said and set(said) <= set(self.choices):
            return ",".join(word for word in self.choices if word in said)
        raise Invalid(f"{self.key} must be some of {', '.join(self.choices)}", self.key)

    def _number(self, value: object) -> float:
        whole = self.kind == "integer"
        good = isinstance(value, int | float) and not isinstance(value, bool) and self.low <= value <= self.high
        if good and isinstance(value, int | float) and (not whole or value == int(value)):
            return int(value) if whole else float(value)
        raise Invalid(
            f"{self.key} must be a {'whole ' if whole else ''}number from {self.low:g} to {self.high:g}", self.key
        )


def severity_setting(default: str) -> Setting:
    return Setting(
        "severity", "choice", default, "Severity", choices=tuple(RANKS), help="How bad a finding of this rule is."
    )


@dataclass(frozen=True, slots=True)
class Config:
    """A rule's settings with their defaults filled in, and what it has to know of the people who use it."""

    values: Mapping[str, Any]
    languages: tuple[str, ...] = ()
    """Preferred languages of the first administrator (BCP 47); only filled for rules that ask."""

    def __hash__(self) -> int:
        return hash((frozenset(self.values.items()), self.languages))

    @property
    def severity(self) -> str:
        return str(self.values["severity"])

    @property
    def rank(self) -> int:
        return RANKS[self.severity]

    def number(self, key: str) -> float:
        return float(self.values[key])

    def integer(self, key: str) -> int:
        return int(self.values[key])

    def text(self, key: str) -> str:
        return str(self.values[key])

    def flag(self, key: str) -> bool:
        return bool(self.values[key])


def _all_pass(_row: Row, _config: Config) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A query and a sentence.

    `broken` says which artists break it, over the columns of `rules.facts.artists()`. Where SQL cannot decide,
    `judge` has the last word on those that `broken` let through, from the columns in `facts`.
    """

    id: str
    name: str
    description: str
    doc: str
    category: Category
    default_severity: str
    default_enabled: bool = True
    default_mode: Literal["auto", "manual"] = "manual"
    own_settings: tuple[Setting, ...] = ()
    broken: Callable[[Config], Q]
    judge: Callable[[Row, Config], bool] = _all_pass
    facts: tuple[str, ...] = ()
    sentence: Callable[[Row, Config], str]
    filesystem: bool = False
    """Not considered for artists without a folder."""
    fix: str = ""
    """Name in rules/fixes/registry.py; blank: a person has to mend it."""
    asks_languages: bool = False
    neighbours: Callable[[Sequence[int]], Iterable[int]] | None = None
    """For rules that compare artists: who else shares something with these, and has to be looked at with them."""
    settings: tuple[Setting, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "settings", (severity_setting(self.default_severity), *self.own_settings))

    @property
    def fixable(self) -> bool:
        return bool(self.fix)

    @property
    def is_judged(self) -> bool:
        return self.judge is not _all_pass

    def defaults(self) -> dict[str, Any]:
        return {setting.key: setting.default for setting in self.settings}

    def config(self, stored: Mapping[str, Any], *, languages: tuple[str, ...] = ()) -> Config:
        """What is stored where it is still valid, else the default: an old row never stops an evaluation."""
        return Config({setting.key: _stored(setting, stored) for setting in self.settings}, languages)

    def checked_config(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """A whole new configuration; what is left out falls back to its default. Raises Invalid."""
        by_key = {setting.key: setting for setting in self.settings}
        unknown = sorted(set(given) - set(by_key))
        if unknown:
            raise Invalid(f"{self.id} has no setting {unknown[0]}", unknown[0])
        return {
            key: setting.checked(given[key]) if key in given else setting.default for key, setting in by_key.items()
        }


def _stored(setting: Setting, stored: Mapping[str, Any]) -> Any:
    try:
        return setting.checked(stored[setting.key]) if setting.key in stored else setting.default
    except Invalid:
        return setting.default
