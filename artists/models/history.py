"""Every write to an artist is an operation: fields before and after, files before; it can be taken back."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from artists.models.artist import Artist


class Operation(models.Model):
    """One write. Operations of one run share a group, so that a whole run can be undone."""

    group = models.UUIDField(default=uuid.uuid4, db_index=True)
    artist = models.ForeignKey(Artist, models.SET_NULL, null=True, related_name="operations")
    artist_name = models.CharField(max_length=500)
    source = models.CharField(max_length=80, help_text="manual, scan, import, revert, provider:<name> or rule:<id>.")
    summary = models.CharField(max_length=300, help_text="What it did, in a few words.")
    warning = models.CharField(max_length=500, blank=True, help_text="Why the files could not follow the fields.")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undoes = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="undone_by")
    pending = models.BooleanField(
        default=False, help_text="Its files are being changed; after a crash they are put back as they were."
    )
    merged_with = models.ForeignKey(
        "Merge", models.SET_NULL, null=True, blank=True, related_name="moved", help_text="The artist came here by it."
    )

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["artist", "-id"]),
            models.Index(fields=["artist"], condition=Q(pending=True), name="operation_pending"),
        ]

    def __str__(self) -> str:
        return f"{self.summary} ({self.artist_name})"


class MetadataChange(models.Model):
    """One field of an operation. Values are stored as JSON: text, or a list of text."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="changes")
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="changes")
    field = models.CharField(max_length=40)
    old_value = models.JSONField(null=True)
    new_value = models.JSONField(null=True)
    source = models.CharField(max_length=80)
    old_label = models.CharField(
        max_length=80, blank=True, help_text="What metadata_sources said of the old value; a way back restores it."
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["artist", "-id"]),
            models.Index(fields=["artist", "field", "-id"]),
            models.Index(fields=["created_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.field} of {self.artist_id}"


class FileSnapshot(models.Model):
    """What a file was before an operation: its bytes are kept in the data folder under their hash."""

    operation = models.ForeignKey(Operation, models.CASCADE, related_name="files")
    path = models.CharField(max_length=4096, help_text="Storable spelling.")
    existed = models.BooleanField(help_text="False: the operation created the file; undo removes it.")
    is_folder = models.BooleanField(default=False, help_text="An empty folder that was removed.")
    content_hash = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    mode = models.PositiveIntegerField(null=True, blank=True)
    mtime_ns = models.BigIntegerField(null=True, blank=True, help_text="The file's own time, put back with it.")
    link_to = models.CharField(max_length=4096, blank=True, help_text="It was a link, and where it led.")
    after_hash = models.CharField(max_length=64, blank=True, help_text="What the operation left; undo checks it first.")
    moved_to = models.CharField(max_length=4096, blank=True, help_text="Where a renamed file or folder went.")

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["content_hash"])]

    def __str__(self) -> str:
        return self.path


class NfoSnapshots(models.Manager["NfoSnapshot"]):
    def get_queryset(self) -> models.QuerySet["NfoSnapshot"]:
        return super().get_queryset().filter(path__iendswith="/artist.nfo", existed=True)


class NfoSnapshot(FileSnapshot):
    """The snapshots of NFO files alone, newest first."""

    objects: ClassVar[NfoSnapshots] = NfoSnapshots()

    class Meta:
        proxy = True
        ordering = ["-pk"]
