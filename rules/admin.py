"""The admin pages of floor 4."""

from collections.abc import Mapping
from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from rules.models import HealthSnapshot, RuleSetting, Violation
from rules.services.evaluation import evaluate
from rules.services.fixing import fix
from rules.services.rules import update_rule
from rules.services.violations import dismiss, reopen
from stillwater.admin_base import ByVerb, LookOnly, each
from stillwater.errors import Conflict
from stillwater.models import User
from stillwater.views.access import signed_in


@admin.register(RuleSetting)
class RuleSettingAdmin(ByVerb):
    editable = ("enabled", "automation_mode", "config")
    list_display = ("id", "enabled", "automation_mode", "evaluated_at", "updated_at")
    list_filter = ("enabled", "automation_mode")
    search_fields = ("id",)
    actions = ("check_now",)

    @admin.action(description="Check now")
    def check_now(self, request: HttpRequest, rows: Any) -> None:
        """The chosen rules together: checks share one slot."""
        each(self, request, [[row.pk for row in rows]], evaluate, "Checked")

    def change(self, request: HttpRequest, row: RuleSetting, values: Mapping[str, Any]) -> RuleSetting:
        return update_rule(row.pk, **values).setting


@admin.register(Violation)
class ViolationAdmin(LookOnly):
    list_display = ("artist_name", "rule", "severity", "status", "message", "created_at")
    list_filter = ("status", "severity", "category", "fixable", "rule")
    search_fields = ("artist_name", "message")
    list_select_related = ("rule",)
    actions = ("fix", "dismiss", "reopen")

    @admin.action(description="Fix")
    def fix(self, request: HttpRequest, rows: Any) -> None:
        each(self, request, rows, lambda row: _fixed(row, signed_in(request)), "Fixed")

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


def _fixed(row: Violation, actor: User) -> None:
    """A refusal of the verb is an outcome; here it is counted among the refused, with its reason. Raises Conflict."""
    outcome = fix(row.pk, actor=actor)
    if outcome.status != "fixed":
        raise Conflict(outcome.message)
