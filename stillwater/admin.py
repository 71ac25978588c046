"""The admin pages of floor 1."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from stillwater import jobs
from stillwater.admin_base import ByVerb, LookOnly, each
from stillwater.models import ApiToken, Event, Job, LoginAttempt, Option, Preference, User
from stillwater.services.accounts import change_user
from stillwater.services.options import change_options, is_secret
from stillwater.services.tokens import revoke_all_tokens, revoke_token


@admin.register(User)
class UserAdmin(ByVerb):
    hidden = ("password",)
    editable = ("display_name", "role", "is_active")
    list_display = ("username", "display_name", "role", "is_active", "is_protected", "last_login", "created_at")
    list_filter = ("role", "is_active", "auth_provider")
    search_fields = ("username", "display_name")
    ordering = ("username",)
    list_select_related = ("invited_by",)
    actions = ("revoke_tokens",)

    def change(self, request: HttpRequest, row: User, values: Mapping[str, Any]) -> User:
        return change_user(row, **values)

    @admin.action(description="Revoke all API tokens")
    def revoke_tokens(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, revoke_all_tokens, "Tokens revoked")


@admin.register(ApiToken)
class ApiTokenAdmin(LookOnly):
    hidden = ("token_hash",)
    list_display = ("name", "user", "scopes", "status", "created_at", "last_used_at", "revoked_at")
    list_filter = ("scopes", ("revoked_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "user__username")
    list_select_related = ("user",)
    actions = ("revoke",)

    @admin.action(description="Revoke")
    def revoke(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda token: revoke_token(token.user, str(token.pk)), "Tokens revoked")


@admin.register(LoginAttempt)
class LoginAttemptAdmin(LookOnly):
    list_display = ("happened_at", "username", "address")
    search_fields = ("username", "address")
    ordering = ("-pk",)


@admin.register(Option)
class OptionAdmin(ByVerb):
    editable = ("value",)
    list_display = ("key", "shown_value", "updated_at")
    search_fields = ("key",)
    ordering = ("key",)

    @admin.display(description="value")
    def shown_value(self, row: Option) -> str:
        return "(secret)" if is_secret(row.key) else row.value[:200]

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("value",) if obj is not None and is_secret(obj.key) else ()

    def change(self, request: HttpRequest, row: Option, values: Mapping[str, Any]) -> Option:
        change_options({row.key: values["value"]})
        return row


@admin.register(Preference)
class PreferenceAdmin(LookOnly):
    list_display = ("user", "key", "value", "updated_at")
    list_filter = ("key",)
    search_fields = ("key", "user__username")
    list_select_related = ("user",)
    ordering = ("user", "key")


@admin.register(Job)
class JobAdmin(LookOnly):
    list_display = ("id", "kind", "state", "done", "total", "message", "asked_by", "created_at", "finished_at")
    list_filter = ("state", "kind")
    search_fields = ("kind", "key", "message", "error")
    list_select_related = ("asked_by",)
    actions = ("cancel",)

    @admin.action(description="Cancel")
    def cancel(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda job: jobs.cancel(job.pk), "Asked to stop")


@admin.register(Event)
class EventAdmin(LookOnly):
    list_display = ("id", "name", "created_at")
    list_filter = ("name",)
    search_fields = ("name",)
    ordering = ("-pk",)
