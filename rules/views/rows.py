"""A finding as the lists show it: with the artist's picture, the place where it is mended, and its status in words."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from artists.models import ArtistImage
from artists.views.pictures import Picture
from rules.catalogue import BY_ID
from rules.models import Status, Violation
from rules.remedies import remedy_of
from stillwater.many_urls import url_of

_STATES = {Status.PENDING_CHOICE: "to choose", Status.DISMISSED: "dismissed", Status.RESOLVED: "resolved"}


@dataclass(frozen=True, slots=True)
class FindingRow:
    """What a template prints of one finding."""

    finding: Violation
    picture: Picture | None = None

    @property
    def rule_name(self) -> str:
        rule = BY_ID.get(self.finding.rule_id)
        return rule.name if rule else self.finding.rule_id

    @property
    def can_fix(self) -> bool:
        return self.finding.fixable and self.finding.status == Status.OPEN

    @property
    def verb(self) -> str:
        if self.finding.status == Status.PENDING_CHOICE:
            return "Choose"
        return remedy_of(self.finding.rule_id).verb

    @property
    def place(self) -> str:
        """The address where a person mends it."""
        if self.finding.status == Status.PENDING_CHOICE:
            return f"{reverse('rules:triage')}?at={self.finding.pk}"
        anchor = remedy_of(self.finding.rule_id).anchor
        return f"{self.artist_url}#{anchor}" if anchor else self.artist_url

    @property
    def artist_url(self) -> str:
        return url_of("artists:detail", self.finding.artist_id)

    @property
    def pk(self) -> str:
        """As an id, without the thousands separator of a number."""
        return str(self.finding.pk)

    @property
    def url(self) -> str:
        return url_of("rules:finding", self.finding.pk)

    @property
    def fix_url(self) -> str:
        return url_of("rules:fix", self.finding.pk)

    @property
    def dismiss_url(self) -> str:
        return url_of("rules:dismiss", self.finding.pk)

    @property
    def reopen_url(self) -> str:
        return url_of("rules:reopen", self.finding.pk)

    @property
    def severity_word(self) -> str:
        return "hint" if self.finding.severity == "info" else self.finding.severity

    @property
    def state(self) -> str:
        """Blank while it is simply open."""
        return _STATES.get(Status(self.finding.status), "")


def rows_of(findings: Iterable[Violation]) -> list[FindingRow]:
    """With the thumbnails of their artists: one query, however many."""
    listed = list(findings)
    thumbs = ArtistImage.objects.filter(
        artist__in={finding.artist_id for finding in listed}, kind="thumb", slot=0, exists=True, problem=""
    )
    pictures = {image.artist_id: Picture(image) for image in thumbs}
    return [FindingRow(finding, pictures.get(finding.artist_id)) for finding in listed]


def row_of(finding: Violation) -> FindingRow:
    return rows_of([finding])[0]
