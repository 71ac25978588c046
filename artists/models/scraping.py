"""What is fetched from providers, for everybody and for the libraries of one server."""

from django.db import models
from django.utils import timezone

GLOBAL_SCOPE = "global"


class ScraperConfig(models.Model):
    """`scope` is "global" or the key of a connection. JSON as the API has it: providers/scraping.py reads it."""

    scope = models.CharField(primary_key=True, max_length=40)
    config = models.JSONField(default=dict, blank=True)
    overrides = models.JSONField(default=dict, blank=True, help_text="Which entries replace the global ones.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["scope"]

    def __str__(self) -> str:
        return self.scope
