"""Stored secrets: sealed with a key that is made once, never replaced, and missed loudly."""

import base64
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings

from stillwater import vault
from stillwater.outbound import redact
from stillwater.vault import VaultError, check_key, key_problem, open_sealed, seal

KEY = base64.b64encode(bytes(range(32))).decode()


@pytest.fixture(autouse=True)
def key_file(settings: Settings) -> Path:
    settings.STILLWATER_ENCRYPTION_KEY = ""
    vault._kept_key.cache_clear()
    return settings.STILLWATER_DATA / "encryption.key"


def forget() -> None:
    """As after a restart."""
    vault._kept_key.cache_clear()


def test_what_is_sealed_opens_again_also_after_a_restart() -> None:
    sealed = seal("kéy of the provider")
    forget()
    assert open_sealed(sealed) == "kéy of the provider"


def test_the_secret_cannot_be_seen_and_the_nonce_is_never_the_same() -> None:
    sealed = {seal("the same secret") for _ in range(200)}
    assert len(sealed) == 200
    assert len({base64.urlsafe_b64decode(text[3:])[:12] for text in sealed}) == 200
    assert not any("same" in text or b"same" in base64.urlsafe_b64decode(text[3:]) for text in sealed)


def test_the_key_file_is_private_and_made_once(key_file: Path) -> None:
    seal("one")
    first = key_file.read_bytes()
    forget()
    seal("two")
    assert key_file.read_bytes() == first
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600
    assert os.listdir(key_file.parent) == ["encryption.key"]


def test_many_workers_that_start_at_once_share_one_key(key_file: Path) -> None:
    def fresh(_: int) -> str:
        forget()
        return seal("x" * 10)

    with ThreadPoolExecutor(8) as pool:
        sealed = list(pool.map(fresh, range(40)))
    forget()
    assert check_key(sealed) == 0


@pytest.mark.parametrize("place", range(3, 60, 7))
def test_one_changed_character_is_noticed(place: int) -> None:
    sealed = seal("a provider key of some length")
    changed = sealed[:place] + ("A" if sealed[place] != "A" else "B") + sealed[place + 1 :]
    with pytest.raises(VaultError):
        open_sealed(changed)


@pytest.mark.parametrize("text", ["", "plain", "v1:", "v1:%%%", "v1:AAAA", "v2:AAAA", "v1:é"])
def test_what_was_never_sealed_is_an_error_not_a_secret(text: str) -> None:
    seal("make the key")
    with pytest.raises(VaultError):
        open_sealed(text)


def test_a_key_from_the_environment_is_used_and_no_file_is_made(settings: Settings, key_file: Path) -> None:
    settings.STILLWATER_ENCRYPTION_KEY = KEY
    assert open_sealed(seal("secret")) == "secret"
    assert not key_file.exists()
    settings.STILLWATER_ENCRYPTION_KEY = bytes(range(32)).hex()
    assert key_problem(has_ciphertext=True) == ""


def test_a_key_in_either_alphabet_of_base64_is_the_same(settings: Settings) -> None:
    raw = bytes([255] * 32)
    settings.STILLWATER_ENCRYPTION_KEY = base64.b64encode(raw).decode()
    sealed = seal("secret")
    settings.STILLWATER_ENCRYPTION_KEY = base64.urlsafe_b64encode(raw).decode()
    assert open_sealed(sealed) == "secret"


class TestStart:
    def test_a_new_installation_starts(self) -> None:
        assert key_problem(has_ciphertext=False) == ""

    def test_a_lost_key_stops_the_start_and_no_new_one_is_made(self, key_file: Path) -> None:
        sealed = seal("secret")
        key_file.unlink()
        forget()
        assert "missing" in key_problem(has_ciphertext=True)
        with pytest.raises(VaultError):
            open_sealed(sealed)
        assert not key_file.exists()

    @pytest.mark.parametrize("content", [b"", b"short", b"A" * 2000, b"\xff" * 44])
    def test_a_damaged_key_file_stops_the_start_and_is_left_as_it_is(self, key_file: Path, content: bytes) -> None:
        key_file.write_bytes(content)
        assert key_problem(has_ciphertext=False)
        with pytest.raises(VaultError):
            seal("secret")
        assert key_file.read_bytes() == content

    @pytest.mark.parametrize("text", ["short", "not base64 at all!", KEY[:-4], KEY + "AAAA"])
    def test_a_bad_key_in_the_environment_stops_the_start_with_a_hint(self, settings: Settings, text: str) -> None:
        settings.STILLWATER_ENCRYPTION_KEY = text
        assert "openssl rand -base64 32" in key_problem(has_ciphertext=False)
        assert text not in key_problem(has_ciphertext=False)

    def test_a_key_of_another_installation_is_noticed(self, settings: Settings) -> None:
        sealed = [seal("one"), seal("two")]
        assert check_key(sealed) == 0
        settings.STILLWATER_ENCRYPTION_KEY = KEY
        with pytest.raises(VaultError, match="old key"):
            check_key(sealed)

    def test_one_damaged_secret_among_good_ones_is_counted_only(self) -> None:
        assert check_key([seal("one"), "v1:AAAA", seal("two")]) == 1
        assert check_key([]) == 0


def test_a_secret_that_was_opened_is_hidden_from_logs_from_then_on() -> None:
    sealed = seal("canary-4711-secret")
    open_sealed(sealed)
    assert "canary" not in redact("GET /api/v1/json/canary-4711-secret/search.php")
