"""Who may open a page: that somebody is signed in the front door sees to; some pages need an administrator."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from stillwater.models import User

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def signed_in(request: HttpRequest) -> User:
    """The person behind a page's request. Raises PermissionDenied where the front door let nobody through."""
    if isinstance(request.user, User):
        return request.user
    raise PermissionDenied


def require_administrator(request: HttpRequest) -> User:
    """The same, for what only administrators may do."""
    person = signed_in(request)
    if not person.is_administrator:
        raise PermissionDenied
    return person


def administrators_only(view: View[P]) -> View[P]:
    """A page that answers everybody else with 403."""

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        require_administrator(request)
        return view(request, *args, **kwargs)

    return guarded
