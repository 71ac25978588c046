"""The settings page of the providers: a card for each with its key, test and mirror; the web search; languages."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_POST, require_safe

from artists.forms.artist import tried
from artists.forms.providers import KeyForm, MirrorForm
from artists.queries.provider_waits import wait_of
from artists.queries.providers import ProviderState, provider_state, provider_states, web_search_states
from artists.services.providers.keys import KeyRefused, delete_key, set_key
from artists.services.providers.languages import languages_for
from artists.services.providers.mirrors import clear_mirror, set_mirror
from artists.services.providers.settings import spec_of
from artists.services.providers.trying import Trial, try_provider, try_providers
from artists.services.providers.web_search import set_web_search
from stillwater.errors import as_sentence
from stillwater.htmx import is_fragment
from stillwater.views.access import administrators_only

STATUS = {
    "not_required": ("good", "ready, needs no key"),
    "unconfigured": ("off", "needs a key"),
    "untested": ("info", "key not tested"),
    "ok": ("good", "key accepted"),
    "invalid": ("error", "key refused"),
}
"""Level and words of each status of a key."""
TIERS = {"free": "free", "free_key": "free, with a key", "freemium": "free, more with a key", "paid": "paid account"}


@dataclass(frozen=True, slots=True)
class Card:
    """One provider as its card prints it. `trial`: what a test has just said; `anyway`: a key may be kept untested.

    `waiting`: what would hold up a request now.
    """

    state: ProviderState
    key_form: KeyForm | None
    mirror_form: MirrorForm | None
    trial: Trial | None = None
    anyway: bool = False
    waiting: str = ""

    @property
    def level(self) -> str:
        return STATUS[self.state.status][0]

    @property
    def words(self) -> str:
        return STATUS[self.state.status][1]

    @property
    def tier(self) -> str:
        return TIERS[self.state.access_tier]

    @property
    def reason(self) -> str:
        return as_sentence(self.trial.reason) if self.trial else ""


@require_safe
@administrators_only
def index(request: HttpRequest) -> HttpResponse:
    return _page(request)


@require_POST
@administrators_only
def key(request: HttpRequest, name: str) -> HttpResponse:
    """Store a key: after a test, or anyway where the person says so."""
    form = KeyForm(spec := spec_of(name), request.POST)
    refused: list[Trial] = []

    def store() -> None:
        try:
            set_key(name, form.parts(), skip_test="anyway" in request.POST)
        except KeyRefused as error:
            refused.append(error.trial)
            raise

    status = tried(form, store)
    if status != 200:
        card = _card(provider_state(name), key_form=form, anyway=bool(refused), trial=refused[0] if refused else None)
        return _shown(request, card, status=status)
    return _done(request, name, f"The key of {spec.label} is stored.")


@require_POST
@administrators_only
def forget_key(request: HttpRequest, name: str) -> HttpResponse:
    delete_key(name)
    return _done(request, name, f"The key of {spec_of(name).label} is forgotten.")


@require_POST
@administrators_only
def test(request: HttpRequest, name: str) -> HttpResponse:
    """Ask it now; the card says what came of it."""
    trial = try_provider(name)
    return _shown(request, _card(provider_state(name), trial=trial))


@require_POST
@administrators_only
def test_all(request: HttpRequest) -> HttpResponse:
    """Ask all that can be asked, at once."""
    return _page(request, {trial.provider: trial for trial in try_providers()})


@require_POST
@administrators_only
def mirror(request: HttpRequest, name: str) -> HttpResponse:
    form, trials = MirrorForm(request.POST, auto_id=f"mirror-{name}-%s"), list[Trial]()

    def store() -> None:
        trials.append(set_mirror(name, form.cleaned_data["base_url"], form.cleaned_data["rate_limit"] or 0))

    status = tried(form, store)
    if status != 200:
        return _shown(request, _card(provider_state(name), mirror_form=form), status=status)
    return _shown(request, _card(provider_state(name), trial=trials[0]))


@require_POST
@administrators_only
def forget_mirror(request: HttpRequest, name: str) -> HttpResponse:
    clear_mirror(name)
    return _done(request, name, f"{spec_of(name).label} itself is asked again.")


@require_POST
@administrators_only
def web_search(request: HttpRequest, name: str) -> HttpResponse:
    set_web_search(name, enabled="enabled" in request.POST)
    return web_search_panel(request) if is_fragment(request) else redirect("artists:providers")


def provider_card(request: HttpRequest, name: str, *, trial: Trial | None = None) -> HttpResponse:
    """The fragment of one provider; REST hands it over under htmx."""
    return _fragment(request, _card(provider_state(name), trial=trial))


def web_search_panel(request: HttpRequest) -> HttpResponse:
    return render(request, "artists/_web_search.html", {"engines": web_search_states()})


def _card(
    state: ProviderState,
    *,
    key_form: KeyForm | None = None,
    mirror_form: MirrorForm | None = None,
    trial: Trial | None = None,
    anyway: bool = False,
) -> Card:
    if state.takes_key:
        key_form = key_form or KeyForm(state.spec)
    if state.supports_base_url and mirror_form is None:
        stored = {"base_url": state.mirror.base_url, "rate_limit": state.mirror.rate_limit} if state.mirror else None
        mirror_form = MirrorForm(initial=stored, auto_id=f"mirror-{state.name}-%s")
    return Card(state, key_form, mirror_form, trial, anyway, wait_of(state).words)


def _done(request: HttpRequest, name: str, words: str) -> HttpResponse:
    if is_fragment(request):
        return _fragment(request, _card(provider_state(name)), said=words)
    messages.success(request, words)
    return redirect("artists:providers")


def _shown(request: HttpRequest, card: Card, *, status: int = 200) -> HttpResponse:
    """The card, alone or among the others, with what has just been said of it or typed into it."""
    if is_fragment(request):
        return _fragment(request, card, status=status)
    return _page(request, instead=card, status=status)


def _fragment(request: HttpRequest, card: Card, *, status: int = 200, said: str = "") -> HttpResponse:
    response = render(request, "artists/_provider.html", {"card": card, "said": said}, status=status)
    add_never_cache_headers(response)
    return response


def _page(
    request: HttpRequest, trials: dict[str, Trial] | None = None, *, instead: Card | None = None, status: int = 200
) -> HttpResponse:
    cards = [
        instead if instead and instead.state.name == state.name else _card(state, trial=(trials or {}).get(state.name))
        for state in provider_states()
    ]
    context = {
        "tab": "providers",
        "cards": cards,
        "engines": web_search_states(),
        "languages": languages_for(None),
        "has_contact": bool(settings.STILLWATER_CONTACT),
    }
    response = render(request, "artists/providers.html", context, status=status)
    add_never_cache_headers(response)
    return response
