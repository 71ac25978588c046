"""The pages of rules."""

from django.urls import path

from rules.views import (
    actions,
    bulk,
    dashboard,
    findings,
    report_automation,
    report_files,
    report_rules,
    reports,
    rule_changes,
    rules,
    triage,
)

app_name = "rules"

urlpatterns = [
    path("dashboard/stats", dashboard.stats, name="stats"),
    path("dashboard/scan", dashboard.scan_progress, name="scan_progress"),
    path("dashboard/news", dashboard.news, name="news"),
    path("findings", findings.index, name="findings"),
    path("findings/export", findings.export, name="findings_export"),
    path("findings/bulk", bulk.bulk, name="bulk"),
    path("findings/bulk/nothing", bulk.nothing, name="bulk_nothing"),
    path("findings/reopen/<str:moment>", bulk.reopen_many, name="reopen_many"),
    path("findings/<int:pk>", findings.finding, name="finding"),
    path("findings/<int:pk>/dismiss", actions.dismiss, name="dismiss"),
    path("findings/<int:pk>/reopen", actions.reopen, name="reopen"),
    path("findings/<int:pk>/fix", actions.fix, name="fix"),
    path("findings/<int:pk>/undo/<int:operation>", actions.undo_fix, name="undo_fix"),
    path("triage", triage.triage, name="triage"),
    path("triage/undo", triage.take_back, name="triage_undo"),
    path("triage/<int:pk>/<slug:verb>", triage.decide, name="triage_decide"),
    path("artists/<int:pk>/findings", findings.of_artist, name="artist_findings"),
    path("artists/<int:pk>/check", findings.check_artist, name="check_artist"),
    path("rules", rules.index, name="index"),
    path("rules/run", rule_changes.run, name="run"),
    path("rules/run/state", rules.run_state, name="run_state"),
    path("rules/ask-musicbrainz", rule_changes.ask_musicbrainz, name="ask_musicbrainz"),
    path("rules/schedule", rule_changes.schedule, name="schedule"),
    path("rules/<slug:rule_id>", rules.rule, name="rule"),
    path("rules/<slug:rule_id>/switch", rule_changes.switch, name="switch"),
    path("rules/<slug:rule_id>/configure", rule_changes.configure, name="configure"),
    path("reports/health", reports.health, name="report_health"),
    path("reports/compliance", reports.compliance_report, name="report_compliance"),
    path("reports/completeness", reports.completeness_report, name="report_completeness"),
    path("reports/rules", report_rules.rates, name="report_rules"),
    path("reports/trend", report_rules.trend, name="report_trend"),
    path("reports/automation", report_automation.automation, name="report_automation"),
    path("reports/automation/<int:pk>/put-back", report_automation.put_back, name="put_back"),
    path("reports/automation/files", report_files.files, name="report_files"),
    path("reports/automation/files/<int:pk>/put-back", report_files.put_files_back, name="put_files_back"),
    path("reports/ids", report_automation.ids, name="report_ids"),
]
