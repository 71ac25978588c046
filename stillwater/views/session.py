"""First run, signing in, signing out."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from stillwater.addresses import client_address
from stillwater.errors import Conflict, Invalid, StillwaterError, as_sentence
from stillwater.forms import LoginForm, SetupForm
from stillwater.services import accounts


@sensitive_post_parameters("password")
def setup(request: HttpRequest) -> HttpResponse:
    """The page of a fresh Stillwater: the first account, then straight to choosing a folder."""
    if not accounts.setup_needed():
        return redirect("dashboard")
    form = SetupForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            return _first_account(request, form)
        except Conflict:
            return redirect("stillwater:login")
        except Invalid as error:
            form.add_error(error.field or None, as_sentence(error.message))
    return render(request, "stillwater/setup.html", {"form": form}, status=422 if form.errors else 200)


@sensitive_post_parameters("password")
def login(request: HttpRequest) -> HttpResponse:
    """Sign in and go on where one wanted to be."""
    if accounts.setup_needed():
        return redirect("stillwater:setup")
    if request.user.is_authenticated:
        return redirect(safe_next(request, request.GET.get("next", "")))
    form = LoginForm(request.POST or None, initial={"next": request.GET.get("next", "")})
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            return _sign_in(request, form)
        except StillwaterError as error:
            status = error.status
            form.add_error(None, as_sentence(error.message))
    return render(request, "stillwater/login.html", {"form": form}, status=status)


@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    accounts.sign_out(request)
    return redirect("stillwater:login")


def safe_next(request: HttpRequest, asked: str) -> str:
    """A path of this site, else the dashboard: nobody is sent elsewhere after signing in (S36)."""
    is_ours = asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None, require_https=request.is_secure())
    return asked if is_ours else reverse("dashboard")


def _first_account(request: HttpRequest, form: SetupForm) -> HttpResponse:
    name, password = form.cleaned_data["username"], form.cleaned_data["password"]
    accounts.create_first_administrator(username=name, password=password)
    accounts.sign_in(request, username=name, password=password, address=client_address(request))
    return redirect("artists:quick_start")


def _sign_in(request: HttpRequest, form: LoginForm) -> HttpResponse:
    accounts.sign_in(
        request,
        username=form.cleaned_data["username"],
        password=form.cleaned_data["password"],
        address=client_address(request),
    )
    return redirect(safe_next(request, form.cleaned_data["next"]))
