"""Registers the app connections with Django."""

from importlib import import_module

from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "connections"
    verbose_name = "Connections"

    def ready(self) -> None:
        import_module("connections.subscriptions")
