"""Word lists are written as one string, which keeps them readable."""


def listed(text: str, separator: str | None = None) -> tuple[str, ...]:
    """The words of `text`, cut at white space or at `separator`."""
    return tuple(text.split(separator))
