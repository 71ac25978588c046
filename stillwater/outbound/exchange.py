"""One request on the wire and its answer, read within the limits; every failure becomes an `OutboundError`."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from django.conf import settings
from requests.adapters import HTTPAdapter
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError, SSLError

from stillwater import __version__
from stillwater.outbound.answer import Answer, OutboundError
from stillwater.outbound.call import Call
from stillwater.outbound.policy import Policy

NO_CONTACT = "self-hosted"
"""What we say of ourselves where nobody has set STILLWATER_CONTACT."""

_CHUNK = 64 * 1024


def prepared(call: Call) -> requests.PreparedRequest:
    """The call in the form that goes out; raises kind "refused_address" for what cannot be sent at all.

    Made without a session: nothing comes from the environment (netrc, proxies), and no cookie is kept.
    """
    headers = {
        "User-Agent": f"Stillwater/{__version__} ( {settings.STILLWATER_CONTACT or NO_CONTACT} )",
        "Accept-Encoding": "gzip, deflate",
        **call.headers,
    }
    request = requests.Request(
        call.method, call.url, headers=headers, params=call.params, json=call.json, data=call.data
    )
    try:
        return request.prepare()
    except (requests.RequestException, ValueError):
        raise OutboundError("refused_address", "this is not a valid request") from None


def exchange(adapter: HTTPAdapter, request: requests.PreparedRequest, policy: Policy) -> Answer:
    """Sends once and reads the whole body, decompressed, up to the policy's limit. Follows no redirect.

    Not through `Session.send`: that reads the body of a redirect without any limit, even when told not to follow.
    """
    with _named_failures(request):
        response = adapter.send(
            request,
            stream=True,
            timeout=(policy.connect_timeout, policy.read_timeout),
            verify=policy.ca_file or True,
        )
        try:
            body = _read(response, policy.body_limit)
        finally:
            response.close()
    return Answer(response.status_code, response.headers, body, response.url)


def _read(response: requests.Response, limit: int) -> bytes:
    """Counts what comes out of the decompressor, so that a small bomb is stopped as well as a large file."""
    body = bytearray()
    if response.headers.get("Content-Length", "").isdecimal() and int(response.headers["Content-Length"]) > limit:
        raise OutboundError("too_large", "the answer is larger than allowed")
    for piece in response.raw.stream(_CHUNK, decode_content=True):
        body += piece
        if len(body) > limit:
            raise OutboundError("too_large", "the answer is larger than allowed")
    return bytes(body)


@contextmanager
def _named_failures(request: requests.PreparedRequest) -> Iterator[None]:
    """`from None`: the original errors print the whole URL, and with it any key in it."""
    host = (request.url or "").split("/")[2]
    try:
        yield
    except (requests.Timeout, ReadTimeoutError, TimeoutError):
        raise OutboundError("timeout", f"{host} did not answer in time") from None
    except (requests.exceptions.SSLError, SSLError):
        raise OutboundError("connection", f"{host} has no certificate that we can trust") from None
    except (requests.exceptions.ContentDecodingError, DecodeError):
        raise OutboundError("bad_content", f"{host} sent an answer that cannot be decompressed") from None
    except requests.exceptions.InvalidURL:
        raise OutboundError("refused_address", "this is not a valid URL") from None
    except (requests.RequestException, HTTPError, OSError):
        raise OutboundError("connection", f"the connection to {host} failed or was cut off") from None
