"""How the activity shows an operation: who, what, each value before and after, each file."""

from dataclasses import dataclass

from artists.models import FileSnapshot, Operation
from artists.queries.activity import shown_changes
from artists.views.words import ChangeLine, source_words

SOURCE_WORDS = {
    "manual": "By hand",
    "scan": "Read from disk",
    "import": "Restored NFO",
    "provider:*": "From a provider",
    "rule:*": "By a rule",
    "revert": "Taken back",
}
"""The kinds of source that the page filters by."""


@dataclass(frozen=True, slots=True)
class OperationLine:
    """One operation, or the run it stands for when `size` is more than 1."""

    operation: Operation
    size: int
    can_undo: bool

    @property
    def is_run(self) -> bool:
        return self.size > 1

    @property
    def who(self) -> str:
        words = source_words(self.operation.source)
        actor = self.operation.actor
        return words if actor is None else f"{actor}, {words}"

    @property
    def changes(self) -> list[ChangeLine]:
        return [ChangeLine(change) for change in shown_changes(self.operation)]

    @property
    def files(self) -> list[str]:
        return [file_words(each) for each in self.operation.files.all()]


def file_words(file: FileSnapshot) -> str:
    """What happened to a file, by its name alone."""
    name = file.path.rpartition("/")[2]
    if file.moved_to:
        return f"{name} renamed to {file.moved_to.rpartition('/')[2]}"
    if not file.existed:
        return f"{name} created"
    return f"{name} rewritten" if file.after_hash else f"{name} removed"
