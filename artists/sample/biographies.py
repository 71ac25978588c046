"""Biographies of two to four sentences, composed from parts so that no two artists share one."""

from random import Random

from artists.sample.listing import listed

JUNK = (
    "No biography available.",
    "No description available.",
    "Biography to be added soon, check back.",
)
SHORT = ("A band.", "Singer.", "n/a", "???", "Solo.")

_OPENINGS = {
    "person": (
        "{name} grew up in {place}, {country}, where a church organ and a borrowed tape machine came before school.",
        "Born in {place}, {country}, {name} began recording at home in {year} and has rarely left the room since.",
        "{name} writes songs the way others keep a diary: every morning, in {place}, since {year}.",
        "Before the first record in {year}, {name} repaired pianos in {place}, {country}.",
        "{name} is a {genre} artist from {place}, {country}, who first came to notice in {year}.",
    ),
    "group": (
        "{name} formed in {place}, {country}, in {year}, when two neighbours found that their walls were thin.",
        "Four friends from {place}, {country}, have called themselves {name} since {year}.",
        "{name} began in {year} as the house band of a bicycle workshop in {place}.",
        "Out of {place}, {country}, came {name}, a {genre} group with a liking for long rehearsals and short songs.",
        "The members of {name} met on a night ferry near {place} in {year}.",
    ),
    "orchestra": (
        "{name} gave its first concert in {year} in the old grain exchange of {place}, {country}.",
        "Founded in {year}, {name} is made up of players from all over {country}.",
        "{name} divides its season between {place} and a summer residency by the sea.",
    ),
    "choir": (
        "{name} has sung in {place}, {country}, since {year}, mostly without accompaniment.",
        "Twenty-four voices make up {name}, founded in {year} in {place}.",
        "{name} grew out of an evening class in {place}, {country}, in {year}.",
    ),
}
_SOUNDS = (
    "The sound sits between {genre} and {style}, with {instrument} never far from the front.",
    "Reviewers reach for words such as {mood} and {genre}; the players prefer to speak of weather.",
    "Arrangements are built around {instrument}, leaving more room than notes.",
    "Early tapes leaned on {style}, later ones let {instrument} carry the tune.",
    "What began as {genre} has taken in {style} along the way.",
)
_WORKS = (
    '"{title}" remains the record that most listeners start with.',
    'The breakthrough came with "{title}", made in nine days with the windows open.',
    '"{title}" was recorded in {place} in a single winter.',
    'After "{title}" a long pause followed, broken only by a few concerts.',
    'A reissue of "{title}" brought a second, younger audience.',
)
_CLOSINGS = (
    "A new album is said to be finished and waiting for spring.",
    "Concerts are rare and announced late.",
    "The archive of {place} keeps the early cassettes.",
    "Most of the catalogue is played live without a set list.",
    "They still rehearse on Thursdays.",
)
_INSTRUMENTS = listed(
    "a detuned upright piano|a drum machine|the harmonium|twelve-string guitar|a string quartet|brushed drums|"
    "the vibraphone|double bass|an old analogue synthesiser|close harmony|the clarinet|a pedal steel",
    "|",
)


def biography(chance: Random, kind: str, facts: dict[str, str]) -> str:
    """Two to four sentences; `facts` needs name, place, country, year, genre, style, mood and title."""
    openings = _OPENINGS.get(kind, _OPENINGS["person"])
    parts = [chance.choice(openings), chance.choice(_SOUNDS)]
    parts += [chance.choice(more) for more in (_WORKS, _CLOSINGS) if chance.random() < 0.65]
    return " ".join(parts).format(instrument=chance.choice(_INSTRUMENTS), **facts)
