"""What axe-core says of a page, in both themes."""

from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page, expect

GRAVE = ("serious", "critical")
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
RULES: dict[str, dict[str, Any]] = {
    "light": {"resultTypes": ["violations"]},
    "dark": {"resultTypes": ["violations"], "runOnly": COLOURS},
}
"""A theme changes colours and nothing else: what axe says of the rest it has said already."""


def grave_problems(page: Page) -> list[str]:
    """One line for each element that breaks a rule of axe gravely, in either theme; the page is loaded once."""
    found = []
    page.evaluate(AXE_SCRIPT)
    for theme, rules in RULES.items():
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light", reduced_motion="reduce")
        found += [f"{theme}: {line}" for line in _problems(page, rules)]
    return found


def settle(page: Page) -> None:
    """Parts that the page asks for after it was opened are there."""
    expect(page.locator(".htmx-request")).to_have_count(0)


def _problems(page: Page, rules: dict[str, Any]) -> list[str]:
    violations: list[dict[str, Any]] = page.evaluate("async rules => (await axe.run(rules)).violations", rules)
    return [
        f"{violation['id']} at {' '.join(map(str, node['target']))}: {node['html'][:160]}"
        for violation in violations
        if violation["impact"] in GRAVE
        for node in violation["nodes"]
    ]
