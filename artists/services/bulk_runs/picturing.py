"""The step that fills empty picture slots from what providers offer; a picture that lies there is never replaced."""

from collections.abc import Sequence

from django.db.models import Q

from artists.imaging.geometry import is_low_resolution
from artists.imaging.headers import read_header_bytes
from artists.models import Artist, ArtistImage, BulkItem, ItemStatus, Operation
from artists.providers.answers import ImageCandidate
from artists.providers.picture_choice import FITS, best_first
from artists.queries.filters import without_image
from artists.services.bulk_runs.kinds import LEFT_ALONE, BulkKind, Outcome, Run
from artists.services.bulk_runs.linking import link_alone
from artists.services.bulk_runs.offers import offers_of
from artists.services.gates import require_write
from artists.services.pictures.places import TWIN_EXTENSIONS, names_in, picture_folder, slot_names
from artists.services.pictures.saving import Origin, save_picture
from artists.services.profiles import active_naming
from stillwater.errors import StillwaterError

MOST_TRIED = 4
"""Downloads for one slot: when so many are broken or too small, a person has to look."""

_FULL = ~without_image("thumb") & ~without_image("fanart") & ~without_image("logo")


def fetch_images(artist: Artist, _item: BulkItem, run: Run) -> Outcome:
    """The best picture for each slot that is empty and unlocked. Raises WriteBlocked before anybody is asked."""
    require_write("image", artist)
    linked = False
    if not artist.musicbrainz_id:
        picked = link_alone(artist, run)
        if picked.hit is None:
            return Outcome(ItemStatus.QUEUED, picked.why)
        linked = True
    wanted = open_slots(artist)
    if not wanted:
        return Outcome(ItemStatus.SKIPPED, "no slot is empty and unlocked")
    sources = run.asking.pictures(artist, wanted, run.actor)
    offers = offers_of(artist, sources)
    best = {kind: best_first(kind, offers.pictures, sources.order[kind]) for kind in wanted}
    notes = [note for kind in wanted if (note := _fill(artist, kind, best[kind], run))]
    saved = _saved(artist, run)
    told = [f"saved {', '.join(saved)}" if saved else "nothing was saved", *notes, *offers.down.values()]
    return Outcome(ItemStatus.FAILED if offers.down and not saved else ItemStatus.DONE, "; ".join(told)[:500], linked)


def open_slots(artist: Artist) -> list[str]:
    """Kinds of which there is no picture, by what we know and by what lies in the folder, and no lock.

    Raises Unavailable where the folder cannot be read: then nobody knows what is empty.
    """
    rows = ArtistImage.objects.filter(Q(exists=True) | Q(locked=True), artist=artist, slot=0)
    taken = set(rows.values_list("kind", flat=True))
    naming, present = active_naming(), {name.casefold() for name in names_in(picture_folder(artist))}
    names = {
        kind: {name.casefold() for extension in TWIN_EXTENSIONS for name in slot_names(naming, kind, extension)}
        for kind in FITS
    }
    return [kind for kind in FITS if kind not in taken and not names[kind] & present]


def _fill(artist: Artist, kind: str, offers: Sequence[ImageCandidate], run: Run) -> str:
    """Why there is no picture, or blank where one was saved: the first that arrives, is large enough and is one."""
    why = f"no {kind} was offered"
    for offer in offers[:MOST_TRIED]:
        try:
            data = run.asking.download(offer.url)
            header = read_header_bytes(data)
            if is_low_resolution(kind, header.width, header.height):
                why = f"the {kind} that was offered is too small"
                continue
            origin, source = Origin(offer.provider, offer.url, mode="auto"), f"provider:{offer.provider}"
            save_picture(artist, kind, data, origin, slot=0, source=source, actor=run.actor, group=run.group)
        except StillwaterError as error:
            why = f"{kind}: {error.message}"
        else:
            return ""
    return why


def _saved(artist: Artist, run: Run) -> list[str]:
    """From the history, so that a run that was killed and went on says the same as one that was not."""
    made = Operation.objects.filter(group=run.group, artist_id=artist.pk, summary__startswith="Saved a ")
    return sorted({summary.removeprefix("Saved a ") for summary in made.values_list("summary", flat=True)})


FETCH_IMAGES = BulkKind(
    "fetch_images",
    "Fetch missing pictures",
    "fetched",
    fetch_images,
    (
        *LEFT_ALONE,
        (Q(missing_since__isnull=False), "its folder is missing"),
        (_FULL, "it has a thumb, a backdrop and a logo"),
    ),
    identifies=True,
    fetches=True,
)
