"""The settings page of files that a server sees too: what was found, why we think so, and looking again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from connections.services.ledger import conflicts
from connections.services.shared_disk import CONFIRMED, dismiss, recheck, shared_status
from stillwater import htmx
from stillwater.views.access import administrators_only


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """As it was found when somebody last looked."""
    return htmx.page_or_fragment(request, "connections/shared_disk.html", "connections/_shared_disk.html", _context())


@require_POST
@administrators_only
def look_again(request: HttpRequest) -> HttpResponse:
    result = recheck()
    said = f"{result.shared} {'library is' if result.shared == 1 else 'libraries are'} shared."
    if result.silent:
        said += f" No answer from {', '.join(result.silent)}: for them holds what was found before."
    return _answer(request, said, is_well=not result.silent)


@require_POST
@administrators_only
def hide(request: HttpRequest) -> HttpResponse:
    dismiss()
    return _answer(request, "It is hidden until another library turns out to be shared.")


def _context() -> dict[str, object]:
    return {"tab": "connections", "shared": shared_status(), "confirmed": CONFIRMED, "conflicts": conflicts()}


def _answer(request: HttpRequest, said: str, *, is_well: bool = True) -> HttpResponse:
    if htmx.is_fragment(request):
        response = render(request, "connections/_shared_disk.html", _context())
        return htmx.toast(response, said, level="good" if is_well else "warning")
    messages.add_message(request, messages.SUCCESS if is_well else messages.WARNING, said)
    return redirect("connections:shared_disk")
