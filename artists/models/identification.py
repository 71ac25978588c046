"""Who an artist was found to be: the progress of a run, the queue of what a person has to decide, and the wizard."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils import timezone

from artists.models.artist import Artist


class IdentityState(models.TextChoices):
    """`linking`: decided, not stored yet; `failed`: somebody could not be asked, which is never "no match"."""

    LINKING = "linking", "about to be linked"
    LINKED = "linked", "linked"
    QUEUED = "queued", "waits for a decision"
    UNMATCHED = "unmatched", "nobody found"
    FAILED = "failed", "not asked"
    SKIPPED = "skipped", "skipped"
    DECLINED = "declined", "declined"


class Identification(models.Model):
    """The latest attempt to say who an artist is. A run passes by whoever has an outcome in it."""

    artist = models.OneToOneField(Artist, models.CASCADE, related_name="identification")
    run = models.UUIDField(default=uuid4, db_index=True, help_text="Also the group of the run's operations.")
    state = models.CharField(max_length=12, choices=IdentityState)
    tier = models.CharField(max_length=12, blank=True)
    mbid = models.CharField(max_length=36, blank=True, help_text="Whom the artist was linked to.")
    discogs_id = models.CharField(max_length=60, blank=True)
    machine_picked = models.BooleanField(default=False, help_text="By the name alone; nobody has looked at it.")
    reason = models.CharField(max_length=500, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    declined = models.JSONField(default=list, blank=True, help_text="MBIDs that a person has ruled out.")
    refresh_note = models.CharField(max_length=500, blank=True)
    decided_at = models.DateTimeField(default=timezone.now)
    refreshed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-decided_at", "-pk"]
        indexes = [models.Index(fields=["state", "decided_at"]), models.Index(fields=["run", "state"])]

    def __str__(self) -> str:
        return f"{self.artist_id}: {self.state}"


class WizardSession(models.Model):
    """A walk through artists, one per step; it survives a restart and can be gone on with from anywhere."""

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    index = models.PositiveIntegerField(default=0, help_text="The step at hand.")
    started_at = models.DateTimeField(default=timezone.now)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-pk"]

    def __str__(self) -> str:
        return self.key.hex


class StepDecision(models.TextChoices):
    OPEN = "", "open"
    ACCEPTED = "accepted", "accepted"
    SKIPPED = "skipped", "skipped"
    DECLINED = "declined", "declined"


class WizardStep(models.Model):
    """One artist of a walk, with the candidates as they were when they were looked up."""

    session = models.ForeignKey(WizardSession, models.CASCADE, related_name="steps")
    index = models.PositiveIntegerField()
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="wizard_steps")
    decision = models.CharField(max_length=10, blank=True, choices=StepDecision, default=StepDecision.OPEN)
    mbid = models.CharField(max_length=36, blank=True)
    group = models.UUIDField(null=True, blank=True, help_text="The operations of an acceptance.")
    looked_up_at = models.DateTimeField(null=True, blank=True)
    candidates = models.JSONField(default=list, blank=True)
    evidence = models.JSONField(default=dict, blank=True)
    problem = models.CharField(max_length=500, blank=True, help_text="Who could not be asked, and why.")

    class Meta:
        ordering = ["session", "index"]
        constraints = [models.UniqueConstraint(fields=["session", "index"], name="one_step_per_index")]

    def __str__(self) -> str:
        return f"{self.session_id}, {self.index}"
