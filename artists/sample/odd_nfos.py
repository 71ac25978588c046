"""Odd artist.nfo files: encodings, markup, hostile documents."""

from collections.abc import Callable

from artists.sample import nfos
from artists.sample.profiles import Profile
from artists.sample.scenes import nfo_case

_BOM = b"\xef\xbb\xbf"
_LAUGHS = "".join(
    f'<!ENTITY l{level} "{f"&l{level - 1};" * 10}">' if level else '<!ENTITY l0 "ha">' for level in range(10)
)


def _tail(text: str) -> Callable[[Profile], bytes]:
    return lambda profile: (nfos.HEAD + nfos.document(profile, tail=f"  {text}\n")).encode()


def _said(text: str) -> Callable[[Profile], bytes]:
    """A good document whose biography is this raw markup."""
    return lambda profile: (
        nfos.HEAD + nfos.document(profile, without=("biography",), tail=f"  <biography>{text}</biography>\n")
    ).encode()


def _mbid(pattern: str) -> Callable[[Profile], bytes]:
    return lambda profile: nfos.good(profile).replace(profile.mbid.encode(), pattern.format(profile.mbid).encode())


def _hostile(doctype: str, entity: str) -> Callable[[Profile], bytes]:
    return lambda profile: (
        f'<?xml version="1.0"?>\n<!DOCTYPE artist {doctype}>\n<artist><name>{profile.name}</name>'
        f"<biography>&{entity};</biography></artist>\n"
    ).encode()


_ENCODED = (
    nfo_case(1, "Bom", "a UTF-8 byte order mark", "read", nfos.ODD["bom"]),
    nfo_case(1, "Bom Bom", "two byte order marks", "read", lambda profile: _BOM + _BOM + nfos.good(profile)),
    nfo_case(2, "Sixteen Little", "UTF-16, little endian", "read", lambda profile: _utf16(profile, "utf-16-le")),
    nfo_case(2, "Sixteen Big", "UTF-16, big endian", "read", lambda profile: _utf16(profile, "utf-16-be")),
    nfo_case(3, "Västkusten", "declared as ISO-8859-1", "name read with its diacritics", nfos.ODD["latin1"]),
    nfo_case(3, "Östkusten", "Latin-1 bytes declared as UTF-8", "name read anyway", nfos.ODD["latin1-undeclared"]),
    nfo_case(4, "Entities", "HTML entities", "shown as characters", _said("Caf&eacute;&nbsp;&ndash; a band&hellip;")),
    nfo_case(
        4, "Fish & Sons", "a bare ampersand", "repaired, nothing lost", _said("Fish & Sons, a <b>trio</b> & more")
    ),
    nfo_case(
        5, "Control", "control characters", "left out of the text", _said("Rings a \x07 bell \x0b and \x1b stops.")
    ),
)

_INCOMPLETE = (
    nfo_case(6, "Url Tail", "an address after the root", "read, the address ignored", nfos.ODD["url-tail"]),
    nfo_case(
        6, "Url Only", "nothing but an address", "clears nothing", lambda p: f"https://example.org/{p.mbid}\n".encode()
    ),
    nfo_case(7, "Zero", "an empty file", "error noted, stored values kept", nfos.BROKEN["empty"]),
    nfo_case(7, "Blank", "white space only", "error noted, stored values kept", lambda profile: b" \n\t\n"),
    nfo_case(7, "Cut Short", "ends in the middle", "error noted, stored values kept", nfos.BROKEN["truncated"]),
    nfo_case(13, "Wrong Root", "the root is an album", "not imported", nfos.BROKEN["wrong-root"]),
    nfo_case(
        13, "Two Roots", "two artists in one file", "not imported", lambda p: nfos.good(p) + nfos.document(p).encode()
    ),
    nfo_case(13, "Page", "an HTML page", "not imported", nfos.BROKEN["html"]),
    nfo_case(14, "Blanked", "an emptied biography", "blank replaces no text", _said("")),
)

_HOSTILE = (
    nfo_case(8, "Deep", "10,000 nested elements", "refused by depth", _tail("<a>" * 10_000 + "</a>" * 10_000)),
    nfo_case(9, "Doctype", "a document type with an entity", "refused", nfos.BROKEN["doctype"]),
    nfo_case(
        9,
        "Outsider",
        "an external entity",
        "refused, nothing opened",
        _hostile('[<!ENTITY x SYSTEM "file:///etc/hostname">]', "x"),
    ),
    nfo_case(9, "Laughs", "a billion laughs", "refused at once", _hostile(f"[{_LAUGHS}]", "l9")),
)

_SPELLED = (
    nfo_case(10, "Camel", "Kodi's spelling of the identifier's tag", "identifier read", nfos.ODD["kodi"]),
    nfo_case(10, "Linked Id", "the identifier as an address", "identifier read", nfos.ODD["mbid-url"]),
    nfo_case(10, "Loud Id", "the identifier in capitals", "identifier in small letters", nfos.ODD["mbid-upper"]),
    nfo_case(
        10,
        "Many Ids",
        "two identifiers joined by a slash",
        "the first one counts",
        _mbid("{0}/" + "0" * 8 + "-aaaa-4aaa-8aaa-" + "0" * 12),
    ),
    nfo_case(10, "No Id", "an identifier that is none", "no identifier", _mbid("see website")),
    nfo_case(
        11,
        "Genres",
        "several genres in one element",
        "cut at the spaced slash only",
        _tail("<genre>Folk / Drone</genre><genre>R;B, Soul</genre>"),
    ),
    nfo_case(12, "Cdata", "CDATA, clear and self-closed elements", "read", _said("<![CDATA[Plain & <simple>.]]>")),
    nfo_case(
        12,
        "Clear",
        "a genre that clears those before",
        "read",
        _tail('<genre clear="true">Dub</genre><mood/><style />'),
    ),
    nfo_case(12, "Windows Lines", "CR LF line ends", "read", nfos.ODD["crlf"]),
    nfo_case(
        12,
        "Namespace",
        "elements in a namespace",
        "read",
        lambda p: nfos.good(p).replace(b"<artist>", b'<artist xmlns="urn:x:y">'),
    ),
    nfo_case(12, "Twice Named", "a name given twice", "the last one counts", _tail("<name>Twice Named (again)</name>")),
    nfo_case(
        15,
        "Dates",
        "dates that are none",
        "kept as text",
        _tail("<born>c. 1965 in London</born><died>0000-00-00</died><disbanded>Present</disbanded>"),
    ),
    nfo_case(
        16,
        "Locked",
        "lockdata in another spelling, unknown locked fields",
        "locked, the rest preserved",
        _tail("<lockdata> True </lockdata><lockedfields>Overview|Nonsense</lockedfields>"),
    ),
)


def _utf16(profile: Profile, encoding: str) -> bytes:
    text = nfos.good(profile).decode().replace('encoding="UTF-8"', 'encoding="UTF-16"')
    return f"\ufeff{text}".encode(encoding)


CASES = (*_ENCODED, *_INCOMPLETE, *_HOSTILE, *_SPELLED)
