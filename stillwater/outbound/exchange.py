"""One request on the wire and its answer, read within the limits; every failure becomes an `OutboundError`."""

from collections.abc import Iterator
from contextlib import contextmanager

import requests
from urllib3.exceptions import DecodeError, HTTPError, ReadTimeoutError, SSLError

from stillwater.outbound.answer import Answer
from stillwater.outbound.call import Call
from stillwater.outbound.errors import OutboundError
from stillwater.outbound.policy import Policy

_CHUNK = 64 * 1024


def prepared(session: requests.Session, call: Call) -> requests.PreparedRequest:
    """The call in the form that requests sends; raises kind "refused_address" for what cannot be sent at all."""
    request = requests.Request(
        call.method, call.url, headers=dict(call.headers), params=call.params, json=call.json, data=call.data
    )
    try:
        return session.prepare_request(request)
    except (requests.RequestException, ValueError):
        raise OutboundError("refused_address", "this is not a valid request") from None


def exchange(session: requests.Session, request: requests.PreparedRequest, policy: Policy) -> Answer:
    """Sends once and reads the whole body, decompressed, up to the policy's limit. Follows no redirect."""
    with _named_failures(request):
        response = session.send(
            request,
            stream=True,
            allow_redirects=False,
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
