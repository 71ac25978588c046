"""The pages of connections."""

from django.urls import path

from connections.views import scraper

app_name = "connections"

urlpatterns = [
    path("settings/fetching/servers", scraper.index, name="scrapers"),
    path("settings/fetching/servers/<int:pk>", scraper.scraper, name="scraper"),
    path("settings/fetching/servers/<int:pk>/reset", scraper.reset, name="reset_scraper"),
]
