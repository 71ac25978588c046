"""The picture slots of an artist, with every fact that a rule or a page asks for."""

from django.db import models
from django.db.models import Q

from artists.models.artist import Artist


class ImageKind(models.TextChoices):
    THUMB = "thumb", "Thumbnail"
    FANART = "fanart", "Fanart"
    LOGO = "logo", "Logo"
    BANNER = "banner", "Banner"


class ArtistImage(models.Model):
    """One slot. Only fanart has slots above 0. The row stays when the file goes: `exists` says so."""

    # Without an index of its own: the constraint begins with it.
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="images", db_index=False)
    kind = models.CharField(max_length=10, choices=ImageKind)
    slot = models.PositiveSmallIntegerField(default=0)
    exists = models.BooleanField(default=True)
    file_name = models.CharField(max_length=500, blank=True)
    format = models.CharField(max_length=10, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    mtime_ns = models.BigIntegerField(default=0)
    problem = models.CharField(max_length=300, blank=True, help_text="Why the file is no picture; blank: it is one.")
    low_res = models.BooleanField(default=False)
    content_hash = models.CharField(max_length=64, blank=True)
    perceptual_hash = models.CharField(max_length=16, blank=True)
    padding = models.FloatField(null=True, blank=True, help_text="0 to 1: share of the area that is empty.")
    placeholder = models.TextField(blank=True, help_text="A 16 x 16 picture as a data address.")
    stand_in = models.CharField(
        max_length=60, blank=True, help_text="Why the picture shows nobody (a silhouette, one colour); blank: it does."
    )
    fingerprinted = models.BooleanField(default=False, help_text="The five facts above belong to this file.")
    source = models.CharField(max_length=60, blank=True)
    last_written_at = models.DateTimeField(null=True, blank=True)
    locked = models.BooleanField(default=False)

    class Meta:
        ordering = ["artist", "kind", "slot"]
        constraints = [
            models.UniqueConstraint(fields=["artist", "kind", "slot"], name="one_image_per_slot"),
            models.CheckConstraint(condition=Q(slot=0) | Q(kind="fanart"), name="only_fanart_has_slots"),
        ]
        indexes = [
            models.Index(fields=["artist", "kind"], condition=Q(exists=True), name="image_there"),
            models.Index(fields=["kind", "slot", "artist"], condition=Q(exists=True), name="image_by_kind"),
            # The kind is for SQLite: without statistics it takes the index that answers most equations.
            models.Index(fields=["content_hash", "kind"], condition=~Q(content_hash=""), name="image_by_content"),
            models.Index(
                fields=["id"], condition=Q(fingerprinted=False, exists=True), name="image_without_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.artist_id} {self.kind} {self.slot}"
