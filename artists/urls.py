"""The pages of artists."""

from django.urls import path

from artists.views import images

app_name = "artists"

urlpatterns = [
    path("img/<int:artist>/<slug:kind>/<int:slot>", images.thumbnail_of, name="thumbnail"),
]
