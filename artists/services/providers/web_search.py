"""The web search for pictures: off until somebody switches it on, and never part of a refresh."""

from artists.services.providers.settings import option_keys, web_engines
from stillwater.errors import Invalid
from stillwater.services.options import change_options


def set_web_search(name: str, *, enabled: bool) -> None:
    """Raises Invalid for a name that is no search engine of ours."""
    if name not in {spec.name for spec in web_engines()}:
        raise Invalid("unknown web search provider", "name")
    (option,) = option_keys(f"websearch.{name}.enabled")
    change_options({option: enabled})
