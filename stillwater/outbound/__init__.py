"""The one door through which HTTP leaves: vetted addresses, bounded time and size, shared rates, no secrets in logs."""

from stillwater.outbound.answer import Answer, Kind, OutboundError, Verdict
from stillwater.outbound.buckets import BucketStore, FileBuckets
from stillwater.outbound.circuits import CircuitStore, FileCircuits
from stillwater.outbound.client import Outbound, request
from stillwater.outbound.manners import shared_buckets, shared_circuits
from stillwater.outbound.policy import Budget, Policy, Rate, Surroundings
from stillwater.outbound.redaction import RedactingFilter, redact, remember_secret

__all__ = [
    "Answer",
    "BucketStore",
    "Budget",
    "CircuitStore",
    "FileBuckets",
    "FileCircuits",
    "Kind",
    "Outbound",
    "OutboundError",
    "Policy",
    "Rate",
    "RedactingFilter",
    "Surroundings",
    "Verdict",
    "redact",
    "remember_secret",
    "request",
    "shared_buckets",
    "shared_circuits",
]
