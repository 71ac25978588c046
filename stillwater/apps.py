"""Registers the app stillwater with Django."""

from importlib import import_module

from django.apps import AppConfig


class StillwaterConfig(AppConfig):
    name = "stillwater"
    verbose_name = "Stillwater"

    def ready(self) -> None:
        """The checks register themselves on import, and need the models to be there."""
        import_module("stillwater.checks")
