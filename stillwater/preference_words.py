"""How the preferences page names every preference and its values, in the order of the page.

Left out until something obeys them: language (English is the only one), bg_opacity (text stands on no picture here),
auto_fetch_images and notification_enabled (nothing is fetched or announced yet).
"""

from dataclasses import dataclass, field
from typing import Literal

Control = Literal["cards", "select", "switch", "number", "languages"]


@dataclass(frozen=True, slots=True)
class PreferenceWords:
    """One preference. `choices`: value to its name and, after a bar, what it means."""

    key: str
    label: str
    control: Control
    help: str = ""
    choices: dict[str, str] = field(default_factory=dict)


GROUPS: tuple[tuple[str, tuple[PreferenceWords, ...]], ...] = (
    (
        "Appearance",
        (
            PreferenceWords(
                "theme",
                "Theme",
                "cards",
                choices={"system": "System|As the device has it", "light": "Light", "dark": "Dark"},
            ),
            PreferenceWords(
                "density",
                "Density",
                "cards",
                choices={
                    "comfortable": "Comfortable|A second line where there is one",
                    "compact": "Compact|More rows at once",
                    "spacious": "Spacious|Easy to hit",
                },
            ),
            PreferenceWords(
                "content_width",
                "Width of the page",
                "cards",
                choices={"narrow": "Narrow|Easy to read", "wide": "Wide|All of a large screen"},
            ),
            PreferenceWords(
                "sidebar_state",
                "Sidebar",
                "cards",
                help="The key [ goes through them.",
                choices={"full": "Full", "icon-only": "Icons only", "hidden": "Hidden|A bar at the bottom instead"},
            ),
            PreferenceWords(
                "thumbnail_size",
                "Size of the artist cards",
                "cards",
                choices={"small": "Small", "medium": "Medium", "large": "Large"},
            ),
        ),
    ),
    (
        "Reading",
        (
            PreferenceWords(
                "font_family",
                "Font",
                "cards",
                help="Inter and Atkinson Hyperlegible are used where the device has them.",
                choices={
                    "system": "System|As the device has it",
                    "inter": "Inter|Even and narrow",
                    "atkinson": "Atkinson|Letters hard to confuse",
                },
            ),
            PreferenceWords(
                "font_size", "Size of text", "cards", choices={"small": "Small", "medium": "Medium", "large": "Large"}
            ),
            PreferenceWords(
                "letter_spacing",
                "Space between letters",
                "cards",
                choices={"normal": "Normal", "wide": "Wide", "extra-wide": "Extra wide"},
            ),
            PreferenceWords(
                "reduced_motion",
                "Reduced motion",
                "cards",
                choices={"system": "System|As the device has it", "on": "On|Nothing moves", "off": "Off"},
            ),
            PreferenceWords(
                "lite_mode",
                "Light work for the device",
                "cards",
                help="No shadows and no transitions.",
                choices={"auto": "Automatic|On a slow device", "on": "On", "off": "Off"},
            ),
        ),
    ),
    (
        "Lists and metadata",
        (
            PreferenceWords("page_size", "Rows per page", "number", help="10 to 500."),
            PreferenceWords(
                "metadata_languages",
                "Languages of metadata",
                "languages",
                help="Best first, such as en, de, ja. The rule on an artist's name goes by the first administrator's.",
            ),
            PreferenceWords(
                "metadata_name_romanization_fallback",
                "Take a name in Latin letters where none of these languages has one",
                "switch",
            ),
        ),
    ),
)
BY_KEY: dict[str, PreferenceWords] = {words.key: words for _title, group in GROUPS for words in group}
