"""Which file names each kind of artwork has on disk: the built-in profiles, their checks, and fanart numbers."""

import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

KINDS = ("thumb", "fanart", "logo", "banner")
EXTENSIONS = (".jpg", ".jpeg", ".png")
MAX_NAME_BYTES = 255


@dataclass(frozen=True, slots=True)
class ImageNaming:
    """File names per kind, the first being the primary one and the others extra copies of the same picture.

    `kodi_numbering` counts further fanart from 1 (fanart1.jpg), otherwise from 2 (backdrop2.jpg).
    """

    thumb: tuple[str, ...] = ("folder.jpg",)
    fanart: tuple[str, ...] = ("fanart.jpg",)
    logo: tuple[str, ...] = ("logo.png",)
    banner: tuple[str, ...] = ("banner.jpg",)
    kodi_numbering: bool = False

    def names(self, kind: str) -> tuple[str, ...]:
        return {"thumb": self.thumb, "fanart": self.fanart, "logo": self.logo, "banner": self.banner}[kind]

    def primary(self, kind: str) -> str:
        return self.names(kind)[0]

    def as_mapping(self) -> dict[str, list[str]]:
        """The shape that is stored and that the API prints: kind to list of names."""
        return {kind: list(self.names(kind)) for kind in KINDS}


@dataclass(frozen=True, slots=True)
class BuiltinProfile:
    """A player's habits as they are seeded; `editable` only for the one that people may change."""

    id: str
    name: str
    naming: ImageNaming
    nfo_enabled: bool = True
    is_active: bool = False
    editable: bool = False


BUILTIN_PROFILES = (
    BuiltinProfile("emby", "Emby", ImageNaming(fanart=("backdrop.jpg",))),
    BuiltinProfile("jellyfin", "Jellyfin", ImageNaming(fanart=("backdrop.jpg",))),
    BuiltinProfile("kodi", "Kodi", ImageNaming(kodi_numbering=True), is_active=True),
    BuiltinProfile("custom", "Custom", ImageNaming(), editable=True),
    BuiltinProfile("plex", "Plex", ImageNaming(thumb=("artist.jpg",)), nfo_enabled=False),
)

# Names that any player or tagger may have written, in the order in which they are looked for.
DEFAULT_BASES = {
    "thumb": ("folder", "artist", "poster"),
    "fanart": ("fanart", "backdrop"),
    "logo": ("logo", "logo-white"),
    "banner": ("banner",),
}


def split_name(name: str) -> tuple[str, str]:
    """Base and extension with its dot, the extension in lower case."""
    base, dot, extension = name.rpartition(".")
    return (base, dot + extension.lower()) if base else (name, "")


def fanart_name(primary: str, index: int, kodi_numbering: bool) -> str:
    """The file name of the fanart at `index`, 0 being the primary; raises ValueError below 0."""
    if index < 0:
        raise ValueError("the position of a fanart starts at 0")
    if index == 0:
        return primary
    base, dot, extension = primary.rpartition(".")
    return f"{base}{index if kodi_numbering else index + 1}{dot}{extension}"


def allowed_image_names(*namings: ImageNaming) -> frozenset[str]:
    """Case-folded names that are no strangers in an artist's folder: profiles' and default bases, every extension.

    Give every profile's naming for a folder that is shared with other programs. Numbered fanart is
    not part of it; the inventory knows which numbers there are.
    """
    bases = {base for group in DEFAULT_BASES.values() for base in group}
    bases.update(split_name(name)[0] for naming in namings for kind in KINDS for name in naming.names(kind))
    return frozenset(fold(base + extension) for base in bases for extension in EXTENSIONS)


def fold(name: str) -> str:
    """The form in which two spellings of one file name are equal, whatever the file system does with case."""
    return name.lower() if name.isascii() else unicodedata.normalize("NFC", name).casefold()


def validate_naming(
    mapping: Mapping[str, object], current: ImageNaming | None = None, *, kodi_numbering: bool = False
) -> ImageNaming:
    """Checked names from a form or the API; kinds that are left out keep those of `current`.

    Each value is a list of names, or one name as older clients send it. Raises ValueError with one plain
    sentence.
    """
    unknown = sorted(set(mapping) - set(KINDS))
    if unknown:
        raise ValueError(f"unknown image type {unknown[0]!r}; use {', '.join(KINDS)}")
    kept = current or ImageNaming()
    names = {kind: _checked_list(kind, mapping[kind]) if kind in mapping else kept.names(kind) for kind in KINDS}
    _refuse_doubles((name, kind) for kind in KINDS for name in names[kind])
    return ImageNaming(**names, kodi_numbering=kodi_numbering)


def _checked_list(kind: str, value: object) -> tuple[str, ...]:
    values = [value] if isinstance(value, str) else value
    if not isinstance(values, list | tuple) or not values:
        raise ValueError(f"{kind} needs at least one file name")
    return tuple(_checked_name(kind, name) for name in values)


def _checked_name(kind: str, value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"a file name for {kind} is empty")
    name = value.strip()
    if "/" in name or "\\" in name:
        raise ValueError(f"{name!r} is not a file name: it contains a slash or backslash")
    if name.startswith(".") or any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in name):
        raise ValueError(f"{name!r} is not usable: it starts with a dot or has invisible characters")
    if len(name.encode()) > MAX_NAME_BYTES:
        raise ValueError(f"a file name for {kind} is longer than {MAX_NAME_BYTES} bytes")
    extension = split_name(name)[1]
    if kind == "logo" and extension != ".png":
        raise ValueError(f"{name!r} must end in .png: logos need transparency")
    if extension not in EXTENSIONS:
        raise ValueError(f"{name!r} must end in .jpg, .jpeg or .png")
    return name


def _refuse_doubles(pairs: Iterable[tuple[str, str]]) -> None:
    seen: dict[str, str] = {}
    for name, kind in pairs:
        if fold(name) in seen:
            where = f"twice for {kind}" if seen[fold(name)] == kind else f"for {seen[fold(name)]} and for {kind}"
            raise ValueError(f"{name!r} is used {where}")
        seen[fold(name)] = kind
