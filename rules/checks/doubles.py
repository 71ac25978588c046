"""Predicates over more than one picture: too few, wrongly numbered, the same one twice, that of somebody else."""

from collections.abc import Iterable, Sequence
from itertools import combinations

from django.db.models import Q

from artists.imaging.hashing import is_degenerate, similarity
from artists.models import ArtistImage
from rules.checks.words import NAMES, beyond, present, tolerance
from rules.facts import KINDS, fanart_gap
from rules.types import Config, Row, Rule, Setting

_HASHES = tuple(f"{kind}__perceptual_hash" for kind in KINDS)
_HASH_FACTS = (*_HASHES, *(f"{kind}__exists" for kind in KINDS))


def _two_hashes(_config: Config) -> Q:
    """Cheap and wide: some pair of main pictures has hashes. The judge compares them."""
    pairs = Q()
    for first, second in combinations(KINDS, 2):
        pairs |= present(first) & present(second)
    return pairs


def closest_pair(row: Row) -> tuple[str, str, float] | None:
    """The two main pictures that resemble each other most, and how much (0 to 1); None where fewer than two speak."""
    usable = [
        (kind, row[f"{kind}__perceptual_hash"])
        for kind in KINDS
        if row[f"{kind}__exists"] and not is_degenerate(row[f"{kind}__perceptual_hash"])
    ]
    pairs = [(first, second, similarity(one, two)) for (first, one), (second, two) in combinations(usable, 2)]
    return max(pairs, key=lambda pair: pair[2], default=None)


def _looks_doubled(row: Row, config: Config) -> bool:
    pair = closest_pair(row)
    return pair is not None and pair[2] >= config.number("tolerance")


def _doubled_sentence(row: Row, config: Config) -> str:
    pair = closest_pair(row)
    if pair is None:
        return "Two pictures look the same."
    first, second, likeness = pair
    limit = config.number("tolerance") * 100
    return (
        f"{NAMES[first]} and {NAMES[second].lower()} look the same: {beyond(likeness * 100, limit)} % alike, "
        f"wanted less than {limit:g} %."
    )


IMAGE_DUPLICATE = Rule(
    id="image_duplicate",
    name="Main pictures differ",
    description="No two of thumbnail, fanart, logo and banner show the same picture.",
    doc="Compares difference hashes, so a scaled copy is found. Flat pictures, which all hash alike, are left out.",
    category="image",
    default_severity="warning",
    default_enabled=False,
    own_settings=(tolerance(0.9, "From this likeness on, two pictures count as the same."),),
    broken=_two_hashes,
    judge=_looks_doubled,
    facts=_HASH_FACTS,
    sentence=_doubled_sentence,
)

IMAGE_DUPLICATE_EXACT = Rule(
    id="image_duplicate_exact",
    name="Backdrops are not repeated",
    description="No two backdrops are byte for byte the same file.",
    doc="Compares the SHA-256 of the files. A copy costs space and shows the same picture twice in a slide show.",
    category="image",
    default_severity="warning",
    broken=lambda _config: Q(fanart_twin__isnull=False),
    facts=("fanart_twin",),
    sentence=lambda row, _config: f"Backdrop {row['fanart_twin'] + 1} is byte for byte the same as an earlier one.",
    fix="backdrop_copies",
)


def _sharing_backdrops(artists: Sequence[int]) -> Iterable[int]:
    shared = ArtistImage.objects.order_by().filter(~Q(content_hash=""), artist__in=artists, kind="fanart")
    rows = ArtistImage.objects.order_by().filter(~Q(content_hash=""), content_hash__in=shared.values("content_hash"))
    return rows.filter(kind="fanart").values_list("artist", flat=True)


CROSS_ARTIST_BACKDROP = Rule(
    id="cross_artist_backdrop_collision",
    name="Backdrops belong to one artist",
    description="No other artist has the same backdrop.",
    doc="Compares the SHA-256 of the files. A server that mixed up two artists leaves the same picture with both. "
    "It belongs to whom it was chosen for by hand, else to whom a provider gave it; the fix removes it from the other.",
    category="image",
    default_severity="warning",
    default_enabled=False,
    broken=lambda _config: Q(fanart_elsewhere__isnull=False),
    facts=("fanart_elsewhere",),
    sentence=lambda row, _config: f"Backdrop {row['fanart_elsewhere'] + 1} is also a backdrop of another artist.",
    neighbours=_sharing_backdrops,
    fix="borrowed",
)

BACKDROP_SEQUENCING = Rule(
    id="backdrop_sequencing",
    name="Backdrops are numbered without gaps",
    description="The numbers in the names of the backdrops follow on each other.",
    doc="Players stop at the first gap. For artists without a folder the slots themselves have to follow on.",
    category="image",
    default_severity="warning",
    default_enabled=False,
    broken=lambda _config: ~Q(sequence_problem="") | (Q(path="") & Q(fanart_gap())),
    facts=("sequence_problem",),
    sentence=lambda row, _config: (
        f"Backdrops are out of order: {row['sequence_problem'].rstrip('.')}."
        if row["sequence_problem"]
        else "There is a gap between the backdrops."
    ),
    fix="backdrop_order",
)

BACKDROP_MIN_COUNT = Rule(
    id="backdrop_min_count",
    name="There are enough backdrops",
    description="The artist has a smallest number of backdrops.",
    doc="Counts the backdrops of all slots whose file is there.",
    category="image",
    default_severity="warning",
    default_enabled=False,
    own_settings=(Setting("min_count", "integer", 1, "Fewest backdrops", 1, 50),),
    broken=lambda config: Q(fanart_count__lt=config.integer("min_count")),
    facts=("fanart_count",),
    sentence=lambda row, config: f"There {_are(row['fanart_count'])}, wanted at least {config.integer('min_count')}.",
)


def _are(count: int) -> str:
    return "is 1 backdrop" if count == 1 else f"are {count or 'no'} backdrops"
