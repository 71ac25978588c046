"""Registers the app stillwater with Django."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig


class StillwaterConfig(AppConfig):
    name = "stillwater"
    verbose_name = "Stillwater"

    def ready(self) -> None:
        """The checks register themselves on import, and need the models to be there."""
        import_module("stillwater.checks")


class TablesConfig(AdminConfig):
    """Django's admin, with our own site in place of its default."""

    default_site = "stillwater.admin_base.Site"
