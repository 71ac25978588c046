"""A library: a music folder on disk, or a collection that lives on a server only."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class Library(models.Model):
    """Each direct child folder of `path` is one artist. A blank path: known from a server only."""

    name = models.CharField(max_length=200, unique=True)
    path = models.CharField(max_length=4096, blank=True)
    type = models.CharField(
        max_length=20, default="regular", choices=[("regular", "Regular"), ("classical", "Classical")]
    )
    source = models.CharField(
        max_length=20,
        default="manual",
        choices=[("manual", "By hand"), ("emby", "Emby"), ("jellyfin", "Jellyfin"), ("lidarr", "Lidarr")],
    )
    connection_id = models.BigIntegerField(
        null=True,
        blank=True,
        db_index=True,
        help_text="A connection's key, kept as a number: connections live a floor above.",
    )
    external_id = models.CharField(max_length=200, blank=True)
    fs_watch = models.PositiveSmallIntegerField(default=0, help_text="0 off, 1 watch, 2 poll, 3 both.")
    fs_poll_interval = models.PositiveIntegerField(default=60, help_text="Seconds: 60, 300, 900 or 1800.")
    fs_notify_supported = models.BooleanField(default=False)
    shared_fs_status = models.CharField(max_length=20, blank=True)
    shared_fs_evidence = models.JSONField(default=list, blank=True)
    shared_fs_peer_library_ids = models.CharField(max_length=500, blank=True)
    nfo_lock_data = models.BooleanField(default=False, help_text="Write lockdata into every NFO of this library.")

    root_device = models.CharField(max_length=40, blank=True, help_text="Device of the root at the last healthy scan.")
    last_scanned_at = models.DateTimeField(null=True, blank=True)
    scan_problem = models.CharField(max_length=500, blank=True, help_text="Why the last scan stopped and asks.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "libraries"
        constraints = [
            models.UniqueConstraint(
                fields=["connection_id", "external_id"],
                condition=Q(connection_id__isnull=False) & ~Q(external_id=""),
                name="one_library_per_external_id",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_shared(self) -> bool:
        """A server may write the same files."""
        return self.shared_fs_status in ("suspected", "confirmed")
