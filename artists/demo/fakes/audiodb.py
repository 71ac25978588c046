"""TheAudioDB as it answers: 200 and null for a miss, numbers as text, the key in the path (v1) or in a header (v2)."""

from typing import Any
from urllib.parse import unquote

from artists.demo.lookups import act_by_id, act_by_mbid, act_named
from artists.demo.offers import offers
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

KEY = "demo-audiodb-key"
PUBLIC_KEY = "123"
_THROTTLED = json_reply({"Message": "rate limit exceeded"}, 429)
_SHOWN = (("Thumb", "thumb"), ("Logo", "logo"), ("WideThumb", "widethumb"), ("Banner", "banner"))
_MOST_FANART = 4


def answer(world: World, question: Question) -> Reply:
    return _second(world, question) if question.service == "v2" else _first(world, question)


def _first(world: World, question: Question) -> Reply:
    key, _, page = question.path.strip("/").partition("/")
    if key != PUBLIC_KEY:
        return json_reply({"Message": "invalid key"}, 401)
    match page:
        case "search.php":
            act = act_named(world, question.query.get("s", ""))
        case "artist-mb.php":
            act = act_by_mbid(world, question.query.get("i", ""))
        case "artist.php":
            act = act_by_id(world, "audiodb", question.query.get("i", ""))
        case _:
            return Reply(404, b"", {}, "text/html")
    return json_reply({"artists": _rows(act, question.origin)})


def _second(world: World, question: Question) -> Reply:
    if question.headers.get("X-Api-Key") != KEY:
        return json_reply({"Message": "Invalid API key"}, 401)
    what, kind, value = (*question.path.strip("/").split("/", 2), "", "", "")[:3]
    match what, kind:
        case "search", "artist":
            act = act_named(world, unquote(value))
        case "lookup", "artist_mb":
            act = act_by_mbid(world, value)
        case "lookup", "artist":
            act = act_by_id(world, "audiodb", value)
        case _:
            return json_reply({"Message": "no such method"}, 404)
    return json_reply({what: _rows(act, question.origin)})


def _rows(act: Act | None, origin: str) -> list[dict[str, Any]] | None:
    if act is None or "audiodb" not in act.ids:
        return None
    return [_facts(act) | _pictures(act, origin)]


def _facts(act: Act) -> dict[str, Any]:
    years = ("intBornYear", "intDiedYear") if act.is_person else ("intFormedYear", "strDisbanded")
    return {
        "idArtist": act.ids["audiodb"],
        "strArtist": act.name,
        "strArtistAlternate": "/".join(act.aliases),
        "strGenre": act.genres[0] if act.genres else "",
        "strStyle": "/".join(act.styles),
        "strMood": "/".join(act.moods),
        "strBiographyEN": act.biography or None,
        "strBiographyDE": None,
        "strGender": act.gender.title() or None,
        "strCountry": ", ".join(part for part in (act.place, act.country) if part) or None,
        "strMusicBrainzID": act.mbid,
        "intFormedYear": None,
        "intBornYear": None,
        "intDiedYear": None,
        "strDisbanded": None,
        years[0]: act.began[:4] or None,
        years[1]: act.ended[:4] or None,
    }


def _pictures(act: Act, origin: str) -> dict[str, str | None]:
    found: dict[str, str | None] = {f"strArtist{word}": None for word, _ in _SHOWN}
    for word, kind in _SHOWN:
        for each in offers(act, kind)[:1]:
            found[f"strArtist{word}"] = origin + each.path
    for place, each in enumerate(offers(act, "fanart")[:_MOST_FANART], start=1):
        found[f"strArtistFanart{place if place > 1 else ''}"] = origin + each.path
    return found


FAKE = Fake("audiodb", answer, allowance=Allowance(30, 60, _THROTTLED), errors={429: _THROTTLED}, key=KEY)
