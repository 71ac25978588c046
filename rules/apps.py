"""Registers the app rules with Django, and joins it to what the lower floors offer."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class RulesConfig(AppConfig):
    name = "rules"
    verbose_name = "Rules"

    def ready(self) -> None:
        """By dotted name, because models may not be imported before this moment."""
        post_migrate.connect(import_string("rules.services.rules.seed"), sender=self)
        import_string("rules.subscriptions.join")()
