"""Recognises biographies that say nothing."""

MIN_BYTES = 50
_FILLERS = frozenset(
    {
        "?", "??", "???", "n/a", "na", "unknown", "tbd", "tba", "-", "--", "---", ".", "..", "...", "none",
        "no description available", "no description available.", "no biography available", "no biography available.",
    }
)  # fmt: skip


def is_junk(text: str) -> str:
    """Why a biography is worth nothing, as the end of a sentence ("it is …"), or '' when it is fine.

    A biography that was never there is junk, too; rules that only judge written ones ask that first.
    """
    bare = text.strip()
    if not bare:
        return "blank"
    if bare.casefold() in _FILLERS:
        return f"only a filler ({bare})"
    size = len(bare.encode("utf-8", "replace"))
    if size < MIN_BYTES:
        return f"only {size} bytes long, less than {MIN_BYTES}"
    return ""
