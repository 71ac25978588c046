"""Predicates over pictures: there, large enough, of the right shape, without empty borders."""

from collections.abc import Callable

from django.db.models import Q

from rules.checks.words import (
    BEST,
    NAMES,
    SQUARE,
    WIDESCREEN,
    beyond,
    measured,
    pixels,
    present,
    ratio_text,
    size_of,
    size_text,
    times_height,
    tolerance,
)
from rules.types import Config, Row, Rule, Setting


def _missing(kind: str) -> Callable[[Config], Q]:
    absent = Q((f"{kind}__isnull", True)) | Q((f"{kind}__exists", False))
    return lambda _config: absent | ~Q((f"{kind}__problem", ""))


def _missing_sentence(kind: str) -> Callable[[Row, Config], str]:
    def sentence(row: Row, _config: Config) -> str:
        if row[f"{kind}__exists"] and row[f"{kind}__problem"]:
            return f"{NAMES[kind]} {row[f'{kind}__file_name']} is no picture: {row[f'{kind}__problem']}."
        return f"There is no {NAMES[kind].lower()}."

    return sentence


def _exists(kind: str, *, severity: str, enabled: bool = True, doc: str) -> Rule:
    return Rule(
        id=f"{kind}_exists",
        name=f"{NAMES[kind]} exists",
        description=f"The artist has a {NAMES[kind].lower()} that can be shown.",
        doc=doc,
        category="image",
        default_severity=severity,
        default_enabled=enabled,
        default_mode="auto",
        own_settings=(BEST,),
        broken=_missing(kind),
        facts=(f"{kind}__exists", f"{kind}__problem", f"{kind}__file_name"),
        sentence=_missing_sentence(kind),
        fix="picture",
    )


def _too_small(kind: str) -> Callable[[Config], Q]:
    return lambda config: (
        measured(kind)
        & (
            Q((f"{kind}__width__lt", config.integer("min_width")))
            | Q((f"{kind}__height__lt", config.integer("min_height")))
        )
    )


def _min_res(kind: str, width: int, height: int, *, enabled: bool, severity: str) -> Rule:
    return Rule(
        id=f"{kind}_min_res",
        name=f"{NAMES[kind]} is large enough",
        description=f"The {NAMES[kind].lower()} has a smallest width and height.",
        doc="Small pictures look soft on a television. A picture whose size could not be read is not judged.",
        category="image",
        default_severity=severity,
        default_enabled=enabled,
        default_mode="auto",
        own_settings=(pixels("min_width", width), pixels("min_height", height), BEST),
        broken=_too_small(kind),
        facts=size_of(kind),
        sentence=lambda row, config: (
            f"{NAMES[kind]} is {size_text(row, kind)}, wanted at least "
            f"{config.integer('min_width')} × {config.integer('min_height')}."
        ),
        fix="picture",
    )


def _misshapen(kind: str) -> Callable[[Config], Q]:
    def broken(config: Config) -> Q:
        ratio, slack = config.number("aspect_ratio"), config.number("tolerance")
        wide = Q((f"{kind}__width__gt", times_height(kind, ratio * (1 + slack))))
        narrow = Q((f"{kind}__width__lt", times_height(kind, ratio * (1 - slack))))
        return measured(kind) & (wide | narrow)

    return broken


def _misshapen_sentence(kind: str) -> Callable[[Row, Config], str]:
    def sentence(row: Row, config: Config) -> str:
        ratio = row[f"{kind}__width"] / row[f"{kind}__height"]
        wanted = config.number("aspect_ratio")
        slack = wanted * config.number("tolerance")
        return f"{NAMES[kind]} is {size_text(row, kind)}: {ratio_text(ratio, wanted, slack)}."

    return sentence


def _shape(rule_id: str, name: str, kind: str, ratio: float, *, enabled: bool, severity: str) -> Rule:
    return Rule(
        id=rule_id,
        name=name,
        description=f"Width by height of the {NAMES[kind].lower()} is as players expect it.",
        doc="Players crop or squeeze pictures of another shape. The tolerance is a share of the wanted ratio.",
        category="image",
        default_severity=severity,
        default_enabled=enabled,
        default_mode="auto",
        own_settings=(
            Setting("aspect_ratio", "number", ratio, "Width by height", 0.1, 10),
            tolerance(0.1, "Share of the ratio by which a picture may be off."),
            BEST,
        ),
        broken=_misshapen(kind),
        facts=size_of(kind),
        sentence=_misshapen_sentence(kind),
        fix="picture",
    )


def _padded(config: Config) -> Q:
    return present("logo") & Q(logo__padding__gt=config.number("threshold_percent") / 100)


def _padded_sentence(row: Row, config: Config) -> str:
    most = config.number("threshold_percent")
    return f"{beyond(row['logo__padding'] * 100, most)} % of the logo's area is empty, wanted at most {most:g} %."


THUMB_EXISTS = _exists(
    "thumb", severity="error", doc="Every player shows the thumbnail, and shows a blank where it is missing."
)
FANART_EXISTS = _exists("fanart", severity="warning", doc="Players show the fanart behind an artist's page.")
LOGO_EXISTS = _exists("logo", severity="info", doc="Some skins show the logo in place of the name.")
BANNER_EXISTS = _exists("banner", severity="info", enabled=False, doc="Few skins show banners.")

THUMB_SQUARE = _shape("thumb_square", "Thumbnail is square", "thumb", SQUARE, enabled=True, severity="warning")
FANART_ASPECT = _shape("fanart_aspect", "Fanart is widescreen", "fanart", WIDESCREEN, enabled=False, severity="info")

THUMB_MIN_RES = _min_res("thumb", 500, 500, enabled=True, severity="warning")
FANART_MIN_RES = _min_res("fanart", 1920, 1080, enabled=False, severity="warning")
BANNER_MIN_RES = _min_res("banner", 1000, 185, enabled=False, severity="info")

LOGO_MIN_RES = Rule(
    id="logo_min_res",
    name="Logo is wide enough",
    description="The logo has a smallest width.",
    doc="Only the width counts: logos are of any height.",
    category="image",
    default_severity="info",
    default_enabled=False,
    default_mode="auto",
    own_settings=(pixels("min_width", 400), BEST),
    broken=lambda config: measured("logo") & Q(logo__width__lt=config.integer("min_width")),
    facts=size_of("logo"),
    sentence=lambda row, config: (
        f"Logo is {row['logo__width']} pixels wide, wanted at least {config.integer('min_width')}."
    ),
    fix="picture",
)

LOGO_PADDING = Rule(
    id="logo_padding",
    name="Logo fills its picture",
    description="The logo has no wide empty border.",
    doc="The share of the picture's area that lies outside the drawing. Measured when the picture was fingerprinted.",
    category="image",
    default_severity="info",
    default_enabled=False,
    own_settings=(
        Setting("threshold_percent", "number", 15.0, "Most empty area", 0, 100, help="Per cent of the area."),
        Setting("trim_margin", "integer", 2, "Margin after trimming", 0, 500, help="In pixels around the drawing."),
    ),
    broken=_padded,
    facts=("logo__padding",),
    sentence=_padded_sentence,
    fix="logo",
)
