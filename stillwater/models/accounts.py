"""Who may come in: users, their tokens, and the attempts that failed."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


class Role(models.TextChoices):
    ADMINISTRATOR = "administrator", "Administrator"
    OPERATOR = "operator", "Operator"


class UserManager(BaseUserManager["User"]):
    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A person. Administrators may change settings, libraries and people; operators look after artists."""

    username = models.CharField(max_length=150, unique=True)
    display_name = models.CharField(max_length=150, blank=True)
    role = models.CharField(max_length=20, choices=Role, default=Role.OPERATOR)
    auth_provider = models.CharField(max_length=20, default="local")
    provider_id = models.CharField(max_length=255, blank=True)
    is_active = models.BooleanField(default=True)
    is_protected = models.BooleanField(
        default=False, help_text="The first administrator: cannot be demoted or switched off."
    )
    invited_by = models.ForeignKey("self", models.SET_NULL, null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def is_administrator(self) -> bool:
        return self.is_active and self.role == Role.ADMINISTRATOR

    @property
    def is_staff(self) -> bool:
        return self.is_administrator

    @property
    def is_superuser(self) -> bool:
        return self.is_administrator

    def has_perm(self, _permission: str, _thing: object = None) -> bool:
        return self.is_administrator

    def has_module_perms(self, _app: str) -> bool:
        return self.is_administrator


class ApiToken(models.Model):
    """A script's key. Only its SHA-256 is stored; the token itself is shown once."""

    name = models.CharField(max_length=150)
    token_hash = models.CharField(max_length=64, unique=True)
    scopes = models.CharField(max_length=100, default="read", help_text="Comma-separated: read, write, webhook, admin.")
    user = models.ForeignKey(User, models.CASCADE, related_name="tokens")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def status(self) -> str:
        return "revoked" if self.revoked_at else "active"

    @property
    def scope_words(self) -> str:
        return ", ".join(part.strip() for part in self.scopes.split(",") if part.strip())

    @property
    def scope_set(self) -> frozenset[str]:
        return frozenset(part.strip() for part in self.scopes.split(",") if part.strip())

    @property
    def grants(self) -> frozenset[str]:
        """The scopes that it comes to: who may change may also look, and `admin` may everything."""
        scopes = self.scope_set
        if "admin" in scopes:
            return frozenset({"read", "write", "webhook", "admin"})
        return scopes | {"read"} if "write" in scopes else scopes


class LoginAttempt(models.Model):
    """One failed sign-in, counted by account and by address; swept when it is old."""

    username = models.CharField(max_length=150)
    address = models.CharField(max_length=64)
    happened_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [
            models.Index(fields=["username", "happened_at"]),
            models.Index(fields=["address", "happened_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.username} from {self.address}"
