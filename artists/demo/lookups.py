"""How fakes find an act: the one place where an act with a fault is noticed."""

from artists.demo.replies import Misbehave
from artists.demo.world import Act, World, folded

_MISTAKEN = "wrong artist"


def act_by_mbid(world: World, mbid: str) -> Act | None:
    """The act, also by an identifier that was merged into it. Raises Misbehave if that is its fault."""
    return _faced(world, world.by_mbid.get(mbid))


def act_by_id(world: World, provider: str, key: str) -> Act | None:
    return _faced(world, world.by_id.get((provider, key)))


def act_named(world: World, name: str) -> Act | None:
    """The act that is called just this, without case and accents, as an address by name finds it."""
    wanted = folded(name)
    exact = (act for act in world.named(name) if wanted in (folded(each) for each in (act.name, *act.aliases)))
    return _faced(world, next(exact, None))


def acts_named(world: World, text: str, limit: int = 25) -> list[Act]:
    """What a search finds, best first; faulty acts are found by their whole name only."""
    found = world.named(text, limit)
    if found and found[0].fault and folded(found[0].name) == folded(text):
        act = _faced(world, found[0])
        return [act] if act else []
    return [act for act in found if not act.fault]


def _faced(world: World, act: Act | None) -> Act | None:
    if act is None or not act.fault:
        return act
    if act.fault == _MISTAKEN:
        return next((other for other in world.acts if not other.fault), None)
    raise Misbehave(act.fault)
