"""Paths of any system, by whole parts. Pure."""


def parts(path: str) -> tuple[str, ...]:
    """Of a path of any system: /music/A, D:\\Music\\A, \\\\nas\\music\\A (weirdness 55)."""
    is_windows = "\\" in path and not path.startswith("/")
    return tuple(part for part in (path.replace("\\", "/") if is_windows else path).split("/") if part)


def overlap(one: str, other: str) -> bool:
    """Whether one path is the other or holds it, by whole parts; nothing overlaps with nothing."""
    short, long = sorted((parts(one), parts(other)), key=len)
    return bool(short) and long[: len(short)] == short
