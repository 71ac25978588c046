"""One scan under way: visits, looks, saves batch by batch, says goodbye; every step may be the last one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid4

from django.utils import timezone

from artists.models import Artist, Library, Membership
from artists.services.pictures.moving_in import move_in_all
from artists.services.scanner.conditions import Conditions
from artists.services.scanner.creating import FILESYSTEM, Newcomer, create_artists
from artists.services.scanner.identity import Sight
from artists.services.scanner.inspection import Inspected
from artists.services.scanner.looking import AT_ONCE, Survey
from artists.services.scanner.moves import follow_moves, homeless, make_room
from artists.services.scanner.reconciling import Changed, update_artists
from artists.services.scanner.removal import question_about, take_leave
from artists.services.scanner.results import ScanResult
from artists.services.scanner.standing import LibraryChanged
from artists.services.scanner.visiting import Visit, visit
from stillwater.events import publish, publish_each
from stillwater.progress import Progress

MOST_EVENTS = 20
"""New artists of one batch that are told one by one; more than that are a flood and get one event that counts."""


@dataclass(slots=True)
class Scan:
    """One scan of some libraries under way. `progress` hears of every folder that is done."""

    result: ScanResult
    conditions: Conditions
    progress: Progress
    workers: int
    group: UUID = field(default_factory=uuid4)
    visits: list[Visit] = field(default_factory=list)
    looked_into: dict[str, Inspected] = field(default_factory=dict)
    total: int = 0
    done: int = 0

    def run(self, libraries: Sequence[Library]) -> None:
        for library in libraries:
            self.progress(0, None, f"listing {library.name}")
            self.visits.append(visit(library))
        self.total = sum(len(each.sights) for each in self.visits)
        if any(each.vanished or each.known >= len(each.strangers) > 0 for each in self.visits if each.is_well):
            self._find_moves()
        for each in self.visits:
            if each.problem:
                self._leave_alone(each)
                continue
            try:
                self._take_in(each)
            except LibraryChanged as change:
                each.problem = change.message
                self.result.notes.append(f"{each.library.name}: {change.message}")

    def survey(self, library: Library) -> Visit:
        """Who is gone from one library and has not moved elsewhere in it; nothing is written."""
        self.visits = [visit(library)]
        if self.visits[0].vanished:
            self._find_moves()
        return self.visits[0]

    @property
    def roots(self) -> set[str]:
        return {each.library.path for each in self.visits}

    def _find_moves(self) -> None:
        """Who moved can only be told when every new folder has been looked into."""
        found = [pair for each in self.visits if each.is_well for pair in self._look_into(each, each.strangers)]
        follow_moves(self.visits, found)
        found += make_room(self.visits, found, self._look_into)
        self.looked_into = {folder.path: folder for _, folder in found}
        for each in self.visits:
            each.judge()

    def _look_into(self, each: Visit, sights: Sequence[Sight]) -> list[tuple[Sight, Inspected]]:
        """All of them, and whole: the scan proper passes by what has not changed."""
        fresh = [replace(sight, artist=None) for sight in sights]
        batches = self._survey(each, quiet=True).batches(fresh)
        places = {sight.path: sight for sight in sights}
        return [(places[folder.path], folder) for batch in batches for _, folder in batch]

    def _leave_alone(self, each: Visit) -> None:
        self.result.notes.append(f"{each.library.name}: {each.problem}")
        Library.objects.filter(pk=each.library.pk).update(scan_problem=each.problem[:500])

    def _take_in(self, each: Visit) -> None:
        self.result.total_directories += len(each.sights)
        self.result.notes += [f"{each.library.name}: {note}" for note in each.listing.notes]
        ready = [sight for sight in each.sights if sight.path in self.looked_into]
        ready.sort(key=lambda sight: sight.artist is None)  # who moves in finds the folder free of its old artist
        self._save(each, [(sight, self.looked_into[sight.path]) for sight in ready])
        rest = [sight for sight in each.sights if sight.path not in self.looked_into]
        for batch in self._survey(each).batches(rest):
            self._save(each, batch)
        asks = self._part(each)
        now = timezone.now()
        Library.objects.filter(pk=each.library.pk).update(
            last_scanned_at=now, root_device=each.listing.device, scan_problem=asks
        )

    def _survey(self, each: Visit, *, quiet: bool = False) -> Survey:
        def passed_by(unchanged: int, problems: Sequence[tuple[Sight, str]]) -> None:
            if not quiet:
                self._could_not_look(each, problems)
                self._advance(each, unchanged)

        namings, salt = self.conditions.namings(each.library), self.conditions.salt(each.library)
        return Survey(each.root, namings, salt, self.workers, passed_by)

    def _could_not_look(self, each: Visit, problems: Sequence[tuple[Sight, str]]) -> None:
        """Everything stored stays as it is, but for the note that says why."""
        self.result.unreadable_directories += len(problems)
        for sight, problem in problems:
            self.result.notes.append(f"{sight.path}: {problem}")
            if sight.artist is not None:
                Artist.objects.filter(pk=sight.artist.pk).update(scan_note=problem[:500], folder_stamp="")

    def _save(self, each: Visit, batch: Sequence[tuple[Sight, Inspected]]) -> None:
        for start in range(0, len(batch), AT_ONCE):
            some = batch[start : start + AT_ONCE]
            new = {folder.path: folder for sight, folder in some if sight.artist is None}
            changed = [
                Changed(sight.artist.pk, folder, sight.moved or not sight.artist.is_member, sight.artist.path)
                for sight, folder in some
                if sight.artist is not None
            ]
            changed += [
                Changed(pk, new.pop(folder.path), True, path)
                for folder, (pk, path) in homeless(list(new.values()), self.roots)
            ]
            self._save_some(each, list(new.values()), changed)
            self._advance(each, len(some))

    def _save_some(self, each: Visit, new: Sequence[Inspected], changed: Sequence[Changed]) -> None:
        updated = update_artists(each.library, self.conditions, changed, group=self.group) if changed else []
        self._move_in(one.artist_id for one in changed if not one.path)
        created = create_artists(each.library, self.conditions, new) if new else []
        self.result.new_artists += len(created)
        self.result.updated_artists += len(updated)
        _tell(created)
        if created or updated:
            publish("artists.scanned", {"artist_ids": [*(one.pk for one in created), *updated]})

    def _move_in(self, artist_ids: Iterable[int]) -> None:
        """Pictures that lay in our data folder for want of another."""
        self.result.notes += move_in_all(artist_ids)

    def _part(self, each: Visit) -> str:
        """From those that moved to another library, and from those whose folders are gone. Returns what to ask."""
        for_good = Membership.objects.filter(library=each.library, source=FILESYSTEM)
        for_good.filter(artist_id__in=each.left).delete()
        leave = take_leave(each.library, each.vanished)
        self.result.missing_artists += len(leave.flagged)
        self.result.removed_artists += len(leave.removed)
        if leave.flagged:
            publish("artists.scanned", {"artist_ids": leave.flagged})
        asks = question_about(len(leave.kept))
        self.result.notes += [f"{each.library.name}: {asks}"] if asks else []
        return asks

    def _advance(self, each: Visit, folders: int) -> None:
        self.done += folders
        self.progress(self.done, self.total, f"{each.library.name}: {self.done} of {self.total} folders")


def _tell(created: Sequence[Newcomer]) -> None:
    if len(created) > MOST_EVENTS:
        publish("artist.new", {"count": len(created), "message": f"{len(created)} new artists"})
    else:
        publish_each("artist.new", [{"artist_id": str(one.pk), "artist_name": one.name} for one in created])
