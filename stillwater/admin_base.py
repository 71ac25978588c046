"""What the admin pages of all floors share: look at everything, change through the same verbs as every other door."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from stillwater.errors import StillwaterError
from stillwater.views import session

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Model]
else:
    ModelAdmin = admin.ModelAdmin


class Site(admin.AdminSite):
    """Django's admin behind our own sign-in, for administrators alone."""

    site_header = site_title = "Stillwater, the tables"
    index_title = "Tables"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Ours alone: groups mean nothing here, and a schedule of the queue could name any function there is."""
        if issubclass(admin_class or ModelAdmin, LookOnly):
            super().register(model_or_iterable, admin_class, **options)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Who is signed in and comes here is not allowed in; everybody else signs in where all do."""
        if request.user.is_authenticated:
            raise PermissionDenied
        wanted = request.GET.get("next", reverse("admin:index"))
        return redirect(f"{reverse('stillwater:login')}?{urlencode({'next': wanted})}")

    def logout(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return session.logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        return redirect("stillwater:password")


class LookOnly(ModelAdmin):
    """A table to look at. `hidden` names the columns that nobody may see, such as hashes and sealed keys."""

    hidden: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Without Django's own deletion, which no verb would hear of."""
        return {name: action for name, action in super().get_actions(request).items() if name != "delete_selected"}

    def get_exclude(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return self.hidden

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ByVerb(LookOnly):
    """A table in which the fields named in `editable` may be changed, by `change`: the verb that every door calls."""

    editable: tuple[str, ...] = ()

    def change(self, request: HttpRequest, row: Any, values: Mapping[str, Any]) -> Any:
        """Apply the changed values to the row as it is stored; returns it. May raise a domain error."""
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return admin.ModelAdmin.has_change_permission(self, request, obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        fields = [field.name for field in self.opts.get_fields() if field.concrete]
        return [name for name in fields if name not in self.editable and name not in self.hidden]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        """The form shows what the verb refused in the attempt before (see changeform_view)."""
        refusal: StillwaterError | None = getattr(request, "refusal", None)
        form = super().get_form(request, obj, change, **kwargs)
        return form if refusal is None else type("RefusedForm", (form,), {"clean": _refusing(refusal)})

    def changeform_view(
        self, request: HttpRequest, object_id: str | None = None, form_url: str = "", extra_context: Any = None
    ) -> Any:
        """A refusal of the verb is shown at the form, with everything that was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except StillwaterError as error:
            request.refusal = error  # type: ignore[attr-defined]  # read by get_form
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """The form has put its values on `obj` already; the verb wants the row as it is stored."""
        stored = self.model._default_manager.filter(pk=obj.pk).first() if change else None
        values = {name: form.cleaned_data[name] for name in (form.changed_data if change else form.cleaned_data)}
        if values:
            obj.pk = self.change(request, stored, values).pk

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """The verb knows what goes along: who cannot remove those rows one by one is not stopped."""
        return [str(row) for row in objs], {str(self.opts.verbose_name): len(objs)}, set(), []


def each(page: LookOnly, request: HttpRequest, rows: Iterable[Any], verb: Callable[[Any], object], done: str) -> None:
    """Call the verb on every chosen row, say how many it did, and why it refused the others."""
    count, refusals = 0, dict[str, int]()
    for row in rows:
        try:
            verb(row)
        except StillwaterError as error:
            refusals[error.message] = refusals.get(error.message, 0) + 1
        else:
            count += 1
    page.message_user(request, f"{done}: {count}", messages.SUCCESS)
    for reason, times in refusals.items():
        page.message_user(request, f"Refused {times}: {reason}", messages.WARNING)


def _refusing(refusal: StillwaterError) -> Callable[[forms.Form], Any]:
    def clean(form: forms.Form) -> Any:
        field: str = getattr(refusal, "field", "")
        form.add_error(field if field in form.fields else None, refusal.message)
        return form.cleaned_data

    return clean
