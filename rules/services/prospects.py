"""What would become of many findings if they were fixed now, and which of them automation should try: sets, no loop."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from itertools import chain

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from artists.models import Artist, Operation
from rules.catalogue import BY_ID
from rules.fixes.base import Case
from rules.fixes.hurdles import Ground, Hindrance, hurdle
from rules.fixes.registry import FIXES
from rules.models import ACTIVE, RuleSetting, Status, Violation
from rules.services.cases import fix_of
from rules.services.rules import active_rules
from rules.verdicts import ActiveRule

TRY_AGAIN_AFTER = timedelta(days=7)
"""How long automation leaves a finding alone that it could not fix, as long as its artist stays as it is."""
AT_ONCE = 500
_COLUMNS = ("artist_id", "pk", "rule_id", "status")
_NEEDED = (
    "name", "sort_name", "path", "locked", "is_excluded", "locked_fields",
    "musicbrainz_id", "discogs_id", "deezer_id", "spotify_id",
)  # fmt: skip
"""The columns of an artist that a hurdle looks at."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One active finding. `code`: what holds its fix back, as in cases.Plan; blank: it is tried."""

    key: int
    rule: str
    artist: int
    code: Hindrance | str = ""

    @property
    def is_tried(self) -> bool:
        return not self.code

    @property
    def asks(self) -> bool:
        """Its fix asks providers."""
        way = fix_of(self.rule)
        return way is not None and way.asks


def prospects(*parts: QuerySet[Violation]) -> Iterator[Prospect]:
    """Of those that are active. Nobody is asked and no folder is looked at; a few queries for each 500 artists.

    `parts`: what is named by more keys than one question takes comes in several.
    """
    rules = {one.id: one for one in active_rules()}
    found: dict[int, list[tuple[int, str, str]]] = {}
    columns = (rows.order_by().filter(status__in=ACTIVE).values_list(*_COLUMNS) for rows in parts)
    for of_artist, key, rule, status in chain.from_iterable(columns):
        found.setdefault(of_artist, []).append((key, rule, status))
    keys = list(found)
    for start in range(0, len(keys), AT_ONCE):
        artists = Artist.objects.only(*_NEEDED).in_bulk(keys[start : start + AT_ONCE])
        ground = Ground.of(list(artists.values()))
        for artist in artists.values():
            for key, rule, status in found[artist.pk]:
                yield Prospect(key, rule, artist.pk, _code(rule, status, rules, artist, ground))


def _code(rule: str, status: str, rules: Mapping[str, ActiveRule], artist: Artist, ground: Ground) -> str:
    way = fix_of(rule)
    if way is None or rule not in rules:
        return "no_fix"
    held = hurdle(way, Case(artist, rules[rule]), ground)
    if held is None:
        return "choice" if status == Status.PENDING_CHOICE else ""
    return held.code


def automatic_findings(rules: Sequence[str] | None = None) -> list[int]:
    """Keys of what automation should try now: what a fix could mend as things are, and was not tried in vain before.

    Who has no MusicBrainz ID, without which providers cannot be asked, is left out unless this very run looks for it.
    """
    seen = list(prospects(_untried(rules)))
    identified = {one.artist for one in seen if one.is_tried and BY_ID[one.rule].fix == "identity"}
    tried = [one for one in seen if one.is_tried or (one.code == "no_id" and one.artist in identified)]
    reverted = _reverted({one.artist for one in tried})
    return [one.key for one in tried if (one.artist, f"rule:{one.rule}") not in reverted]


def _untried(rules: Sequence[str] | None) -> QuerySet[Violation]:
    """Open ones of rules in mode auto, and of those for pictures, which are offered in the other mode."""
    pictures = [rule.id for rule in BY_ID.values() if rule.fix == "picture"]
    wanted = RuleSetting.objects.filter(Q(automation_mode="auto") | Q(pk__in=pictures), enabled=True)
    if rules is not None:
        wanted = wanted.filter(pk__in=rules)
    worth = (
        Q(tried_at=None) | Q(tried_at__lt=timezone.now() - TRY_AGAIN_AFTER) | Q(artist__dirty_since__gt=F("tried_at"))
    )
    chosen = [key for key in wanted.values_list("pk", flat=True) if BY_ID[key].fix in FIXES]
    return Violation.objects.filter(worth, status=Status.OPEN, rule__in=chosen)


def _reverted(artists: set[int]) -> set[tuple[int | None, str]]:
    """Artists and sources whose newest operation a person took back: automation does not do it again."""
    newer = Operation.objects.filter(artist=OuterRef("artist"), source=OuterRef("source"), pk__gt=OuterRef("pk"))
    taken_back = Operation.objects.order_by().filter(source__startswith="rule:").exclude(undone_at=None)
    rows = taken_back.filter(~Exists(newer)).values_list("artist_id", "source")
    return {(artist, source) for artist, source in rows if artist in artists}
