"""Fetches a picture from an address that somebody gave: through the safe client, whole, and nothing but a picture."""

from functools import cache

from django.conf import settings

from artists.imaging.decoding import MAX_BYTES
from artists.providers.placeholders import is_placeholder_url
from stillwater.errors import Invalid, Unprocessable
from stillwater.outbound import Outbound, OutboundError, Policy
from stillwater.outbound.policy import MOST_REDIRECTS


def fetch_picture(url: str) -> bytes:
    """The bytes behind the address, at most 25 MiB. They are looked at by whoever prepares them.

    Raises Invalid for an address that may not be asked, Unprocessable for a known silhouette, OutboundError (502).
    """
    if is_placeholder_url(url):
        raise Unprocessable("this is a placeholder that stands for no picture")
    try:
        answer = _client(settings.STILLWATER_PROVIDERS_URL).request("GET", url, headers={"Accept": "image/*"})
    except OutboundError as error:
        if error.kind == "refused_address":
            raise Invalid(error.message, "url") from error
        raise
    if answer.content_type.startswith("text/") or answer.content_type.endswith(("json", "xml")):
        raise OutboundError("bad_content", "this address answers with a page, not with a picture")
    return answer.body


@cache
def _client(demo: str) -> Outbound:
    """Public addresses only; the demo's own pictures lie on this machine."""
    private = frozenset({demo}) if demo else frozenset[str]()
    return Outbound(Policy(body_limit=MAX_BYTES, redirects=MOST_REDIRECTS, allow_private=private))
