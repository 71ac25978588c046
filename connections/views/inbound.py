"""The addresses that a person pastes into Lidarr, Emby and Jellyfin, and whether these were heard of."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from connections.models import Caller
from stillwater import htmx
from stillwater.errors import NotFound
from stillwater.services.options import change_options, option
from stillwater.services.tokens import create_token
from stillwater.views.access import administrators_only, signed_in


@dataclass(frozen=True, slots=True)
class Program:
    """One that can call us, and where in its pages the address goes."""

    name: str
    label: str
    where: str
    events: str


PROGRAMS = (
    Program(
        "lidarr",
        "Lidarr",
        "Settings, Connect, plus sign, Webhook. Method: POST.",
        "On Release Import, On Artist Add, On Artist Delete, On Album Delete, On Rename and On Track Retag.",
    ),
    Program(
        "emby",
        "Emby",
        "Settings, Notifications, Add Notification, Webhooks. Request content type: application/json.",
        "Library: New Media Added, Media Deleted and what your version calls updated items.",
    ),
    Program(
        "jellyfin",
        "Jellyfin",
        "Plugin Webhook: Dashboard, Plugins, Webhook, Add Generic Destination. Tick Send All Properties.",
        "Item Added and Item Deleted, for the types Albums and Artists.",
    ),
)


@dataclass(frozen=True, slots=True)
class Address:
    """One line of the list; `has_token`: the whole address, shown this once."""

    program: Program
    url: str
    has_token: bool
    is_signed: bool
    caller: Caller | None


@require_safe
@administrators_only
def inbound(request: HttpRequest) -> HttpResponse:
    """The list alone, as the page includes it."""
    return _answer(request)


@require_POST
@administrators_only
def make(request: HttpRequest, program: str) -> HttpResponse:
    """A token for this program alone, in its address; nobody can read it again. Raises NotFound."""
    chosen = _program(program)
    secret = create_token(signed_in(request), name=f"Webhook of {chosen.label}", scopes="webhook")[1]
    return _answer(request, {program: secret})


@require_POST
@administrators_only
def sign(request: HttpRequest, program: str) -> HttpResponse:
    """Store the secret by which this program signs its messages; `forget`: its token is enough again."""
    chosen = _program(program)
    secret = "" if "forget" in request.POST else request.POST.get("secret", "").strip()
    if not secret and "forget" not in request.POST:
        return _answer(request, problem=(program, "Type the secret that the program signs with."), status=422)
    change_options({f"webhook.inbound.{chosen.name}.secret": secret})
    return _answer(request)


def addresses(request: HttpRequest, secrets: dict[str, str] | None = None) -> list[Address]:
    callers = {caller.program: caller for caller in Caller.objects.all()}
    return [_address(request, one, (secrets or {}).get(one.name, ""), callers.get(one.name)) for one in PROGRAMS]


def _address(request: HttpRequest, program: Program, secret: str, caller: Caller | None) -> Address:
    url = request.build_absolute_uri(reverse(f"api:inbound_{program.name}"))
    whole = f"{url}?{urlencode({'apikey': secret})}" if secret else url
    signed = bool(option(f"webhook.inbound.{program.name}.secret"))
    return Address(program, whole, bool(secret), signed, caller)


def _program(name: str) -> Program:
    """Raises NotFound."""
    for program in PROGRAMS:
        if program.name == name:
            return program
    raise NotFound("no such program")


def _answer(
    request: HttpRequest,
    secrets: dict[str, str] | None = None,
    *,
    problem: tuple[str, str] = ("", ""),
    status: int = 200,
) -> HttpResponse:
    """`problem`: a program, and what was wrong with what was typed for it."""
    context = {"tab": "webhooks", "addresses": addresses(request, secrets), "wrong": problem[0], "said": problem[1]}
    page, fragment = "connections/inbound.html", "connections/_inbound.html"
    response = htmx.page_or_fragment(request, page, fragment, context, status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
