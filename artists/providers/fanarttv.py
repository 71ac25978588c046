"""Fanart.tv: pictures by MusicBrainz ID, with the likes of its users (providers.md 2.2)."""

from collections.abc import Iterator, Mapping
from typing import Any

from artists.providers.answers import ImageCandidate, ImageOffer
from artists.providers.base import Asking, Fault, Lookup, Provider, ProviderSpec
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.providers.evidence import is_mbid, require_answer_about
from artists.providers.placeholders import is_placeholder_url
from artists.providers.reading import line, mappings, number, text, web_address

NAME = "fanarttv"
_KINDS: Mapping[str, ImageOffer] = {
    "artistthumb": "thumb",
    "artistbackground": "fanart",
    "hdmusiclogo": "hdlogo",
    "musiclogo": "logo",
    "musicbanner": "banner",
}
_WHOLE, _SMALL = "assets.fanart.tv/fanart/", "assets.fanart.tv/preview/"
_NO_LANGUAGE = "00"
_WELL_KNOWN = "f4a31f0a-51dd-4fa7-986d-3095c40c5ed9"
"""An artist that the key is tried on; whether there are pictures of it does not matter."""


def ask(session: Asking, mbid: str) -> dict[str, Any]:
    if not session.key:
        raise AuthRequired(NAME, "there is no key")
    answer = session.get("api", f"/music/{mbid.lower()}", {"api_key": session.key})
    if not isinstance(answer, dict):
        raise NotAnswering(NAME, "Fanart.tv did not answer as expected")
    return answer


def judge(status: int, data: Any) -> Fault | None:
    """Errors are objects with "status": "error"; sometimes under 200."""
    if status >= 400 or text(data, "status") != "error":
        return None
    return Fault.NOTHING if "not found" in text(data, "error message").lower() else Fault.BROKEN


def pictures(answer: Mapping[str, Any]) -> Iterator[ImageCandidate]:
    """All pictures of the artist itself, not those of its albums; kinds that it has none of are left out."""
    for key, kind in _KINDS.items():
        for entry in mappings(answer, key):
            if picture := _picture(kind, entry):
                yield picture


def _picture(kind: ImageOffer, entry: Mapping[str, Any]) -> ImageCandidate | None:
    url = web_address(entry, "url")
    if not url or is_placeholder_url(url):
        return None
    return ImageCandidate(
        provider=NAME,
        kind=kind,
        url=url,
        likes=number(entry, "likes"),
        width=number(entry, "width"),
        height=number(entry, "height"),
        language=line(entry, "lang").removeprefix(_NO_LANGUAGE),
        preview_url=url.replace(_WHOLE, _SMALL) if _WHOLE in url else "",
    )


class FanartTv(Provider):
    spec = ProviderSpec(
        name=NAME,
        label="Fanart.tv",
        services={"api": "https://webservice.fanart.tv/v3"},
        per_second=3,
        abilities=frozenset({"images"}),
        key="required",
        tier="free_key",
        help_url="https://fanart.tv/get-an-api-key/",
        images=frozenset({"thumb", "fanart", "logo", "banner"}),
        judge=judge,
    )

    def images(self, lookup: Lookup) -> list[ImageCandidate]:
        if not is_mbid(lookup.mbid):
            raise NothingFound(NAME, "it knows artists by their MusicBrainz ID only")
        answer = ask(self.session, lookup.mbid)
        require_answer_about(NAME, lookup.mbid, line(answer, "mbid_id"))
        return list(pictures(answer))

    def test(self) -> None:
        ask(self.session, _WELL_KNOWN)
