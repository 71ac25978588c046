"""What the audio files themselves say: evidence of who an artist is, read and never written."""

from django.db import models

from artists.models.artist import Artist


class AlbumTags(models.Model):
    """One album folder. The values are those of the last look that succeeded; `problem` says why a later one failed."""

    artist = models.ForeignKey(Artist, models.CASCADE, related_name="album_tags")
    folder = models.CharField(max_length=500, help_text="Name below the artist's folder, in the storable spelling.")
    was_read = models.BooleanField(default=False, help_text="The values below come from a file that could be read.")
    file_stamp = models.CharField(
        max_length=32,
        blank=True,
        help_text="Digest of names, sizes and times of the audio files; blank: look again.",
    )
    album_artist = models.CharField(max_length=500, blank=True)
    album_artist_mbids = models.JSONField(default=list, blank=True)
    release_group_id = models.CharField(max_length=36, blank=True)
    album = models.CharField(max_length=500, blank=True)
    year = models.CharField(max_length=4, blank=True)
    problem = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["artist", "folder"]
        verbose_name_plural = "album tags"
        constraints = [models.UniqueConstraint(fields=["artist", "folder"], name="one_album_per_folder")]

    def __str__(self) -> str:
        return f"{self.folder} of {self.artist_id}"
