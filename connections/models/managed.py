"""How a server wrote files before we switched that off: what has to be put back one day."""

from django.db import models
from django.utils import timezone

from connections.models.connection import Connection


class KeptSettings(models.Model):
    """One library of Emby or Jellyfin, or one consumer of Lidarr, that we switched off.

    `original` is written once, before anything is changed, and never again: each setting's state as it was then.
    `ours` is what we made of it, as the server shows it. Without a connection it was forgotten before they were put
    back; `type`, `url` and `server_id` say where they belong. `alone`: switched off by itself, so the switch of the
    whole server leaves it.
    """

    connection = models.ForeignKey(Connection, models.SET_NULL, null=True, blank=True, related_name="kept_settings")
    type = models.CharField(max_length=20)
    url = models.CharField(max_length=500)
    server_name = models.CharField(max_length=200)
    server_id = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    original = models.JSONField()
    ours = models.JSONField()
    alone = models.BooleanField(default=False)
    drift = models.CharField(max_length=500, blank=True, help_text="What was switched on again on the server.")
    drifted_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField(max_length=500, blank=True, help_text="Why it could not be made as it should be.")
    taken_at = models.DateTimeField(default=timezone.now)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["server_name", "name", "pk"]
        verbose_name_plural = "kept settings"
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="one_original_per_writer")]

    def __str__(self) -> str:
        return f"{self.name} of {self.server_name}"
