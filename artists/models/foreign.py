"""Pictures that other programs put into artists' folders, and those of them that are allowed to be there."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from artists.models.artist import Artist


class ForeignFile(models.Model):
    """A picture that turned up in an artist's folder, or took the place of a known one, and is not ours.

    A scan notes the name; until the bytes were looked at there is no content hash, and nobody is shown the row.
    """

    # Without an index of its own: the constraint begins with it.
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="foreign_files", db_index=False)
    file_name = models.CharField(max_length=500, help_text="In the artist's folder, in storable spelling.")
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256; blank: not looked at yet.")
    unreadable = models.BooleanField(default=False, help_text="It could not be read; the clock tries again.")
    size_bytes = models.PositiveBigIntegerField(default=0)
    replaced = models.BooleanField(default=False, help_text="A known picture had this name.")
    replaced_hash = models.CharField(max_length=64, blank=True, help_text="What that one was, where it was known.")
    detected_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["artist", "file_name"], name="one_foreign_file_per_name")]
        indexes = [models.Index(fields=["content_hash"], name="foreign_by_content")]

    def __str__(self) -> str:
        return self.file_path

    @property
    def file_path(self) -> str:
        """Where the artist's folder is now; storable spelling."""
        return f"{self.artist.path}/{self.file_name}"


class AllowedFile(models.Model):
    """Bytes that may lie in one artist's folder, or, without an artist, in anybody's."""

    artist = models.ForeignKey(Artist, models.CASCADE, null=True, blank=True, related_name="allowed_files")
    file_name = models.CharField(max_length=500, help_text="As it was called when it was allowed.")
    content_hash = models.CharField(max_length=64)
    note = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["content_hash"], condition=Q(artist__isnull=True), name="allowed_once_everywhere"
            ),
            models.UniqueConstraint(
                fields=["content_hash", "artist"], condition=Q(artist__isnull=False), name="allowed_once_per_artist"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.file_name}: {self.scope}"

    @property
    def scope(self) -> str:
        return "global" if self.artist_id is None else "artist"
