"""The settings pages of webhooks: whom we tell what, what came of it, and the addresses at which we listen."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import naturaltime
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import tried
from connections.forms_webhooks import WebhookForm
from connections.hooks.bodies import RECEIVERS
from connections.hooks.happenings import HAPPENINGS, TEST
from connections.models import Delivery, DeliveryState, Webhook
from connections.services.deliveries import delivery_of, last_of, send_again, try_webhook
from connections.services.webhooks import change_webhook, create_webhook, delete_webhook, renew_secret, webhook_by_id
from connections.tasks.webhooks import start_deliveries
from connections.views.inbound import addresses
from stillwater import htmx
from stillwater.errors import StillwaterError, as_sentence
from stillwater.views.access import administrators_only

PAGE_SIZE = 25
_LEVELS = {DeliveryState.DELIVERED: "good", DeliveryState.WAITING: "off", DeliveryState.FAILED: "error"}


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """A delivery as the page shows it."""

    delivery: Delivery

    @property
    def what(self) -> str:
        return "Test" if self.delivery.event == TEST else HAPPENINGS.get(self.delivery.event, self.delivery.event)

    @property
    def is_retried(self) -> bool:
        return self.delivery.state == DeliveryState.WAITING and bool(self.delivery.note)

    @property
    def level(self) -> str:
        return "warning" if self.is_retried else _LEVELS[DeliveryState(self.delivery.state)]

    @property
    def state(self) -> str:
        return "tried again" if self.is_retried else self.delivery.state

    @property
    def note(self) -> str:
        return as_sentence(self.delivery.note) if self.delivery.note else ""

    @property
    def next_attempt(self) -> str:
        """The clock looks every minute."""
        return naturaltime(self.delivery.due_at) if self.delivery.due_at > timezone.now() else "within a minute"

    @property
    def may_be_sent_again(self) -> bool:
        return self.delivery.state != DeliveryState.WAITING and self.delivery.event != TEST


@dataclass(frozen=True, slots=True)
class WebhookLine:
    """A webhook as the list shows it, with the last thing it was told."""

    webhook: Webhook
    last: DeliveryLine | None

    @property
    def label(self) -> str:
        return RECEIVERS[self.webhook.type].label if self.webhook.type in RECEIVERS else self.webhook.type

    @property
    def events_words(self) -> str:
        count = len(self.webhook.events)
        return "every event" if count == len(HAPPENINGS) else f"{count} event{'' if count == 1 else 's'}"


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Everybody who is told."""
    webhooks = list(Webhook.objects.all())
    last = last_of(webhooks)
    lines = [WebhookLine(one, DeliveryLine(last[one.pk]) if one.pk in last else None) for one in webhooks]
    context = {"tab": "webhooks", "lines": lines, "addresses": addresses(request)}
    return render(request, "connections/webhooks.html", context)


@administrators_only
def add(request: HttpRequest) -> HttpResponse:
    """A further receiver; the answer is the only one that shows its secret."""
    form = WebhookForm(request.POST or None)
    made: list[tuple[Webhook, str]] = []
    if request.method == "POST" and tried(form, lambda: made.append(create_webhook(**form.changes()))) == 200:
        webhook, secret = made[0]
        return _page(request, webhook, WebhookForm(known=webhook), secret=secret, said=f"{webhook.name} is added.")
    context = {"tab": "webhooks", "form": form}
    return render(request, "connections/webhook_new.html", context, status=422 if form.errors else 200)


@administrators_only
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One receiver to change, to try or to remove, with everything it was told."""
    shown = webhook_by_id(pk)
    form = WebhookForm(request.POST or None, known=shown)
    if request.method == "POST" and tried(form, lambda: change_webhook(shown, form.changes())) == 200:
        messages.success(request, f"{form.cleaned_data['name']} is saved.")
        return redirect("connections:webhook", pk)
    return _page(request, webhook_by_id(pk), form, status=422 if form.errors else 200)


@require_POST
@administrators_only
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    gone = webhook_by_id(pk)
    delete_webhook(gone)
    messages.success(request, f"{gone.name} is told nothing any more.")
    return redirect("connections:webhooks")


@require_POST
@administrators_only
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """A new secret, in the only answer that shows it."""
    secret = renew_secret(webhook_by_id(pk))
    shown = webhook_by_id(pk)
    return _page(request, shown, WebhookForm(known=shown), secret=secret, said="The old secret signs nothing any more.")


@require_safe
@administrators_only
def deliveries(request: HttpRequest, pk: int) -> HttpResponse:
    """What it was told, page by page."""
    shown = webhook_by_id(pk)
    if htmx.is_fragment(request):
        return render(request, "connections/_deliveries.html", _deliveries(request, shown))
    return _page(request, shown, WebhookForm(known=shown))


@require_POST
@administrators_only
def test(request: HttpRequest, pk: int) -> HttpResponse:
    """Really send something, now, and say whether it was taken."""
    try:
        try_webhook(webhook_by_id(pk))
    except StillwaterError as error:
        return _answer(request, pk, as_sentence(error.message), level="error")
    return _answer(request, pk, "The test was delivered.")


@require_POST
@administrators_only
def again(request: HttpRequest, pk: int, delivery_id: int) -> HttpResponse:
    try:
        send_again(delivery_of(webhook_by_id(pk), delivery_id))
    except StillwaterError as error:
        return _answer(request, pk, as_sentence(error.message), level="error")
    start_deliveries()
    return _answer(request, pk, "It is sent once more.")


def _page(
    request: HttpRequest, shown: Webhook, form: WebhookForm, *, secret: str = "", said: str = "", status: int = 200
) -> HttpResponse:
    context = {"tab": "webhooks", "form": form, "secret": secret, "said": said, **_deliveries(request, shown)}
    response = render(request, "connections/webhook.html", context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response


def _deliveries(request: HttpRequest, shown: Webhook) -> dict[str, Any]:
    page = Paginator(shown.deliveries.all(), PAGE_SIZE).get_page(request.GET.get("page"))
    return {"webhook": shown, "page": page, "deliveries": [DeliveryLine(one) for one in page]}


def _answer(request: HttpRequest, pk: int, said: str, *, level: str = "good") -> HttpResponse:
    if htmx.is_fragment(request):
        response = render(request, "connections/_deliveries.html", _deliveries(request, webhook_by_id(pk)))
        return htmx.toast(response, said, level=level)
    messages.add_message(request, messages.ERROR if level == "error" else messages.SUCCESS, said)
    return redirect("connections:webhook", pk)
