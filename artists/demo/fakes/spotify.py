"""Spotify as it answers: a key of two halves buys a token for an hour, without which nothing is told."""

import base64
import re
import time
from typing import Any

from artists.demo.lookups import act_by_id, acts_named
from artists.demo.offers import offers
from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

CLIENT_ID, CLIENT_SECRET = "demo-client", "demo-secret"
KEY = f'{{"client_id": "{CLIENT_ID}", "client_secret": "{CLIENT_SECRET}"}}'
LIFETIME = 3600
_BASIC = "Basic " + base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
_BEARER = re.compile(r"Bearer demo-token-(\d{1,12})", re.ASCII)
_IDENTIFIER = re.compile(r"[0-9A-Za-z]{22}")


def _error(status: int, message: str, **headers: str) -> Reply:
    return json_reply({"error": {"status": status, "message": message}}, status, **headers)


THROTTLED = _error(429, "API rate limit exceeded", **{"Retry-After": "3"})


def token_of(moment: float) -> str:
    """The token that was given out at this moment (seconds of the calendar)."""
    return f"demo-token-{int(moment)}"


def answer(world: World, question: Question) -> Reply:
    if question.service == "accounts":
        return _exchange(question)
    if refusal := _refusal(question.headers.get("Authorization", "")):
        return refusal
    match question.path.strip("/").split("/"):
        case ["search"]:
            return _search(world, question)
        case ["artists", key]:
            return _artist(world, question, key)
    return _error(404, "Service not found")


def _exchange(question: Question) -> Reply:
    if question.method != "POST" or question.form().get("grant_type") != "client_credentials":
        return json_reply({"error": "unsupported_grant_type"}, 400)
    if question.headers.get("Authorization") != _BASIC:
        return json_reply({"error": "invalid_client", "error_description": "Invalid client"}, 400)
    return json_reply({"access_token": token_of(time.time()), "token_type": "Bearer", "expires_in": LIFETIME})


def _refusal(authorization: str) -> Reply | None:
    token = _BEARER.fullmatch(authorization)
    if token is None:
        return _error(401, "Invalid access token")
    return _error(401, "The access token expired") if int(token[1]) + LIFETIME < time.time() else None


def _search(world: World, question: Question) -> Reply:
    text, limit = question.query.get("q", ""), question.query.get("limit", "5")
    if not text.strip():
        return _error(400, "No search query")
    if not limit.isdecimal() or not 1 <= int(limit) <= 10:
        return _error(400, "Invalid limit")
    found = [act for act in acts_named(world, text) if "spotify" in act.ids]
    shown = [_entry(act, question.origin) for act in found[: int(limit)]]
    return json_reply({"artists": {"total": len(found), "items": shown}})


def _artist(world: World, question: Question, key: str) -> Reply:
    if not _IDENTIFIER.fullmatch(key):
        return _error(400, "Invalid base62 id")
    act = act_by_id(world, "spotify", key)
    return json_reply(_entry(act, question.origin)) if act else _error(404, "Resource not found")


def _entry(act: Act, origin: str) -> dict[str, Any]:
    key = act.ids["spotify"]
    return {
        "id": key,
        "name": act.name,
        "type": "artist",
        "genres": [],
        "images": [
            {"url": origin + each.path, "width": each.width, "height": each.height} for each in offers(act, "thumb")[:1]
        ],
        "external_urls": {"spotify": f"https://open.spotify.com/artist/{key}"},
    }


FAKE = Fake("spotify", answer, errors={429: THROTTLED}, key=KEY)
