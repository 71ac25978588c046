"""What is read of connections."""

from connections.models import Connection
from stillwater.errors import NotFound


def connection_by_id(connection_id: str | int) -> Connection:
    """Raises NotFound, also for what is no number."""
    text = str(connection_id)
    is_key = text.isascii() and text.isdigit() and len(text) <= 18
    found = Connection.objects.filter(pk=int(text)).first() if is_key else None
    if found is None:
        raise NotFound("connection not found")
    return found
