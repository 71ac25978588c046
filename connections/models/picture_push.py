"""Which pictures of an artist wait to be sent to a server because somebody changed them here."""

from django.db import models
from django.db.models import Q

from connections.models.connection import ArtistLink


class PicturePush(models.Model):
    """All pictures of one kind for one server. The row goes once the server shows what is here.

    Without `due_at` it waits for a person, or, where it is `held`, for the server to leave our folders alone.
    """

    link = models.ForeignKey(ArtistLink, models.CASCADE, related_name="picture_pushes", db_index=False)
    kind = models.CharField(max_length=10)
    due_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True, help_text="Why the last try failed.")
    held = models.BooleanField(default=False, help_text="The server would write it over our own file.")

    class Meta:
        ordering = ["due_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["link", "kind"], name="one_push_per_kind")]
        indexes = [models.Index(fields=["due_at"], condition=Q(due_at__isnull=False), name="picture_push_due")]

    def __str__(self) -> str:
        return f"{self.kind} for {self.link_id}"
