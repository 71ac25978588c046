"""Folders of a server as we see them: mappings that a person typed, and those that known artists give away."""

import os
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from artists.folders.storable import on_disk, storable
from artists.models import Library
from connections.folders import parts
from connections.models import Connection, PathMapping
from stillwater.errors import Invalid
from stillwater.events import publish

ENOUGH = 2
"""Artists that have to agree before a mapping is believed."""
MAJORITY = 0.6


@dataclass(frozen=True, slots=True)
class Places:
    """The mappings of a server, longest first, and the roots of our libraries."""

    mappings: tuple[tuple[tuple[str, ...], str], ...]
    roots: frozenset[str]

    @classmethod
    def of(cls, connection: Connection) -> "Places":
        rows = connection.path_mappings.values_list("server_path", "local_path")
        mappings = sorted(((parts(server), local) for server, local in rows), key=lambda row: -len(row[0]))
        paths = Library.objects.exclude(path="").values_list("path", flat=True)
        return cls(tuple(mappings), frozenset(os.path.realpath(on_disk(path)) for path in paths))

    def local(self, server_path: str) -> str:
        """A folder of the server as we see it, in storable spelling; '' where no mapping reaches it."""
        whole = parts(server_path)
        if not whole or ".." in whole:
            return ""
        for start, local in self.mappings:
            if whole[: len(start)] == start:
                return "/".join((local.rstrip("/"), *map(storable, whole[len(start) :])))
        return ""

    def artist_folder(self, local: str) -> str:
        """The same if there is such a folder right in a library of ours; '' otherwise (files-and-platforms 5)."""
        folder = on_disk(local)
        if not local or not os.path.isdir(folder):
            return ""
        return local if os.path.dirname(os.path.realpath(folder)) in self.roots else ""


def server_path(connection: Connection, local: str) -> str:
    """A folder of ours as the server sees it; '' where no mapping reaches it."""
    rows = connection.path_mappings.values_list("server_path", "local_path")
    for server, ours in sorted(rows, key=lambda row: -len(row[1])):
        root = ours.rstrip("/")
        if local.startswith(f"{root}/"):
            mark = "\\" if "\\" in server and not server.startswith("/") else "/"
            return server.rstrip("/\\") + local[len(root) :].replace("/", mark)
    return ""


def add_mapping(connection: Connection, server_path: str, local_path: str) -> PathMapping:
    """Say by hand where a folder of the server is. Raises Invalid for what is no folder."""
    server, local = server_path.strip().rstrip("/\\"), local_path.strip().rstrip("/")
    if not parts(server):
        raise Invalid("the server's folder is required", "server_path")
    if not os.path.isabs(local) or not os.path.isdir(on_disk(storable(local))):
        raise Invalid("there is no such folder here", "local_path")
    mapping, _ = PathMapping.objects.update_or_create(
        connection=connection, server_path=server, defaults={"local_path": storable(local), "inferred": False}
    )
    _tell(connection)
    return mapping


def remove_mapping(connection: Connection, mapping_id: int) -> None:
    """One that known artists give away comes back with the next import."""
    connection.path_mappings.filter(pk=mapping_id).delete()
    _tell(connection)


def keep_inferred(connection: Connection, pairs: Iterable[tuple[str, str]]) -> int:
    """Store what artists that are known for sure give away; a mapping that a person typed stays. Returns how many."""
    typed = {
        parts(row) for row in connection.path_mappings.filter(inferred=False).values_list("server_path", flat=True)
    }
    found = {server: local for server, local in infer(pairs).items() if parts(server) not in typed}
    for server, local in found.items():
        PathMapping.objects.update_or_create(
            connection=connection, server_path=server, defaults={"local_path": local, "inferred": True}
        )
    if found:
        _tell(connection)
    return len(found)


def _tell(connection: Connection) -> None:
    publish("connection.changed", {"connection_id": str(connection.pk), "status": connection.status})


def infer(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Server folder to ours, from artist folders that are called alike on both sides. Pure."""
    votes: dict[str, Counter[str]] = {}
    for server, local in pairs:
        server_parts, (root, _, folder) = parts(server), local.rpartition("/")
        if root and len(server_parts) > 1 and server_parts[-1] == folder:
            votes.setdefault(_parent(server), Counter())[root] += 1
    best = {server: counted.most_common(1)[0] for server, counted in votes.items()}
    return {
        server: local
        for server, (local, count) in best.items()
        if count >= ENOUGH and count >= votes[server].total() * MAJORITY
    }


def _parent(path: str) -> str:
    trimmed = path.rstrip("/\\")
    return trimmed[: max(trimmed.rfind("/"), trimmed.rfind("\\"))]
