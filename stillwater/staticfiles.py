"""Static files with hashed names once they are collected, plain names before (tests, a fresh clone)."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

from stillwater.front_end import ALL_MODULES, ALL_STYLES, MODULES, STYLES, joined_modules


class Storage(CompressedManifestStaticFilesStorage):
    manifest_strict = False

    def stored_name(self, name: str) -> str:
        """The hashed name where there is a manifest that knows the file, else the name itself."""
        return str(self.hashed_files.get(self.hash_key(self.clean_name(name)), name))

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """Joins what every page loads, then gives all files their hashed names."""
        if not dry_run:
            self._join(ALL_STYLES, STYLES, "\n".join)
            self._join(ALL_MODULES, MODULES, joined_modules)
            paths |= {name: (self, name) for name in (ALL_STYLES, ALL_MODULES)}
        yield from super().post_process(paths, dry_run, **options)

    def _join(self, target: str, names: Iterable[str], join: Callable[[Iterable[str]], str]) -> None:
        text = join(self.open(name).read().decode() for name in names)
        self.delete(target)
        self._save(target, ContentFile(text.encode()))
