"""All kinds of server by name. A new one is one file and one line."""

from connections.clients.base import Server, ServerSpec
from connections.clients.emby import Emby
from connections.clients.jellyfin import Jellyfin
from connections.clients.lidarr import Lidarr
from connections.clients.session import ServerAccess
from stillwater.errors import Invalid
from stillwater.outbound import Outbound

_ALL: tuple[type[Emby] | type[Jellyfin] | type[Lidarr], ...] = (Emby, Jellyfin, Lidarr)

KINDS = {kind.spec.name: kind for kind in _ALL}


def spec_of(kind: str) -> ServerSpec:
    """Raises Invalid for a kind that does not exist."""
    if kind not in KINDS:
        raise Invalid(f"type must be one of {', '.join(KINDS)}", "type")
    return KINDS[kind].spec


def client_for(kind: str, access: ServerAccess, outbound: Outbound | None = None) -> Server:
    spec_of(kind)
    return KINDS[kind](access, outbound)
