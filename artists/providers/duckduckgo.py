"""DuckDuckGo: what the web shows for a name. Not an official interface: off until an administrator wants it.

It is asked as its own page asks (providers.md 2.11): a token from the search page, then the pictures. 202, 403 or a
page without a token is how it slows people down.
"""

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any

from artists.providers.answers import ImageCandidate, ImageOffer
from artists.providers.base import Asking, Fault, Provider, ProviderSpec
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.reading import line, mapping, mappings, number, web_address

NAME = "duckduckgo"
MOST_PICTURES = 30
LONGEST_NAME = 200
"""Bytes."""
_TOKEN = re.compile(r"vqd(?:=|[\"']\s+value=)[\"']?(\d[\d-]{2,100})")
_PAGES = (("web", "/"), ("html", "/"))
_WORDS: Mapping[ImageOffer, str] = {
    "thumb": "music artist portrait",
    "fanart": "band live wallpaper",
    "logo": "band logo transparent",
    "hdlogo": "band logo transparent",
    "banner": "band banner",
    "widethumb": "band press photo",
}


def judge(status: int, data: Any) -> Fault | None:
    return Fault.QUOTA if status in (202, 403) else None


def _token(session: Asking, query: str) -> str:
    """From the search page, or from the one without scripts. Raises NotAnswering where neither has one."""
    for service, path in _PAGES:
        if found := _TOKEN.search(session.get_text(service, path, {"q": query}, {"Accept": "text/html"})):
            return found[1]
    raise NotAnswering(NAME, "DuckDuckGo asks us to slow down")


def query_for(name: str, kind: ImageOffer) -> str:
    short = name.strip().encode()[:LONGEST_NAME].decode(errors="ignore")
    return f"{short} {_WORDS[kind]}"


def pictures(data: Any, kind: ImageOffer) -> Iterator[ImageCandidate]:
    for each in mappings(data, "results"):
        if url := web_address(each, "image"):
            yield ImageCandidate(
                NAME,
                kind,
                url,
                width=number(each, "width"),
                height=number(each, "height"),
                preview_url=web_address(each, "thumbnail"),
                title=line(each, "title"),
            )


class DuckDuckGo(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="DuckDuckGo",
        services={"web": "https://duckduckgo.com", "html": "https://html.duckduckgo.com/html"},
        per_second=1,
        abilities=frozenset({"web_search"}),
        help_url="https://duckduckgo.com/duckduckgo-help-pages/",
        timeout=15,
        judge=judge,
    )

    def search_images(self, name: str, kind: ImageOffer) -> list[ImageCandidate]:
        """At most thirty, as they come. Raises NothingFound without a name."""
        if not name.strip():
            raise NothingFound(NAME, "there is no name to search for")
        query = query_for(name, kind)
        asked: dict[str, str | int] = {"l": "us-en", "o": "json", "q": query, "vqd": _token(self.session, query)}
        asked |= {"f": ",,,,,", "p": 1}
        data = self.session.get("web", "/i.js", asked, {"Referer": "https://duckduckgo.com/"})
        if not isinstance(mapping(data).get("results"), list):
            raise NotAnswering(NAME, "DuckDuckGo did not answer as expected")
        return list(islice(pictures(data, kind), MOST_PICTURES))

    def test(self) -> None:
        _token(self.session, "test")
