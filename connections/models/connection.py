"""The rows of floor 3: a server that we speak with, and which of its items is which artist."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from artists.models import Artist

FEATURES = (
    "feature_library_import",
    "feature_nfo_write",
    "feature_image_write",
    "feature_metadata_push",
    "feature_trigger_refresh",
)
"""What may happen between us and a server; each is a switch of its own."""


class Connection(models.Model):
    """Another program on the network. The key is sealed by the vault and never shown."""

    name = models.CharField(max_length=200)
    type = models.CharField(max_length=20, choices=[("emby", "Emby"), ("jellyfin", "Jellyfin"), ("lidarr", "Lidarr")])
    url = models.CharField(max_length=500)
    sealed_key = models.TextField(blank=True)
    enabled = models.BooleanField(default=True)
    status = models.CharField(max_length=20, default="unknown", help_text="ok, error, or unknown before a test.")
    status_message = models.CharField(max_length=500, blank=True)
    last_checked_at = models.DateTimeField(null=True, blank=True)
    server_version = models.CharField(max_length=60, blank=True)
    platform_server_id = models.CharField(max_length=200, blank=True, help_text="Another one: it was installed anew.")
    platform_user_id = models.CharField(max_length=200, blank=True, help_text="Whose view of the items is read.")
    platform_user_name = models.CharField(max_length=200, blank=True)
    drift = models.JSONField(default=list, blank=True, help_text="What the last test found otherwise than before.")

    feature_library_import = models.BooleanField("import libraries", default=True)
    feature_nfo_write = models.BooleanField("write NFO files", default=True)
    feature_image_write = models.BooleanField("write pictures", default=True)
    feature_metadata_push = models.BooleanField("push metadata", default=False)
    feature_trigger_refresh = models.BooleanField("ask for a refresh", default=False)
    feature_manage_server_files = models.BooleanField(
        "Stillwater manages artwork and NFO files", default=False, help_text="Its own writing is switched off."
    )

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
    updated_at = models.DateTimeField(default=timezone.now, editable=False)
    push_due_at = models.DateTimeField(
        null=True, blank=True, help_text="What changed here waits to be sent until then."
    )
    push_attempts = models.PositiveSmallIntegerField(default=0)
    push_problem = models.CharField(max_length=500, blank=True, help_text="Why the last push failed.")
    pushed_at = models.DateTimeField(null=True, blank=True)
    lock_sent = models.BooleanField(default=False, help_text="The artist is locked there because we asked for it.")
    brought = models.JSONField(default=list, blank=True, help_text="Pictures that an import took from there: kind tag.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["artist", "connection"], name="one_link_per_connection"),
            models.UniqueConstraint(fields=["connection", "platform_artist_id"], name="one_artist_per_item"),
        ]
        indexes = [models.Index(fields=["push_due_at"], condition=Q(push_due_at__isnull=False), name="push_due")]

    def __str__(self) -> str:
        return f"{self.artist} on {self.connection}"


class PathMapping(models.Model):
    """A folder as a server sees it and as we see it: the same music behind two mounts."""

    connection = models.ForeignKey(Connection, models.CASCADE, related_name="path_mappings")
    server_path = models.CharField(max_length=1000)
    local_path = models.CharField(max_length=4096)
    inferred = models.BooleanField(default=False, help_text="Found by comparing folders, not typed by a person.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["server_path"]
        constraints = [models.UniqueConstraint(fields=["connection", "server_path"], name="one_mapping_per_folder")]

    def __str__(self) -> str:
        return f"{self.server_path} is {self.local_path}"
