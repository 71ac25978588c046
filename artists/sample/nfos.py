"""Well-formed artist.nfo files: what a good one, a sparse one and each odd-but-readable one looks like."""

from collections.abc import Callable, Iterator
from xml.sax.saxutils import escape

from artists.sample.names import PERSONS
from artists.sample.profiles import Profile

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_IDS = {
    "audiodb": "audiodbartistid",
    "discogs": "discogsartistid",
    "wikidata": "wikidataid",
    "deezer": "deezerartistid",
    "spotify": "spotifyartistid",
}


def document(profile: Profile, *, tail: str = "", without: tuple[str, ...] = ()) -> str:
    """The full document without declaration; `tail` goes in before the end, elements in `without` are left out."""
    lines = [f"  <{tag}>{escape(text)}</{tag}>\n" for tag, text in _elements(profile) if text and tag not in without]
    albums = "".join(
        f"  <album>\n    <title>{escape(album.title)}</title>\n    <year>{album.year}</year>\n"
        f"    <musicbrainzreleasegroupid>{album.release_group}</musicbrainzreleasegroupid>\n  </album>\n"
        for album in profile.albums
    )
    return f"<artist>\n{''.join(lines)}{albums}{tail}</artist>\n"


def _elements(profile: Profile) -> Iterator[tuple[str, str]]:
    person = profile.kind in PERSONS
    yield "name", profile.name
    yield "sortname", profile.sort_name
    yield "type", profile.kind
    yield "gender", profile.gender
    yield "disambiguation", profile.disambiguation
    yield "musicbrainzartistid", profile.mbid
    for provider, tag in _IDS.items():
        yield tag, profile.ids.get(provider, "")
    for tag, values in (("genre", profile.genres), ("style", profile.styles), ("mood", profile.moods)):
        for value in values:
            yield tag, value
    yield "yearsactive", profile.years_active
    yield "born" if person else "formed", profile.began
    yield "died" if person else "disbanded", profile.ended
    yield "origin", profile.origin
    yield "biography", profile.biography


def good(profile: Profile) -> bytes:
    """Everything that is known, in UTF-8."""
    return (HEAD + document(profile)).encode()


def sparse(profile: Profile) -> bytes:
    """No more than a careless scraper leaves: name, identifier, biography."""
    known = (("name", profile.name), ("musicbrainzartistid", profile.mbid), ("biography", profile.biography))
    lines = "".join(f"  <{tag}>{escape(text)}</{tag}>\n" for tag, text in known if text)
    return f"{HEAD}<artist>\n{lines}</artist>\n".encode()


def _declared(encoding: str, profile: Profile) -> str:
    return f'<?xml version="1.0" encoding="{encoding}"?>\n{document(profile)}'


def _kodi(profile: Profile) -> bytes:
    xml = document(profile, without=("musicbrainzartistid", "origin"))
    spelled = f"  <musicBrainzArtistID>{profile.mbid}</musicBrainzArtistID>\n" if profile.mbid else ""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>\n'
    return f"{head}{xml.replace('</artist>', f'{spelled}</artist>')}".encode()


def _with_mbid(profile: Profile, text: str) -> bytes:
    return good(profile).replace(profile.mbid.encode(), text.encode()) if profile.mbid else good(profile)


def _entities(profile: Profile) -> bytes:
    dressed = f"{escape(profile.biography)} &copy; Fish & Sons&nbsp;&ndash; &eacute;dition&hellip;"
    return good(profile).replace(escape(profile.biography).encode() or b"\0", dressed.encode())


def _unknown_elements(profile: Profile) -> bytes:
    tail = (
        '  <thumb aspect="thumb" preview="https://images.example/p.jpg">https://images.example/t.jpg</thumb>\n'
        "  <instruments>harmonium / voice</instruments>\n  <dateadded>2021-03-04 05:06:07</dateadded>\n"
        "  <lockedfields>Overview|Name</lockedfields>\n  <mynote>bought at the <b>harbour</b> market</mynote>\n"
    )
    return (HEAD + document(profile, tail=tail)).encode()


ODD: dict[str, Callable[[Profile], bytes]] = {
    "bom": lambda profile: b"\xef\xbb\xbf" + good(profile),
    "utf16": lambda profile: _declared("UTF-16", profile).encode("utf-16"),
    "latin1": lambda profile: _declared("ISO-8859-1", profile).encode("latin-1", "xmlcharrefreplace"),
    "latin1-undeclared": lambda profile: _declared("UTF-8", profile).encode("latin-1", "xmlcharrefreplace"),
    "entities": _entities,
    "url-tail": lambda profile: good(profile) + f"https://musicbrainz.org/artist/{profile.mbid}\n".encode(),
    "kodi": _kodi,
    "mbid-url": lambda profile: _with_mbid(profile, f"https://musicbrainz.org/artist/{profile.mbid}"),
    "mbid-upper": lambda profile: _with_mbid(profile, profile.mbid.upper()),
    "crlf": lambda profile: good(profile).replace(b"\n", b"\r\n"),
    "lockdata": lambda profile: (HEAD + document(profile, tail="  <lockdata>True</lockdata>\n")).encode(),
    "unknown-elements": _unknown_elements,
}

BROKEN: dict[str, Callable[[Profile], bytes]] = {
    "truncated": lambda profile: good(profile)[: len(good(profile)) * 3 // 5].rstrip(b"<>/\xc3"),
    "empty": lambda profile: b"",
    "html": lambda profile: b"<!DOCTYPE html>\n<html><head><title>502</title></head><body>Bad gateway</body></html>\n",
    "doctype": lambda profile: (
        '<?xml version="1.0"?>\n<!DOCTYPE artist [<!ENTITY motto "away">]>\n'
        f"<artist><name>{escape(profile.name)}</name><biography>&motto;</biography></artist>\n"
    ).encode(),
    "wrong-root": lambda profile: f"{HEAD}<album><title>{escape(profile.name)}</title></album>\n".encode(),
}

NFOS = {"good": good, "sparse": sparse} | ODD | BROKEN


def nfo(kind: str, profile: Profile) -> bytes:
    """The bytes of artist.nfo; `kind` is a key of NFOS.

    Raises KeyError for another kind: "missing" is not a file.
    """
    return NFOS[kind](profile)
