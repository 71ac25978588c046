"""Where the web server will listen: looked at before anything starts."""

import socket

from stillwater.errors import Invalid, reason_of


def free_address(host: str, port: int) -> str:
    """The address of the host, which nobody listens at. Raises Invalid with what to do."""
    if not 0 < port < 65536:
        raise Invalid(f"port {port} is not between 1 and 65535")
    try:
        family, kind, *_, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
    except OSError as error:
        raise Invalid(f"no address is known for the host {host}") from error
    with socket.socket(family, kind) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(where)
            trial.listen()
        except OSError as error:
            refused = f"cannot listen at {host} port {port}: {reason_of(error)}"
            raise Invalid(f"{refused}; choose another with --port") from error
    return str(where[0])


def in_address(host: str) -> str:
    """The host as a web address has it: an address of IPv6 stands in brackets."""
    return f"[{host}]" if ":" in host else host
