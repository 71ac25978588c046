"""The admin pages: every table of ours, no secret, no change past the verbs, no query per row."""

import json
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from artists.models import (
    AlbumTags,
    Alias,
    AlikePicture,
    AllowedFile,
    Artist,
    BandMember,
    BulkItem,
    BulkJob,
    FieldTrace,
    FileSnapshot,
    ForeignFile,
    Identification,
    IgnoredDuplicates,
    Library,
    MbidCheck,
    Merge,
    MetadataChange,
    MusicBrainzSnapshot,
    Operation,
    PlatformProfile,
    ProviderRecord,
    ScraperConfig,
    SharedPictures,
    WizardSession,
    WizardStep,
)
from connections.models import (
    ArtistLink,
    Caller,
    Connection,
    Delivery,
    KeptSettings,
    Ledger,
    Look,
    Notice,
    PathMapping,
    PicturePush,
    SeenLibrary,
    SeenPicture,
    Webhook,
)
from rules.models import HealthSnapshot, RuleSetting, Violation
from stillwater import vault
from stillwater.models import ApiToken, Event, Job, LoginAttempt, Option, Preference, Role, User
from stillwater.services.tokens import create_token
from tests.builders import make_artist, make_image, make_library
from tests.stillwater.source_trees import APPS

pytestmark = pytest.mark.django_db

CANARY = "canary-7f3a91"
MODELS = [model for app in APPS for model in apps.get_app_config(app).get_models()]


def of_each_model(function: Any) -> Any:
    return pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)(function)


def list_url(model: type[Model]) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_url(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def run(client: Client, action: str, *rows: Model) -> str:
    body = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(list_url(type(rows[0])), body, follow=True).content.decode()


def fill(user: User, count: int) -> None:
    """So many rows in every table, secrets among them."""
    for number in range(count):
        library = make_library(f"Music {number} {count}", f"/music/{number}/{count}")
        artist = make_artist(f"Artist {number}", library=library)
        image = make_image(artist)
        operation = Operation.objects.create(artist=artist, artist_name="x", source="manual", summary="s", actor=user)
        MetadataChange.objects.create(operation=operation, artist=artist, field="born", source="manual")
        FileSnapshot.objects.create(operation=operation, path=f"/music/{number}/artist.nfo", existed=True)
        Alias.objects.create(artist=artist, alias="y")
        AlikePicture.objects.create(key="ab", image=image, content_hash="ab")
        SharedPictures.objects.create(key=f"{number} of {count}", names=["x", "y"])
        AllowedFile.objects.create(artist=artist, file_name="logo.png", content_hash="ab")
        ForeignFile.objects.create(artist=artist, file_name="logo.png", content_hash="ab")
        AlbumTags.objects.create(artist=artist, folder="Album")
        BandMember.objects.create(artist=artist, member_name="z")
        Identification.objects.create(artist=artist, state="queued")
        MbidCheck.objects.create(artist=artist, mbid="ab", verdict="gone", checked_at=timezone.now())
        walk = WizardSession.objects.create(started_by=user)
        WizardStep.objects.create(session=walk, index=number, artist=artist)
        ProviderRecord.objects.create(artist=artist, provider="discogs")
        IgnoredDuplicates.objects.create(key=f"{number} of {count}", artist_ids=[1, 2], names=["x", "y"])
        Merge.objects.create(operation=operation, survivor_number=1, loser_number=2, loser_name="x")
        ScraperConfig.objects.create(scope=f"{number} of {count}")
        FieldTrace.objects.create(artist=artist, field="born", asked_at=operation.created_at)
        MusicBrainzSnapshot.objects.create(artist=artist, field="born", value="1", fetched_at=operation.created_at)
        connection = Connection.objects.create(
            name="Emby", type="emby", url=f"http://emby-{number}-{count}", sealed_key=vault.seal(CANARY)
        )
        link = ArtistLink.objects.create(artist=artist, connection=connection, platform_artist_id=f"{number}")
        PicturePush.objects.create(link=link, kind="thumb")
        webhook = Webhook.objects.create(
            name="x", target="https://x", sealed_url=vault.seal(CANARY), sealed_secret=vault.seal(CANARY)
        )
        Delivery.objects.create(webhook=webhook, event="artist.new")
        PathMapping.objects.create(connection=connection, server_path="/a", local_path="/b")
        KeptSettings.objects.create(connection=connection, external_id="a", name="Music", original={}, ours={})
        Look.objects.create(connection=connection)
        Ledger.objects.create()
        SeenLibrary.objects.create(connection=connection, external_id="a", name="Music")
        SeenPicture.objects.create(connection=connection, item="a", kind="thumb", tag="b", content_hash="c" * 64)
        Notice.objects.create(program="emby", subject=f"{number} of {count}", deed=1)
        Caller.objects.create(program=f"{number} of {count}", said="Test")
        rule = RuleSetting.objects.get_or_create(pk="nfo_exists")[0]
        Violation.objects.create(
            rule=rule, artist=artist, artist_name="x", severity="error", rank=3, category="nfo", message="m"
        )
        HealthSnapshot.objects.create(library=library, total_artists=1, compliant_artists=0, score=1)
        create_token(user, name=f"token {number}")
        LoginAttempt.objects.create(username="x", address="203.0.113.1")
        Option.objects.create(pk=f"some{number}of{count}.api_key", value=CANARY)
        Preference.objects.create(user=user, key=f"suppress_confirm_{number}_{count}", value="true")
        job = Job.objects.create(kind="scan", key=f"{number} of {count}", asked_by=user)
        BulkItem.objects.create(
            bulk=BulkJob.objects.create(job=job, type="refresh"), artist=artist, artist_name=artist.name
        )
        Event.objects.create(name="artist.new", payload={"artist_id": str(image.artist_id)})


def secrets_of(row: Model) -> list[str]:
    names = ("password", "token_hash", "sealed_key", "sealed_url", "sealed_secret")
    return [CANARY, *(str(getattr(row, name)) for name in names if getattr(row, name, ""))]


@of_each_model
def test_every_table_is_there(model: type[Model]) -> None:
    assert admin.site.is_registered(model)


def test_no_table_of_others_is_there() -> None:
    assert {model._meta.app_label for model in admin.site._registry} == set(APPS)


@of_each_model
def test_every_page_opens_and_shows_no_secret(admin_client: Client, administrator: User, model: type[Model]) -> None:
    fill(administrator, 1)
    listed = admin_client.get(list_url(model), {"q": "x"} if admin.site.get_model_admin(model).search_fields else {})
    assert listed.status_code == 200
    for row in model._default_manager.all()[:3]:
        for url in (list_url(model), page_url(row)):
            response = admin_client.get(url)
            assert response.status_code == 200
            assert [secret for secret in secrets_of(row) if secret in response.content.decode()] == []


@of_each_model
def test_a_list_costs_the_same_however_many_rows(
    admin_client: Client, administrator: User, model: type[Model], django_assert_max_num_queries: Any
) -> None:
    fill(administrator, 1)
    with django_assert_max_num_queries(100) as few:
        admin_client.get(list_url(model))
    fill(administrator, 7)
    with django_assert_max_num_queries(len(few)):
        admin_client.get(list_url(model))


@of_each_model
def test_rows_cannot_be_deleted_past_the_verbs(admin_client: Client, administrator: User, model: type[Model]) -> None:
    fill(administrator, 1)
    row = model._default_manager.first()
    assert row is not None
    run(admin_client, "delete_selected", row)
    assert model._default_manager.filter(pk=row.pk).exists()


class TestDoor:
    def test_a_stranger_signs_in_where_everybody_does(self, client: Client, administrator: User) -> None:
        assert client.get("/admin/").headers["Location"] == "/login/?next=/admin/"
        assert client.get("/admin/login/").headers["Location"].startswith("/login/")

    def test_signing_out_and_a_new_password_are_where_everybody_has_them(self, admin_client: Client) -> None:
        assert admin_client.get("/admin/password_change/").headers["Location"] == reverse("stillwater:password")
        assert admin_client.post("/admin/logout/").headers["Location"] == "/login/"
        assert admin_client.get("/api/v1/auth/me").status_code == 401

    def test_an_operator_is_not_let_in(self, operator_client: Client) -> None:
        for url in ("/admin/login/", "/admin/"):
            assert operator_client.get(url, follow=True).status_code == 403


class TestChanges:
    def test_an_artist_is_edited_by_the_verb_and_the_history_knows(
        self, admin_client: Client, administrator: User
    ) -> None:
        artist = make_artist("Mara Field", genres=["folk"])
        body = values_of(Artist, artist) | {"origin": "Leipzig", "genres": '["folk", "jazz"]'}
        assert admin_client.post(page_url(artist), body).status_code == 302
        artist.refresh_from_db()
        assert (artist.origin, artist.genres) == ("Leipzig", ["folk", "jazz"])
        made = Operation.objects.get()
        assert (made.actor, made.source) == (administrator, "manual")
        assert set(made.changes.values_list("field", flat=True)) == {"origin", "genres"}

    def test_a_refusal_is_shown_at_the_field_with_what_was_typed(self, admin_client: Client) -> None:
        artist = make_artist("Mara Field")
        response = admin_client.post(page_url(artist), values_of(Artist, artist) | {"musicbrainz_id": "not one"})
        assert response.status_code == 200
        assert "musicbrainz_id" in response.context["adminform"].form.errors
        assert 'value="not one"' in response.content.decode()
        artist.refresh_from_db()
        assert artist.musicbrainz_id == ""

    def test_facts_cannot_be_typed_over(self, admin_client: Client) -> None:
        artist = make_artist("Mara Field", health_score=50.0)
        admin_client.post(page_url(artist), values_of(Artist, artist) | {"health_score": "100", "path": "/etc"})
        artist.refresh_from_db()
        assert (artist.health_score, artist.path) == (50.0, "")

    def test_artists_are_locked_and_unlocked(self, admin_client: Client) -> None:
        locked, free = make_artist("A"), make_artist("B")
        assert "Locked: 2" in run(admin_client, "lock", locked, free)
        assert "Refused 2: artist is already locked" in run(admin_client, "lock", locked, free)
        run(admin_client, "unlock", free)
        assert list(Artist.objects.filter(locked=True)) == [locked]

    def test_a_library_is_added_changed_scanned_and_removed(self, admin_client: Client, tmp_path: Any) -> None:
        folder = tmp_path / "music"
        folder.mkdir()
        body = {"name": "Music", "path": str(folder), "type": "regular", "fs_watch": "0", "fs_poll_interval": "60"}
        assert admin_client.post(reverse("admin:artists_library_add"), body).status_code == 302
        library = Library.objects.get()
        assert admin_client.post(page_url(library), body | {"name": "Vinyl"}).status_code == 302
        assert "Scans asked for: 1" in run(admin_client, "scan", library)
        assert Job.objects.get(kind="scan").params == {"library_id": library.pk}
        library.refresh_from_db()
        assert library.name == "Vinyl"
        url = reverse("admin:artists_library_delete", args=[library.pk])
        assert admin_client.post(url, {"post": "yes"}).status_code == 302
        assert not Library.objects.exists()

    def test_a_library_with_artists_and_health_of_its_own_is_removed_too(self, admin_client: Client) -> None:
        library = make_library()
        artist = make_artist("Mara Field", library=library)
        HealthSnapshot.objects.create(library=library, total_artists=1, compliant_artists=1, score=90.0)
        url = reverse("admin:artists_library_delete", args=[library.pk])
        assert "Are you sure" in admin_client.get(url).content.decode()
        assert admin_client.post(url, {"post": "yes"}).status_code == 302
        assert not Library.objects.exists()
        assert Artist.objects.filter(pk=artist.pk).exists()

    def test_the_history_of_an_artist_is_all_of_it(self, admin_client: Client) -> None:
        artist = make_artist("Mara Field")
        response = admin_client.get(reverse("admin:artists_artist_history", args=[artist.pk]))
        assert response.headers["Location"] == reverse("artists:history", args=[artist.pk])

    def test_a_library_without_its_folder_is_refused(self, admin_client: Client) -> None:
        body = {"name": "M", "path": "/nowhere", "type": "regular", "fs_watch": "0", "fs_poll_interval": "60"}
        response = admin_client.post(reverse("admin:artists_library_add"), body)
        assert response.status_code == 200
        assert response.context["adminform"].form.errors
        assert not Library.objects.exists()

    def test_a_rule_is_configured_within_its_bounds(self, admin_client: Client) -> None:
        setting = RuleSetting.objects.get_or_create(pk="nfo_exists")[0]
        admin_client.post(page_url(setting), {"automation_mode": "auto", "config": "{}"})
        setting.refresh_from_db()
        assert (setting.enabled, setting.automation_mode) == (False, "auto")
        response = admin_client.post(page_url(setting), {"automation_mode": "auto", "config": '{"nonsense": 1}'})
        assert response.context["adminform"].form.errors

    def test_an_option_keeps_its_bounds(self, admin_client: Client) -> None:
        option = Option.objects.create(pk="backup_retention_count", value="7")
        assert admin_client.post(page_url(option), {"value": "9"}).status_code == 302
        assert "whole number" in admin_client.post(page_url(option), {"value": "0"}).content.decode()
        option.refresh_from_db()
        assert option.value == "9"

    def test_a_profile_is_activated(self, admin_client: Client) -> None:
        plex = PlatformProfile.objects.get(pk="plex")
        run(admin_client, "activate", plex)
        assert list(PlatformProfile.objects.filter(is_active=True)) == [plex]

    def test_tokens_are_revoked(self, admin_client: Client, administrator: User) -> None:
        first, second = create_token(administrator, name="a")[0], create_token(administrator, name="b")[0]
        run(admin_client, "revoke", first)
        assert ApiToken.objects.get(revoked_at=None) == second
        run(admin_client, "revoke_tokens", administrator)
        assert not ApiToken.objects.filter(revoked_at=None).exists()

    def test_the_first_administrator_keeps_the_role(self, admin_client: Client, administrator: User) -> None:
        body = {"display_name": "Maria", "role": Role.OPERATOR, "is_active": "on"}
        assert "cannot be demoted" in admin_client.post(page_url(administrator), body).content.decode()
        administrator.refresh_from_db()
        assert administrator.role == Role.ADMINISTRATOR

    def test_a_person_who_is_switched_off_is_out_at_once(
        self, admin_client: Client, operator_client: Client, operator: User
    ) -> None:
        assert admin_client.post(page_url(operator), {"display_name": "Olaf", "role": "operator"}).status_code == 302
        assert operator_client.get("/api/v1/auth/me").status_code == 401

    def test_a_name_is_found_without_its_accents(self, admin_client: Client) -> None:
        make_artist("Édith", search_text="edith")
        assert "Édith" in admin_client.get(list_url(Artist), {"q": "ÉDITH"}).content.decode()
        assert "Édith" not in admin_client.get(list_url(Artist), {"q": "%"}).content.decode()


def values_of(model: type[Model], row: Any) -> dict[str, Any]:
    """What the form of the row would send when nothing is changed."""
    names = admin.site.get_model_admin(model).editable
    values = {name: getattr(row, name) for name in names}
    return {name: json.dumps(value) if isinstance(value, list) else value for name, value in values.items()}
