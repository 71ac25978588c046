"""Settings and phrases that the checks share."""

from django.db.models import ExpressionWrapper, F, FloatField, Q, Value
from django.db.models.expressions import CombinedExpression

from rules.types import Row, Setting

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
