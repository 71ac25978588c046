"""How another server fails, drawn so that nothing is ever cleared or written twice by mistake.

    ClientError
    ├── KeyRefused     it answered: this key may not do that
    ├── NoSuchItem     it answered: it has no such item
    ├── Refused        it answered: it does not take what we sent
    ├── WrongServer    something answers there, but it is not that program, or not at this address
    └── NotReachable   it did not answer, or not as itself: nothing is known

Only the first three are answers of the server itself. `unclear`: a write left us and no answer came back, so it may
have been carried out; nobody sends it again without looking first.
"""

from stillwater.errors import Upstream


class ClientError(Upstream):
    """The message names no secret and never holds what the server wrote."""

    unclear = False


class KeyRefused(ClientError):
    pass


class NoSuchItem(ClientError):
    pass


class Refused(ClientError):
    pass


class WrongServer(ClientError):
    pass


class NotReachable(ClientError):
    def __init__(self, message: str, *, unclear: bool = False) -> None:
        super().__init__(message)
        self.unclear = unclear
