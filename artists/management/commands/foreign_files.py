"""`manage.py foreign_files [--look] [--json] [--dismiss]`: pictures of other programs in artists' folders."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from artists.models import ForeignFile
from artists.queries.foreign_files import listed_files
from artists.services.foreign.deciding import dismiss
from artists.services.foreign.examining import examine
from stillwater.management.terminal import tell


class Command(BaseCommand):
    help = "Lists the pictures that other programs have put into artists' folders since the first scan."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--look", action="store_true", help="look at each of them again first")
        parser.add_argument("--json", action="store_true", help="one JSON object per line")
        parser.add_argument("--dismiss", action="store_true", help="let all of them stay, with every artist")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["look"]:
            examine()
        for file in listed_files().iterator():
            self.stdout.write(_as_json(file) if options["json"] else f"{file.file_path}  ({file.size_bytes} bytes)")
        if options["dismiss"]:
            tell(self.stderr, f"{dismiss()} may stay.")


def _as_json(file: ForeignFile) -> str:
    told = {
        "id": file.pk,
        "artist": file.artist.name,
        "path": file.file_path,
        "bytes": file.size_bytes,
        "sha256": file.content_hash,
        "replaced": file.replaced,
        "detected_at": file.detected_at.isoformat(),
    }
    return json.dumps(told, ensure_ascii=False)
