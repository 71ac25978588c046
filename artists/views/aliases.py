"""The other names of an artist: shown, added, removed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from artists.forms.artist import AliasForm, tried
from artists.services.aliases import add_alias, remove_alias
from artists.views import sections
from stillwater.views.access import signed_in


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    form = AliasForm(request.POST)
    status = tried(form, lambda: add_alias(artist, form.cleaned_data["alias"], actor=signed_in(request)))
    context = sections.aliases(artist, form if status != 200 else None)
    return sections.answer(request, artist, "aliases", {**context, "alias_added": status == 200}, status=status)


@require_POST
def remove(request: HttpRequest, pk: int, alias: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    remove_alias(artist, alias, actor=signed_in(request))
    return sections.answer(request, artist, "aliases", sections.aliases(artist))
