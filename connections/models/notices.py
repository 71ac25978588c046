"""What other programs told us and nobody has looked into yet, and when each was heard last."""

from django.db import models
from django.utils import timezone


class Notice(models.Model):
    """All that one program said about one artist since somebody looked; `subject` is blank for its whole library.

    `deed` is the greatest of what was asked for (connections.hooks.heard.Deed), `events` are our names for it.
    """

    program = models.CharField(max_length=20)
    subject = models.CharField(max_length=320, blank=True)
    deed = models.PositiveSmallIntegerField()
    events = models.JSONField(default=list, blank=True)
    mbid = models.CharField(max_length=36, blank=True)
    name = models.CharField(max_length=300, blank=True)
    path = models.CharField(max_length=300, blank=True)
    item_id = models.CharField(max_length=300, blank=True)
    times = models.PositiveIntegerField(default=1)
    first_at = models.DateTimeField(default=timezone.now)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["program", "subject"], name="one_notice_per_subject")]

    def __str__(self) -> str:
        return f"{self.program}: {self.name or self.subject or 'its library'}"


class Caller(models.Model):
    """A program that calls us: what it said last, and how often it called."""

    program = models.CharField(max_length=20, primary_key=True)
    said = models.CharField(max_length=300)
    times = models.PositiveBigIntegerField(default=0)
    last_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["program"]

    def __str__(self) -> str:
        return self.program
