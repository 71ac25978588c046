"""Who is asked for which field, and in what order: change, switch one off, and back to the defaults."""

from collections.abc import Mapping, Sequence

from artists.providers.orders import DEFAULT_ORDER
from artists.services.providers.settings import Priority, known_names, option_keys, provider_settings
from stillwater.errors import Invalid, NotFound
from stillwater.services.options import change_options, forget_options


def set_priorities(orders: Mapping[str, Sequence[str]]) -> None:
    """Store the order of each named field, all or none; what is switched off stays so. Raises Invalid."""
    for field, providers in orders.items():
        _require_field(field)
        _require_names(providers)
    change_options({key_of(field): list(dict.fromkeys(providers)) for field, providers in orders.items()})


def toggle(field: str, provider: str) -> bool:
    """Switch a provider on or off for one field; returns whether it is on now. Raises NotFound, Invalid."""
    priority = priority_of(field)
    if provider not in priority.providers:
        raise Invalid(f"{provider[:60]} is not in the order of {field}", "provider")
    disabled = priority.disabled ^ {provider}
    change_options({f"{key_of(field)}.disabled": sorted(disabled)})
    return provider not in disabled


def move(field: str, provider: str, step: int) -> Priority:
    """One place up (-1) or down (1); at the end it stays. Raises NotFound, Invalid."""
    order = list(priority_of(field).providers)
    if provider not in order:
        raise Invalid(f"{provider[:60]} is not in the order of {field}", "provider")
    place = order.index(provider)
    order.insert(max(0, place + step), order.pop(place))
    set_priorities({field: order})
    return priority_of(field)


def reset_priorities(field: str = "") -> list[Priority]:
    """Forget the stored orders, or that of one field; returns what counts from now on. Raises NotFound."""
    if field:
        priority_of(field)
    fields = [field] if field else list(DEFAULT_ORDER)
    forget_options([option for name in fields for option in (key_of(name), f"{key_of(name)}.disabled")])
    return provider_settings().priorities()


def priority_of(field: str) -> Priority:
    """Raises NotFound for a field that nobody is asked for."""
    if field not in DEFAULT_ORDER:
        raise NotFound("field not found")
    return provider_settings().priority_of(field)


def key_of(field: str) -> str:
    (option,) = option_keys(f"priority.{field}")
    return option


def _require_field(field: str) -> None:
    if not field:
        raise Invalid("field is required", "field")
    if field not in DEFAULT_ORDER:
        raise Invalid(f"unknown field: {field[:60]}", "field")


def _require_names(providers: Sequence[str]) -> None:
    unknown = [name for name in providers if name not in known_names()]
    if unknown:
        raise Invalid(f"unknown provider: {unknown[0][:60]}", "providers")
