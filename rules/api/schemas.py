"""Shapes that several routers of floor 4 print."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from rules.models import Violation


def also(*media: str) -> dict[str, Any]:
    """For `openapi_extra`: the operation answers 200 in these media types too."""
    content = {one: {"schema": {"type": "string"}} for one in media}
    return {"responses": {200: {"content": content}}}


class CandidateOut(BaseModel):
    url: str = ""
    width: int = 0
    height: int = 0
    source: str = ""
    image_type: str = ""


class ViolationOut(BaseModel):
    id: str
    rule_id: str
    artist_id: str
    artist_name: str
    library_name: str
    severity: str
    category: str
    message: str
    fixable: bool
    status: str
    candidates: list[CandidateOut]
    story: list[dict[str, Any]]
    dismissed_at: datetime | None
    resolved_at: datetime | None
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, row: Violation, library_name: str = "") -> "ViolationOut":
        return cls(
            id=str(row.pk),
            rule_id=row.rule_id,
            artist_id=str(row.artist_id),
            library_name=getattr(row, "library_name", library_name),
            candidates=[CandidateOut(**candidate) for candidate in row.candidates],
            **{name: getattr(row, name) for name in _PLAIN},
        )


_PLAIN = (
    "artist_name",
    "severity",
    "category",
    "message",
    "fixable",
    "status",
    "story",
    "dismissed_at",
    "resolved_at",
    "created_at",
    "updated_at",
)
