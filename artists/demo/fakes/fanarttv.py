"""Fanart.tv as it answers: likes are text, kinds without a picture are left out, 401 for a key it does not know."""

from typing import Any

from artists.demo.lookups import act_by_mbid
from artists.demo.offers import offers
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

KEY = "demo-fanart-key"
_KINDS = {
    "artistthumb": "thumb",
    "artistbackground": "fanart",
    "hdmusiclogo": "hdlogo",
    "musiclogo": "logo",
    "musicbanner": "banner",
}
_LOST = json_reply({"status": "error", "error message": "Not found"}, 404)
_REFUSED = json_reply({"status": "error", "error message": "Invalid API key"}, 401)
_THROTTLED = json_reply({"status": "error", "error message": "Too many requests"}, 429)


def answer(world: World, question: Question) -> Reply:
    if question.query.get("api_key") != KEY:
        return _REFUSED
    what, _, mbid = question.path.strip("/").partition("/")
    act = act_by_mbid(world, mbid) if what == "music" else None
    pictures = _pictures(act, question.origin) if act else {}
    if act is None or not pictures:
        return _LOST
    return json_reply({"name": act.name, "mbid_id": act.mbid, **pictures, "albums": {}})


def _pictures(act: Act, origin: str) -> dict[str, list[dict[str, Any]]]:
    """An act with a logo has it in both sizes."""
    counts = {"hdlogo": act.pictures.get("logo", 0)}
    found = {
        key: [
            {
                "id": str(1000 + place), "url": origin + each.path, "lang": "" if kind == "fanart" else "en",
                "likes": str(each.likes), "width": str(each.width), "height": str(each.height),
            }
            for place, each in enumerate(offers(act, kind, counts.get(kind)))
        ]
        for key, kind in _KINDS.items()
    }  # fmt: skip
    return {key: entries for key, entries in found.items() if entries}


FAKE = Fake("fanarttv", answer, allowance=Allowance(180, 60, _THROTTLED), errors={429: _THROTTLED}, key=KEY)
