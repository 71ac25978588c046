"""Tries a provider out: one cheap question, an answer within fifteen seconds, and what it says about the key."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace

from artists.providers.errors import AuthRequired, NotAnswering, NothingFound, ProviderError
from artists.providers.session import Access, Session, policy_of
from artists.services.providers.access import access_of, class_of
from artists.services.providers.settings import metadata_specs, option_keys, provider_settings, spec_of
from stillwater.errors import StillwaterError
from stillwater.outbound import Outbound
from stillwater.services.options import change_options

SECONDS = 15
UNVERIFIED = "Unable to verify provider credentials"
"""The contract's words; what the provider wrote is never passed on."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What came of asking one provider. `reason` is our own sentence; `refused`: it is the key that is wrong."""

    provider: str
    ok: bool
    reason: str = ""
    refused: bool = False
    persisted: bool = False


def try_access(accesses: Mapping[str, Access]) -> list[Trial]:
    """Ask each provider with exactly this access, all at once. Stores nothing, and never raises."""
    pool = ThreadPoolExecutor(max_workers=max(1, len(accesses)), thread_name_prefix="provider-test")
    asked = {name: pool.submit(_ask, name, access) for name, access in accesses.items()}
    wait(asked.values(), timeout=SECONDS)
    pool.shutdown(wait=False, cancel_futures=True)
    return [_outcome(name, future) for name, future in asked.items()]


def try_provider(name: str) -> Trial:
    """Ask with what is stored, and remember whether its key is good. Raises Invalid for an unknown provider."""
    spec_of(name)
    return try_providers([name])[0]


def try_providers(names: list[str] | None = None) -> list[Trial]:
    """The same for several, by default for all that can be asked."""
    known = provider_settings()
    wanted = [spec.name for spec in metadata_specs() if known.is_available(spec.name)] if names is None else names
    accesses, trials = dict[str, Access](), dict[str, Trial]()
    for name in wanted:
        try:
            accesses[name] = access_of(name, known=known)
        except AuthRequired as error:
            trials[name] = Trial(name, ok=False, reason=error.message)
    trials |= {trial.provider: trial for trial in try_access(accesses)}
    return [_remembered(trials[name], with_key=known.has_key(name)) for name in wanted]


def _ask(name: str, access: Access) -> None:
    """One attempt, by a client of its own: a test shall not wait for, nor be spoilt by, what went wrong before."""
    spec = spec_of(name)
    policy = replace(policy_of(spec, replace(access, insist=True)), attempts=1, deadline=min(10, SECONDS))
    with Outbound(policy) as outbound:
        try:
            class_of(name)(Session(spec, access, outbound)).test()
        except NothingFound:
            return


def _outcome(name: str, future: "Future[None]") -> Trial:
    try:
        future.result(timeout=0)
    except AuthRequired as error:
        return Trial(name, ok=False, reason=error.message, refused=True)
    except ProviderError as error:
        return Trial(name, ok=False, reason=error.message)
    except (StillwaterError, TimeoutError):
        label = spec_of(name).label
        return Trial(name, ok=False, reason=NotAnswering(name, f"{label} did not answer in time").message)
    return Trial(name, ok=True)


def _remembered(trial: Trial, *, with_key: bool) -> Trial:
    """Silence says nothing about a key, so only a clear answer is stored."""
    if not with_key or not (trial.ok or trial.refused):
        return trial
    (option,) = option_keys(f"{trial.provider}.key_status")
    change_options({option: "ok" if trial.ok else "invalid"})
    return replace(trial, persisted=True)
