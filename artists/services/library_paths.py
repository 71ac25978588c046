"""Which folder may be a library: absolute, plain, there, readable, and no part of another library."""

import os
from pathlib import PurePath

from django.conf import settings

from artists.folders.storable import on_disk, storable
from artists.models import Library
from stillwater.errors import Conflict, Invalid, reason_of

LONGEST = 4000


def checked_path(typed: str) -> str:
    """The folder in storable spelling, without a slash at its end. Raises Invalid with what is wrong with it."""
    if "\0" in typed or len(typed) > LONGEST:
        raise Invalid("path is not a usable path", "path")
    if not typed.startswith("/"):
        raise Invalid("path must be absolute", "path")
    if ".." in typed.split("/"):
        raise Invalid("path must not contain ..", "path")
    path = os.path.normpath(typed).replace("//", "/")
    _refuse_unusable(path)
    return storable(path)


def refuse_overlap(path: str, *, besides: int | None = None) -> None:
    """Raises Conflict, naming the library, when one of the two folders holds the other; links are resolved first."""
    real = PurePath(os.path.realpath(on_disk(path)))
    for library in Library.objects.exclude(path=""):
        if library.pk == besides:
            continue
        other = PurePath(os.path.realpath(on_disk(library.path)))
        if real == other:
            raise Conflict(f"this folder is already the library {library.name}")
        if other in real.parents:
            raise Conflict(f"this folder is inside the library {library.name} ({library.path})")
        if real in other.parents:
            raise Conflict(f"this folder holds the library {library.name} ({library.path})")


def refuse_data_folder(path: str) -> None:
    """Raises Invalid when one of this folder and our own data folder holds the other; links are resolved first."""
    real, data = PurePath(os.path.realpath(on_disk(path))), PurePath(os.path.realpath(settings.STILLWATER_DATA))
    if data in (real, *real.parents):
        raise Invalid("path is in the folder where Stillwater keeps its own data", "path")
    if real in data.parents:
        raise Invalid(f"path holds the folder where Stillwater keeps its own data ({data})", "path")


def _refuse_unusable(path: str) -> None:
    if path == "/":
        raise Invalid("path must not be the root of the file system", "path")
    try:
        with os.scandir(path) as entries:
            next(entries, None)
    except FileNotFoundError:
        raise Invalid("path does not exist", "path") from None
    except NotADirectoryError:
        raise Invalid("path is not a folder", "path") from None
    except PermissionError:
        raise Invalid("path cannot be read by the account Stillwater runs as", "path") from None
    except OSError as error:
        raise Invalid(f"path cannot be read: {reason_of(error)}", "path") from error
