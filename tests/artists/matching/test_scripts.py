"""Which script a name is in, and for whom it is readable."""

import pytest

from artists.matching.scripts import dominant_script, script_fits


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("Radiohead", "Latn"),
        ("Кино", "Cyrl"),
        ("Βαγγέλης", "Grek"),
        ("東京事変", "Hani"),
        ("椎名林檎とみんな", "Jpan"),
        ("ﾌﾘｯﾊﾟｰｽﾞ", "Jpan"),
        ("방탄소년단", "Kore"),
        ("فيروز", "Arab"),
        ("アイドル Feat Rap", "Latn"),
        ("311", ""),
        ("!!!", ""),
        ("", ""),
    ],
)
def test_the_dominant_script_is_that_of_most_letters(text, script):
    assert dominant_script(text) == script


@pytest.mark.parametrize(
    ("text", "languages", "fits"),
    [
        ("Radiohead", ["en"], True),
        ("東京事変", ["en"], False),
        ("東京事変", ["ja"], True),
        ("東京事変", ["en", "zh-Hant-TW"], True),
        ("Tokyo Jihen", ["ja"], False),
        ("Tokyo Jihen", ["ja-Latn"], True),
        ("Кино", ["sr"], True),
        ("Кино", ["sr-Latn"], False),
        ("Кино", ["de", "ru-RU"], True),
        ("311", ["ja"], True),
        ("Кино", [], True),
        ("방탄소년단", ["ko_KR"], True),
    ],
)
def test_a_name_fits_when_one_preferred_language_is_written_so(text, languages, fits):
    assert script_fits(text, languages) is fits
