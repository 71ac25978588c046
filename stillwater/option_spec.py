"""What one application option is: its kind, default and bounds, and how a value is checked."""

import json
import re
from dataclasses import dataclass
from typing import Any, Literal

from stillwater.errors import Invalid
from stillwater.json_text import read_json

OptionKind = Literal["flag", "number", "choice", "text", "list", "object"]
_TRUE, _FALSE = frozenset({"true", "1", "yes", "on"}), frozenset({"false", "0", "no", "off"})


@dataclass(frozen=True, slots=True)
class OptionSpec:
    """One option. `section` is where the settings page shows it; secret ones are never read back.

    Without a `label` the page does not show it: nothing obeys it yet, or it has a page of its own.
    """

    key: str
    kind: OptionKind
    default: str
    help: str
    section: str
    label: str = ""
    low: int = 0
    high: int = 1_000_000
    choices: tuple[str, ...] = ()
    choice_labels: tuple[str, ...] = ()
    unit: str = ""
    also_zero: bool = False
    secret: bool = False
    pattern: str = ""
    """Of a text: what the whole of it has to match."""

    def normal(self, value: object) -> str:
        """The stored spelling. Raises Invalid with what would be right."""
        text = json.dumps(value) if isinstance(value, (list, dict)) else plain(value)
        return getattr(self, f"_{self.kind}")(text)  # type: ignore[no-any-return]

    def _flag(self, text: str) -> str:
        if text.lower() in _TRUE:
            return "true"
        if text.lower() in _FALSE:
            return "false"
        raise Invalid(f"{self.key} must be true or false", self.key)

    def _number(self, text: str) -> str:
        if (
            text.isascii()
            and text.isdigit()
            and len(text) <= 18
            and (self.low <= int(text) <= self.high or (self.also_zero and int(text) == 0))
        ):
            return str(int(text))
        zero = "0 or " if self.also_zero else ""
        raise Invalid(f"{self.key} must be a whole number: {zero}{self.low} to {self.high}", self.key)

    def _choice(self, text: str) -> str:
        if text in self.choices:
            return text
        raise Invalid(f"{self.key} must be one of {', '.join(self.choices)}", self.key)

    def _text(self, text: str) -> str:
        if len(text) > 4000:
            raise Invalid(f"{self.key} is too long", self.key)
        if self.pattern and not re.fullmatch(self.pattern, text):
            raise Invalid(f"{self.key} is not of the right form", self.key)
        return text

    def _list(self, text: str) -> str:
        value = _json(self.key, text)
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise Invalid(f"{self.key} must be a list of words", self.key)
        if self.choices and not set(value) <= set(self.choices):
            raise Invalid(f"{self.key} takes only {', '.join(self.choices)}", self.key)
        return json.dumps(value, ensure_ascii=False)

    def _object(self, text: str) -> str:
        value = _json(self.key, text)
        if value is None or isinstance(value, dict):
            return json.dumps(value, ensure_ascii=False)
        raise Invalid(f"{self.key} must be an object", self.key)


def plain(value: object) -> str:
    """A value as text, in JSON's spelling of flags and nothing."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "null" if value is None else str(value)


def _json(key: str, text: str) -> Any:
    try:
        return read_json(text)
    except ValueError as error:
        raise Invalid(f"{key} is not valid JSON", key) from error
