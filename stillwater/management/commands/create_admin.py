"""`manage.py create_admin [--username NAME] [--password-stdin | --generate]`: one more administrator, or the first."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stillwater.errors import StillwaterError
from stillwater.management.passwords import add_password_arguments, answered, password_from
from stillwater.models import Role, User
from stillwater.services import accounts


class Command(BaseCommand):
    help = "Creates an administrator. Asks for what is not given."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="the name to sign in with")
        parser.add_argument("--display-name", default="", help="the name that pages show")
        add_password_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        username = options["username"] or self._ask()
        password = password_from(options)
        try:
            user = _create(username, password, options["display_name"])
        except StillwaterError as error:
            raise CommandError(error.message) from error
        self.stdout.write(f"Created the administrator {user.username}.")
        if options["generate"]:
            self.stdout.write(f"Password: {password}")

    def _ask(self) -> str:
        if not sys.stdin.isatty():
            raise CommandError("nobody is there to ask; use --username")
        return answered(input, "Username: ")


def _create(username: str, password: str, display_name: str) -> User:
    """The first account is the protected one."""
    if accounts.setup_needed():
        return accounts.create_first_administrator(username=username, password=password, display_name=display_name)
    return accounts.create_user(
        username=username, password=password, role=Role.ADMINISTRATOR, display_name=display_name
    )
