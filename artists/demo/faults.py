"""Carries out the faults that an act asks for: the ways in which a remote service fails (F9)."""

from typing import Any

from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import World


def misbehave(fault: str, fake: Fake, world: World, question: Question, environ: dict[str, Any]) -> Reply:
    """The reply, if there is one at all: some faults end the connection instead."""
    match fault:
        case "429":
            return json_reply({"error": "too many requests"}, 429, **{"Retry-After": "1"})
        case "429 silent":
            return json_reply({"error": "too many requests"}, 429)
        case "quota":
            return fake.quota_reply or json_reply({"error": "too many requests"}, 429)
        case "500" | "503":
            return json_reply({"error": "internal"}, int(fault))
        case "html":
            return Reply(200, b"<!doctype html><title>Welcome</title><p>Please accept our cookies.", {}, "text/html")
        case "cut":
            return Reply(200, b'{"artists": [{"name": "Fau')
        case "empty":
            return Reply(200, b"")
        case _:
            return json_reply({"error": "internal"}, 500)
