"""The settings pages of what one server's libraries fetch otherwise than the rest."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import tried
from artists.forms.providers import ScraperForm
from artists.models import ScraperConfig
from artists.providers.scraping import Overrides
from artists.services.providers.scraper import change_scraping, reset_scraping, scraping_of
from connections.models import Connection
from connections.queries import connection_by_id
from stillwater.views.access import administrators_only


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    """Every server, and whether it decides anything itself."""
    own = set(ScraperConfig.objects.values_list("scope", flat=True))
    rows = [(connection, str(connection.pk) in own) for connection in Connection.objects.all()]
    return render(request, "connections/scrapers.html", {"tab": "scraper", "rows": rows})


@administrators_only
def scraper(request: HttpRequest, pk: int) -> HttpResponse:
    """What it decides itself is ticked; the rest shows what holds for all."""
    connection = connection_by_id(pk)
    stored = scraping_of(str(pk))
    form = ScraperForm(stored.plan, stored.overrides or Overrides(), request.POST or None)
    if request.method == "POST" and tried(form, lambda: _store(form, str(pk))) == 200:
        messages.success(request, f"Saved for the libraries of {connection.name}.")
        return redirect("connections:scrapers")
    context = {"tab": "scraper", "form": form, "connection": connection, "is_default": stored.is_default}
    return render(request, "connections/scraper.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def reset(request: HttpRequest, pk: int) -> HttpResponse:
    connection = connection_by_id(pk)
    reset_scraping(str(pk))
    messages.success(request, f"For {connection.name} is fetched what is fetched for all.")
    return redirect("connections:scrapers")


def _store(form: ScraperForm, scope: str) -> None:
    change_scraping(form.config(), form.chosen(), scope=scope)
