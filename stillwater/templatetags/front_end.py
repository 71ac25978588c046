"""The tags that load style sheets and modules: one for all once they are collected, else one for each."""

from collections.abc import Sequence
from typing import cast

from django import template
from django.contrib.staticfiles.storage import staticfiles_storage
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from stillwater.front_end import ALL_MODULES, ALL_STYLES, MODULES, STYLES
from stillwater.staticfiles import Storage

register = template.Library()


@register.simple_tag
def styles() -> SafeString:
    return format_html_join("\n    ", '<link rel="stylesheet" href="{}">', _addresses(ALL_STYLES, STYLES))


@register.simple_tag
def modules() -> SafeString:
    return format_html_join("\n    ", '<script type="module" src="{}"></script>', _addresses(ALL_MODULES, MODULES))


def _addresses(all_in_one: str, names: Sequence[str]) -> list[tuple[str]]:
    storage = cast("Storage", staticfiles_storage)
    chosen = [all_in_one] if all_in_one in storage.hashed_files else names
    return [(storage.url(name),) for name in chosen]
