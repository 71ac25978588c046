"""Registers the app artists with Django, and joins it to what the floor below offers."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class ArtistsConfig(AppConfig):
    name = "artists"
    verbose_name = "Artists"

    def ready(self) -> None:
        """By dotted name, because models may not be imported before this moment."""
        post_migrate.connect(import_string("artists.services.profiles.seed"), sender=self)
        import_string("artists.subscriptions.join")()
