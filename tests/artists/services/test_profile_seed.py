"""The built-in profiles are there whatever happened to the database, and a person's choice among them stays."""

import pytest
from django.core.management import call_command

from artists.models import PlatformProfile
from artists.services.profiles import activate_profile, active_profile, get_profile

pytestmark = pytest.mark.django_db


def test_a_profile_that_went_missing_is_back_after_the_next_migration() -> None:
    PlatformProfile.objects.filter(pk="plex").delete()
    call_command("migrate", verbosity=0)
    assert get_profile("plex").nfo_enabled is False


def test_the_profile_that_a_person_chose_stays_the_active_one() -> None:
    activate_profile(get_profile("jellyfin"))
    PlatformProfile.objects.filter(pk="kodi").delete()
    call_command("migrate", verbosity=0)
    assert (chosen := active_profile()) is not None
    assert chosen.pk == "jellyfin"
    assert get_profile("kodi").is_active is False
