"""What everybody has: a password of one's own, and keys for scripts."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from stillwater.addresses import client_address
from stillwater.errors import Invalid, TooManyRequests, as_sentence
from stillwater.forms import PasswordForm, TokenForm
from stillwater.services import accounts, tokens
from stillwater.views.access import signed_in


@sensitive_post_parameters()
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; whoever else is signed in with the old one is not any more."""
    form = PasswordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        person = signed_in(request)
        try:
            accounts.confirm_password(person, form.cleaned_data["current"], address=client_address(request))
            accounts.change_password(person, form.cleaned_data["password"], request=request)
        except (Invalid, TooManyRequests) as error:
            form.add_error(getattr(error, "field", "") or None, as_sentence(error.message))
        else:
            messages.success(request, "Your password is changed. Other devices are signed out.")
            return redirect("stillwater:password")
    context = {"tab": "password", "form": form}
    return render(request, "stillwater/password.html", context, status=422 if form.errors else 200)


def token_list(request: HttpRequest) -> HttpResponse:
    """One's tokens; a new one is shown in the answer that made it and never again."""
    person = signed_in(request)
    form = TokenForm(request.POST or None, person=person)
    secret = ""
    if request.method == "POST" and form.is_valid():
        scopes = ",".join(form.cleaned_data["scopes"])
        _token, secret = tokens.create_token(person, name=form.cleaned_data["name"], scopes=scopes)
        form = TokenForm(person=person)
    context = {"tab": "tokens", "form": form, "secret": secret, "tokens": tokens.tokens_of(person)}
    response = render(request, "stillwater/tokens.html", context, status=422 if form.errors else 200)
    response.headers["Cache-Control"] = "no-store"
    return response


@require_POST
def revoke_token(request: HttpRequest, token_id: int) -> HttpResponse:
    token = tokens.revoke_token(signed_in(request), str(token_id))
    messages.success(request, f"{token.name} opens nothing any more.")
    return redirect("stillwater:tokens")


@require_POST
def delete_token(request: HttpRequest, token_id: int) -> HttpResponse:
    tokens.delete_token(signed_in(request), str(token_id))
    messages.success(request, "The token is forgotten.")
    return redirect("stillwater:tokens")
