"""Last.fm as it answers: errors by code under any status, one element instead of a list, '' instead of none."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote_plus

from artists.demo.lookups import act_by_mbid, act_named, acts_named
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

KEY = "demo-lastfm-key"
_STAR = "/pictures/pictures/i/u/300x300/2a96cbd8b46e442fc41c2b86b821562f.png"
_LICENCE = "User-contributed text is available under the Creative Commons By-SA License; additional terms may apply."
_SIMILAR = 3


def error(code: int, message: str, status: int) -> Reply:
    return json_reply({"error": code, "message": message, "links": []}, status)


_LOST = error(6, "The artist you supplied could not be found", 200)
_REFUSED = error(10, "Invalid API key - You must be granted a valid key by last.fm", 403)
_THROTTLED = error(29, "Rate Limit Exceeded - Your IP has made too many requests in a short period", 429)
_THROTTLED_POLITELY = error(29, "Rate limit exceeded", 200)


def answer(world: World, question: Question) -> Reply:
    query = question.query
    if query.get("api_key") != KEY:
        return _REFUSED
    if query.get("format") != "json":
        return Reply(200, b"<lfm status='ok'/>", {}, "text/xml")
    match query.get("method", "").lower():
        case "artist.search":
            return _search(world, query.get("artist", ""))
        case "artist.getinfo" if "mbid" in query:
            return _info(world, act_by_mbid(world, query["mbid"]), question.origin)
        case "artist.getinfo" if query.get("artist"):
            return _info(world, act_named(world, query["artist"]), question.origin)
        case "artist.getinfo":
            return error(6, "Invalid parameters", 400)
        case _:
            return error(3, "Invalid Method - No method with that name in this package", 400)


def _search(world: World, name: str) -> Reply:
    found = [_entry(act) for act in acts_named(world, name) if "lastfm" in act.ids]
    matches = {"artist": found} if found else ""
    return json_reply({"results": {"opensearch:totalResults": str(len(found)), "artistmatches": matches}})


def _info(world: World, act: Act | None, origin: str) -> Reply:
    """It has no page without a name, and none of its pages has a picture any more."""
    if act is None or "lastfm" not in act.ids:
        return _LOST
    others = [other for other in world.acts if other is not act and not other.fault and "lastfm" in other.ids]
    alike = [other for other in others if set(other.genres) & set(act.genres)][:_SIMILAR]
    tags = [tag.lower() for tag in (*act.genres, *act.styles, *act.moods)] + (["seen live"] if act.genres else [])
    link = f'<a href="{_page(act)}">Read more on Last.fm</a>'
    return json_reply(
        {
            "artist": {
                **_entry(act),
                "image": [{"#text": origin + _STAR, "size": "large"}],
                "stats": {"listeners": "1201", "playcount": "20044"},
                "similar": {"artist": _as_it_lists([{"name": other.name} for other in alike])},
                "tags": {"tag": _as_it_lists([{"name": tag} for tag in tags])} if tags else "",
                "bio": {
                    "summary": f"{act.biography[:60]} {link}",
                    "content": f"{act.biography} {link}. {_LICENCE}" if act.biography else "",
                },
            }
        }
    )


def _entry(act: Act) -> dict[str, Any]:
    return {"name": act.name, "mbid": act.mbid, "url": _page(act)}


def _page(act: Act) -> str:
    return f"https://www.last.fm/music/{quote_plus(act.name)}"


def _as_it_lists(entries: Sequence[dict[str, str]]) -> Any:
    """One alone is no list, none is an empty text."""
    return list(entries) if len(entries) > 1 else entries[0] if entries else ""


FAKE = Fake(
    "lastfm",
    answer,
    allowance=Allowance(300, 60, _THROTTLED),
    quota_reply=_THROTTLED_POLITELY,
    errors={429: _THROTTLED},
    key=KEY,
)
