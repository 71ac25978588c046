"""What came back from another server, whole and within its limit."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from json import JSONDecodeError, loads
from typing import Any

from stillwater.outbound.errors import OutboundError


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
            return loads(self.body)
        except (JSONDecodeError, UnicodeDecodeError, RecursionError) as error:
            raise OutboundError("bad_content", f"{self.url} did not answer with JSON") from error
