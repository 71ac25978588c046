"""Every row that a run of fixes can change, as plain values: what undoing the run has to bring back, and what not.

A model of ours is in one of the two tables below; a test fails for one that is in neither. Also read by the processes
of killed_fixes.py and fix_house.py, so nothing of pytest is imported here.
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from django.apps import apps
from django.db.models import Field, ForeignKey, Model

APPS = ("artists", "connections", "rules", "stillwater")

RESTORED: Mapping[str, tuple[str, ...]] = {
    "artists.Alias": (),
    "artists.AlbumTags": (),
    "artists.AllowedFile": (),
    "artists.Artist": ("dirty_since", "folder_stamp", "other_pictures", "nfo_mtime_ns", "nfo_written_hash"),
    "artists.ArtistImage": (),
    "artists.BandMember": (),
    "artists.ForeignFile": (),
    "artists.Library": (),
    "artists.Membership": (),
    "artists.PlatformProfile": (),
    "artists.ScraperConfig": (),
    "artists.SharedPictures": (),
    "connections.ArtistLink": (),
    "connections.Connection": (),
    "connections.KeptSettings": (),
    "connections.PathMapping": (),
    "connections.Webhook": (),
    "rules.RuleSetting": (),
    "rules.Violation": ("story",),
    "stillwater.Option": (),
    "stillwater.Preference": (),
    "stillwater.User": (),
}
"""Model to the columns that need not come back, beside moments (`_at`).

Artist: `dirty_since` is a moment; `folder_stamp` is blanked so that the next scan looks at the folder with its own
eyes; `other_pictures` is a memory of the last look; an artist.nfo that was put back was written by us, just now, so
that servers see it. Violation: the story of what was tried goes on with the undo; what was closed by then is history.
"""

NOT_RESTORED: Mapping[str, str] = {
    "artists.AlikePicture": "found anew by the next look for pictures that look alike",
    "artists.BulkItem": "tells of a bulk run; history",
    "artists.BulkJob": "tells of a bulk run; history",
    "artists.FieldTrace": "what providers said stays true; it is shown beside a value, and is none",
    "artists.FileSnapshot": "history",
    "artists.Identification": "what an identification found; fixes leave none",
    "artists.IgnoredDuplicates": "a person's answer",
    "artists.MbidCheck": "what MusicBrainz answered about an identifier, which it names; the rule compares the two",
    "artists.Merge": "history",
    "artists.MetadataChange": "history",
    "artists.MusicBrainzSnapshot": "what MusicBrainz says, whatever is stored here",
    "artists.Operation": "history",
    "artists.ProviderRecord": "whom providers know under which identifier and when they were asked: memory of answers",
    "artists.WizardSession": "a person's walk",
    "artists.WizardStep": "a person's walk",
    "connections.Caller": "who called a webhook",
    "connections.Delivery": "what was sent cannot be unsent",
    "connections.Ledger": "what servers were seen to do",
    "connections.Look": "when servers were looked at",
    "connections.Notice": "what servers told",
    "connections.PicturePush": "which pictures are to be sent, or were; what was sent cannot be unsent",
    "connections.SeenLibrary": "what servers showed",
    "connections.SeenPicture": "what servers showed",
    "rules.HealthSnapshot": "history of the health",
    "stillwater.ApiToken": "who may come in",
    "stillwater.Event": "what happened",
    "stillwater.Job": "what was worked",
    "stillwater.LoginAttempt": "who came in",
}
"""Model to the reason why undoing a run leaves its rows."""


def models() -> Iterator[type[Model]]:
    """Every table of ours."""
    for label in APPS:
        yield from (model for model in apps.get_app_config(label).get_models() if not model._meta.proxy)


def restored_rows() -> dict[str, list[str]]:
    """Table to its rows, each as JSON, in an order that says nothing; without keys of their own and moments."""
    return {model._meta.label: sorted(_rows(model)) for model in models() if model._meta.label in RESTORED}


def _rows(model: type[Model]) -> Iterator[str]:
    left_out = RESTORED[model._meta.label]
    columns = {
        name: path
        for field in model._meta.concrete_fields
        if (name := field.name) not in left_out and not name.endswith("_at") and (path := _told_by(field))
    }
    rows = model._default_manager.order_by()
    if model._meta.label == "rules.Violation":
        rows = rows.exclude(status="resolved")
    for row in rows.values_list(*columns.values()):
        yield json.dumps(dict(zip(columns, row, strict=True)), default=str, sort_keys=True)


def _told_by(field: "Field[Any, Any]") -> str:
    """An artist is told by its name, since two houses number theirs differently; blank: a number that says nothing."""
    if isinstance(field, ForeignKey):
        return f"{field.name}__name" if field.related_model._meta.label == "artists.Artist" else field.name
    return "" if field.primary_key and field.get_internal_type() == "BigAutoField" else field.name


def differences(one: Mapping[str, list[str]], other: Mapping[str, list[str]]) -> list[str]:
    """A line for each column of a row that is in one of them alone."""
    found = []
    for table in sorted({*one, *other}):
        gone = sorted(set(one.get(table, ())) - set(other.get(table, ())))
        new = sorted(set(other.get(table, ())) - set(one.get(table, ())))
        if len(gone) != len(new):
            found += [f"{table}: {len(gone)} rows became {len(new)}: {gone[:3]} {new[:3]}"]
            continue
        for first, second in zip(map(json.loads, gone), map(json.loads, new), strict=True):
            found += [
                f"{table}.{name}: {str(first[name])[:200]} became {str(second[name])[:200]}"
                for name in first
                if first[name] != second[name]
            ]
    return found
