"""What an answer of a provider means, by its status and by what its spec reads in it (providers.md 2.12)."""

from typing import Any

from artists.providers.base import Fault, ProviderSpec
from stillwater.outbound import Answer, OutboundError, Verdict

_UNREADABLE = object()


class Reading:
    """Judges the answers to one question, and keeps what the last one said: `data` as JSON, or the `fault` in it."""

    def __init__(self, spec: ProviderSpec, *, wants_json: bool = False) -> None:
        self.spec = spec
        self.wants_json = wants_json
        self.data: Any = None
        self.fault: Fault | None = None

    def __call__(self, answer: Answer) -> Verdict | None:
        """For the client: whether to ask again later, and whether the provider is well."""
        data = _json_of(answer)
        readable = data is not _UNREADABLE
        self.data = data if readable else None
        judged = self.spec.judge(answer.status, self.data) if self.spec.judge else None
        if judged is None and answer.status < 400 and self.wants_json and not readable:
            judged = Fault.BROKEN
        self.fault = judged or fault_of_status(self.spec, answer.status)
        if judged is Fault.QUOTA:
            return "throttled"
        return "broken" if judged is Fault.BROKEN else None


def fault_of_status(spec: ProviderSpec, status: int) -> Fault | None:
    """Who needs no key and says 401 or 403 bars us for another reason, which no key would mend."""
    if status < 400:
        return None
    if status == 404:
        return Fault.NOTHING
    return Fault.AUTH if status in (401, 403) and spec.key != "none" else Fault.BROKEN


def _json_of(answer: Answer) -> Any:
    try:
        return answer.json()
    except OutboundError:
        return _UNREADABLE
