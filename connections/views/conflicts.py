"""What other programs do to our files, above every page and as a step of the first start; check again, hide."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods, require_POST

from connections.conflicts.verdict import WORDS, Conflicts
from connections.services.ledger import conflicts, dismiss_banner, refresh
from connections.services.onboarding import holds_back, look_before_start, note_seen
from stillwater import htmx
from stillwater.shell import join_notice
from stillwater.views.access import administrators_only, signed_in

BANNER = "connections/_conflict_banner.html"


@require_POST
def check(request: HttpRequest) -> HttpResponse:
    """Everybody may: it asks the servers and changes nothing on them."""
    signed_in(request)
    found = refresh()
    return _answer(request, found, said(found), is_well=found.level in ("none", "warning"))


@require_POST
@administrators_only
def hide(request: HttpRequest) -> HttpResponse:
    dismiss_banner()
    return _answer(request, conflicts(), "It is hidden until it has something else to say.")


@require_http_methods(["GET", "HEAD", "POST"])
@administrators_only
def step(request: HttpRequest) -> HttpResponse:
    """A step of the first start. POST: somebody knows, and goes on. Where nothing is in the way it is not shown.

    `refresh=1` asks the servers once more.
    """
    found = conflicts() if request.method == "POST" else look_before_start(ask="refresh" in request.GET)
    if request.method == "POST" or not holds_back(found):
        note_seen()
        return redirect("dashboard")
    return render(request, "connections/conflict_step.html", banner_context(found))


def step_fragment(request: HttpRequest, found: Conflicts) -> str:
    return render_to_string("connections/_conflict_step.html", banner_context(found), request=request)


def clobber_fragment(request: HttpRequest, found: Conflicts) -> str:
    """Whose files a first scan would have to share, as a list."""
    return render_to_string("connections/_clobber.html", banner_context(found), request=request)


def banner_fragment(request: HttpRequest, found: Conflicts | None = None) -> str:
    """What stands above every page: nothing to see where all is well, or where it was put away."""
    return render_to_string(BANNER, banner_context(found or conflicts()), request=request)


def banner_context(found: Conflicts) -> dict[str, object]:
    held = [WORDS[axis] for axis in WORDS if found.gated(axis)]
    return {
        "conflicts": found,
        "shown": found.level != "none" and not found.dismissed,
        "held": " and ".join(held),
        "tone": {"blocked": "red", "unknown": "amber", "warning": "slate", "none": "clean"}[found.level],
    }


def said(found: Conflicts) -> str:
    if found.level == "blocked":
        return "Another program still writes our files."
    if found.level == "unknown":
        return "It is still not known what a server writes."
    return "No other program writes our files."


def _answer(request: HttpRequest, found: Conflicts, words: str, *, is_well: bool = True) -> HttpResponse:
    """htmx: the banner anew and a toast; a plain form: back to the page that it stood on."""
    if htmx.is_fragment(request):
        response = render(request, BANNER, banner_context(found))
        return htmx.toast(response, words, level="good" if is_well else "warning")
    messages.add_message(request, messages.SUCCESS if is_well else messages.WARNING, words)
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    to = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(to, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return to if is_ours else "dashboard"


def join() -> None:
    """Called once at start-up."""
    join_notice(banner_fragment)
