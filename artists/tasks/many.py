"""One verb for a whole selection, in the background."""

from typing import Any
from uuid import UUID

from artists.queries.selection import Selection
from artists.services.many import ManyResult, ManyVerb, apply_to_many, known_verb
from stillwater import jobs
from stillwater.events import publish
from stillwater.models import Job, User
from stillwater.progress import Progress

CHANGE_MANY = "change_many"


@jobs.job(CHANGE_MANY, "Changing artists", attempts=jobs.LONG_WORK)
def change_many(params: dict[str, Any], progress: Progress) -> dict[str, Any]:
    """Params: `verb`; `selection` (a token) or `ids`; `group` of the operations; `asked_by`."""
    verb = known_verb(params["verb"])
    actor = User.objects.filter(pk=params["asked_by"]).first()
    result = apply_to_many(verb, _keys(params), actor=actor, group=UUID(params["group"]), progress=progress)
    publish(
        "bulk.completed",
        {
            "type": verb.key,
            "status": "completed",
            "verb": verb.key,
            "changed": result.changed,
            "group": params["group"],
        },
    )
    return {"message": told(verb, result), "group": params["group"], "refused": result.refused[:100]}


def start_change_many(
    verb: ManyVerb, group: UUID, asked_by: User, *, selection: str = "", ids: list[int] | None = None
) -> tuple[Job, bool]:
    """One at a time. Returns the job and whether it is new."""
    params = {"verb": verb.key, "group": str(group), "asked_by": asked_by.pk, "selection": selection, "ids": ids or []}
    return jobs.start(CHANGE_MANY, params, asked_by=asked_by)


def told(verb: ManyVerb, result: ManyResult) -> str:
    """38 locked, 4 were already, 1 refused."""
    parts = [f"{result.changed} {verb.done}"]
    parts += [f"{result.idle} needed nothing"] if result.idle else []
    parts += [f"{len(result.refused)} refused"] if result.refused else []
    return ", ".join(parts)


def _keys(params: dict[str, Any]) -> list[int]:
    if not params["selection"]:
        return [int(key) for key in params["ids"]]
    return list(Selection.from_token(params["selection"]).artists().values_list("pk", flat=True))
