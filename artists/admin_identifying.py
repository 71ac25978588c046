"""The admin pages of identifying: outcomes, and the wizard's walks."""

from django.contrib import admin

from artists.admin_tables import OfAnArtist
from artists.models import Identification, MbidCheck, WizardSession, WizardStep
from stillwater.admin_base import LookOnly


@admin.register(Identification)
class IdentificationAdmin(OfAnArtist):
    list_display = ("artist", "state", "tier", "mbid", "machine_picked", "reason", "decided_at", "refreshed_at")
    list_filter = ("state", "tier", "machine_picked")
    search_fields = ("artist__name", "mbid")


@admin.register(WizardSession)
class WizardSessionAdmin(LookOnly):
    list_display = ("key", "started_by", "index", "started_at", "ended_at")
    list_select_related = ("started_by",)


@admin.register(WizardStep)
class WizardStepAdmin(OfAnArtist):
    list_display = ("session", "index", "artist", "decision", "mbid", "looked_up_at", "problem")
    list_filter = ("decision",)
    list_select_related = ("artist", "session")


@admin.register(MbidCheck)
class MbidCheckAdmin(OfAnArtist):
    list_display = ("artist", "verdict", "mbid", "survivor", "found_name", "checked_at")
    list_filter = ("verdict",)
