"""Where values are from: what each provider said at the last refresh, why one of them won, what MusicBrainz says."""

from django.db import models

from artists.models.artist import Artist


class FieldTrace(models.Model):
    """The last decision about a field (or `images.<kind>`): who was asked, what they answered, who won and why."""

    artist = models.ForeignKey(Artist, models.CASCADE, related_name="traces")
    field = models.CharField(max_length=40)
    asked_at = models.DateTimeField()
    winner = models.CharField(max_length=30, blank=True)
    why = models.CharField(max_length=200, blank=True)
    said = models.JSONField(default=list, help_text="Provider, kind, summary and reason, in the order of the field.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["artist", "field"], name="one_trace_per_field")]

    def __str__(self) -> str:
        return f"{self.field} of {self.artist_id}"


class MusicBrainzSnapshot(models.Model):
    """What MusicBrainz said of one field when it was last asked, as it said it."""

    artist = models.ForeignKey(Artist, models.CASCADE, related_name="musicbrainz_snapshots")
    field = models.CharField(max_length=40)
    value = models.JSONField(help_text="Text, or a list of text.")
    fetched_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["artist", "field"], name="one_snapshot_per_field")]

    def __str__(self) -> str:
        return f"{self.field} of {self.artist_id} at MusicBrainz"
