"""Our webhooks over REST; for administrators. Secrets come out once, what a receiver answered never."""

from datetime import datetime
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import BeforeValidator

from connections.models import Delivery, Webhook
from connections.services.deliveries import delivery_of, send_again, try_webhook
from connections.services.webhooks import (
    change_webhook,
    create_webhook,
    delete_webhook,
    renew_secret,
    url_of,
    webhook_by_id,
)
from connections.tasks.webhooks import start_deliveries
from stillwater.api.auth import require_admin
from stillwater.api.errors import errors
from stillwater.api.schemas import StatusOut

router = Router(tags=["Webhooks"])

MOST_DELIVERIES = 100


def _listed(given: Any) -> Any:
    """A form sends one name, or several with commas, as a text."""
    return [name.strip() for name in given.split(",") if name.strip()] if isinstance(given, str) else given


Events = Annotated[list[str] | None, BeforeValidator(_listed)]


class WebhookOut(Schema):
    """`allow_private`: an administrator said that its origin may lie in a private network."""

    id: str
    name: str
    url: str
    type: str
    events: list[str]
    enabled: bool
    allow_private: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, webhook: Webhook) -> "WebhookOut":
        same = {name: getattr(webhook, name) for name in cls.model_fields if name not in ("id", "url")}
        return cls(id=str(webhook.pk), url=url_of(webhook), **same)


class NewWebhookOut(WebhookOut):
    """With the secret that signs what it gets: nobody can read it again."""

    secret: str


class WebhookIn(Schema):
    """Without `events` it hears of everything; a blank `secret` is made here."""

    name: str
    url: str
    type: str = "generic"
    events: Events = None
    enabled: bool = True
    allow_private: bool = False
    secret: str = ""


class WebhookChange(Schema):
    """What is left out stays as it is."""

    name: str | None = None
    url: str | None = None
    type: str | None = None
    events: Events = None
    enabled: bool | None = None
    allow_private: bool | None = None
    secret: str | None = None


class SecretOut(Schema):
    secret: str


class DeliveryOut(Schema):
    """`number` is the receiver's Webhook-Id; `note` says in our words why the last attempt failed."""

    id: str
    number: str
    event: str
    state: str
    attempts: int
    status_code: int | None
    note: str
    happened_at: datetime
    due_at: datetime
    tried_at: datetime | None

    @classmethod
    def of(cls, delivery: Delivery) -> "DeliveryOut":
        same = {name: getattr(delivery, name) for name in cls.model_fields if name not in ("id", "number")}
        return cls(id=str(delivery.pk), number=str(delivery.number), **same)


@router.get(
    "/webhooks",
    operation_id="listWebhooks",
    url_name="webhooks",
    summary="List webhooks",
    response={200: list[WebhookOut], **errors(401, 403)},
)
def list_webhooks(request: HttpRequest) -> list[WebhookOut]:
    require_admin(request)
    return [WebhookOut.of(webhook) for webhook in Webhook.objects.all()]


@router.post(
    "/webhooks",
    operation_id="createWebhook",
    url_name="create_webhook",
    summary="Add a webhook",
    response={201: NewWebhookOut, **errors(400, 401, 403)},
)
def create(request: HttpRequest, payload: WebhookIn) -> Status[NewWebhookOut]:
    """The only answer that holds the secret."""
    require_admin(request)
    webhook, secret = create_webhook(**payload.dict())
    return Status(201, NewWebhookOut(**WebhookOut.of(webhook).dict(), secret=secret))


@router.get(
    "/webhooks/{id}",
    operation_id="getWebhook",
    url_name="webhook",
    summary="One webhook",
    response={200: WebhookOut, **errors(401, 403, 404)},
)
def get_webhook(request: HttpRequest, id: str) -> WebhookOut:
    require_admin(request)
    return WebhookOut.of(webhook_by_id(id))


@router.put(
    "/webhooks/{id}",
    operation_id="updateWebhook",
    url_name="update_webhook",
    summary="Change a webhook",
    response={200: WebhookOut, **errors(400, 401, 403, 404)},
)
def update(request: HttpRequest, id: str, payload: WebhookChange) -> WebhookOut:
    require_admin(request)
    changes = {name: value for name, value in payload.dict(exclude_unset=True).items() if value is not None}
    return WebhookOut.of(change_webhook(webhook_by_id(id), changes))


@router.delete(
    "/webhooks/{id}",
    operation_id="deleteWebhook",
    url_name="delete_webhook",
    summary="Remove a webhook",
    response={200: StatusOut, **errors(401, 403, 404)},
)
def delete(request: HttpRequest, id: str) -> StatusOut:
    require_admin(request)
    delete_webhook(webhook_by_id(id))
    return StatusOut(status="deleted")


@router.post(
    "/webhooks/{id}/test",
    operation_id="testWebhook",
    url_name="test_webhook",
    summary="Send a test",
    response={200: StatusOut, **errors(401, 403, 404, 502)},
)
def test(request: HttpRequest, id: str) -> StatusOut:
    """Really delivers, now; 502 says why it was not taken."""
    require_admin(request)
    return StatusOut(status=try_webhook(webhook_by_id(id)).state)


@router.post(
    "/webhooks/{id}/secret",
    operation_id="renewWebhookSecret",
    url_name="renew_webhook_secret",
    summary="Make a new secret",
    response={200: SecretOut, **errors(401, 403, 404)},
)
def renew(request: HttpRequest, id: str) -> SecretOut:
    """The old one signs nothing any more."""
    require_admin(request)
    return SecretOut(secret=renew_secret(webhook_by_id(id)))


@router.get(
    "/webhooks/{id}/deliveries",
    operation_id="listWebhookDeliveries",
    url_name="webhook_deliveries",
    summary="What it was told",
    response={200: list[DeliveryOut], **errors(401, 403, 404)},
)
def list_deliveries(request: HttpRequest, id: str) -> list[DeliveryOut]:
    """The last 100, newest first."""
    require_admin(request)
    return [DeliveryOut.of(delivery) for delivery in webhook_by_id(id).deliveries.all()[:MOST_DELIVERIES]]


@router.post(
    "/webhooks/{id}/deliveries/{delivery_id}/again",
    operation_id="sendWebhookDeliveryAgain",
    url_name="send_delivery_again",
    summary="Send it once more",
    response={200: DeliveryOut, **errors(401, 403, 404, 409)},
)
def again(request: HttpRequest, id: str, delivery_id: str) -> DeliveryOut:
    """In the background, with the number it had."""
    require_admin(request)
    delivery = send_again(delivery_of(webhook_by_id(id), delivery_id))
    start_deliveries()
    return DeliveryOut.of(delivery)
