"""For one naming, the answer to "what is a file of this name?", prepared once and asked for every file."""

import re
from dataclasses import dataclass
from functools import lru_cache

from artists.folders.naming import (
    DEFAULT_BASES,
    EXTENSIONS,
    KINDS,
    ImageNaming,
    allowed_image_names,
    fold,
    split_name,
)

# Longer numbers are dates, a leading zero is no player's numbering.
_NUMBERED = re.compile(r"(.*?)([1-9][0-9]{0,3})", re.DOTALL | re.ASCII)


@dataclass(frozen=True, slots=True)
class Fanart:
    """A fanart's family (position of its base name, the profile's primary being 0), number, and preference."""

    family: int
    number: int
    preference: int


@dataclass(frozen=True, slots=True)
class Lookup:
    """`ranks`: folded name to kind and preference (lower is better) for the kinds with one picture.

    `families`: folded fanart base to its position; the first `profile_families` come from the profile.
    """

    ranks: dict[str, tuple[str, int]]
    families: dict[str, int]
    preferred_extensions: dict[int, str]
    profile_families: int
    allowed: frozenset[str]

    def fanart(self, folded: str) -> Fanart | None:
        """What kind of fanart this folded name is, if it is one."""
        base, extension = split_name(folded)
        family, number = self.families.get(base), 0
        if family is None:
            found = _NUMBERED.fullmatch(base)
            family = self.families.get(found[1]) if found else None
            number = int(found[2]) if found else 0
        if family is None or extension not in EXTENSIONS:
            return None
        preferred = extension == self.preferred_extensions.get(family)
        return Fanart(family, number, 0 if preferred else 1 + EXTENSIONS.index(extension))


@lru_cache(maxsize=64)
def lookup_for(naming: ImageNaming, also_allowed: tuple[ImageNaming, ...] = ()) -> Lookup:
    """The lookup of a naming; `also_allowed` are further profiles whose names are no strangers."""
    families = _families(naming)
    primaries = [split_name(name) for name in naming.fanart]
    return Lookup(
        ranks=_ranks(naming),
        families=families,
        preferred_extensions={families[fold(base)]: extension for base, extension in reversed(primaries)},
        profile_families=len({fold(base) for base, _ in primaries}),
        allowed=allowed_image_names(naming, *also_allowed),
    )


def _families(naming: ImageNaming) -> dict[str, int]:
    bases = [fold(split_name(name)[0]) for name in naming.fanart] + list(DEFAULT_BASES["fanart"])
    return {base: position for position, base in enumerate(dict.fromkeys(bases))}


def _ranks(naming: ImageNaming) -> dict[str, tuple[str, int]]:
    """The profile's names (as written, then with another extension), then the names everybody uses."""
    ranks: dict[str, tuple[str, int]] = {}
    single = [kind for kind in KINDS if kind != "fanart"]
    wanted = [(kind, name) for kind in single for name in naming.names(kind)]
    wanted += [(kind, split_name(name)[0] + ext) for kind, name in wanted for ext in EXTENSIONS]
    wanted += [(kind, base + ext) for kind in single for base in DEFAULT_BASES[kind] for ext in EXTENSIONS]
    for rank, (kind, name) in enumerate(wanted):
        ranks.setdefault(fold(name), (kind, rank))
    return ranks
