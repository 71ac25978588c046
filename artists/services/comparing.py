"""What every provider says of one field, side by side, and taking one of the values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from artists.models import Artist
from artists.providers.answers import MemberRecord
from artists.providers.identity import readable_members
from artists.providers.merge import MEMBERS, value_of, years_from_dates
from artists.providers.outcomes import Kind, Outcome
from artists.providers.registry import BY_NAME
from artists.services.asking import Panel, ask
from artists.services.change import Change
from artists.services.editing import clean_member
from artists.services.gates import require_write
from artists.services.operations import operation
from artists.services.providers.settings import spec_of
from artists.services.sources import offering, whom
from artists.services.values import as_text, clean, known_field
from artists.services.writeback import follow_nfo
from stillwater.models import User


@dataclass(frozen=True, slots=True)
class Offer:
    """One provider's value: text in `value`, a list in `values` (and `value` with commas), members in `members`.

    `error`: why there is none, in our words; `wants_key`: for want of a good key; `synthesized`: nobody stated it, it
    follows from dates; `is_same`: it is what is stored.
    """

    provider: str
    label: str
    value: str = ""
    values: tuple[str, ...] = ()
    members: tuple[MemberRecord, ...] = ()
    error: str = ""
    wants_key: bool = False
    synthesized: bool = False
    is_same: bool = False

    @property
    def has_data(self) -> bool:
        return bool(self.value or self.members)


def offers(
    artist: Artist, key: str, *, panel: Panel | None = None, names: Sequence[str] = (), actor: User | None = None
) -> list[Offer]:
    """Ask everybody who can say something of the field (`panel` and `names`: these instead), and store nothing.

    Raises Invalid for a field that nobody knows.
    """
    if key != MEMBERS:
        known_field(key)
    if panel is None:
        panel, names = offering(artist, key, actor)
    outcomes = ask(whom(artist), panel, names)
    return [_offer(artist, key, outcomes[name], panel) for name in names]


def use_value(artist: Artist, key: str, value: object, provider: str, *, actor: User | None = None) -> Change:
    """Give a field what a provider offers; lists come as lists. A person chose it, so it is a person's edit whose value
    is the provider's. Raises Invalid, Locked for a locked field, WriteBlocked."""
    field, spec = known_field(key), spec_of(provider)
    if artist.path:
        require_write("nfo", artist)
    with operation(artist, summary=f"{field.label} from {spec.label}", actor=actor) as change:
        change.set(key, clean(key, value), origin=f"provider:{provider}", checked=True)
        follow_nfo(change)
    return change


def use_members(
    artist: Artist, members: Sequence[Mapping[str, Any]], provider: str = "", *, actor: User | None = None
) -> Change:
    """Replace the members by those that a provider offers. Raises Invalid, Locked."""
    rows = [
        clean_member({**each, "member_name": each.get("name"), "member_mbid": each.get("mbid")}) for each in members
    ]
    label = spec_of(provider).label if provider else "a provider"
    with operation(artist, summary=f"Members from {label}", actor=actor) as change:
        change.set(MEMBERS, rows, origin=f"provider:{provider}" if provider else "")
    return change


def _offer(artist: Artist, key: str, outcome: Outcome, panel: Panel) -> Offer:
    label = BY_NAME[outcome.provider].spec.label if outcome.provider in BY_NAME else outcome.provider
    record = outcome.record
    if record is None:
        wants_key = outcome.kind is Kind.AUTH or outcome.provider in panel.unavailable
        return Offer(outcome.provider, label, error=outcome.reason, wants_key=wants_key)
    if key == MEMBERS:
        return Offer(
            outcome.provider, label, members=readable_members(record.members, panel.languages, romanise=panel.romanise)
        )
    value = value_of(record, key, panel.languages)
    synthesized = key == "years_active" and not value
    text = years_from_dates(record) if synthesized else value
    values = tuple(str(each) for each in text) if isinstance(text, tuple) else ()
    shown = text if isinstance(text, str) else ", ".join(values)
    is_same = bool(shown) and shown == as_text(getattr(artist, key))
    made = synthesized and bool(shown)
    return Offer(outcome.provider, label, shown, values, synthesized=made, is_same=is_same)
