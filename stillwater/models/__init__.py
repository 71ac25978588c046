"""The rows of floor 1."""

from stillwater.models.accounts import ApiToken, LoginAttempt, Role, User
from stillwater.models.events import Event
from stillwater.models.jobs import ACTIVE_STATES, Job, JobState
from stillwater.models.options import Option, Preference

__all__ = [
    "ACTIVE_STATES",
    "ApiToken",
    "Event",
    "Job",
    "JobState",
    "LoginAttempt",
    "Option",
    "Preference",
    "Role",
    "User",
]
