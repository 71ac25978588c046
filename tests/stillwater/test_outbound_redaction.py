"""No text that leaves for a log or a message holds a secret."""

import logging

import pytest

from stillwater.outbound import RedactingFilter, redact, remember_secret

SECRET = "s3cr3tV4lue99"


@pytest.mark.parametrize(
    "text",
    [
        "GET https://ws.audioscrobbler.com/2.0/?method=x&api_key={} HTTP/1.1",
        "/emby/Items?ApiKey={}&Fields=Path",
        "https://webservice.fanart.tv/v3/music/x?client_key=a&apikey={}#top",
        "/callback?state=1&code={}",
        "X-Api-Key: {}",
        "{{'X-Emby-Token': '{}', 'Accept': 'a'}}",
        "authorization: Bearer {}",
        "Authorization: Discogs token={}",
        'Authorization: MediaBrowser Client="x", Token="{}"',
        "Cookie: session={}",
        '{{"password": "{}"}}',
        '{{"client_secret":"{}"}}',
        "https://maria:{}@nas.lan:8096/emby",
        "failed with Bearer {}",
        "token sw_{}",
        "?token={}%2F",
    ],
)
def test_what_is_named_like_a_secret_is_hidden(text: str) -> None:
    hidden = redact(text.format(SECRET))
    assert SECRET not in hidden
    assert "[hidden]" in hidden


@pytest.mark.parametrize(
    "text",
    [
        "GET https://musicbrainz.org/ws/2/artist?query=monkey&limit=5: 200",
        "artist 'The Secret' has no thumbnail",
        "scanned 12 folders in 3.4 s: 2 new",
        "/music/Token: A Life/artist.nfo",
    ],
)
def test_ordinary_lines_stay_as_they_are(text: str) -> None:
    assert redact(text) == text


def test_a_known_secret_is_hidden_anywhere_and_in_every_encoding() -> None:
    remember_secret("p@th/s3cret key")
    for text in ("/api/v1/json/p@th/s3cret key/x", "/p%40th%2Fs3cret%20key/x", "x=p%40th%2Fs3cret+key"):
        assert "s3cret" not in redact(text)


@pytest.mark.parametrize("key", ["2", "123", "s3cr3tV4lue99"])
def test_a_key_in_the_path_of_theaudiodb_is_hidden_however_short(key: str) -> None:
    told = redact(f"GET https://www.theaudiodb.com/api/v1/json/{key}/search.php?s=coldplay: 200")
    assert told == "GET https://www.theaudiodb.com/api/v1/json/[hidden]/search.php?s=coldplay: 200"


def test_short_values_do_not_blot_out_words() -> None:
    remember_secret("2")
    remember_secret("")
    assert redact("2 of 22") == "2 of 22"


def test_a_log_line_with_its_arguments_and_traceback_is_clean(caplog: pytest.LogCaptureFixture) -> None:
    remember_secret("canary-in-the-mine")
    handler = caplog.handler
    handler.addFilter(filtered := RedactingFilter())
    try:
        raise ValueError("https://x/?key=canary-in-the-mine")
    except ValueError:
        logging.getLogger("any").exception("asked %s with %d", "/canary-in-the-mine/", 5)
    handler.removeFilter(filtered)
    assert "canary" not in caplog.text
    assert "asked /[hidden]/ with 5" in caplog.text
