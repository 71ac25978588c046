"""What came back from another server, whole and within its limit; or how the request failed, in one error."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from stillwater.errors import Upstream
from stillwater.json_text import read_foreign_json
from stillwater.outbound.redaction import redact

Kind = Literal[
    "refused_address", "timeout", "too_large", "status", "connection", "redirect", "bad_content",
    "throttled", "waiting", "unavailable",
]  # fmt: skip
"""The last three: it said inside an ordinary answer that we ask too often; our own rate leaves no time; it has not
answered lately, so it is left alone for a while."""

Verdict = Literal["throttled", "broken"]


@dataclass(frozen=True)
class Answer:
    """`headers` may be asked in any case; `body` is decompressed; `url` is the last one after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)
    url: str = field(repr=False)

    @property
    def content_type(self) -> str:
        """Without parameters, in lower case; "" when the server did not say."""
        return self.headers.get("Content-Type", "").partition(";")[0].strip().lower()

    def text(self) -> str:
        """The body as UTF-8; what is not becomes U+FFFD."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """The body as JSON. A login page or a cut document with status 200 raises kind "bad_content"."""
        try:
            return read_foreign_json(self.body)
        except ValueError as error:
            raise OutboundError("bad_content", f"{self.url} did not answer with JSON") from error


class OutboundError(Upstream):
    """`kind` says what happened; `status` and `answer` are there for kind "status" only.

    `retry_after` is in seconds, where the server (or our own rate) named a time; 0 where nobody did.
    The message never holds a secret.
    """

    def __init__(self, kind: Kind, message: str, *, answer: Answer | None = None, retry_after: float = 0) -> None:
        super().__init__(redact(message))
        self.kind: Kind = kind
        self.answer = answer
        self.upstream_status = answer.status if answer else 0
        self.retry_after = retry_after
