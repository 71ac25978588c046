"""The folder of an artist: where it is, what is odd about it, another name, and what does not belong there."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from artists.forms.artist import RenameForm, tried
from artists.services.extraneous import remove_extraneous_files
from artists.services.renaming import rename_directory
from artists.views import sections
from stillwater.errors import StillwaterError, as_sentence
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


@require_POST
def remove_extraneous(request: HttpRequest, pk: int) -> HttpResponse:
    """The ticked files; what the verb refuses stands above them."""
    artist, made = sections.the_artist(pk), None
    problem, status, names = "", 200, request.POST.getlist("name")
    try:
        made = remove_extraneous_files(artist, names, actor=signed_in(request)).operation
    except StillwaterError as refusal:
        problem, status = as_sentence(refusal.message), refusal.status
    artist.refresh_from_db()
    context = {**sections.folder(artist), "extraneous_problem": problem}
    said = "" if problem else f"Removed {len(names)} file{'' if len(names) == 1 else 's'}."
    return sections.answer(request, artist, "folder", context, status=status, said=said, undoes=made)
