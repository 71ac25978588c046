"""What MusicBrainz said when it was asked whether a stored identifier still means this artist."""

from django.db import models

from artists.models.artist import Artist


class MbidVerdict(models.TextChoices):
    OK = "ok", "means this artist"
    MERGED = "merged", "leads to another entry"
    GONE = "gone", "leads to nothing"
    NAME = "name", "means somebody of another name"
    ALBUMS = "albums", "means somebody with other albums"


class MbidCheck(models.Model):
    """The latest answer. It speaks of the identifier that was asked about, which may be another one by now."""

    artist = models.OneToOneField(Artist, models.CASCADE, related_name="mbid_check")
    mbid = models.CharField(max_length=36)
    verdict = models.CharField(max_length=10, choices=MbidVerdict)
    survivor = models.CharField(max_length=36, blank=True, help_text="Where a merged identifier leads to.")
    found_name = models.CharField(max_length=500, blank=True)
    albums_here = models.PositiveIntegerField(default=0)
    albums_shared = models.PositiveIntegerField(default=0)
    checked_at = models.DateTimeField(db_index=True)

    class Meta:
        ordering = ["-checked_at"]

    def __str__(self) -> str:
        return f"{self.artist_id}: {self.verdict}"
