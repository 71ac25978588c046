"""The folder of an artist: where it is, what is odd about it, and giving it another name."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from artists.forms.artist import RenameForm, tried
from artists.services.renaming import rename_directory
from artists.views import sections
from stillwater.views.access import signed_in


@require_POST
def rename(request: HttpRequest, pk: int) -> HttpResponse:
    artist = sections.the_artist(pk)
    form = RenameForm(request.POST)
    status = tried(form, lambda: rename_directory(artist, form.cleaned_data["new_dirname"], actor=signed_in(request)))
    done = status == 200
    context = {**sections.folder(artist, None if done else form), "renaming": not done}
    return sections.answer(
        request, artist, "folder", context, status=status, said="The folder has its new name." if done else ""
    )
