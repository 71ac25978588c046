"""What each kind of receiver is sent (behaviour.md 9)."""

from typing import Any

import pytest

from connections.hooks.bodies import RECEIVERS, Happening

MOMENT = "2026-03-01T10:00:00Z"


def body(kind: str, event: str = "rule.violation", **data: Any) -> dict[str, Any]:
    return RECEIVERS[kind].body(Happening(event, MOMENT, data))


def test_any_program_gets_the_event_its_moment_and_its_data() -> None:
    assert body("generic", artist_id="7") == {
        "event": "rule.violation",
        "timestamp": MOMENT,
        "data": {"artist_id": "7"},
    }


def test_discord_gets_an_embed() -> None:
    (embed,) = body("discord", artist_name="Mara Field", message="no picture")["embeds"]
    assert embed == {
        "title": "Stillwater: rule.violation",
        "description": "Mara Field: no picture",
        "color": 3447003,
        "timestamp": MOMENT,
    }


def test_slack_gets_a_bold_line_and_the_description() -> None:
    assert body("slack", "scan.completed", message="3 new") == {"text": "*Stillwater: scan.completed*\n3 new"}


def test_gotify_gets_a_title_and_a_message() -> None:
    assert body("gotify", message="3 new") == {"title": "Stillwater: rule.violation", "message": "3 new"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({"message": "3 new"}, "3 new"),
        ({"artist_name": "Björk"}, "Björk"),
        ({"artist_id": "7"}, '{"artist_id": "7"}'),
        ({}, "A finding came up"),
    ],
)
def test_the_description_is_what_was_said_else_the_data_else_the_event(data: dict[str, Any], words: str) -> None:
    assert body("gotify", **data)["message"] == words


class TestHostileNames:
    def test_an_artist_called_everyone_calls_nobody_on_discord(self) -> None:
        assert body("discord", message="@everyone")["allowed_mentions"] == {"parse": []}

    def test_a_name_cannot_speak_slacks_language(self) -> None:
        text = body("slack", message="<!channel> <https://evil|click> AT&T")["text"]
        assert text.endswith("&lt;!channel&gt; &lt;https://evil|click&gt; AT&amp;T")

    def test_a_long_text_stays_below_what_discord_refuses(self) -> None:
        (embed,) = body("discord", "x" * 400, message="y" * 9000)["embeds"]
        assert (len(embed["title"]), len(embed["description"])) == (256, 4096)
