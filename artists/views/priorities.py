"""The settings page of the orders: whom to ask for each field; by buttons, by dragging, without JavaScript too."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from artists.queries.providers import field_label, field_order, field_orders
from artists.services.providers import priorities
from stillwater.htmx import is_fragment
from stillwater.views.access import administrators_only


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    return render(request, "artists/priorities.html", {"tab": "priorities", "orders": field_orders()})


@require_POST
@administrators_only
def change(request: HttpRequest, field: str) -> HttpResponse:
    """One form for each field: the button says what to do; without one the order is stored as it lies."""
    priorities.priority_of(field)
    sent = request.POST
    if provider := sent.get("up"):
        priorities.move(field, provider, -1)
    elif provider := sent.get("down"):
        priorities.move(field, provider, 1)
    elif provider := sent.get("toggle"):
        priorities.toggle(field, provider)
    elif "reset" in sent:
        priorities.reset_priorities(field)
    else:
        priorities.set_priorities({field: sent.getlist("order")})
    if is_fragment(request):
        return order_panel(request, field)
    messages.success(request, f"{field_label(field)}: saved.")
    return redirect("artists:priorities")


@require_POST
@administrators_only
def reset(request: HttpRequest) -> HttpResponse:
    """Every field has its default order again."""
    priorities.reset_priorities()
    messages.success(request, "Every field has its default order again.")
    return redirect("artists:priorities")


def order_panel(request: HttpRequest, field: str) -> HttpResponse:
    """The fragment of one field; REST hands it over under htmx."""
    return render(request, "artists/_priority.html", {"order": field_order(field)})


def order_panels(request: HttpRequest) -> HttpResponse:
    """The fragment of all fields."""
    return render(request, "artists/_priorities.html", {"orders": field_orders()})
