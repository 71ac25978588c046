"""How a provider fails, drawn so that nothing is ever cleared by mistake.

    ProviderError
    ├── NothingFound   the provider answered: it has no such artist, or nothing of what was asked
    ├── AuthRequired   no key, or the key is refused: nobody will get an answer until a person acts
    └── NotAnswering   it did not answer, or with what nobody can read: nothing is known, ask again later
        └── Unreadable     it did answer, and called it success

Only NothingFound is an answer; the other two leave every stored value as it is (providers.md 2.12, our column).
"""

from stillwater.errors import Upstream


class ProviderError(Upstream):
    """`provider` is its name in the registry. The message never holds what the provider wrote: that may hold a key."""

    def __init__(self, provider: str, message: str) -> None:
        super().__init__(message)
        self.provider = provider


class NothingFound(ProviderError):
    def __init__(self, provider: str, message: str = "nothing found") -> None:
        super().__init__(provider, message)


class AuthRequired(ProviderError):
    def __init__(self, provider: str, message: str = "the key is missing or refused") -> None:
        super().__init__(provider, message)


class NotAnswering(ProviderError):
    """`retry_after` in seconds where somebody named a time, else 0."""

    def __init__(self, provider: str, message: str, *, retry_after: float = 0) -> None:
        super().__init__(provider, message)
        self.retry_after = retry_after


class Unreadable(NotAnswering):
    """The address leads to something else, such as a login page: where it is a mirror's, the provider may be asked."""
