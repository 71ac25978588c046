"""What belongs to an artist on any floor and follows it when it becomes part of another: higher floors join here."""

from typing import Any

from django.db.models import Model

_adopted: dict[type[Model], str] = {}


def join_adopted(model: type[Model], column: str) -> None:
    """Rows of `model`, one per `artist` and `column`: the survivor's own wins. Called at start-up."""
    _adopted[model] = column


def adopted_models() -> list[type[Model]]:
    return list(_adopted)


def adopt(survivor_id: int, loser_id: int) -> None:
    """Give the survivor what it has none of; the rest stays with the loser, and goes with it."""
    for model, column in _adopted.items():
        rows = model._default_manager
        own = rows.filter(artist_id=survivor_id).values(column)
        found: Any = rows.filter(artist_id=loser_id).exclude(**{f"{column}__in": own})
        found.update(artist_id=survivor_id)
