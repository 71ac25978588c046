"""The pages of artists."""

from django.urls import URLPattern

app_name = "artists"

urlpatterns: list[URLPattern] = []
