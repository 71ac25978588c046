"""Registers the app connections with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.module_loading import import_string


class ConnectionsConfig(AppConfig):
    name = "connections"
    verbose_name = "Connections"

    def ready(self) -> None:
        post_migrate.connect(import_string("connections.services.ledger.seed"), sender=self)
        import_module("connections.subscriptions")
        import_module("connections.tasks.libraries")
        import_module("connections.tasks.testing")
        import_string("connections.tasks.pushing.join")()
        import_string("connections.tasks.pushing_pictures.join")()
        import_string("connections.tasks.moving.join")()
        import_string("connections.tasks.webhooks.join")()
        import_string("connections.tasks.inbound.join")()
        import_string("connections.tasks.shared_disk.join")()
        import_string("connections.tasks.managed.join")()
        import_string("connections.tasks.conflicts.join")()
        import_string("connections.views.conflicts.join")()
