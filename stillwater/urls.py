"""The front door: includes each app by name and mounts the API. The only place that names all four."""

from django.contrib import admin
from django.urls import include, path

from stillwater.api.root import api

handler400 = "stillwater.views.errors.bad_request"
handler403 = "stillwater.views.errors.forbidden"
handler404 = "stillwater.views.errors.not_found"
handler500 = "stillwater.views.errors.server_error"

urlpatterns = [
    path("api/v1/", api.urls),
    path("admin/", admin.site.urls),
    path("", include("stillwater.page_urls")),
    path("", include("artists.urls")),
    path("", include("connections.urls")),
    path("", include("rules.dashboard_urls")),
    path("", include("rules.urls")),
]
