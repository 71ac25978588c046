"""How a command comes by a password: asked twice, one line of the standard input, or made up; never an argument."""

import getpass
import secrets
import sys
from collections.abc import Callable
from typing import Any

from django.core.management.base import CommandError, CommandParser

GENERATED_BYTES = 18


def add_password_arguments(parser: CommandParser) -> None:
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--password-stdin", action="store_true", help="read the password from the standard input")
    way.add_argument("--generate", action="store_true", help="make a password up and print it once")


def password_from(options: dict[str, Any]) -> str:
    """Raises CommandError when there is nobody to ask, or the two answers differ."""
    if options["generate"]:
        return secrets.token_urlsafe(GENERATED_BYTES)
    if options["password_stdin"]:
        return sys.stdin.readline().rstrip("\r\n")
    if not sys.stdin.isatty():
        raise CommandError("nobody is there to ask; use --password-stdin or --generate")
    first = answered(getpass.getpass, "Password: ")
    if answered(getpass.getpass, "Once more: ") != first:
        raise CommandError("the two passwords differ")
    return first


def answered(ask: Callable[[str], str], question: str) -> str:
    """Raises CommandError for who ends the input instead (Ctrl-D)."""
    try:
        return ask(question)
    except EOFError:
        raise CommandError("nobody answered") from None
