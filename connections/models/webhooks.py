"""Whom we tell of what happens, and every time that we did or tried to."""

from uuid import uuid4

from django.db import models
from django.utils import timezone


class DeliveryState(models.TextChoices):
    WAITING = "waiting"
    DELIVERED = "delivered"
    FAILED = "failed"


class Webhook(models.Model):
    """A receiver of events. Its address is as good as a password with most of them, so it is sealed as the secret is.

    `target` is scheme, host and port of the address: what may be seen of it anywhere.
    """

    name = models.CharField(max_length=200)
    sealed_url = models.TextField()
    target = models.CharField(max_length=300)
    type = models.CharField(max_length=20, default="generic")
    events = models.JSONField(default=list, blank=True)
    enabled = models.BooleanField(default=True)
    allow_private = models.BooleanField(default=False)
    sealed_secret = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def shown_target(self) -> str:
        """Without a port that goes without saying."""
        scheme, _, rest = self.target.partition("://")
        return f"{scheme}://{rest.removesuffix({'http': ':80', 'https': ':443'}.get(scheme, ''))}"


class Delivery(models.Model):
    """One event for one receiver. `number` is the id that the receiver sees, the same in every attempt.

    `note` says in our words why the last attempt failed: what the receiver answered is nowhere kept.
    """

    webhook = models.ForeignKey(Webhook, models.CASCADE, related_name="deliveries")
    number = models.UUIDField(default=uuid4, unique=True, editable=False)
    event = models.CharField(max_length=60)
    data = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status_code = models.PositiveSmallIntegerField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    happened_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    tried_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(fields=["due_at"], condition=models.Q(state="waiting"), name="deliveries_waiting"),
            models.Index(fields=["webhook", "-id"], name="deliveries_of_webhook"),
            models.Index(fields=["happened_at"], name="deliveries_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.event} to {self.webhook}"
