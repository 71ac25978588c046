"""The registry of options: every one has bounds, and what is stored is within them."""

import json
from typing import Any

import pytest
from django.test import Client, TestCase

from stillwater import vault
from stillwater.errors import Invalid
from stillwater.models import Event, Option
from stillwater.option_registry import REGISTRY
from stillwater.option_spec import OptionSpec
from stillwater.services import options

pytestmark = pytest.mark.django_db


def of_kind(*kinds: str) -> Any:
    return pytest.mark.parametrize("spec", [spec for spec in REGISTRY if spec.kind in kinds], ids=lambda spec: spec.key)


def put(client: Client, body: Any) -> Any:
    return client.put("/api/v1/settings", body, content_type="application/json")


def test_no_key_is_listed_twice() -> None:
    assert len({spec.key for spec in REGISTRY}) == len(REGISTRY)


@pytest.mark.parametrize("spec", REGISTRY, ids=lambda spec: spec.key)
def test_every_default_is_within_its_bounds_and_explained(spec: OptionSpec) -> None:
    assert spec.normal(spec.default) == spec.default
    assert spec.help.endswith(".")
    assert spec.section


@of_kind("number")
def test_of_a_number_the_bounds_belong_to_it_and_nothing_beyond(spec: OptionSpec) -> None:
    for right in (spec.low, spec.high, *([0] if spec.also_zero else [])):
        assert spec.normal(right) == spec.normal(str(right)) == str(right)
    too_low = [] if spec.low == 0 or (spec.also_zero and spec.low == 1) else [spec.low - 1]
    for wrong in (*too_low, spec.high + 1, -1, "x", "", None, True, 1.5, [], {}, "٣", "1e3", "9" * 5000):
        with pytest.raises(Invalid, match=r"whole number|must be"):
            spec.normal(wrong)


@pytest.mark.parametrize("key", ["nfo.output.genre_sources", "nfo.output.advanced_remap"])
@pytest.mark.parametrize("value", ["[" * 100_000, '["tempo"]', "5", [5]])
def test_lists_and_objects_of_another_kind_are_refused(key: str, value: object) -> None:
    with pytest.raises(Invalid):
        options.change_options({key: value})


@of_kind("flag")
def test_a_flag_takes_the_usual_words(spec: OptionSpec) -> None:
    for yes, no in ((True, False), ("1", "0"), ("YES", "No"), ("on", "off"), (1, 0)):
        assert (spec.normal(yes), spec.normal(no)) == ("true", "false")
    for wrong in ("maybe", "", None, 2, []):
        with pytest.raises(Invalid):
            spec.normal(wrong)


@of_kind("choice")
def test_a_choice_takes_its_words_and_no_other(spec: OptionSpec) -> None:
    assert [spec.normal(choice) for choice in spec.choices] == list(spec.choices)
    for wrong in ("", "nonsense", None, spec.choices[0].upper()):
        with pytest.raises(Invalid):
            spec.normal(wrong)


@of_kind("list", "object")
def test_a_structure_takes_json_and_nothing_else(spec: OptionSpec) -> None:
    for wrong in ("{", "x", 5, True, "[1]" if spec.kind == "list" else "[]"):
        with pytest.raises(Invalid):
            spec.normal(wrong)


class TestChange:
    def test_it_works(self) -> None:
        with TestCase.captureOnCommitCallbacks(execute=True):
            options.change_options({"backup_retention_count": 9, "multi_user.enabled": True})
        assert (options.option_number("backup_retention_count"), options.option_flag("multi_user.enabled")) == (9, True)
        assert Event.objects.get().payload == {"keys": ["backup_retention_count", "multi_user.enabled"]}

    def test_all_or_none(self) -> None:
        with pytest.raises(Invalid):
            options.change_options({"multi_user.enabled": True, "backup_retention_count": 0})
        assert not Option.objects.exists()

    def test_an_unknown_setting_is_kept_as_it_comes(self) -> None:
        options.change_options({"some.other": [1, 2]})
        assert json.loads(options.option("some.other")) == [1, 2]

    def test_local_sign_in_cannot_be_switched_off(self) -> None:
        with pytest.raises(Invalid, match="local sign-in"):
            options.change_options({"auth.providers.local.enabled": False})

    def test_a_stored_value_that_became_wrong_counts_as_not_stored(self) -> None:
        """Bounds change between versions, and rows are imported from elsewhere."""
        Option.objects.create(pk="backup_retention_count", value="many")
        Option.objects.create(pk="nfo.output.genre_sources", value="{")
        assert options.option_number("backup_retention_count") == 7
        assert options.option_json("nfo.output.genre_sources") == ["genres"]
        assert options.all_options()["backup_retention_count"] == "7"


class TestOverRest:
    def test_it_works(self, admin_client: Client) -> None:
        assert put(admin_client, {"backup_retention_count": "9"}).json() == {"status": "updated"}
        assert admin_client.get("/api/v1/settings").json()["backup_retention_count"] == "9"

    def test_every_setting_is_told_with_its_default(self, admin_client: Client) -> None:
        told = admin_client.get("/api/v1/settings").json()
        open_ones = [spec for spec in REGISTRY if not spec.secret]
        assert {spec.key: told.get(spec.key) for spec in open_ones} == {spec.key: spec.default for spec in open_ones}

    @pytest.mark.parametrize(
        ("key", "wrong"),
        [
            ("server.base_path", "music"),
            ("server.base_path", "/a b"),
            ("auth.providers.emby.server_url", "ftp://emby"),
            ("auth.providers.jellyfin.guard_rail", "nobody"),
            ("auth.providers.oidc.default_role", "king"),
            ("logging.level", "loud"),
            ("updater.channel", "weekly"),
            ("updater.check_interval_hours", "-1"),
            ("onboarding.conflict_check_completed_at", "yesterday"),
        ],
    )
    def test_what_nothing_obeys_yet_is_checked_all_the_same(self, admin_client: Client, key: str, wrong: str) -> None:
        assert put(admin_client, {key: wrong}).status_code == 400
        assert not Option.objects.exists()

    @pytest.mark.parametrize(
        "key", ["some.api_key", "webhook.secret", "smtp.password", "some.token", "SOME_API_KEY", "client.Secret"]
    )
    def test_secrets_are_never_told(self, admin_client: Client, key: str) -> None:
        put(admin_client, {key: "canary-7f3a"})
        answer = admin_client.get("/api/v1/settings")
        assert key not in answer.json()
        assert "canary" not in answer.content.decode()

    def test_secrets_are_kept_sealed(self, admin_client: Client) -> None:
        put(admin_client, {"provider.fanarttv.api_key": "canary-7f3a", "some.secret": ""})
        stored = dict(Option.objects.values_list("key", "value"))
        assert "canary" not in stored["provider.fanarttv.api_key"]
        assert vault.open_sealed(stored["provider.fanarttv.api_key"]) == "canary-7f3a"
        assert stored["some.secret"] == ""

    @pytest.mark.parametrize("body", [{"": "x"}, {"k" * 121: "x"}, {"backup_retention_count": "0"}, [], "x"])
    def test_what_is_wrong_is_a_bad_request(self, admin_client: Client, body: Any) -> None:
        assert put(admin_client, json.dumps(body)).status_code == 400
        assert not Option.objects.exists()

    def test_operators_neither_read_nor_change(self, operator_client: Client) -> None:
        assert operator_client.get("/api/v1/settings").status_code == 403
        assert put(operator_client, {"backup_retention_count": "9"}).status_code == 403
