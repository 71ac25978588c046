"""The pages of floor 1: setup, sign-in, settings, preferences, jobs."""

from django.urls import path

from stillwater.views import session

app_name = "stillwater"

urlpatterns = [
    path("setup/", session.setup, name="setup"),
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
]
