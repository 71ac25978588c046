"""Who else writes our files, as far as anybody knows: the last look at every server, and the verdict over all."""

from django.db import models
from django.utils import timezone

from connections.models.connection import Connection


class Look(models.Model):
    """When a server was last asked where its music lies and what it writes there. `problem`: why it did not say."""

    connection = models.OneToOneField(Connection, models.CASCADE, related_name="look")
    looked_at = models.DateTimeField(default=timezone.now)
    problem = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["connection"]

    def __str__(self) -> str:
        return f"{self.connection}: {self.problem or 'it answered'}"


class Ledger(models.Model):
    """One row: all that the guard and the banner need, so that they read nothing else.

    `entries` and `round_trips` as connections/conflicts.py reads them; `fingerprint` tells one state of affairs from
    another, and `dismissed` is the one that an administrator has put away.
    """

    entries = models.JSONField(default=list, blank=True)
    round_trips = models.JSONField(default=list, blank=True)
    foreign_files = models.PositiveIntegerField(default=0)
    fingerprint = models.CharField(max_length=64, blank=True)
    dismissed = models.CharField(max_length=64, blank=True)
    generated_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"conflicts as of {self.generated_at:%Y-%m-%d %H:%M}"
