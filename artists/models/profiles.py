"""A platform profile: how a player wants its files named."""

from django.db import models
from django.db.models import Q
from django.utils import timezone


class PlatformProfile(models.Model):
    """File names by picture kind; one profile is active. Facts: files-and-platforms.md 2.1."""

    id = models.SlugField(primary_key=True, max_length=60)
    name = models.CharField(max_length=100, unique=True)
    is_builtin = models.BooleanField(default=False)
    is_active = models.BooleanField(default=False)
    nfo_enabled = models.BooleanField(default=True)
    nfo_format = models.CharField(max_length=20, default="kodi")
    image_naming = models.JSONField(default=dict)
    use_symlinks = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["is_active"], condition=Q(is_active=True), name="one_active_profile")
        ]

    def __str__(self) -> str:
        return self.name
