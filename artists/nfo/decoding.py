"""From bytes to text, whatever encoding a file has, claims to have, or hides."""

import codecs
import re

UTF8_BOM = codecs.BOM_UTF8
_MARKED = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
# Python also knows text encodings that are slow on purpose-made input (idna, punycode) or run escapes.
_CHARSET = re.compile(
    r"iso8859-\d+|cp\d+|koi8-\w|mac-\w+|tis-620|gb\w+|big5\w*|hz|shift_jis\w*|euc_\w+|iso2022_\w+|johab"
)

# The five bytes that windows-1252 leaves open stay apart as controls, as on the web, so that no writer loses them.
_WESTERN = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in range(256))


def without_bom(raw: bytes) -> bytes:
    """`raw` without the UTF-8 byte order marks at its start; some programs add one at every save."""
    while raw.startswith(UTF8_BOM):
        raw = raw[len(UTF8_BOM) :]
    return raw


def decode(raw: bytes) -> tuple[str, list[str]]:
    """The text of `raw` and notes on what was guessed: UTF-8 first, then the declared charset, then windows-1252."""
    raw = without_bom(raw)
    wide = _wide_encoding(raw)
    if wide:
        return raw.decode(wide, errors="replace").lstrip("\ufeff"), [f"decoded as {wide}"]
    try:
        return raw.decode("utf-8").lstrip("\ufeff"), []
    except UnicodeDecodeError:
        return _decode_bytewise(raw)


def _wide_encoding(raw: bytes) -> str:
    """UTF-16 or UTF-32 by mark, or UTF-16 by the zero bytes that plain markup has in it; blank for any other."""
    for mark, encoding in _MARKED:
        if raw.startswith(mark):
            return encoding
    head = raw[:64]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if odd * 4 > len(head) and not even:
        return "utf-16-le"
    return "utf-16-be" if even * 4 > len(head) and not odd else ""


def _decode_bytewise(raw: bytes) -> tuple[str, list[str]]:
    notes = []
    declared = _DECLARED.match(raw[:400])
    if declared:
        claim = declared.group(1).decode("ascii")
        charset = _known_charset(claim)
        if charset:
            try:
                return raw.decode(charset), [f"decoded as {claim.lower()}"]
            except (UnicodeDecodeError, ValueError):
                notes.append(f"not valid {claim.lower()} as declared")
        elif not claim.lower().startswith("utf"):
            notes.append(f"unknown charset {claim.lower()} declared")
    return codecs.charmap_decode(raw, "strict", _WESTERN)[0], [*notes, "decoded as windows-1252"]


def _known_charset(claim: str) -> str:
    """Python's name for a declared charset; blank for those unknown, and for UTF-8, which has failed already.

    Latin-1 means windows-1252 in practice, as on the web: its control characters C1 are in no name.
    """
    try:
        name = codecs.lookup(claim).name
    except LookupError:
        return ""
    if name in ("iso8859-1", "ascii"):
        return "cp1252"
    return name if _CHARSET.fullmatch(name) else ""
