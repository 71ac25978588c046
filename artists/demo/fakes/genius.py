"""Genius as it answers: a search finds songs, and an artist without a description is described as "?"."""

from typing import Any

from artists.demo.lookups import act_by_id, acts_named
from artists.demo.replies import Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

KEY = "demo-genius-token"


def _error(status: int, message: str) -> Reply:
    return json_reply({"meta": {"status": status, "message": message}}, status)


def answer(world: World, question: Question) -> Reply:
    if question.headers.get("Authorization") != f"Bearer {KEY}":
        return _error(401, "This call requires an access_token. Please see: https://genius.com/developers")
    match question.path.strip("/").split("/"):
        case ["search"]:
            found = [act for act in acts_named(world, question.query.get("q", "")) if "genius" in act.ids]
            return _told({"hits": [song for act in found[:10] for song in _songs(act)]})
        case ["artists", key]:
            act = act_by_id(world, "genius", key)
            return _told({"artist": _artist(act, question)}) if act else _error(404, "Not found")
    return _error(404, "Not found")


def _told(response: dict[str, Any]) -> Reply:
    return json_reply({"meta": {"status": 200}, "response": response})


def _songs(act: Act) -> list[dict[str, Any]]:
    """Two for everybody, so that an artist turns up more than once."""
    titles = [album.title for album in act.albums[:2]] or [act.name]
    return [
        {"type": "song", "index": "song", "result": {"id": place, "title": title, "primary_artist": _core(act)}}
        for place, title in enumerate(titles, 1)
    ]


def _core(act: Act) -> dict[str, Any]:
    key = act.ids["genius"]
    return {"id": int(key), "name": act.name, "url": f"https://genius.com/artists/{key}"}


def _artist(act: Act, question: Question) -> dict[str, Any]:
    described = act.biography or "?"
    form = question.query.get("text_format", "dom")
    return {**_core(act), "alternate_names": list(act.aliases), "description": {form: described}}


FAKE = Fake("genius", answer, errors={429: _error(429, "Too many requests")}, key=KEY)
