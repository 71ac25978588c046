"""What people change while the program runs: application options and each person's preferences."""

from django.db import models
from django.utils import timezone

from stillwater.models.accounts import User


class Option(models.Model):
    """One changed option; what is not here has the default of the registry (option_registry.py)."""

    key = models.CharField(primary_key=True, max_length=120)
    value = models.TextField()
    updated_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return self.key


class Preference(models.Model):
    """One changed preference of one person."""

    user = models.ForeignKey(User, models.CASCADE, related_name="preferences")
    key = models.CharField(max_length=120)
    value = models.TextField()
    updated_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="one_preference_per_key")]

    def __str__(self) -> str:
        return f"{self.user}: {self.key}"
