"""Deezer as it answers: errors with status 200, a silhouette for want of a picture, fifty questions in five seconds."""

from typing import Any

from artists.demo.lookups import act_by_id, acts_named
from artists.demo.offers import offers
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World
from artists.sample.profiles import Album


def _error(kind: str, message: str, code: int) -> Reply:
    return json_reply({"error": {"type": kind, "message": message, "code": code}})


NO_DATA = _error("DataException", "no data", 800)
QUOTA = _error("Exception", "Quota limit exceeded", 4)


def answer(world: World, question: Question) -> Reply:
    match question.path.strip("/").split("/"):
        case ["search", "artist"]:
            return _search(world, question)
        case ["artist", key]:
            act = act_by_id(world, "deezer", key)
            return json_reply(_artist(act, question.origin)) if act else NO_DATA
        case ["artist", key, "albums"]:
            act = act_by_id(world, "deezer", key)
            return _albums(act, question) if act else NO_DATA
    return _error("InvalidQueryException", "Unknown path components", 600)


def _search(world: World, question: Question) -> Reply:
    text = question.query.get("q", "")
    if not text.strip():
        return _error("MissingParameterException", "Missing parameters: q", 501)
    found = [act for act in acts_named(world, text) if "deezer" in act.ids]
    shown = found[: int(question.query.get("limit", "25"))]
    return json_reply({"data": [_artist(act, question.origin) for act in shown], "total": len(found)})


def _artist(act: Act, origin: str) -> dict[str, Any]:
    key = act.ids["deezer"]
    return {
        "id": int(key),
        "name": act.name,
        "link": f"https://www.deezer.com/artist/{key}",
        **_pictures(act, origin),
        "nb_album": len(act.albums),
        "nb_fan": 9,
        "type": "artist",
    }


def _pictures(act: Act, origin: str) -> dict[str, str]:
    """The same picture at every size, or the silhouette, whose address lacks a hash."""
    own = offers(act, "thumb")[:1]
    nobody = f"{origin}/pictures/pictures/images/artist//1000x1000-000000-80-0-0.jpg"
    url = origin + own[0].path if own else nobody
    return {f"picture_{size}": url for size in ("small", "medium", "big", "xl")}


def _albums(act: Act, question: Question) -> Reply:
    start, count = int(question.query.get("index", "0")), int(question.query.get("limit", "25"))
    page: dict[str, Any] = {
        "data": [_album(act, place, album) for place, album in enumerate(act.albums)][start : start + count],
        "total": len(act.albums),
    }
    if start + count < len(act.albums):
        page["next"] = f"https://api.deezer.com/artist/{act.ids['deezer']}/albums?index={start + count}&limit={count}"
    return json_reply(page)


def _album(act: Act, place: int, album: Album) -> dict[str, Any]:
    return {
        "id": int(act.ids["deezer"]) * 100 + place,
        "title": album.title,
        "release_date": f"{album.year}-01-01",
        "record_type": "album",
        "type": "album",
    }


FAKE = Fake("deezer", answer, allowance=Allowance(50, 5, QUOTA), quota_reply=QUOTA)
