"""The demo shows what every rule finds, also those that are off elsewhere until somebody wants them."""

from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from artists.models import Library
from connections.models import Connection
from rules.management.commands import prepare_demo
from rules.models import RuleSetting
from stillwater.models import Job

pytestmark = pytest.mark.django_db


def test_a_library_is_waiting_for_its_scan_and_every_rule_is_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(prepare_demo, "build_library", lambda folder, **_: folder.mkdir())
    call_command("prepare_demo", tmp_path / "music")
    assert Library.objects.get().path == str(tmp_path / "music")
    assert Job.objects.filter(kind="scan").exists()
    assert not RuleSetting.objects.filter(enabled=False).exists()


def test_two_servers_are_connected_where_the_demo_has_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    monkeypatch.setattr(prepare_demo, "build_library", lambda folder, **_: folder.mkdir())
    settings.STILLWATER_DEMO_SERVERS_URL = "http://127.0.0.1:8098"
    call_command("prepare_demo", tmp_path / "music")
    assert sorted(Connection.objects.values_list("type", flat=True)) == ["emby", "jellyfin"]
    assert Job.objects.filter(kind="test_servers").exists()
