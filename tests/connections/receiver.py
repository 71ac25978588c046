"""A receiver of webhooks on loopback, and a webhook that points at it."""

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from connections.models import Delivery, Webhook
from connections.services.webhooks import create_webhook
from tests.stillwater.misbehaving import Handler, Misbehaving


class Receiver(Misbehaving):
    """Answers with `status`; `heard` are the bodies that came, oldest first."""

    def __init__(self) -> None:
        super().__init__(self.take)
        self.status = 200
        self.answer_headers: dict[str, str] = {}

    def take(self, handler: Handler) -> None:
        handler.answer(self.status, b"the inner secret of this server", **self.answer_headers)

    @property
    def heard(self) -> list[dict[str, Any]]:
        return [json.loads(each.body) for each in self.requests]

    def webhook(self, **values: Any) -> Webhook:
        chosen = {"name": "Mine", "url": self.url("/hook?token=canary-4711"), "allow_private": True, **values}
        return create_webhook(**chosen)[0]


def wait_is_over() -> None:
    """Everything that waits is due."""
    Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
