"""What a command tells while it works: for a person at a terminal, beside the result, which may go into a file."""

from django.core.management.base import OutputWrapper


def show_progress(stream: OutputWrapper, text: str, *, ends: bool = False) -> None:
    """One line that is written over and over; a file or a pipe gets none of it."""
    if stream.isatty():
        tell(stream, f"\r\033[K{text}", ending="\n" if ends else "")
        stream.flush()


def tell(stream: OutputWrapper, text: str, ending: str = "\n") -> None:
    """Django paints the error output red; this is no error."""
    stream.write(text, str, ending)
