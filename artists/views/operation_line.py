"""How the activity shows an operation: who, what, each value before and after, each file."""

from dataclasses import dataclass

from django.contrib.humanize.templatetags.humanize import intcomma

from artists.models import FileSnapshot, Operation
from artists.queries.activity import RunSize, shown_changes
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
    """One operation, or the run it stands for when it is one of several."""

    operation: Operation
    size: RunSize
    can_undo: bool

    @property
    def is_run(self) -> bool:
        return self.size.operations > 1

    @property
    def about(self) -> str:
        """Whom a run changed: how many artists, or by its name the only one; of a very long run how much it did."""
        if self.size.artists == 1:
            return self.operation.artist_name
        what = (self.size.artists, "artists") if self.size.artists else (self.size.operations, "changes")
        return f"{intcomma(what[0])} {what[1]}"

    @property
    def summary(self) -> str:
        """Of a run what was done last, and whether anything else was."""
        return f"{self.operation.summary}, and more" if self.size.summaries > 1 else self.operation.summary

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
        folder, _, new = file.moved_to.rpartition("/")
        return f"{name} renamed to {new}" if new != name else f"{name} moved to {folder.rpartition('/')[2]}"
    if not file.existed:
        return f"{name} created"
    return f"{name} rewritten" if file.after_hash else f"{name} removed"
