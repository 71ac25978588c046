"""Reads addresses and identifiers out of the links that MusicBrainz has of an artist (providers.md 3)."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

_KEYS = {"official homepage": "official", "last.fm": "lastfm", "social network": "social"}
_STREAMING = frozenset({"streaming music", "free streaming", "streaming"})
_STREAMERS = {"deezer.com": "deezer", "spotify.com": "spotify"}
_IDENTIFIERS = {
    "discogs": ("discogs.com", re.compile(r"/(\d{1,18})[^/]*$")),
    "deezer": ("deezer.com", re.compile(r"/(\d{1,18})[^/]*$")),
    "wikidata": ("wikidata.org", re.compile(r"/(Q\d{1,18})$")),
    "allmusic": ("allmusic.com", re.compile(r"(mn\d{10})$")),
    "spotify": ("spotify.com", re.compile(r"/artist/([0-9A-Za-z]{22})$")),
}
"""Provider → its domain, and where its identifier stands in a path without a slash at the end."""


@dataclass(frozen=True, slots=True)
class Links:
    """`urls` by kind of link, the last one of each; `ids` by provider."""

    urls: Mapping[str, str]
    ids: Mapping[str, str]


def read_links(links: Iterable[tuple[str, str]]) -> Links:
    """From pairs of MusicBrainz' relation type and URL; what is no web address falls away (S30)."""
    urls = {_key(kind, url): url for kind, url in links if kind and _host(url)}
    found = {provider: identifier_in(provider, urls[provider]) for provider in _IDENTIFIERS if provider in urls}
    return Links(urls, {provider: identifier for provider, identifier in found.items() if identifier})


def identifier_in(provider: str, url: str) -> str:
    """The provider's identifier in an address of its own site, or ''."""
    domain, pattern = _IDENTIFIERS[provider]
    if not _belongs(_host(url), domain):
        return ""
    path = urlsplit(url).path.rstrip("/")
    found = pattern.search(path)
    return found[1] if found else ""


def _key(kind: str, url: str) -> str:
    if kind in _STREAMING:
        return next((name for domain, name in _STREAMERS.items() if _belongs(_host(url), domain)), "streaming")
    return _KEYS.get(kind, kind)


def _host(url: str) -> str:
    """In lower case; '' for what is no http or https address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return ""
    return host if parts.scheme in ("http", "https") else ""


def _belongs(host: str, domain: str) -> bool:
    return host == domain or host.endswith(f".{domain}")
