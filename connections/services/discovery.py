"""The music libraries of a server, and taking some of them over as libraries of ours, still without artists."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from artists.models import Library
from connections.clients.base import ServerLibrary
from connections.models import Connection
from connections.services.access import client_of, require_ready
from stillwater.errors import Conflict, Invalid
from stillwater.events import publish

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Found:
    """A library of a server; `library` is ours that came from it, if any."""

    there: ServerLibrary
    library: Library | None


def discover(connection: Connection) -> list[Found]:
    """Raises Conflict for a server that is not ready or may not be imported from, ClientError where it fails."""
    require_import(connection)
    return _found(connection)


def import_libraries(connection: Connection, chosen: Sequence[tuple[str, str]]) -> list[Library]:
    """Make libraries of those with these identifiers, under these names; one that is ours already stays as it is.

    Raises Invalid for one that the server does not have: nothing is made then. Conflict, ClientError as `discover`.
    """
    require_import(connection)
    if not chosen:
        raise Invalid("choose at least one library", "libraries")
    known = {found.there.external_id: found for found in _found(connection)}
    for external_id, _name in chosen:
        if external_id not in known:
            raise Invalid(f"the server has no library {external_id[:60]}", "libraries")
    return [_imported(connection, known[external_id], name) for external_id, name in chosen]


def require_import(connection: Connection) -> None:
    require_ready(connection)
    if not connection.feature_library_import:
        raise Conflict(f"importing libraries is switched off for {connection.name}")


def _found(connection: Connection) -> list[Found]:
    ours = {library.external_id: library for library in Library.objects.filter(connection_id=connection.pk)}
    return [Found(there, ours.get(there.external_id)) for there in client_of(connection).libraries()]


def _imported(connection: Connection, found: Found, name: str) -> Library:
    if found.library is not None:
        return found.library
    wanted = " ".join((name or found.there.name).split())[:LONGEST_NAME]
    origin = f" ({connection.name})"
    names = [wanted, *(f"{wanted[: LONGEST_NAME - len(origin) - 4]}{origin}{more}" for more in ("", *_NUMBERS))]
    for each in names:
        library = Library(
            name=each, source=connection.type, connection_id=connection.pk, external_id=found.there.external_id
        )
        try:
            with transaction.atomic():
                library.save()
        except IntegrityError:
            continue
        publish("library.changed", {"library_id": library.pk})
        return library
    raise Conflict("every name for this library is taken")


_NUMBERS = tuple(f" {number}" for number in range(2, 10))
