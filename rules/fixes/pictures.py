"""The fix that fetches a picture: missing, too small or of the wrong shape; one is taken, or several are offered."""

from collections.abc import Iterator, Sequence
from typing import Any, ClassVar

from artists.imaging.geometry import needs_crop, ratio_error
from artists.imaging.headers import read_header_bytes
from artists.models import ArtistImage
from artists.providers.answers import SLOT_OF_OFFER, ImageCandidate
from artists.providers.placeholders import is_placeholder_url
from artists.services.bulk_runs.offers import Offers, offers_of
from artists.services.gates import Axis
from artists.services.pictures.saving import Mode, Origin, save_picture
from rules.fixes.base import Aid, Case, Fix, Mended, Offered, Stage
from stillwater.errors import StillwaterError, Unprocessable, Upstream

MOST_OFFERED = 6
"""Candidates that a person chooses from: as many as have a key of their own."""
MOST_TRIED = 4
"""Downloads for one slot: when so many are broken or do not fit, a person has to look."""


class PictureFix(Fix):
    """Takes the best picture that providers offer for the artist's identifiers and that the rule is content with.

    A rule in manual mode offers what there is; one in auto mode takes a lone candidate, or the best of several where
    the rule is set to pick alone. What is smaller than the present picture is neither offered nor taken.
    """

    touches: ClassVar[str] = (
        "One picture under the names of the active profile; the old one is kept. Asks the providers of pictures."
    )
    stage: ClassVar[Stage] = "picture"
    axis: ClassVar[Axis] = "image"
    asks: ClassVar[bool] = True
    needs_id: ClassVar[bool] = True

    def fields(self, case: Case) -> tuple[str, ...]:
        return (f"images.{kind_of(case)}",)

    def would(self, case: Case) -> str:
        alone = case.rule.mode == "auto" and case.config.flag("select_best_candidate")
        then = "take the best one" if alone else "offer what they have"
        return f"Ask the providers for a {kind_of(case)}, and {then}"

    def mend(self, case: Case, aid: Aid) -> Mended | Offered:
        kind = kind_of(case)
        sources = aid.asking.pictures(case.artist, [kind], aid.actor)
        offers = offers_of(case.artist, sources)
        fitting = fitting_offers(case, offers.pictures, sources.order.get(kind, ()))
        if not fitting:
            raise _nothing(kind, offers)
        alone = case.rule.mode == "auto" and (len(fitting) == 1 or case.config.flag("select_best_candidate"))
        if not alone:
            return Offered([as_candidate(offer, kind) for offer in fitting[:MOST_OFFERED]], "several are offered")
        return _taken(case, aid, fitting)


def kind_of(case: Case) -> str:
    """thumb, fanart, logo or banner, as the rule's name begins."""
    return case.rule.id.partition("_")[0]


def fitting_offers(case: Case, offers: Sequence[ImageCandidate], order: Sequence[str]) -> list[ImageCandidate]:
    """What may mend it, by the sizes that are said: most likes first, then the larger, then the first provider's."""
    kind, present = kind_of(case), _present(case)
    once = {offer.url: offer for offer in offers if SLOT_OF_OFFER[offer.kind] == kind and offer.provider in order}
    fitting = [
        offer
        for offer in once.values()
        if not is_placeholder_url(offer.url) and not misfit(case, offer.width, offer.height, present)
    ]
    return sorted(fitting, key=lambda offer: (-offer.likes, -offer.width * offer.height, order.index(offer.provider)))


def misfit(case: Case, width: int, height: int, present: ArtistImage | None = None) -> str:
    """Why a picture of this size would not mend the finding; blank where it would, or its size is not known yet."""
    if not width or not height:
        return ""
    values, kind = case.config.values, kind_of(case)
    if width < int(values.get("min_width", 0)) or height < int(values.get("min_height", 0)):
        return f"the {kind} that is offered is too small ({width} × {height})"
    if "aspect_ratio" in values:
        if ratio_error(width, height, case.config.number("aspect_ratio")) > case.config.number("tolerance"):
            return f"the {kind} that is offered is of another shape ({width} × {height})"
    elif needs_crop(kind, width, height):
        return f"the {kind} that is offered would have to be cropped ({width} × {height})"
    if present is not None and width * height < present.width * present.height:
        return f"the {kind} that is offered is smaller than the one that is there"
    return ""


def as_candidate(offer: ImageCandidate, kind: str) -> dict[str, Any]:
    """As it is stored with the finding, in the contract's words and a few of ours."""
    return {
        "url": offer.url,
        "width": offer.width,
        "height": offer.height,
        "source": offer.provider,
        "image_type": kind,
        "preview_url": offer.preview_url,
        "likes": offer.likes,
    }


def _present(case: Case) -> ArtistImage | None:
    """The picture that lies there and is one."""
    return case.artist.images.filter(kind=kind_of(case), slot=0, exists=True, problem="").first()


def _taken(case: Case, aid: Aid, offers: Sequence[ImageCandidate]) -> Mended:
    """The first that arrives and still fits once its bytes are here."""
    why = ""
    for offer, outcome in _tried(case, aid, offers[:MOST_TRIED]):
        if isinstance(outcome, Mended):
            return outcome
        why = why or f"{offer.provider}: {outcome}"
    raise Unprocessable(why)


def _tried(case: Case, aid: Aid, offers: Sequence[ImageCandidate]) -> Iterator[tuple[ImageCandidate, Mended | str]]:
    kind, present = kind_of(case), _present(case)
    for offer in offers:
        try:
            data = aid.asking.download(offer.url)
        except StillwaterError as error:
            yield offer, error.message
            continue
        header = read_header_bytes(data)
        why = misfit(case, header.width, header.height, present)
        yield offer, why or _saved(case, aid, offer, data, kind)


def _saved(case: Case, aid: Aid, offer: ImageCandidate, data: bytes, kind: str) -> Mended | str:
    mode: Mode = "auto" if aid.actor is None else "manual"
    origin = Origin(offer.provider, offer.url, rule=case.rule.id, mode=mode)
    try:
        saved = save_picture(
            case.artist, kind, data, origin, slot=0, source=case.source, actor=aid.actor, group=aid.group
        )
    except Unprocessable as error:
        return error.message
    return Mended(saved.change.operation, f"{kind} of {saved.width} × {saved.height} from {offer.provider}")


def _nothing(kind: str, offers: Offers) -> StillwaterError:
    """Silence is never "nothing there": who could not be asked is named."""
    if offers.down:
        return Upstream(f"no {kind} was offered, and not everybody could be asked: {'; '.join(offers.down.values())}")
    others = any(SLOT_OF_OFFER[offer.kind] == kind for offer in offers.pictures)
    return Unprocessable(f"no {kind} is offered that would do" if others else f"no {kind} is offered")
