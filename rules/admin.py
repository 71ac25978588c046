"""The admin pages of floor 4."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rules.models import HealthSnapshot, RuleSetting, Violation
from rules.services.rules import update_rule
from rules.services.violations import dismiss, reopen
from stillwater.admin_base import ByVerb, LookOnly, each


@admin.register(RuleSetting)
class RuleSettingAdmin(ByVerb):
    editable = ("enabled", "automation_mode", "config")
    list_display = ("id", "enabled", "automation_mode", "evaluated_at", "updated_at")
    list_filter = ("enabled", "automation_mode")
    search_fields = ("id",)

    def change(self, request: HttpRequest, row: RuleSetting, values: Mapping[str, Any]) -> RuleSetting:
        return update_rule(row.pk, **values).setting


@admin.register(Violation)
class ViolationAdmin(LookOnly):
    list_display = ("artist_name", "rule", "severity", "status", "message", "created_at")
    list_filter = ("status", "severity", "category", "fixable", "rule")
    search_fields = ("artist_name", "message")
    list_select_related = ("rule",)
    actions = ("dismiss", "reopen")

    @admin.action(description="Dismiss")
    def dismiss(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda row: dismiss(row.pk), "Dismissed")

    @admin.action(description="Open again")
    def reopen(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda row: reopen(row.pk), "Opened again")


@admin.register(HealthSnapshot)
class HealthSnapshotAdmin(LookOnly):
    list_display = ("recorded_at", "library", "score", "compliant_artists", "total_artists")
    list_filter = ("library",)
    list_select_related = ("library",)
    ordering = ("-recorded_at",)
