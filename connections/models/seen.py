"""What the music libraries of a server are like, as they were when somebody last looked."""

from django.db import models
from django.utils import timezone

from connections.models.connection import Connection


class SeenLibrary(models.Model):
    """Where it lies and what the server writes there. `fetchers` null: the server's own defaults (bug 41)."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="seen_libraries")
    external_id = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    locations = models.JSONField(default=list, blank=True)
    writes_nfo = models.BooleanField(default=False)
    writes_images = models.BooleanField(default=False)
    fetchers = models.JSONField(null=True, blank=True)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["connection", "name"]
        verbose_name_plural = "seen libraries"
        constraints = [models.UniqueConstraint(fields=["connection", "external_id"], name="one_look_per_library")]

    def __str__(self) -> str:
        return f"{self.name} of {self.connection}"
