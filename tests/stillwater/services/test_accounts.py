"""People as verbs: who may be demoted, what a name and a password have to be."""

import pytest

from stillwater.errors import Conflict, Invalid, NotFound
from stillwater.models import Role, User
from stillwater.services import accounts

pytestmark = pytest.mark.django_db

PASSWORD = "engine of analysis"


class TestChangeUser:
    def test_only_what_is_given_changes(self, operator: User) -> None:
        accounts.change_user(operator, display_name=" Olaf the second ")
        operator.refresh_from_db()
        assert (operator.display_name, operator.role, operator.is_active) == ("Olaf the second", Role.OPERATOR, True)

    def test_a_blank_name_is_the_username(self, operator: User) -> None:
        assert accounts.change_user(operator, display_name=" ").display_name == "olaf"

    def test_an_operator_becomes_an_administrator_and_back(self, operator: User) -> None:
        assert accounts.change_user(operator, role=Role.ADMINISTRATOR).is_administrator
        assert not accounts.change_user(operator, role=Role.OPERATOR).is_administrator

    @pytest.mark.parametrize("change", [{"role": Role.OPERATOR}, {"is_active": False}])
    def test_the_first_administrator_stays(self, administrator: User, change: dict[str, object]) -> None:
        with pytest.raises(Conflict, match="first administrator"):
            accounts.change_user(administrator, **change)

    @pytest.mark.parametrize("change", [{"role": Role.OPERATOR}, {"is_active": False}])
    def test_the_last_administrator_stays(self, administrator: User, change: dict[str, object]) -> None:
        """S47, also where nobody is protected."""
        administrator.is_protected = False
        administrator.save()
        with pytest.raises(Conflict, match="last administrator"):
            accounts.change_user(administrator, **change)
        administrator.refresh_from_db()
        assert administrator.is_administrator

    def test_an_unknown_role_is_refused(self, operator: User) -> None:
        with pytest.raises(Invalid, match="role must be one of"):
            accounts.change_user(operator, role="root")


class TestCreateUser:
    def test_it_works(self, administrator: User) -> None:
        user = accounts.create_user(username=" ada ", password=PASSWORD)
        assert (user.username, user.display_name, user.role) == ("ada", "ada", Role.OPERATOR)
        assert user.check_password(PASSWORD)
        assert PASSWORD not in user.password

    def test_a_taken_name_is_taken_in_any_case(self, administrator: User) -> None:
        with pytest.raises(Conflict, match="taken"):
            accounts.create_user(username="MARIA", password=PASSWORD)

    @pytest.mark.parametrize("name", ["", " ", "a b", "a\nb", "a\x00b", "x" * 151, "a\u202eb"])
    def test_a_name_is_one_printable_word(self, administrator: User, name: str) -> None:
        with pytest.raises(Invalid, match="username"):
            accounts.create_user(username=name, password=PASSWORD)

    def test_somebody_is_found_in_any_case_or_not_at_all(self, administrator: User) -> None:
        assert accounts.user_by_name("Maria") == administrator
        with pytest.raises(NotFound, match="user not found"):
            accounts.user_by_name("%")
