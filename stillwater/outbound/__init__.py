"""The one door through which HTTP leaves: vetted addresses, bounded time and size, shared rates, no secrets in logs."""

from stillwater.outbound.answer import Answer, Kind, OutboundError
from stillwater.outbound.buckets import BucketStore, FileBuckets
from stillwater.outbound.client import Outbound, request
from stillwater.outbound.policy import Policy, Rate, Surroundings
from stillwater.outbound.redaction import RedactingFilter, redact, remember_secret

__all__ = [
    "Answer",
    "BucketStore",
    "FileBuckets",
    "Kind",
    "Outbound",
    "OutboundError",
    "Policy",
    "Rate",
    "RedactingFilter",
    "Surroundings",
    "redact",
    "remember_secret",
    "request",
]
