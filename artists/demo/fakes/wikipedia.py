"""The Wikipedias with what finds their articles: the query service and the entities of Wikidata.

An act has an article in English and in each language that it has a name in; one in four of those with a Japanese name
has the Japanese one only.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from artists.demo.fakes.wikimedia import ENTITY, STRANGER, THROTTLED, asked_act, is_stranger, qid_of, table
from artists.demo.lookups import act_by_id, act_by_mbid, act_named
from artists.demo.replies import Allowance, Fake, Question, Reply, json_reply
from artists.demo.world import Act, World

_SITE = re.compile(r"<https://([a-z]+)\.wikipedia\.org/>")
_QUALIFIER = re.compile(r" \([^()]*\)$")
_MISSING = json_reply({"error": {"code": "missingtitle", "info": "The page you specified doesn't exist."}})
_NO_ENTITY = json_reply({"error": {"code": "no-such-entity", "info": "Could not find an entity with that ID."}})
_RATE_LIMITED = json_reply({"error": {"code": "ratelimited", "info": "You've exceeded your rate limit."}})


def answer(world: World, question: Question) -> Reply:
    if is_stranger(question):
        return STRANGER
    if question.service == "sparql":
        return _sparql(world, question.query.get("query", ""))
    if question.service == "entities":
        return _entities(world, question)
    return _article(world, question)


def titles_of(act: Act) -> dict[str, str]:
    """The act's articles by language; namesakes are told apart in the title."""
    titles = {locale.partition("-")[0]: name for locale, name in act.localised.items()}
    if "ja" not in titles or int(act.mbid[0], 16) < 12:
        titles.setdefault("en", act.name)
    suffix = f" ({act.disambiguation})" if act.disambiguation else ""
    return {language: title + suffix for language, title in titles.items()}


def _sparql(world: World, query: str) -> Reply:
    act = asked_act(world, query)
    if act is None or not qid_of(act):
        return table([])
    return table(_rows(act, _SITE.findall(query)))


def _rows(act: Act, languages: list[str]) -> Iterator[dict[str, str]]:
    titles = {language: title for language, title in titles_of(act).items() if language in languages}
    for language, title in titles.items() or {"": ""}.items():
        address = f"https://{language}.wikipedia.org/wiki/{quote(title.replace(' ', '_'))}" if title else ""
        yield {"item": ENTITY + qid_of(act), "article": address}


def _entities(world: World, question: Question) -> Reply:
    qid = question.query.get("ids", "")
    act = act_by_id(world, "wikidata", qid)
    if act is None:
        return _NO_ENTITY
    sites = question.query.get("sitefilter", "").split("|")
    links = {
        f"{language}wiki": {"site": f"{language}wiki", "title": title}
        for language, title in titles_of(act).items()
        if f"{language}wiki" in sites
    }
    return json_reply({"entities": {qid: {"type": "item", "id": qid, "sitelinks": links}}})


def _article(world: World, question: Question) -> Reply:
    query, language = question.query, question.service
    if query.get("meta") == "siteinfo":
        return json_reply({"query": {"general": {"sitename": "Wikipedia", "lang": language}}})
    title = query.get("page") or query.get("titles", "")
    act = _titled(world, language, title, redirects="redirects" in query)
    if query.get("action") == "parse":
        return _parsed(act, title) if act else _MISSING
    if act is None:
        return json_reply({"query": {"pages": {"-1": {"ns": 0, "title": title, "missing": ""}}}})
    page = {"pageid": 99, "ns": 0, "title": titles_of(act)[language], "extract": _extract(act, language)}
    return json_reply({"query": {"pages": {"99": page}}})


def _titled(world: World, language: str, title: str, *, redirects: bool) -> Act | None:
    """The act of this article, or of one that its other name leads to."""
    found = [act for act in world.named(_QUALIFIER.sub("", title)) if titles_of(act).get(language) == title]
    if found:
        return act_by_mbid(world, found[0].mbid)
    act = act_named(world, title) if redirects else None
    return act if act and language in titles_of(act) else None


def _extract(act: Act, language: str) -> str:
    return (
        act.biography if language == "en" else f"[{language}] {act.localised.get(language, act.name)}. {act.biography}"
    )


def _parsed(act: Act, title: str) -> Reply:
    lines = {
        "origin": f"[[{act.place}]], [[{act.country}]]" if act.place else "",
        "genre": "{{hlist|" + "|".join(f"[[{genre}]]" for genre in act.genres) + "}}" if act.genres else "",
        **(_life(act) if act.is_person else _line_up(act)),
    }
    written = "\n".join(f"| {name} = {value}" for name, value in lines.items() if value)
    wikitext = (
        f"{{{{Short description|Fake}}}}\n{{{{Infobox musical artist\n{written}\n}}}}\n'''{act.name}''' is invented."
    )
    parsed: dict[str, Any] = {"title": title, "pageid": 99, "wikitext": {"*": wikitext}}
    return json_reply({"parse": parsed})


def _life(act: Act) -> dict[str, str]:
    return {
        name: f"{{{{{name.replace('_', ' ')}|{date.replace('-', '|')}}}}}" if date else ""
        for name, date in (("birth_date", act.began), ("death_date", act.ended))
    }


def _line_up(act: Act) -> dict[str, str]:
    present = [person.name for person in act.members if not person.left]
    past = [person.name for person in act.members if person.left]
    return {
        "years_active": f"{act.began}–{act.ended or 'present'}" if act.began else "",
        "current_members": _plainlist(present),
        "past_members": _plainlist(past),
    }


def _plainlist(names: list[str]) -> str:
    return "{{plainlist|\n" + "\n".join(f"* [[{name}]]" for name in names) + "\n}}" if names else ""


FAKE = Fake(
    "wikipedia", answer, allowance=Allowance(300, 60, THROTTLED), quota_reply=_RATE_LIMITED, errors={429: THROTTLED}
)
