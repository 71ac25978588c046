"""The pages in front of everything: the first account, signing in, going on where one wanted to be."""

import pytest
from django.test import Client

from stillwater.models import User

pytestmark = pytest.mark.django_db

SECRET = "a calm long secret"


class TestSetup:
    def test_a_fresh_stillwater_shows_the_page_of_the_first_account(self, client: Client) -> None:
        page = client.get("/", follow=True)
        assert page.redirect_chain[-1][0] == "/setup/"
        assert page.content.count(b"<h1") == 1

    def test_the_first_account_is_signed_in_and_chooses_a_folder(self, client: Client) -> None:
        answer = client.post("/setup/", {"username": "maria", "password": SECRET})
        assert (answer.status_code, answer.headers["Location"]) == (302, "/start")
        assert User.objects.get().is_administrator
        assert client.get("/start").status_code == 200

    def test_a_short_password_is_refused_at_its_field_which_takes_the_focus(self, client: Client) -> None:
        answer = client.post("/setup/", {"username": "maria", "password": "short"})
        assert answer.status_code == 422
        form = answer.context["form"]
        assert "too short" in form.errors["password"][0]
        assert "autofocus" in str(form["password"])
        assert "autofocus" not in str(form["username"])
        assert not User.objects.exists()

    def test_what_was_typed_stays_and_the_password_does_not(self, client: Client) -> None:
        page = client.post("/setup/", {"username": "maria", "password": "short"}).content.decode()
        assert 'value="maria"' in page
        assert "short" not in page.replace("too short", "")


class TestLogin:
    def test_one_goes_on_where_one_wanted_to_be(self, client: Client, administrator: User) -> None:
        asked = client.get("/activity?field=born")
        page = client.get(asked.headers["Location"])
        wanted = page.context["form"].initial["next"]
        answer = client.post("/login/", {"username": "maria", "password": SECRET, "next": wanted})
        assert answer.headers["Location"] == "/activity?field=born"

    def test_a_wrong_password_is_told_without_saying_what_is_wrong(self, client: Client, administrator: User) -> None:
        answer = client.post("/login/", {"username": "maria", "password": "wrong"})
        assert answer.status_code == 401
        assert "Invalid username or password." in answer.content.decode()

    def test_many_wrong_passwords_are_slowed_down(self, client: Client, administrator: User) -> None:
        for _ in range(5):
            client.post("/login/", {"username": "maria", "password": "wrong"})
        answer = client.post("/login/", {"username": "maria", "password": SECRET})
        assert answer.status_code == 429
        assert "Too many attempts" in answer.content.decode()
