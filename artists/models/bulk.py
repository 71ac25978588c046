"""A run over many artists, artist by artist: what was to be done, what came of each, so that a killed run goes on."""

import uuid

from django.db import models
from django.db.models import Q

from artists.models.artist import Artist
from stillwater.models import Job


class ItemStatus(models.TextChoices):
    PENDING = "pending", "waiting"
    RUNNING = "running", "at work"
    DONE = "done", "done"
    QUEUED = "queued", "for a person"
    SKIPPED = "skipped", "skipped"
    FAILED = "failed", "failed"


OPEN_STATUSES = (ItemStatus.PENDING, ItemStatus.RUNNING)


class BulkJob(models.Model):
    """What a job of kind `bulk` or `bulk_action` does. How it stands is the job's state; the numbers are its items'."""

    job = models.OneToOneField(Job, models.CASCADE, related_name="bulk")
    type = models.CharField(max_length=40, help_text="Key of what is done to each artist (services/bulk_runs).")
    mode = models.CharField(max_length=20, blank=True, help_text="Whom it links by itself, where it identifies.")
    group = models.UUIDField(default=uuid.uuid4, unique=True, help_text="Of its operations: the way back.")
    planned = models.BooleanField(default=False, help_text="Every artist that is meant has its item.")
    retry_of = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="retries")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.type} {self.pk}"


class BulkItem(models.Model):
    """One artist of a run. `message` says why it was skipped, failed or left for a person, or what was done."""

    bulk = models.ForeignKey(BulkJob, models.CASCADE, related_name="items")
    artist = models.ForeignKey(Artist, models.SET_NULL, null=True, related_name="bulk_items")
    artist_name = models.CharField(max_length=500)
    status = models.CharField(max_length=10, choices=ItemStatus, default=ItemStatus.PENDING)
    message = models.CharField(max_length=500, blank=True)
    linked = models.BooleanField(default=False, help_text="The run gave it its MusicBrainz ID.")
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["bulk", "artist"], name="one_item_per_artist", condition=~Q(artist=None)),
        ]
        indexes = [models.Index(fields=["bulk", "status", "id"])]

    def __str__(self) -> str:
        return f"{self.artist_name}: {self.status}"
