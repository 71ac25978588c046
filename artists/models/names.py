"""Other names of an artist, and who plays in a group."""

from django.db import models
from django.utils import timezone

from artists.models.artist import Artist


class Alias(models.Model):
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="aliases")
    alias = models.CharField(max_length=500, db_index=True)
    source = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "aliases"

    def __str__(self) -> str:
        return self.alias


class BandMember(models.Model):
    artist = models.ForeignKey(Artist, models.CASCADE, related_name="members")
    member_name = models.CharField(max_length=500)
    member_mbid = models.CharField(max_length=36, blank=True)
    instruments = models.JSONField(default=list, blank=True)
    vocal_type = models.CharField(max_length=100, blank=True)
    date_joined = models.CharField(max_length=60, blank=True)
    date_left = models.CharField(max_length=60, blank=True)
    is_original_member = models.BooleanField(default=False)
    sort_order = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["sort_order", "pk"]

    def __str__(self) -> str:
        return self.member_name
