"""The rows of floor 3: a server that we speak with, and which of its items is which artist."""

from django.db import models
from django.utils import timezone

from artists.models import Artist


class Connection(models.Model):
    """Another program on the network. The key is sealed by the vault and never shown."""

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20, choices=[("emby", "Emby"), ("jellyfin", "Jellyfin"), ("lidarr", "Lidarr")])
    url = models.CharField(max_length=500)
    sealed_key = models.TextField(blank=True)
    enabled = models.BooleanField(default=True)
    status = models.CharField(max_length=20, default="unknown")
    status_message = models.CharField(max_length=500, blank=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["type", "url"], name="one_connection_per_server")]

    def __str__(self) -> str:
        return self.name


class ArtistLink(models.Model):
    """An artist's item on a server; one item belongs to one artist."""

    artist = models.ForeignKey(Artist, models.CASCADE, related_name="links")
    connection = models.ForeignKey(Connection, models.CASCADE, related_name="links")
    platform_artist_id = models.CharField(max_length=200)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["artist", "connection"], name="one_link_per_connection"),
            models.UniqueConstraint(fields=["connection", "platform_artist_id"], name="one_artist_per_item"),
        ]

    def __str__(self) -> str:
        return f"{self.artist} on {self.connection}"
