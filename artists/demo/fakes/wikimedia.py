"""What the servers of Wikimedia have in common: they know who asks, they slow people down, and one speaks SPARQL."""

import re
from collections.abc import Iterable, Mapping

from artists.demo.lookups import act_by_id, act_by_mbid
from artists.demo.replies import Question, Reply, json_reply
from artists.demo.world import Act, World

_MBID = re.compile(r'wdt:P434 "([0-9a-f-]{36})"')
_ITEM = re.compile(r"wd:(Q\d+)")
STRANGER = Reply(403, b"Please set a user-agent and respect our robot policy", {}, "text/plain")
THROTTLED = Reply(429, b"Too Many Requests", {"Retry-After": "10"}, "text/plain")
LOST = json_reply({"error": {"code": "badvalue", "info": "Unrecognized value"}})
ENTITY = "http://www.wikidata.org/entity/"


def is_stranger(question: Question) -> bool:
    """Whoever does not say how to be reached is refused."""
    return "(" not in question.headers.get("User-Agent", "")


def asked_act(world: World, query: str) -> Act | None:
    if found := _MBID.search(query):
        return act_by_mbid(world, found[1])
    found = _ITEM.search(query)
    return act_by_id(world, "wikidata", found[1]) if found else None


def qid_of(act: Act) -> str:
    return act.ids.get("wikidata", "")


def table(rows: Iterable[Mapping[str, str]]) -> Reply:
    """Columns without a value are left out of a row."""
    bindings = [
        {
            name: {"type": "uri" if value.startswith("http") else "literal", "value": value}
            for name, value in row.items()
            if value
        }
        for row in rows
    ]
    return json_reply({"head": {"vars": []}, "results": {"bindings": bindings}})
