"""The account commands: no secret on the command line, honest exit codes."""

import io
import json
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from stillwater.models import ApiToken, LoginAttempt, Role, User
from stillwater.services import throttle
from stillwater.services.tokens import create_token

pytestmark = pytest.mark.django_db

PASSWORD = "engine of analysis"


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Any:
    """What comes in through a pipe."""

    def pipe(text: str) -> None:
        monkeypatch.setattr("sys.stdin", io.StringIO(text))

    pipe("")
    return pipe


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch, typed: Any) -> list[str]:
    """A person who answers what is asked, the last answer first."""
    answers: list[str] = []
    monkeypatch.setattr("sys.stdin.isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _asked: answers.pop())
    monkeypatch.setattr("getpass.getpass", lambda _asked: answers.pop())
    return answers


def run(*arguments: str) -> str:
    out = io.StringIO()
    call_command(*arguments, stdout=out, stderr=io.StringIO())
    return out.getvalue()


def signs_in(username: str, password: str) -> bool:
    body = {"username": username, "password": password}
    return Client().post("/api/v1/auth/login", body, content_type="application/json").status_code == 200


class TestCreateAdmin:
    def test_it_asks_for_what_is_not_given(self, terminal: list[str]) -> None:
        terminal.extend([PASSWORD, PASSWORD, "ada"])
        assert "Created the administrator ada." in run("create_admin")
        user = User.objects.get()
        assert (user.role, user.is_protected) == (Role.ADMINISTRATOR, True)
        assert signs_in("ada", PASSWORD)

    def test_two_different_answers_make_nobody(self, terminal: list[str]) -> None:
        terminal.extend(["another", PASSWORD])
        with pytest.raises(CommandError, match="differ"):
            run("create_admin", "--username", "ada")
        assert not User.objects.exists()

    @pytest.mark.parametrize("asked", ["builtins.input", "getpass.getpass"])
    def test_who_ends_the_input_is_told_so(
        self, terminal: list[str], asked: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def end(_asked: str) -> str:
            raise EOFError

        terminal.extend([PASSWORD, PASSWORD, "ada"])
        monkeypatch.setattr(asked, end)
        with pytest.raises(CommandError, match="nobody answered"):
            run("create_admin")

    def test_a_password_comes_through_a_pipe(self, typed: Any) -> None:
        typed(f"{PASSWORD}\nanother line\n")
        assert PASSWORD not in run("create_admin", "--username", "ada", "--password-stdin")
        assert signs_in("ada", PASSWORD)

    def test_a_generated_password_is_printed_and_works(self) -> None:
        password = run("create_admin", "--username", "ada", "--generate").rpartition("Password: ")[2].strip()
        assert len(password) >= 20
        assert signs_in("ada", password)

    def test_a_further_administrator_is_not_protected(self, administrator: User, typed: Any) -> None:
        typed(PASSWORD)
        run("create_admin", "--username", "ada", "--password-stdin")
        assert not User.objects.get(username="ada").is_protected

    def test_without_anybody_to_ask_it_says_what_to_do(self, typed: Any) -> None:
        with pytest.raises(CommandError, match="--username"):
            run("create_admin")
        with pytest.raises(CommandError, match="--password-stdin or --generate"):
            run("create_admin", "--username", "ada")

    @pytest.mark.parametrize(("username", "password"), [("maria", PASSWORD), ("ada", "short"), ("a b", PASSWORD)])
    def test_what_is_wrong_makes_nobody(self, administrator: User, typed: Any, username: str, password: str) -> None:
        typed(password)
        with pytest.raises(CommandError):
            run("create_admin", "--username", username, "--password-stdin")
        assert User.objects.count() == 1

    def test_there_is_no_option_for_the_password_itself(self) -> None:
        with pytest.raises(CommandError, match="unrecognized"):
            run("create_admin", "--username", "ada", "--password", PASSWORD)


class TestResetPassword:
    def test_it_works_and_ends_every_session(self, admin_client: Client, typed: Any) -> None:
        typed(PASSWORD)
        assert run("reset_password", "Maria", "--password-stdin") == "maria has a new password.\n"
        assert admin_client.get("/api/v1/auth/me").status_code == 401
        assert signs_in("maria", PASSWORD)

    def test_whoever_was_slowed_down_may_try_at_once(self, administrator: User, typed: Any) -> None:
        for number in range(throttle.PER_ACCOUNT):
            throttle.count_failure(username="maria", address=f"203.0.113.{number}")
        typed(PASSWORD)
        run("reset_password", "maria", "--password-stdin")
        assert not LoginAttempt.objects.exists()
        assert signs_in("maria", PASSWORD)

    def test_tokens_stay_unless_asked(self, administrator: User) -> None:
        create_token(administrator, name="script")
        run("reset_password", "maria", "--generate")
        assert ApiToken.objects.filter(revoked_at=None).exists()
        assert "revoked: 1" in run("reset_password", "maria", "--generate", "--revoke-tokens")
        assert not ApiToken.objects.filter(revoked_at=None).exists()

    def test_an_unknown_person_is_an_error(self, administrator: User) -> None:
        with pytest.raises(CommandError, match="user not found"):
            run("reset_password", "nobody", "--generate")

    def test_a_poor_password_changes_nothing(self, administrator: User, typed: Any) -> None:
        typed("short")
        with pytest.raises(CommandError, match="8 characters"):
            run("reset_password", "maria", "--password-stdin")
        assert signs_in("maria", "a calm long secret")


class TestCreateToken:
    def test_it_prints_the_token_alone_and_the_token_works(self, administrator: User) -> None:
        secret = run("create_token", "maria", "--name", "backup").strip()
        assert Client(headers={"ApiKey": secret}).get("/api/v1/auth/me").status_code == 200
        assert ApiToken.objects.get().scopes == "read"

    def test_as_json(self, administrator: User) -> None:
        body = json.loads(run("create_token", "maria", "--name", "backup", "--scopes", "write,admin", "--json"))
        token = ApiToken.objects.get()
        assert (body["id"], body["name"], body["scopes"]) == (str(token.pk), "backup", "write,admin")
        assert body["token"].startswith("sw_")

    @pytest.mark.parametrize(
        "arguments",
        [("nobody", "--name", "x"), ("maria", "--name", " "), ("maria", "--name", "x", "--scopes", "root"), ("maria",),
         ("olaf", "--name", "x", "--scopes", "admin")],
    )  # fmt: skip
    def test_what_is_wrong_makes_no_token(self, operator: User, arguments: tuple[str, ...]) -> None:
        with pytest.raises(CommandError):
            run("create_token", *arguments)
        assert not ApiToken.objects.exists()
