"""The pages of floor 1: setup, sign-in, settings, preferences, jobs."""

from django.urls import path

from stillwater.views import account, jobs, preferences, session, settings

app_name = "stillwater"

urlpatterns = [
    path("setup/", session.setup, name="setup"),
    path("login/", session.login, name="login"),
    path("logout/", session.logout, name="logout"),
    path("preferences", preferences.page, name="preferences"),
    path("preferences/<slug:key>", preferences.change, name="preference"),
    path("settings", settings.index, name="settings"),
    path("settings/password", account.password, name="password"),
    path("settings/tokens", account.token_list, name="tokens"),
    path("settings/tokens/<int:token_id>/revoke", account.revoke_token, name="revoke_token"),
    path("settings/tokens/<int:token_id>/delete", account.delete_token, name="delete_token"),
    *(path(f"settings/{name}", settings.section, {"section": name}, "settings_section") for name in settings.SECTIONS),
    path("jobs", jobs.index, name="jobs"),
    path("jobs/<int:job_id>", jobs.detail, name="job"),
    path("jobs/<int:job_id>/cancel", jobs.cancel, name="cancel_job"),
    path("jobs/<int:job_id>/again", jobs.repeat, name="repeat_job"),
]
