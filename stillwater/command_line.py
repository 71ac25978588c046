"""The command line: what goes wrong is said in one sentence; a traceback is for what nobody has thought of."""

import sys
from collections.abc import Sequence

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line
from django.db import DatabaseError

from stillwater.errors import StillwaterError, reason_of

FAILED, STOPPED = 1, 130


def run(arguments: Sequence[str]) -> int:
    """Run `manage.py` with the arguments; the exit code."""
    try:
        _execute(arguments)
    except KeyboardInterrupt:
        return STOPPED
    except BrokenPipeError:
        sys.stdout = None  # or Python complains once more, at its end
        return FAILED
    except (ImproperlyConfigured, StillwaterError, DatabaseError, OSError) as error:
        if "--traceback" in arguments:
            raise
        sys.stderr.write(f"{arguments[0]}: {_sentence(error)}\n")
        return FAILED
    return 0


def _execute(arguments: Sequence[str]) -> None:
    """What is still in the buffer is written here, where somebody hears of it when it cannot be."""
    try:
        execute_from_command_line(list(arguments))
    except BaseException:
        sys.unraisablehook = lambda _: None  # rows half read complain when Django has closed the database
        raise
    finally:
        if sys.stdout is not None:  # a service may start us without one
            sys.stdout.flush()


def _sentence(error: Exception) -> str:
    text = str(error)
    if isinstance(error, OSError):
        return f"{error.filename}: {reason_of(error)}" if error.filename else reason_of(error)
    if not isinstance(error, DatabaseError):
        return text
    if "no such table" in text or "no such column" in text:
        return f"the database is not set up for this version; run `manage.py migrate` first ({text})"
    return f"the database in STILLWATER_DATA cannot be used: {text}"
