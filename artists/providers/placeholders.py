"""Tells by its address that a picture is no picture: what providers serve when they have none (bug ND#5837)."""

import re

_EMPTY_MD5 = "d41d8cd98f00b204e9800998ecf8427e"
_LASTFM_STAR = "2a96cbd8b46e442fc41c2b86b821562f"
_PLACEHOLDER = re.compile(
    rf"/images/artist//|/images/artist/{_EMPTY_MD5}(?:[/.]|$)|{_LASTFM_STAR}|/spacer\.gif(?:$|[?#])", re.IGNORECASE
)


def is_placeholder_url(url: str) -> bool:
    """Whether this is Deezer's silhouette (no hash, or that of nothing), Last.fm's star or Discogs' empty pixel."""
    return _PLACEHOLDER.search(url) is not None
