"""The pages of floor 1: setup, sign-in, settings, preferences, jobs."""

from django.urls import URLPattern

app_name = "stillwater"

urlpatterns: list[URLPattern] = []
