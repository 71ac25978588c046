"""Settings and phrases that the checks share."""

from collections.abc import Callable

from django.db.models import ExpressionWrapper, F, FloatField, Q, Value
from django.db.models.expressions import CombinedExpression

from rules.types import Row, Setting

MOST_DECIMALS = 5
TINY = 1e-9
"""What floats add up wrongly."""
NAMES = {"thumb": "Thumbnail", "fanart": "Fanart", "logo": "Logo", "banner": "Banner"}
SQUARE, WIDESCREEN = 1.0, 16 / 9


def pixels(key: str, default: int) -> Setting:
    label = "Smallest width" if key == "min_width" else "Smallest height"
    return Setting(key, "integer", default, label, 1, 20_000, help="In pixels.")


def tolerance(default: float, help_text: str) -> Setting:
    return Setting("tolerance", "number", default, "Tolerance", 0, 1, help=help_text)


BEST = Setting(
    "select_best_candidate",
    "flag",
    False,
    "Pick the best picture alone",
    help="Of several pictures on offer the best one is taken, and nobody is asked.",
)
"""Of every rule that is mended by one of several pictures."""


def present(kind: str) -> Q:
    """The slot has a file that is a picture."""
    return Q((f"{kind}__exists", True), (f"{kind}__problem", ""))


def measured(kind: str) -> Q:
    """Its size is known. What could not be measured is not judged."""
    return present(kind) & Q((f"{kind}__width__gt", 0), (f"{kind}__height__gt", 0))


def times_height(kind: str, factor: float) -> "ExpressionWrapper[CombinedExpression]":
    return ExpressionWrapper(F(f"{kind}__height") * Value(factor), output_field=FloatField())


def size_of(kind: str) -> tuple[str, str]:
    return (f"{kind}__width", f"{kind}__height")


def size_text(row: Row, kind: str) -> str:
    return f"{row[f'{kind}__width']} × {row[f'{kind}__height']}"


def beyond(value: float, limit: float) -> str:
    """The value with as many decimals as it takes to stand on its side of the limit: 79.6 where 80 is wanted."""
    return f"{value:.{_decimals(0, lambda digits: _side(round(value, digits), limit) == _side(value, limit))}f}"


def ratio_text(ratio: float, wanted: float, slack: float) -> str:
    """What is measured and what is wanted, with as many decimals as it takes to see that it is off."""
    digits = _decimals(
        2, lambda digits: abs(round(ratio, digits) - round(wanted, digits)) > round(slack, digits) + TINY
    )
    return f"ratio {ratio:.{digits}f}, wanted {wanted:.{digits}f} ± {slack:.{digits}f}"


def _decimals(fewest: int, says_it: Callable[[int], bool]) -> int:
    return next(filter(says_it, range(fewest, MOST_DECIMALS)), MOST_DECIMALS)


def _side(value: float, limit: float) -> int:
    return (value > limit + TINY) - (value < limit - TINY)
