"""What is sent to each kind of receiver, as a plain mapping. Shapes: behaviour.md 9 (delivery)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from connections.hooks.happenings import description

_BLUE = 3447003
_DISCORD_TITLE, _DISCORD_DESCRIPTION = 256, 4096
"""Discord refuses a message beyond these, in characters."""
_SLACK_TEXT = 4000
"""Slack advises no more and cuts off beyond 40,000."""
_GOTIFY_MESSAGE = 4000


@dataclass(frozen=True, slots=True)
class Happening:
    """One event as it leaves: its name, when it was (RFC 3339, UTC), and what it carries."""

    event: str
    moment: str
    data: Mapping[str, Any]

    @property
    def title(self) -> str:
        return f"Stillwater: {self.event}"

    @property
    def description(self) -> str:
        return description(self.event, self.data)


def generic(happening: Happening) -> dict[str, Any]:
    return {"event": happening.event, "timestamp": happening.moment, "data": dict(happening.data)}


def discord(happening: Happening) -> dict[str, Any]:
    """An artist who is called @everyone calls nobody."""
    embed = {
        "title": _cut(happening.title, _DISCORD_TITLE),
        "description": _cut(happening.description, _DISCORD_DESCRIPTION),
        "color": _BLUE,
        "timestamp": happening.moment,
    }
    return {"embeds": [embed], "allowed_mentions": {"parse": []}}


def slack(happening: Happening) -> dict[str, Any]:
    """Slack reads <!channel> and <http…> in a text: its three special characters are written as entities."""
    text = _cut(happening.description, _SLACK_TEXT)
    for raw, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;")):
        text = text.replace(raw, entity)
    return {"text": f"*{happening.title}*\n{text}"}


def gotify(happening: Happening) -> dict[str, Any]:
    return {"title": happening.title, "message": _cut(happening.description, _GOTIFY_MESSAGE)}


@dataclass(frozen=True, slots=True)
class Receiver:
    """A kind of receiver: what people call it, how its address looks, and its body."""

    name: str
    label: str
    address: str
    body: Callable[[Happening], dict[str, Any]]


RECEIVERS: dict[str, Receiver] = {
    one.name: one
    for one in (
        Receiver("generic", "Any program (JSON)", "https://example.org/hook", generic),
        Receiver("discord", "Discord", "https://discord.com/api/webhooks/…", discord),
        Receiver("slack", "Slack", "https://hooks.slack.com/services/…", slack),
        Receiver("gotify", "Gotify", "https://gotify.example.org/message?token=…", gotify),
    )
}


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
