"""DuckDuckGo as it answers a browser: a page with a token in it, then pictures for those who bring it."""

import zlib
from typing import Any

from artists.demo.lookups import act_named
from artists.demo.offers import Offer, offers
from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import Act, World, folded

_KINDS = ("logo", "banner", "wallpaper", "press")
_OFFERS = {"wallpaper": "fanart", "press": "widethumb"}
SLOW_DOWN = Reply(202, b"<html><title>DuckDuckGo</title></html>", {}, "text/html; charset=utf-8")


def answer(world: World, question: Question) -> Reply:
    query = question.query.get("q", "")
    act = _subject(world, query)
    if question.path == "/":
        return _page(question.service, query)
    if question.path != "/i.js":
        return json_reply({}, 404)
    if question.query.get("vqd") != token_for(query) or not question.headers.get("Referer"):
        return Reply(403, b"")
    shown = [_result(act, each, question.origin) for each in _offered(act, query)] if act else []
    return json_reply({"query": query, "results": shown, "next": "i.js?s=100"})


def token_for(query: str) -> str:
    return f"4-{zlib.crc32(query.encode())}"


def _page(service: str, query: str) -> Reply:
    token = token_for(query)
    form = f'<form><input type="hidden" name="vqd" value="{token}"></form>'
    body = form if service == "html" else f'<script>vqd="{token}";</script>'
    return Reply(200, f"<!doctype html><html>{body}</html>".encode(), {}, "text/html; charset=utf-8")


def _subject(world: World, query: str) -> Act | None:
    """Whom the first words name; who has a fault misbehaves."""
    words = folded(query) + " "
    names = [act.name for act in world.acts if words.startswith(folded(act.name) + " ")]
    return act_named(world, max(names, key=len)) if names else None


def _offered(act: Act, query: str) -> list[Offer]:
    word = next((kind for kind in _KINDS if kind in query), "thumb")
    return offers(act, _OFFERS.get(word, word))


def _result(act: Act, offer: Offer, origin: str) -> dict[str, Any]:
    url = origin + offer.path
    size = {"width": offer.width, "height": offer.height}
    return {"image": url, "thumbnail": url, **size, "title": act.name, "source": "Bing", "url": origin}


FAKE = Fake("duckduckgo", answer, quota_reply=SLOW_DOWN)
