"""What happened, in order: the table that the event stream follows."""

from django.db import models
from django.utils import timezone


class Event(models.Model):
    """One event; the id is the order, so a browser can ask for what it missed."""

    name = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.pk} {self.name}"
