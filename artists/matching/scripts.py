"""Which writing system a name is in, and whether readers of the preferred languages can read it."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

# First word of a letter's Unicode name to its ISO 15924 code.
_SCRIPTS = {
    "LATIN": "Latn", "CYRILLIC": "Cyrl", "GREEK": "Grek", "ARABIC": "Arab", "HEBREW": "Hebr", "ARMENIAN": "Armn",
    "GEORGIAN": "Geor", "CJK": "Hani", "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "HANGUL": "Kore", "BOPOMOFO": "Bopo",
    "THAI": "Thai", "LAO": "Laoo", "KHMER": "Khmr", "MYANMAR": "Mymr", "TIBETAN": "Tibt", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "GURMUKHI": "Guru", "GUJARATI": "Gujr", "ORIYA": "Orya", "TAMIL": "Taml", "TELUGU": "Telu",
    "KANNADA": "Knda", "MALAYALAM": "Mlym", "SINHALA": "Sinh", "ETHIOPIC": "Ethi", "MONGOLIAN": "Mong",
    "CHEROKEE": "Cher", "SYRIAC": "Syrc", "THAANA": "Thaa",
}  # fmt: skip

# Languages that are not written in Latin letters; every other language is.
_LANGUAGES = {
    "ja": {"Jpan", "Hani"}, "zh": {"Hani"}, "yue": {"Hani"}, "cmn": {"Hani"}, "ko": {"Kore"},
    "sr": {"Cyrl", "Latn"}, "uz": {"Latn", "Cyrl"}, "az": {"Latn", "Cyrl"}, "el": {"Grek"}, "hy": {"Armn"},
    "ka": {"Geor"}, "th": {"Thai"}, "lo": {"Laoo"}, "km": {"Khmr"}, "my": {"Mymr"}, "bo": {"Tibt"}, "dz": {"Tibt"},
    "bn": {"Beng"}, "as": {"Beng"}, "pa": {"Guru", "Arab"}, "gu": {"Gujr"}, "or": {"Orya"}, "ta": {"Taml"},
    "te": {"Telu"}, "kn": {"Knda"}, "ml": {"Mlym"}, "si": {"Sinh"}, "dv": {"Thaa"}, "chr": {"Cher"},
    **{tag: {"Cyrl"} for tag in ("ru", "uk", "bg", "be", "mk", "kk", "ky", "tg", "tt", "ba", "mn")},
    **{tag: {"Arab"} for tag in ("ar", "fa", "ur", "ps", "ckb", "ug", "sd")},
    **{tag: {"Hebr"} for tag in ("he", "iw", "yi")},
    **{tag: {"Deva"} for tag in ("hi", "mr", "ne", "sa")},
    **{tag: {"Ethi"} for tag in ("am", "ti")},
}  # fmt: skip

# Script subtags of BCP 47 that cover more or less than one of ours.
_SUBTAGS = {
    "Hans": {"Hani"}, "Hant": {"Hani"}, "Hani": {"Hani"}, "Jpan": {"Jpan", "Hani"}, "Hrkt": {"Jpan"},
    "Hira": {"Jpan"}, "Kana": {"Jpan"}, "Kore": {"Kore", "Hani"}, "Hang": {"Kore"},
}  # fmt: skip


def dominant_script(text: str) -> str:
    """The ISO 15924 code of most letters ('Latn', 'Cyrl', …); '' when there is no letter of a known script.

    Kana next to Han letters makes the whole name 'Jpan', Hangul 'Kore': those languages mix them.
    """
    if text.isascii():
        return "Latn" if any(map(str.isalpha, text)) else ""
    counts = Counter(script for script in map(_script, text) if script)
    for mixed in ("Jpan", "Kore"):
        if counts[mixed]:
            counts[mixed] += counts.pop("Hani", 0)
    return min(counts, key=lambda script: (-counts[script], script)) if counts.total() else ""


def script_fits(text: str, languages: Sequence[str]) -> bool:
    """Whether one of the languages (BCP 47 tags, as in 'en', 'sr-Latn', 'zh-Hant-TW') is written in this script.

    True as well when nothing is preferred or the text has no letters ("311", "!!!").
    """
    script = dominant_script(text)
    return not script or not languages or any(script in _scripts_of(tag) for tag in languages)


def _scripts_of(tag: str) -> set[str]:
    language, *subtags = tag.replace("_", "-").split("-")
    for subtag in subtags:
        if len(subtag) == 4 and subtag.isalpha():
            return _SUBTAGS.get(subtag.title(), {subtag.title()})
    return _LANGUAGES.get(language.lower(), {"Latn"})


@lru_cache(maxsize=8192)
def _script(letter: str) -> str:
    if not letter.isalpha():
        return ""
    name = unicodedata.name(letter, "").removeprefix("FULLWIDTH ").removeprefix("HALFWIDTH ")
    return _SCRIPTS.get(name.partition(" ")[0].partition("-")[0], "")
