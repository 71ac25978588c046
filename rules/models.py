"""The rows of floor 4: how each rule is set, what was found, and how healthy the library was."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone

from artists.models import Artist, Library


class Severity(models.TextChoices):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


class Status(models.TextChoices):
    OPEN = "open"
    PENDING_CHOICE = "pending_choice"
    DISMISSED = "dismissed"
    RESOLVED = "resolved"


ACTIVE = (Status.OPEN, Status.PENDING_CHOICE)


class RuleSetting(models.Model):
    """What a person may change of a rule of the catalogue (rules/catalogue.py); the id is its slug."""

    id = models.SlugField(primary_key=True, max_length=60)
    enabled = models.BooleanField(default=True)
    automation_mode = models.CharField(
        max_length=10, default="manual", choices=[("auto", "auto"), ("manual", "manual")]
    )
    config = models.JSONField(default=dict, blank=True)
    evaluated_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(default=timezone.now, help_text="Since when everything must be looked at again.")

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.id


class Findings(models.QuerySet["Violation"]):
    """Rows of findings whose `waiting` follows their status."""

    def update(self, **values: Any) -> int:
        if "status" in values:
            values["waiting"] = int(values["status"] in ACTIVE)
        return super().update(**values)


class Violation(models.Model):
    """One finding: an artist breaks a rule. One row per pair, which opens, closes and opens again."""

    # Without indexes of their own: the constraint begins with the rule, finding_of_artist with the artist.
    rule = models.ForeignKey(RuleSetting, models.CASCADE, related_name="violations", db_index=False)
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="violations", db_index=False)
    artist_name = models.CharField(max_length=500)
    severity = models.CharField(max_length=10, choices=Severity)
    rank = models.PositiveSmallIntegerField(help_text="3 error, 2 warning, 1 info: so that worst first is an index.")
    category = models.CharField(max_length=10)
    message = models.CharField(max_length=500)
    fixable = models.BooleanField(default=False)
    status = models.CharField(max_length=15, choices=Status, default=Status.OPEN)
    # Kept by Findings and save, and held by a constraint. Stored, because SQLite sorts by an index only where one value
    # is asked for, not `status IN (?, ?)`; not generated, because SQLite reads every row to answer a question about a
    # generated column (sqlite3ExprColUsed), index or not; a number, because it uses no index for a bare boolean.
    waiting = models.PositiveSmallIntegerField(default=1, editable=False, help_text="1 where the status is active.")
    candidates = models.JSONField(default=list, blank=True)
    story = models.JSONField(
        default=list, blank=True, help_text="What was tried, when, and what it answered; newest last."
    )
    tried_at = models.DateTimeField(null=True, blank=True, help_text="When a fix was tried last, with whatever end.")
    created_at = models.DateTimeField(default=timezone.now, help_text="First seen.")
    checked_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    dismissed_at = models.DateTimeField(null=True, blank=True)
    resolved_at = models.DateTimeField(null=True, blank=True)

    objects = Findings.as_manager()

    class Meta:
        ordering = ["-rank", "artist_name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["rule", "artist"], name="one_finding_per_rule_and_artist"),
            models.CheckConstraint(
                condition=Q(waiting=1, status__in=["open", "pending_choice"])
                | Q(waiting=0, status__in=["dismissed", "resolved"]),
                name="finding_waits_while_active",
            ),
        ]
        indexes = [
            models.Index(fields=["waiting", "-rank", "artist_name", "id"], name="finding_worst_first"),
            models.Index(fields=["waiting", "rank", "rule", "status", "artist"], name="finding_counts"),
            models.Index(fields=["waiting", "artist_name", "id"], name="finding_by_artist"),
            models.Index(fields=["status", "rule", "artist"], name="finding_states"),
            models.Index(fields=["artist", "status", "rule"], name="finding_of_artist"),
            models.Index(fields=["created_at"]),
            models.Index(fields=["resolved_at"], condition=Q(resolved_at__isnull=False), name="finding_resolved_when"),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}: {self.artist_name}"

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        self.waiting = int(self.is_active)
        if update_fields is not None and "status" in (update_fields := {*update_fields}):
            update_fields.add("waiting")
        super().save(update_fields=update_fields, **options)

    @property
    def is_active(self) -> bool:
        return self.status in ACTIVE


class HealthSnapshot(models.Model):
    """The health of a library (or of all, where `library` is null) at one moment."""

    library = models.ForeignKey(Library, models.CASCADE, null=True, blank=True, related_name="snapshots")
    total_artists = models.PositiveIntegerField()
    compliant_artists = models.PositiveIntegerField()
    score = models.FloatField()
    recorded_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.recorded_at:%Y-%m-%d}: {self.score}"
