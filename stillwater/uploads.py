"""Stops a file upload that nobody could use, before it fills the disk on which it would wait."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 64 * 1024 * 1024
"""Of a whole form. Pictures end at 25 MiB: what is a little larger still comes in, and hears of that limit."""


class WithinLimit(FileUploadHandler):
    """The first of the handlers: it keeps nothing, and lets everything through to those behind it."""

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 (Django's own name)
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Raises RequestDataTooBig by the size that is announced; without one, nothing is read at all."""
        if content_length > MOST_BYTES:
            raise RequestDataTooBig("the form is larger than allowed")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None
