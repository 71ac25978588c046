"""Pictures of several artists that look the same, as the last look found them, and what people said of such groups."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from artists.models.images import ArtistImage


class AlikePicture(models.Model):
    """A picture in a group of near ones. It speaks of the bytes that the slot had then."""

    key = models.CharField(max_length=64, help_text="Of the group: digest of its artists and contents.")

    image = models.ForeignKey(ArtistImage, models.CASCADE, related_name="alike")
    content_hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["key", "image"]
        constraints = [models.UniqueConstraint(fields=["key", "image"], name="once_in_a_group_of_pictures")]

    def __str__(self) -> str:
        return f"{self.image_id} in {self.key[:8]}"


class SharedPictures(models.Model):
    """A group whose artists may share the picture. It comes back by itself when somebody joins it."""

    key = models.CharField(max_length=64, unique=True)
    names = models.JSONField(help_text="Of the artists at that time.")
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "shared pictures"

    def __str__(self) -> str:
        return ", ".join(self.names)
