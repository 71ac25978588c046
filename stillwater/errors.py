"""The tree of errors that a verb may raise; every door turns it into its own words.

    StillwaterError
    ├── Invalid              400  the input is wrong; `field` names which
    ├── Unauthenticated      401  nobody is signed in, or the credentials are wrong
    ├── Forbidden            403  signed in, but not allowed
    ├── NotFound             404  no such thing
    ├── Conflict             409  it clashes with what is there now
    │   ├── Locked           409  a lock holds this back
    │   └── WriteBlocked     409  another program may write the same file (see artists gates)
    ├── Gone                 410  it was there, and its time is over
    ├── TooLarge             413  more than we take
    ├── Unprocessable        422  understood, but it cannot be done
    ├── TooManyRequests      429  slow down; `retry_after` seconds
    ├── Upstream             502  another server failed us
    └── Unavailable          503  not now; try again later

The status belongs to the error, so the REST API and the pages answer alike.
"""

from typing import Any


class StillwaterError(Exception):
    """What went wrong, in one lower-case plain sentence without a full stop."""

    status = 500

    def __init__(self, message: str, *, details: list[str] | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.details = details or []

    def body(self) -> dict[str, Any]:
        """The contract's error body: `{"error": …, "details"?: […]}`."""
        body: dict[str, Any] = {"error": self.message}
        if self.details:
            body["details"] = self.details
        return body


class Invalid(StillwaterError):
    status = 400

    def __init__(self, message: str, field: str = "", *, details: list[str] | None = None) -> None:
        super().__init__(message, details=details)
        self.field = field


class Unauthenticated(StillwaterError):
    status = 401


class Forbidden(StillwaterError):
    status = 403


class NotFound(StillwaterError):
    status = 404


class Conflict(StillwaterError):
    status = 409


class Locked(Conflict):
    pass


class WriteBlocked(Conflict):
    """Another program may write the same file; `extra` carries the contract's axis, reason and ledger."""

    def __init__(self, message: str, *, extra: dict[str, Any] | None = None) -> None:
        super().__init__(message)
        self.extra = extra or {}

    def body(self) -> dict[str, Any]:
        return {**super().body(), **self.extra}


class Gone(StillwaterError):
    status = 410


class TooLarge(StillwaterError):
    status = 413


class Unprocessable(StillwaterError):
    status = 422


class TooManyRequests(StillwaterError):
    status = 429

    def __init__(self, message: str, *, retry_after: int) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Upstream(StillwaterError):
    status = 502


class Unavailable(StillwaterError):
    status = 503


def reason_of(error: OSError) -> str:
    """What the system says of it, to stand within a sentence."""
    return (error.strerror or str(error)).lower()


def as_sentence(message: str) -> str:
    """A message as a page says it: errors are written for the API, in lower case and without a full stop."""
    return message[:1].upper() + message[1:] + ("" if message.endswith((".", "!", "?")) else ".")
