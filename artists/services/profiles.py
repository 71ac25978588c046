"""Platform profiles: how a player wants its files named; the five built-in ones, and a person's own."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.text import slugify

from artists.folders.naming import BUILTIN_PROFILES, ImageNaming, validate_naming
from artists.models import PlatformProfile
from artists.services.values import one_line
from stillwater.errors import Conflict, Forbidden, Invalid, NotFound

NFO_FORMATS = ("kodi", "jellyfin")
EDITABLE_BUILTINS = frozenset(profile.id for profile in BUILTIN_PROFILES if profile.editable)


def seed(**_signal: Any) -> None:
    """Insert the built-in profiles that are missing; what a person set stays. After every migration and flush."""
    have = set(PlatformProfile.objects.values_list("pk", flat=True))
    taken = PlatformProfile.objects.filter(is_active=True).exists()
    new = [
        PlatformProfile(
            id=profile.id,
            name=profile.name,
            is_builtin=True,
            is_active=profile.is_active and not taken,
            nfo_enabled=profile.nfo_enabled,
            image_naming=profile.naming.as_mapping(),
        )
        for profile in BUILTIN_PROFILES
        if profile.id not in have
    ]
    PlatformProfile.objects.bulk_create(new, ignore_conflicts=True)


def active_profile() -> PlatformProfile | None:
    return PlatformProfile.objects.filter(is_active=True).first()


def naming_of(profile: PlatformProfile | None) -> ImageNaming:
    """The file names of a profile as the folder tools take them; Kodi's numbering of fanart belongs to one id alone.

    A stored value that is no good gives the default names: a scan must go on.
    """
    if profile is None:
        return ImageNaming(kodi_numbering=True)
    numbering = profile.pk == "kodi"
    try:
        return validate_naming(profile.image_naming, kodi_numbering=numbering)
    except ValueError:
        return ImageNaming(kodi_numbering=numbering)


def active_naming() -> ImageNaming:
    return naming_of(active_profile())


def get_profile(profile_id: str) -> PlatformProfile:
    """Raises NotFound."""
    profile = PlatformProfile.objects.filter(pk=profile_id).first()
    if profile is None:
        raise NotFound("platform profile not found")
    return profile


def create_profile(
    name: str, *, nfo_enabled: bool = True, nfo_format: str = "kodi", image_naming: Mapping[str, object] | None = None
) -> PlatformProfile:
    """A person's own profile. Raises Invalid, and Conflict for a name that is taken."""
    name = _name(name)
    profile = PlatformProfile(id=_free_id(name), name=name, nfo_enabled=nfo_enabled, nfo_format=_format(nfo_format))
    profile.image_naming = _naming(image_naming or {}, ImageNaming()).as_mapping()
    return _saved(profile)


def update_profile(
    profile: PlatformProfile,
    *,
    name: str | None = None,
    nfo_enabled: bool | None = None,
    nfo_format: str | None = None,
    image_naming: Mapping[str, object] | None = None,
    use_symlinks: bool | None = None,
) -> PlatformProfile:
    """Change what is given (bug 16). Raises Forbidden for a built-in one that players rely on, Invalid, Conflict."""
    if profile.is_builtin and profile.pk not in EDITABLE_BUILTINS:
        raise Forbidden("built-in profiles cannot be changed")
    if name is not None:
        profile.name = _name(name)
    if nfo_format is not None:
        profile.nfo_format = _format(nfo_format)
    if image_naming is not None:
        profile.image_naming = _naming(image_naming, naming_of(profile)).as_mapping()
    profile.nfo_enabled = profile.nfo_enabled if nfo_enabled is None else nfo_enabled
    profile.use_symlinks = profile.use_symlinks if use_symlinks is None else use_symlinks
    return _saved(profile)


def delete_profile(profile: PlatformProfile) -> None:
    """Raises Forbidden for a built-in one, Conflict for the active one."""
    if profile.is_builtin:
        raise Forbidden("built-in profiles cannot be deleted")
    if profile.is_active:
        raise Conflict("the active profile cannot be deleted")
    profile.delete()


def activate_profile(profile: PlatformProfile) -> PlatformProfile:
    """Make it the one that names files from now on."""
    with transaction.atomic():
        PlatformProfile.objects.filter(is_active=True).exclude(pk=profile.pk).update(is_active=False)
        PlatformProfile.objects.filter(pk=profile.pk).update(is_active=True)
    profile.is_active = True
    return profile


def _name(name: str) -> str:
    cleaned = one_line(name)
    if not cleaned or len(cleaned) > 100:
        raise Invalid("name must have 1 to 100 characters", "name")
    return cleaned


def _format(nfo_format: str) -> str:
    if nfo_format not in NFO_FORMATS:
        raise Invalid(f"nfo_format must be one of {', '.join(NFO_FORMATS)}", "nfo_format")
    return nfo_format


def _naming(mapping: Mapping[str, object], current: ImageNaming) -> ImageNaming:
    try:
        return validate_naming(mapping, current, kodi_numbering=current.kodi_numbering)
    except ValueError as error:
        raise Invalid(f"image_naming: {error}", "image_naming") from error


def _free_id(name: str) -> str:
    base = slugify(name)[:50] or "profile"
    taken = set(PlatformProfile.objects.filter(pk__startswith=base).values_list("pk", flat=True))
    return next(candidate for number in range(len(taken) + 1) if (candidate := _numbered(base, number)) not in taken)


def _numbered(base: str, number: int) -> str:
    return f"{base}-{number + 1}" if number else base


def _saved(profile: PlatformProfile) -> PlatformProfile:
    try:
        with transaction.atomic():
            profile.save()
    except IntegrityError as error:
        raise Conflict("a profile of this name already exists") from error
    return profile


def profile_wants_nfo() -> bool:
    """Without an active profile files are written, as every profile but one does."""
    profile = active_profile()
    return profile is None or profile.nfo_enabled
