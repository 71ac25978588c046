"""Schemas that every floor's operations share."""

from ninja import Schema


class StatusOut(Schema):
    """That it was done, in the contract's one word."""

    status: str
