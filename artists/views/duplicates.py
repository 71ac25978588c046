"""Artists that may be one: suggested side by side, looked at before, merged, ignored and suggested again."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from artists.models import Artist, IgnoredDuplicates
from artists.queries.detail import artist_by_id
from artists.queries.duplicates import open_groups, suggested_survivor
from artists.services.duplicates import ignore_group, restore_group
from artists.services.merging.merging import merge, plan_merges
from artists.services.merging.planning import MergePlan
from artists.services.values import as_text
from artists.views.pictures import first_of
from artists.views.words import label_of
from stillwater import htmx
from stillwater.errors import NotFound, StillwaterError, as_sentence
from stillwater.files import printable
from stillwater.numbers import whole_number
from stillwater.views.access import signed_in

PER_PAGE = 25
MOST_IGNORED = 200
MOST_FOR_NEAR = 20_000
"""Near names of more artists than this take longer than anybody waits for a page."""


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """The suggestions; `near=1` adds names that are nearly the same."""
    return htmx.page_or_fragment(
        request, "artists/duplicates.html", "artists/_duplicates.html", _context(request.GET.urlencode())
    )


@require_safe
def preview(request: HttpRequest) -> HttpResponse:
    """What a merge would move and what speaks against it; the button that does it stands below."""
    override = request.GET.get("override") == "1"
    try:
        survivor, losers = _chosen(request.GET.getlist("artist"), request.GET.get("survivor", ""))
        plans = plan_merges(survivor, losers, override=override)
    except StillwaterError as error:
        messages.error(request, as_sentence(error.message))
        return redirect("artists:duplicates")
    context = {
        "survivor": survivor,
        "losers": losers,
        "lines": [PlanLine(plan) for plan in plans],
        "override": override,
        "can_override": not override and any(plan.warnings for plan in plans),
        "refused": any(plan.refusals for plan in plans),
    }
    return render(request, "artists/merge.html", context)


@require_POST
def merge_chosen(request: HttpRequest) -> HttpResponse:
    """The way back stands with the change on the survivor's page and among the activities."""
    try:
        survivor, losers = _chosen(request.POST.getlist("artist"), request.POST.get("survivor", ""))
        merge(survivor, losers, override=request.POST.get("override") == "1", actor=signed_in(request))
    except StillwaterError as error:
        messages.error(request, as_sentence("; ".join(error.details) or error.message))
        return redirect("artists:duplicates")
    merged = losers[0].name if len(losers) == 1 else f"{len(losers)} artists"
    messages.success(request, f"Merged {merged} into {survivor.name}. It can be undone under Activity.")
    return redirect("artists:detail", survivor.pk)


@require_POST
def ignore(request: HttpRequest, key: str) -> HttpResponse:
    return _said(request, "Ignored. It is listed below.", lambda: ignore_group(key, actor=signed_in(request)))


@require_POST
def restore(request: HttpRequest, key: str) -> HttpResponse:
    return _said(request, "Suggested again.", lambda: restore_group(key))


@dataclass(frozen=True, slots=True)
class PlanLine:
    """What would come of one artist, as the page tells it before anything is moved."""

    plan: MergePlan

    @property
    def facts(self) -> list[tuple[str, list[str]]]:
        """What happens, and to what; only what does happen."""
        plan, to = self.plan, self.plan.survivor.name
        found = [
            ("Values taken over", [f"{label_of(key)}: {value}" for key, value in plan.values.items()]),
            ("Names taken over", plan.aliases),
            ("Members taken over", [as_text(row) for row in plan.members]),
            ("Pictures taken over", [label_of(kind) for kind in plan.images]),
            ("Libraries taken over", plan.libraries),
            (f"Moved to the folder of {to}", [printable(old.name) for old, _new in plan.moves]),
            ("Removed, kept for undo", [printable(path.name) for path in plan.removals]),
            ("Folder removed", [printable(str(plan.folder))] if plan.folder else []),
            ("History taken over", [_changes(plan.history)] if plan.history else []),
        ]
        return [(what, items) for what, items in found if items]


def _changes(count: int) -> str:
    return f"{count} change{'' if count == 1 else 's'}"


def _said(request: HttpRequest, text: str, act: Callable[[], object]) -> HttpResponse:
    """htmx: the page as it was, with what is left of it; a plain form: back to where it came from."""
    try:
        act()
        level = "good"
    except StillwaterError as error:
        text, level = as_sentence(error.message), "error"
    here = request.POST.get("here", "")
    if htmx.is_fragment(request):
        return htmx.toast(render(request, "artists/_duplicates.html", _context(here)), text, level=level)
    messages.add_message(request, messages.SUCCESS if level == "good" else messages.ERROR, text)
    return redirect(f"{reverse('artists:duplicates')}?{QueryDict(here).urlencode()}".rstrip("?"))


def _context(query: str) -> dict[str, object]:
    asked = QueryDict(query)
    can_near = Artist.objects.count() <= MOST_FOR_NEAR
    near = asked.get("near") == "1" and can_near
    page = Paginator(open_groups(near=near), PER_PAGE).get_page(whole_number(asked.get("page", "1")) or 1)
    ignored = IgnoredDuplicates.objects.all()[:MOST_IGNORED]
    return {
        "page": page,
        "suggestions": [(group, [(artist, _thumb(artist)) for artist in group.artists]) for group in page],
        "near": near,
        "can_near": can_near,
        "ignored": ignored,
        "here": query,
        "asked": asked,
    }


def _thumb(artist: Artist) -> str:
    picture = first_of("thumb", list(artist.images.all()))
    return picture.small if picture else ""


def _chosen(keys: list[str], survivor: str) -> tuple[Artist, list[Artist]]:
    """Without a choice, the survivor that is suggested. Raises NotFound."""
    artists = [artist_by_id(key) for key in dict.fromkeys(keys)]
    if not artists:
        raise NotFound("artist not found")
    kept = artist_by_id(survivor) if survivor else suggested_survivor(artists)
    return kept, [artist for artist in artists if artist != kept]
