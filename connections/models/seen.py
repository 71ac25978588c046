"""What a server has, as it was when somebody last looked: its music libraries, and what its pictures show."""

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


class SeenPicture(models.Model):
    """What a picture of an artist on a server is. Its tag changes with it, so that it is fetched once to compare."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="seen_pictures", db_index=False)
    item = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    tag = models.CharField(max_length=200)
    content_hash = models.CharField(max_length=64)
    pixel_hash = models.CharField(max_length=64, blank=True, help_text="Of what it shows; blank: no picture.")
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    seen_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["connection", "item", "kind", "tag"], name="one_look_per_picture")
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.tag} of {self.item}"
