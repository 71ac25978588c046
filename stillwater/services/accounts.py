"""People: the first account, signing in and out, passwords. The first account is protected for ever."""

from django.contrib.auth import authenticate, login, logout, update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from stillwater.errors import Conflict, Invalid, NotFound, Unauthenticated
from stillwater.models import Role, User
from stillwater.services import throttle

_SETUP_DONE = "stillwater.setup-done"
LONGEST_NAME = 150


def setup_needed() -> bool:
    """Nobody has an account yet. Remembered once it is false: it never becomes true again by itself."""
    if cache.get(_SETUP_DONE):
        return False
    needed = not User.objects.exists()
    if not needed:
        cache.set(_SETUP_DONE, True, 60)
    return needed


def create_first_administrator(*, username: str, password: str, display_name: str = "") -> User:
    """The protected administrator of a fresh Stillwater. Raises Conflict once anybody has an account.

    Of many that ask at once one wins: the transaction takes the write lock before it looks.
    """
    user = _new_user(username, password, display_name, Role.ADMINISTRATOR)
    user.is_protected = True
    with transaction.atomic():
        if User.objects.select_for_update().exists():
            raise Conflict("setup already completed")
        user.save()
    return user


def create_user(*, username: str, password: str, role: str = Role.OPERATOR, display_name: str = "") -> User:
    """A further person. Raises Conflict when the name is taken, Invalid for a poor name or password."""
    user = _new_user(username, password, display_name, role)
    if User.objects.filter(username__iexact=user.username).exists():
        raise Conflict("username is taken")
    user.save()
    return user


def sign_in(request: HttpRequest, *, username: str, password: str, address: str) -> User:
    """Check the password and open a session (with a new key). Raises Unauthenticated, TooManyRequests.

    `authenticate` hashes even for an unknown name, so both refusals take the same time and say the same.
    """
    throttle.check(username=username, address=address)
    # No name is that long; SQLite refuses to compare with a very long one.
    user = authenticate(request, username=username if len(username) <= LONGEST_NAME else "", password=password)
    if not isinstance(user, User):
        throttle.count_failure(username=username, address=address)
        raise Unauthenticated("invalid username or password")
    throttle.forgive(username=username, address=address)
    login(request, user)
    return user


def sign_out(request: HttpRequest) -> None:
    logout(request)


def confirm_password(user: User, password: str, *, address: str) -> None:
    """The person at the keyboard knows the account's present password. Raises Invalid, TooManyRequests."""
    throttle.check(username=user.username, address=address)
    if not user.check_password(password):
        throttle.count_failure(username=user.username, address=address)
        raise Invalid("this is not your present password", "current")


def change_password(user: User, password: str, *, request: HttpRequest | None = None) -> None:
    """Set a new password; every other session ends with it (its hash is part of the session)."""
    check_password_strength(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    if request is not None:
        update_session_auth_hash(request, user)


def change_user(
    user: User, *, display_name: str | None = None, role: str | None = None, is_active: bool | None = None
) -> User:
    """Change what is given. Someone switched off is out with the next request: sessions and tokens ask each time.

    Raises Invalid for an unknown role, Conflict for the protected and for the last active administrator.
    """
    stays = (role or user.role) == Role.ADMINISTRATOR and is_active is not False
    if user.is_administrator and not stays:
        _require_another_administrator(user)
    if role is not None:
        user.role = _known_role(role)
    if display_name is not None:
        user.display_name = display_name.strip() or user.username
    user.is_active = user.is_active if is_active is None else is_active
    user.save(update_fields=["role", "display_name", "is_active"])
    return user


def user_by_name(username: str) -> User:
    user = User.objects.filter(username__iexact=username).first()
    if user is None:
        raise NotFound("user not found")
    return user


def check_password_strength(password: str, user: User | None = None) -> None:
    """Raises Invalid with the first thing that is wrong, for the field `password`."""
    try:
        validate_password(password, user)
    except ValidationError as error:
        first = error.messages[0].rstrip(".")
        raise Invalid(f"{first[:1].lower()}{first[1:]}", "password", details=error.messages) from error


def _new_user(username: str, password: str, display_name: str, role: str) -> User:
    name = username.strip()
    if not 1 <= len(name) <= LONGEST_NAME or any(
        character.isspace() or not character.isprintable() for character in name
    ):
        raise Invalid("username must have 1 to 150 characters and no spaces", "username")
    user = User(username=name, display_name=display_name.strip() or name, role=_known_role(role))
    check_password_strength(password, user)
    user.set_password(password)
    return user


def _known_role(role: str) -> str:
    if role not in Role.values:
        raise Invalid(f"role must be one of {', '.join(Role.values)}", "role")
    return role


def _require_another_administrator(user: User) -> None:
    if user.is_protected:
        raise Conflict("the first administrator cannot be demoted or switched off")
    if not User.objects.filter(role=Role.ADMINISTRATOR, is_active=True).exclude(pk=user.pk).exists():
        raise Conflict("the last administrator cannot be demoted or switched off")
