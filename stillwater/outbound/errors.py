"""How a request to another server can fail, in one error with a kind."""

from typing import TYPE_CHECKING, Literal

from stillwater.errors import Upstream
from stillwater.outbound.redaction import redact

if TYPE_CHECKING:
    from stillwater.outbound.answer import Answer

Kind = Literal["refused_address", "timeout", "too_large", "status", "connection", "redirect", "bad_content"]


class OutboundError(Upstream):
    """`kind` says what happened; `status` and `answer` are there for kind "status" only.

    `retry_after` is in seconds, where the server (or our own rate) named a time; 0 where nobody did.
    The message never holds a secret.
    """

    def __init__(self, kind: Kind, message: str, *, answer: "Answer | None" = None, retry_after: float = 0) -> None:
        super().__init__(redact(message))
        self.kind: Kind = kind
        self.answer = answer
        self.upstream_status = answer.status if answer else 0
        self.retry_after = retry_after
