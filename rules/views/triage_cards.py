"""What the triage page shows of one finding: the evidence, what is there now, and what could take its place."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from artists.fields import BY_KEY
from artists.models import ArtistImage
from artists.services.pictures.proxying import token_of
from artists.services.values import as_text
from artists.views.pictures import LABELS, Picture
from artists.views.words import source_words
from rules.facts import KINDS
from rules.models import Violation
from rules.queries.explanation import Reasons, explain
from rules.remedies import remedy_of
from rules.services.cases import Plan, plan_of
from rules.views.rows import FindingRow

MOST = 6
"""Candidates that have a key of their own."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One candidate; `number` is its key. All are shown at one scale."""

    number: int
    candidate: Mapping[str, Any]

    @property
    def src(self) -> str:
        """Ours, never the provider's; the small version where the provider has one."""
        return reverse("artists:offered", args=[token_of(self.candidate.get("preview_url") or self.candidate["url"])])

    @property
    def provider(self) -> str:
        return source_words(str(self.candidate.get("source", "")))

    @property
    def size(self) -> str:
        width, height = self.candidate.get("width"), self.candidate.get("height")
        return f"{width} × {height}" if width and height else ""

    @property
    def likes(self) -> int:
        return int(self.candidate.get("likes") or 0)


@dataclass(frozen=True, slots=True)
class Card:
    """One finding as a screen. `field` and `value`: what is written now; `picture`: what is shown now."""

    row: FindingRow
    reasons: Reasons
    plan: Plan
    choices: tuple[Choice, ...] = ()
    kind: str = ""
    picture: Picture | None = None
    field: str = ""
    value: str = ""

    @property
    def kind_label(self) -> str:
        return LABELS.get(self.kind, "")

    @property
    def crop_url(self) -> str:
        return reverse("artists:crop", args=[self.row.finding.artist_id, self.kind]) if self.picture else ""


def card_of(finding: Violation) -> Card:
    """A handful of queries, whatever there is to show; nobody is asked."""
    kind = finding.rule_id.partition("_")[0] if finding.category == "image" else ""
    kind = kind if kind in KINDS else ""
    image = _current(finding, kind)
    key = remedy_of(finding.rule_id).anchor.removeprefix("field-")
    field = BY_KEY.get(key)
    return Card(
        FindingRow(finding),
        explain(finding),
        plan_of(finding),
        choices_of(finding),
        kind,
        Picture(image) if image else None,
        field.label if field else "",
        as_text(getattr(finding.artist, key)) if field else "",
    )


def choices_of(finding: Violation) -> tuple[Choice, ...]:
    return tuple(Choice(number, one) for number, one in enumerate(finding.candidates[:MOST], start=1))


def pictures_ahead(finding: Violation | None) -> list[str]:
    """Addresses that the browser may fetch while a person still looks at the finding before this one."""
    return [choice.src for choice in choices_of(finding)] if finding else []


def _current(finding: Violation, kind: str) -> ArtistImage | None:
    if not kind:
        return None
    return ArtistImage.objects.filter(artist=finding.artist_id, kind=kind, slot=0, exists=True, problem="").first()
