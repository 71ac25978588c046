"""The settings page of what is fetched at all, and who stands in when a field's own order had nothing."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from artists.forms.artist import tried
from artists.forms.providers import ScraperForm
from artists.services.providers.scraper import change_scraping, reset_scraping, scraping_of
from stillwater.views.access import administrators_only


@administrators_only
def scraper(request: HttpRequest) -> HttpResponse:
    stored = scraping_of()
    form = ScraperForm(stored.plan, data=request.POST or None)
    if request.method == "POST" and tried(form, lambda: change_scraping(form.config())) == 200:
        messages.success(request, "Saved. It holds from the next refresh on.")
        return redirect("artists:scraper")
    context = {"tab": "scraper", "form": form, "is_default": stored.is_default}
    return render(request, "artists/scraper.html", context, status=422 if form.errors else 200)


@require_POST
@administrators_only
def reset(request: HttpRequest) -> HttpResponse:
    reset_scraping()
    messages.success(request, "Everything is fetched again, as at first.")
    return redirect("artists:scraper")
