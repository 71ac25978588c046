"""What people decided about artists that look like one: that they are several, or that they are one."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from artists.models.history import Operation


class IgnoredDuplicates(models.Model):
    """A group that is none. It comes back by itself when somebody joins it, or when another reason turns up."""

    key = models.CharField(max_length=64, unique=True, help_text="Digest of the sorted artists and the reasons.")
    artist_ids = models.JSONField(help_text="Sorted.")
    names = models.JSONField(help_text="Of the artists at that time.")
    reason = models.CharField(max_length=500)
    ignored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "ignored duplicates"

    def __str__(self) -> str:
        return f"{', '.join(self.names)}: {self.reason}"


class Merge(models.Model):
    """One artist that became part of another; the rows are as they were, for the way back.

    The artists are kept as numbers: one of them is gone, and the other may go the same way.
    """

    operation = models.OneToOneField(Operation, models.CASCADE, related_name="merge")
    survivor_number = models.BigIntegerField(db_index=True)
    loser_number = models.BigIntegerField(db_index=True)
    loser_name = models.CharField(max_length=500)
    rows = models.JSONField(default=list, help_text="Those of the loser, and of the survivor where they were replaced.")
    created_at = models.DateTimeField(default=timezone.now)
    finished_at = models.DateTimeField(null=True, blank=True, help_text="Null: the program was stopped on the way.")

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.loser_name} into {self.survivor_number}"
