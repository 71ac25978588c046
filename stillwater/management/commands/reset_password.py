"""`manage.py reset_password USERNAME [--password-stdin | --generate] [--revoke-tokens]`: the way back in."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stillwater.errors import StillwaterError
from stillwater.management.passwords import add_password_arguments, password_from
from stillwater.services import accounts, throttle, tokens


class Command(BaseCommand):
    help = "Gives a person a new password. Every session of theirs ends."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--revoke-tokens", action="store_true", help="the person's API tokens end too")
        add_password_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = accounts.user_by_name(options["username"])
            password = password_from(options)
            accounts.change_password(user, password)
        except StillwaterError as error:
            raise CommandError(error.message) from error
        throttle.forgive_account(user.username)
        self.stdout.write(f"{user.username} has a new password.")
        if options["generate"]:
            self.stdout.write(f"Password: {password}")
        if options["revoke_tokens"]:
            self.stdout.write(f"API tokens revoked: {tokens.revoke_all_tokens(user)}")
        if not user.is_active:
            self.stderr.write("This account is switched off; it cannot sign in until an administrator switches it on.")
