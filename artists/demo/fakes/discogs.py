"""Discogs as it answers: what is left of the moving minute stands on every answer, profiles are full of markup."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from artists.demo.lookups import act_by_id, acts_named
from artists.demo.offers import Offer, offers
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World
from artists.sample.profiles import Album

KEY = "demo-discogs-token"
_A_MINUTE = 60
_LOST = json_reply({"message": "The requested resource was not found."}, 404)
_REFUSED = json_reply({"message": "You must authenticate to access this resource."}, 401)


def answer(world: World, question: Question) -> Reply:
    """With a wrong token nothing is told, but counted."""
    known = question.headers.get("Authorization") == f"Discogs token={KEY}"
    reply = _answer(world, question) if known else _REFUSED
    return replace(reply, headers={**reply.headers, **limits(question.used)})


def limits(used: int) -> dict[str, str]:
    left = max(0, _A_MINUTE - used)
    return {
        "X-Discogs-Ratelimit": str(_A_MINUTE),
        "X-Discogs-Ratelimit-Used": str(min(used, _A_MINUTE)),
        "X-Discogs-Ratelimit-Remaining": str(left),
    }


def _answer(world: World, question: Question) -> Reply:
    match question.path.strip("/").split("/"):
        case ["database", "search"]:
            return _search(world, question.query)
        case ["artists", key]:
            act = act_by_id(world, "discogs", key)
            return json_reply(_artist(act, question.origin)) if act else _LOST
        case ["artists", key, "releases"]:
            act = act_by_id(world, "discogs", key)
            return json_reply(_releases(act, question.query)) if act else _LOST
        case ["masters", key]:
            return _master(world, key)
        case _:
            return _LOST


def _search(world: World, query: Mapping[str, str]) -> Reply:
    found = [act for act in acts_named(world, query.get("q", "")) if "discogs" in act.ids]
    namesakes: dict[str, int] = {}
    rows = []
    for act in found:
        namesakes[act.name] = namesakes.get(act.name, 0) + 1
        title = act.name if namesakes[act.name] == 1 else f"{act.name} ({namesakes[act.name]})"
        rows.append({"id": int(act.ids["discogs"]), "type": "artist", "title": title})
    per_page = int(query.get("per_page", "50"))
    return json_reply({"pagination": _pagination(1, len(rows), per_page), "results": rows[:per_page]})


def _artist(act: Act, origin: str) -> dict[str, Any]:
    member = f" With [a={act.members[0].name} (2)] and [l123]." if act.members else ""
    return {
        "id": int(act.ids["discogs"]),
        "name": act.name,
        "profile": f"[b]{act.name}[/b]: {act.biography}{member}" if act.biography else "",
        "urls": [f"https://{act.mbid[:8]}.example.org"],
        "aliases": [{"id": 5, "name": alias} for alias in act.aliases],
        "members": [
            {"id": place, "name": person.name, "active": not person.left} for place, person in enumerate(act.members, 1)
        ],
        "images": [_image(each, origin) for each in offers(act, "press", min(1, act.pictures.get("thumb", 0)))],
    }


def _image(offered: Offer, origin: str) -> dict[str, Any]:
    url = origin + offered.path
    return {"type": "primary", "uri": url, "uri150": url, "width": offered.width, "height": offered.height}


def _releases(act: Act, query: Mapping[str, str]) -> dict[str, Any]:
    """Newest first; each album twice, as the master and as somebody's compilation with a song of it."""
    rows: list[dict[str, Any]] = []
    for album in sorted(act.albums, key=lambda each: -each.year):
        row = {"id": master_of(album), "title": album.title, "year": album.year}
        rows += [{**row, "type": "master", "role": "Main"}, {**row, "type": "release", "role": "Appearance"}]
    page, per_page = int(query.get("page", "1")), int(query.get("per_page", "50"))
    shown = rows[(page - 1) * per_page : page * per_page]
    return {"pagination": _pagination(page, len(rows), per_page), "releases": shown}


def _master(world: World, key: str) -> Reply:
    act = next((act for act in world.acts for album in act.albums if str(master_of(album)) == key), None)
    return json_reply({"id": int(key), "genres": list(act.genres), "styles": list(act.styles)}) if act else _LOST


def master_of(album: Album) -> int:
    """The number invented for an album."""
    return int(album.release_group.replace("-", "")[-12:], 16) % 100_000_000 + 1


def _pagination(page: int, count: int, per_page: int) -> dict[str, int]:
    return {"page": page, "pages": max(1, -(-count // per_page)), "per_page": per_page, "items": count}


_THROTTLED = json_reply({"message": "You are making requests too quickly."}, 429, **limits(_A_MINUTE))

FAKE = Fake("discogs", answer, allowance=Allowance(_A_MINUTE, 60, _THROTTLED), errors={429: _THROTTLED}, key=KEY)
