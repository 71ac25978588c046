"""Wikidata's query service, and Commons for the sizes of pictures."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from artists.demo.fakes.wikimedia import ENTITY, STRANGER, THROTTLED, asked_act, is_stranger, qid_of, table
from artists.demo.lookups import act_by_mbid
from artists.demo.offers import offers
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

_SHOWN = {"image": "thumb", "logo": "logo"}


def answer(world: World, question: Question) -> Reply:
    if is_stranger(question):
        return STRANGER
    return _commons(world, question) if question.service == "commons" else _sparql(world, question)


def _sparql(world: World, question: Question) -> Reply:
    query = question.query.get("query", "")
    if "wd:Q1 " in query:
        return table([{"item": f"{ENTITY}Q1"}])
    act = asked_act(world, query)
    if act is None or not qid_of(act):
        return table([])
    return table([_pictures(act)] if "?image" in query else _facts(act, query))


def _facts(act: Act, query: str) -> Iterator[dict[str, str]]:
    """One row for each genre, as a join gives them; years are written as the first of January."""
    label = next((name for locale, name in act.localised.items() if f'"{locale},' in query), act.name)
    for genre in act.genres or ("",):
        yield {
            "item": ENTITY + qid_of(act),
            "itemLabel": label,
            "mbid": act.mbid,
            "inception": "" if act.is_person or not act.began else f"{act.began[:4]}-01-01T00:00:00Z",
            "dissolved": "" if act.is_person or not act.ended else f"{act.ended[:4]}-01-01T00:00:00Z",
            "originLabel": act.country,
            "genreLabel": genre.lower(),
        }


def _pictures(act: Act) -> dict[str, str]:
    row = {"item": ENTITY + qid_of(act), "mbid": act.mbid}
    for column, kind in _SHOWN.items():
        for each in offers(act, kind)[:1]:
            name = quote(f"{act.mbid} {kind}.{each.picture.suffix}")
            row[column] = f"http://commons.wikimedia.org/wiki/Special:FilePath/{name}"
    return row


def _commons(world: World, question: Question) -> Reply:
    titles = question.query.get("titles", "").split("|")
    pages = [_page(world, question, title, -1 - place) for place, title in enumerate(titles)]
    return json_reply({"query": {"pages": {str(page["pageid"]): page for page in pages}}})


def _page(world: World, question: Question, title: str, missing: int) -> dict[str, Any]:
    mbid, _, name = title.removeprefix("File:").partition(" ")
    act = act_by_mbid(world, mbid)
    found = offers(act, name.partition(".")[0])[:1] if act else []
    if not found:
        return {"pageid": missing, "title": title, "missing": ""}
    picture = found[0]
    url = question.origin + picture.path
    info = {"url": url, "width": picture.width, "height": picture.height, "thumburl": url}
    info["mime"] = "image/png" if picture.picture.suffix == "png" else "image/jpeg"
    return {"pageid": 1 + missing * -55, "title": title, "imageinfo": [info]}


FAKE = Fake("wikidata", answer, allowance=Allowance(300, 60, THROTTLED), errors={429: THROTTLED})
