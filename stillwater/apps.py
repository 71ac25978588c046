"""Registers the app stillwater with Django."""

from django.apps import AppConfig


class StillwaterConfig(AppConfig):
    name = "stillwater"
    verbose_name = "Stillwater"
