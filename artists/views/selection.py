"""The bulk bar of the artist list: what it is about to do is said first when it concerns many."""

from dataclasses import dataclass
from uuid import uuid4

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from artists.models import Artist
from artists.queries.selection import Selection
from artists.services.many import ManyResult, ManyVerb, apply_to_many, known_verb
from artists.tasks.many import start_change_many, told
from artists.views import identifying
from artists.views.index import results
from stillwater import htmx
from stillwater.errors import Conflict, Invalid, as_sentence
from stillwater.models import User
from stillwater.views.access import signed_in

UNASKED = 50
"""Up to so many artists change at once and without a question (ui.md 2)."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """The artists of a posted selection: either ids, or the token of all that match."""

    artists: QuerySet[Artist]
    token: str
    ids: list[int]
    has_moved: bool

    @classmethod
    def of(cls, posted: QueryDict) -> "Chosen":
        """Raises Invalid for a token that is not ours, and for nothing at all: nobody is never everybody."""
        if posted.get("all_matching") == "1":
            selection = Selection.from_token(posted.get("selection", ""))
            return cls(selection.artists(), selection.token, [], selection.has_moved())
        ids = sorted({int(word) for word in posted.getlist("ids") if word.isascii() and word.isdigit()})
        if not ids:
            raise Invalid("choose artists first", "ids")
        return cls(Artist.objects.filter(pk__in=ids), "", ids, False)


@require_POST
def change(request: HttpRequest) -> HttpResponse:
    """Do it, or ask: many artists, or another number than the person saw, are confirmed with the numbers in view."""
    action = request.POST.get("action", "")
    if action in identifying.FROM_SELECTION:
        handed = Chosen.of(request.POST)
        return identifying.from_selection(request, action, handed.artists, handed.token)
    verb, chosen = known_verb(action), Chosen.of(request.POST)
    total = chosen.artists.count()
    if request.POST.get("confirmed") != "1" and (total > UNASKED or chosen.has_moved):
        return _asked(request, verb, chosen, total)
    person = signed_in(request)
    if total > UNASKED:
        return _answered(request, person, _in_background(verb, chosen, person))
    result = apply_to_many(verb, chosen.artists.values_list("pk", flat=True), actor=person)
    way_back = reverse("artists:undo_run", args=[result.group]) if result.changed else ""
    return _answered(request, person, _said(verb, result), undo_url=way_back)


def _asked(request: HttpRequest, verb: ManyVerb, chosen: Chosen, total: int) -> HttpResponse:
    context = {
        "verb": verb,
        "chosen": chosen,
        "total": total,
        "changing": chosen.artists.filter(**verb.needs).count(),
        "here": request.POST.get("here", ""),
    }
    return htmx.page_or_fragment(request, "artists/bulk.html", "artists/_bulk_confirm.html", context)


def _said(verb: ManyVerb, result: ManyResult) -> str:
    said = as_sentence(told(verb, result))
    return f"{said} {result.refused[0]}." if result.refused else said


def _in_background(verb: ManyVerb, chosen: Chosen, person: User) -> str:
    _job, is_new = start_change_many(verb, uuid4(), person, selection=chosen.token, ids=chosen.ids)
    if not is_new:
        raise Conflict("another change of many artists is still running")
    return "Started. The jobs list shows how far it is."


def _answered(request: HttpRequest, person: User, said: str, *, undo_url: str = "") -> HttpResponse:
    here = QueryDict(request.POST.get("here", ""))
    if not htmx.is_fragment(request):
        messages.success(request, said)
        return htmx.redirect(request, f"{reverse('artists:index')}?{here.urlencode()}")
    response = render(request, "artists/_results.html", results(person, here))
    response.headers["HX-Retarget"] = "#artist-results"
    response.headers["HX-Reswap"] = "outerHTML"
    return htmx.toast(htmx.trigger(response, "selection:clear"), said, undo_url=undo_url)
