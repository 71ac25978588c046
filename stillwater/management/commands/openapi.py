"""`manage.py openapi [--output FILE]`: the OpenAPI document of the REST API."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from stillwater.api.root import api
from stillwater.files import write_file


class Command(BaseCommand):
    help = "Writes the OpenAPI document of the REST API, to the terminal or to a file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--output", type=Path, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        text = json.dumps(api.get_openapi_schema(), indent=2, ensure_ascii=False, default=str) + "\n"
        output: Path | None = options["output"]
        if output is None:
            self.stdout.write(text, ending="")
            return
        target = output.absolute()
        write_file(target, text.encode(), root=target.parent)
