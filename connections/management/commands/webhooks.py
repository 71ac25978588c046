"""`manage.py webhooks [list | test ID | deliver] [--json]`: who is told, a real test, and sending what is due."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from connections.models import Webhook
from connections.services.deliveries import deliver_due, last_of, try_webhook
from connections.services.webhooks import webhook_by_id
from stillwater.errors import StillwaterError


class Command(BaseCommand):
    help = "Lists the webhooks, sends one a test, or sends what is due. Exit code 1: the test was not taken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("verb", nargs="?", default="list", choices=("list", "test", "deliver"))
        parser.add_argument("id", nargs="?", help="of the webhook to test, as the list has it")
        parser.add_argument("--json", action="store_true", help="print the list as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"_{options['verb']}")(options)
        except StillwaterError as error:
            raise CommandError(error.message) from error

    def _list(self, options: dict[str, Any]) -> None:
        webhooks = list(Webhook.objects.all())
        last = last_of(webhooks)
        rows = [_row(one, last[one.pk].state if one.pk in last else "") for one in webhooks]
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False))
            return
        for row in rows:
            told = "switched off" if not row["enabled"] else row["last"] or "nothing sent yet"
            self.stdout.write(f"{row['id']:>4}  {row['name']}  {row['type']}  {row['target']}  {told}")

    def _test(self, options: dict[str, Any]) -> None:
        trial = try_webhook(webhook_by_id(options["id"] or ""))
        self.stdout.write(f"Delivered to {trial.webhook.name}.")

    def _deliver(self, _options: dict[str, Any]) -> None:
        self.stdout.write(deliver_due().words)


def _row(webhook: Webhook, last: str) -> dict[str, Any]:
    return {
        "id": str(webhook.pk),
        "name": webhook.name,
        "type": webhook.type,
        "target": webhook.shown_target,
        "enabled": webhook.enabled,
        "events": webhook.events,
        "last": last,
    }
