"""`manage.py create_token USERNAME --name NAME [--scopes read,write] [--json]`: a key for a script, shown once."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from stillwater.errors import StillwaterError
from stillwater.services.accounts import user_by_name
from stillwater.services.tokens import SCOPES, create_token


class Command(BaseCommand):
    help = "Creates an API token and prints it; nobody can read it again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="whose token it is; it may what this person may")
        parser.add_argument("--name", required=True, help="what it is for")
        parser.add_argument("--scopes", default="read", help=f"separated by commas: {', '.join(SCOPES)}")
        parser.add_argument("--json", action="store_true", help="print id, token, name and scopes as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            user = user_by_name(options["username"])
            token, secret = create_token(user, name=options["name"], scopes=options["scopes"])
        except StillwaterError as error:
            raise CommandError(error.message) from error
        if options["json"]:
            body = {"id": str(token.pk), "token": secret, "name": token.name, "scopes": token.scopes}
            self.stdout.write(json.dumps(body, ensure_ascii=False))
        else:
            self.stdout.write(secret)
