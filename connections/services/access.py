"""Opens a stored connection: its key from the vault, its user, and the client of its kind."""

from connections.clients.base import Server, ServerSpec
from connections.clients.errors import KeyRefused
from connections.clients.registry import client_for, spec_of
from connections.clients.session import ServerAccess
from connections.models import Connection
from stillwater.errors import Conflict
from stillwater.vault import VaultError, open_sealed


def spec(connection: Connection) -> ServerSpec:
    return spec_of(connection.type)


def client_of(connection: Connection, *, insist: bool = False) -> Server:
    """`insist`: ask also a server that has not been answering. Raises KeyRefused where its key cannot be opened."""
    access = ServerAccess(connection.url, key_of(connection), connection.platform_user_id, insist)
    return client_for(connection.type, access)


def key_of(connection: Connection) -> str:
    if not connection.sealed_key:
        return ""
    try:
        return open_sealed(connection.sealed_key)
    except VaultError as error:
        raise KeyRefused(f"the stored key of {connection.name} cannot be opened; type it again") from error


def require_ready(connection: Connection) -> None:
    """Raises Conflict for a server that is switched off or whose last test failed."""
    if not connection.enabled:
        raise Conflict(f"{connection.name} is switched off")
    if connection.status != "ok":
        raise Conflict(f"{connection.name} has not passed a test; test it first")
