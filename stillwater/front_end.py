"""The style sheets and modules of every page, and the two files that they become when static files are collected.

A page then asks for three files instead of 46. No bundler: style sheets meet in named layers and modules import
nothing, so that joining them is all there is to do, and nobody needs Node.
"""

from collections.abc import Iterable

STYLES = (
    "css/tokens.css",  # names the layers
    "css/base.css",
    "css/shell.css",
    "css/parts/buttons.css",
    "css/parts/panels.css",
    "css/parts/forms.css",
    "css/parts/status.css",
    "css/parts/tables.css",
    "css/parts/pictures.css",
    "css/parts/facts.css",
    "css/parts/overlays.css",
    "css/parts/charts.css",
    "css/pages/dashboard.css",
    "css/pages/rules.css",
    "css/pages/artist.css",
    "css/pages/artists.css",
    "css/pages/workbench.css",
    "css/pages/entrance.css",
    "css/pages/upkeep.css",
    "css/pages/providers.css",
    "css/modes.css",
)
MODULES = (
    "js/htmx_setup.js",
    "js/focus.js",
    "js/toasts.js",
    "js/countdown.js",
    "js/busy.js",
    "js/live.js",
    "js/jobs.js",
    "js/keys.js",
    "js/rows.js",
    "js/menu.js",
    "js/tabs.js",
    "js/dialogs.js",
    "js/filters.js",
    "js/selection.js",
    "js/fields.js",
    "js/chips.js",
    "js/columns.js",
    "js/copy.js",
    "js/folder_tree.js",
    "js/preferences.js",
    "js/reorder.js",
    "js/drop.js",
    "js/board.js",
    "js/crop.js",
)
ALL_STYLES, ALL_MODULES = "css/all.css", "js/all.js"


def joined_modules(modules: Iterable[str]) -> str:
    """Each in a block, which keeps its names to itself as its own file did."""
    return "\n".join(f"{{\n{module}\n}}" for module in modules)
