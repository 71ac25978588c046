"""Answers of invented providers, for the tests of what is made of them."""

from typing import Any

from artists.providers.answers import ArtistRecord
from artists.providers.outcomes import Kind, Outcome, answered, skipped

MBID = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901"
OTHER_MBID = "0b1c2d3e-0000-4000-8000-000000000002"
LONG = "They began in a harbour town and have been playing at night, slowly, ever since."


def record(provider: str, **values: Any) -> ArtistRecord:
    values = {"provider_id": "1", "name": "Quillfen Harbor", **values}
    return ArtistRecord(provider=provider, **values)


def outcomes(*given: ArtistRecord | Outcome) -> dict[str, Outcome]:
    made = [each if isinstance(each, Outcome) else answered(each) for each in given]
    return {each.provider: each for each in made}


def down(provider: str) -> Outcome:
    return Outcome(provider, Kind.NOT_ANSWERING, reason="did not answer")


def nothing(provider: str) -> Outcome:
    return Outcome(provider, Kind.NOTHING, reason="has no such artist")


def not_asked(provider: str) -> Outcome:
    return skipped(provider, "there is no key")
