"""Builders of findings for the tests of the pages: one row each, as evaluation would have left it."""

from typing import Any

from artists.models import Artist
from rules.catalogue import BY_ID
from rules.models import Violation
from rules.types import RANKS
from tests.builders import make_artist

HTMX = {"HTTP_HX_REQUEST": "true"}


def make_finding(
    artist: Artist | None = None, rule: str = "bio_exists", severity: str = "warning", **values: Any
) -> Violation:
    owner = artist or make_artist()
    defaults: dict[str, Any] = {
        "artist_name": owner.name,
        "severity": severity,
        "rank": RANKS[severity],
        "category": BY_ID[rule].category,
        "message": "There is no biography.",
        "fixable": BY_ID[rule].fixable,
    }
    return Violation.objects.create(artist=owner, rule_id=rule, **{**defaults, **values})
