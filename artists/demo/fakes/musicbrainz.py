"""MusicBrainz as it answers: one request a second, 503 beyond, 400 for what is no identifier, survivors of merges."""

import re
from typing import Any

from artists.demo.lookups import act_by_mbid, acts_named
from artists.demo.people import Person
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World, folded

_MBID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NIL = "00000000-0000-0000-0000-000000000000"
_ESCAPED = re.compile(r"\\(.)")
_TYPES = {"solo": "Person"}
_ALBUMS_A_PAGE = 100
_LIMITS = {"X-RateLimit-Limit": "1", "X-RateLimit-Remaining": "0"}
_LOST = json_reply(
    {"error": "Not Found", "help": "For usage, please see: https://musicbrainz.org/doc/MusicBrainz_API"}, 404
)
_THROTTLED = json_reply(
    {"error": "Your requests are exceeding the allowable rate limit."}, 503, **{**_LIMITS, "Retry-After": "2"}
)


def answer(world: World, question: Question) -> Reply:
    if "(" not in question.headers.get("User-Agent", ""):
        return json_reply({"error": "a meaningful User-Agent is required"}, 403)
    parts = question.path.strip("/").split("/")
    if parts == ["artist"]:
        return _search(world, question)
    if parts == ["release-group"]:
        return _release_groups(world, question)
    if len(parts) == 2 and parts[0] == "artist":
        return _artist(world, parts[1])
    return _LOST


def _search(world: World, question: Question) -> Reply:
    text = _ESCAPED.sub(r"\1", question.query.get("query", ""))
    if not text.strip():
        return json_reply({"error": "Unable to parse search:"}, 400)
    found = acts_named(world, text, int(question.query.get("limit", "25")))
    artists = [_hit(act, 100 if folded(act.name) == folded(text) else 60) for act in found]
    return json_reply({"created": "2026-01-02T03:04:05Z", "count": len(artists), "offset": 0, "artists": artists})


def _artist(world: World, mbid: str) -> Reply:
    if not _MBID.fullmatch(mbid) or mbid == _NIL:
        return json_reply({"error": "Invalid mbid."}, 400)
    if act := act_by_mbid(world, mbid):
        return json_reply(_record(act))
    person = next((each for act in world.acts for each in act.members if each.mbid == mbid), None)
    return json_reply(_entry(person)) if person else _LOST


def _release_groups(world: World, question: Question) -> Reply:
    mbid = question.query.get("artist", "")
    if not _MBID.fullmatch(mbid):
        return json_reply({"error": "Invalid mbid."}, 400)
    act = act_by_mbid(world, mbid)
    if act is None:
        return _LOST
    offset = int(question.query.get("offset", "0"))
    groups = [
        {
            "id": album.release_group, "title": album.title, "primary-type": "Album", "secondary-types": [],
            "first-release-date": str(album.year),
        }
        for album in act.albums
    ]  # fmt: skip
    page = groups[offset : offset + min(_ALBUMS_A_PAGE, int(question.query.get("limit", "25")))]
    return json_reply({"release-group-count": len(groups), "release-group-offset": offset, "release-groups": page})


def _hit(act: Act, score: int) -> dict[str, Any]:
    return {**_core(act), "score": score, "aliases": _aliases(act)}


def _record(act: Act) -> dict[str, Any]:
    return {
        **_core(act),
        "aliases": _aliases(act),
        "genres": [{"name": genre.lower(), "count": 4} for genre in act.genres],
        "tags": [
            *({"name": style.lower(), "count": 2} for style in (*act.genres, *act.styles)),
            {"name": "seen live", "count": 1},
        ],
        "relations": [*map(_membership, act.members), *_links(act)],
    }


def _core(act: Act) -> dict[str, Any]:
    return {
        "id": act.mbid,
        "name": act.name,
        "sort-name": act.sort_name,
        "type": _TYPES.get(act.kind, act.kind.capitalize()),
        "gender": act.gender or None,
        "disambiguation": act.disambiguation,
        "country": act.country_code or None,
        "area": {"name": act.country} if act.country else None,
        "life-span": {"begin": act.began or None, "end": act.ended or None, "ended": bool(act.ended)},
    }


def _aliases(act: Act) -> list[dict[str, Any]]:
    plain = [{"name": name, "sort-name": name, "locale": None, "primary": None} for name in act.aliases]
    return plain + [
        {"name": name, "sort-name": name, "locale": locale, "primary": True, "type": "Artist name"}
        for locale, name in act.localised.items()
    ]


def _membership(person: Person) -> dict[str, Any]:
    return {
        "type": "member of band",
        "direction": "backward",
        "attributes": [person.instrument],
        "begin": person.joined,
        "end": person.left or None,
        "ended": bool(person.left),
        "artist": {"id": person.mbid, "name": person.name, "sort-name": person.sort_name or person.name},
    }


def _entry(person: Person) -> dict[str, Any]:
    """A member who is no act of this world: no more than a name."""
    return {
        "id": person.mbid, "name": person.name, "sort-name": person.sort_name or person.name, "type": "Person",
        "aliases": [], "genres": [], "tags": [], "relations": [],
    }  # fmt: skip


def _links(act: Act) -> list[dict[str, Any]]:
    addresses = {
        "discogs": ("discogs", "https://www.discogs.com/artist/{}"),
        "wikidata": ("wikidata", "https://www.wikidata.org/wiki/{}"),
        "deezer": ("free streaming", "https://www.deezer.com/artist/{}"),
        "spotify": ("free streaming", "https://open.spotify.com/artist/{}"),
    }
    return [
        {"type": kind, "url": {"resource": address.format(act.ids[provider])}, "ended": False}
        for provider, (kind, address) in addresses.items()
        if provider in act.ids
    ]


FAKE = Fake(
    "musicbrainz",
    answer,
    allowance=Allowance(1, 1, _THROTTLED),
    errors={
        429: _THROTTLED,
        503: json_reply({"error": "The MusicBrainz web server is currently busy."}, 503, **_LIMITS),
    },
)
