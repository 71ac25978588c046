"""Small artist.nfo files to start a test from."""

from datetime import UTC, datetime

MBID = "2f9d1c58-0b1e-4a77-9c3d-6c0f4a1be001"
OTHER_MBID = "7be0a4f2-5d3c-4c1a-8e21-90d4c2ab7702"
NOON = datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC)


def artist_file(inside: str = "", *, before: str = "", after: str = "", encoding: str = "utf-8") -> bytes:
    """An artist.nfo in text form around `inside`, encoded."""
    return f"{before}<artist>{inside}</artist>{after}".encode(encoding)


FULL = f"""<?xml version="1.0" encoding="UTF-8"?>
<artist>
  <name>Ágnes Vale</name>
  <sortname>Vale, Ágnes</sortname>
  <type>solo</type>
  <gender>female</gender>
  <disambiguation>singer from Pécs</disambiguation>
  <musicbrainzartistid>{MBID}</musicbrainzartistid>
  <audiodbartistid>111</audiodbartistid>
  <discogsartistid>222</discogsartistid>
  <wikidataid>Q333</wikidataid>
  <deezerartistid>444</deezerartistid>
  <spotifyartistid>5555555555555555555555</spotifyartistid>
  <genre>Folk</genre>
  <genre>Jazz</genre>
  <style>Chamber Folk</style>
  <mood>Calm</mood>
  <yearsactive>1990-present</yearsactive>
  <born>1965-02-03</born>
  <formed>1990</formed>
  <died>c. 2020</died>
  <disbanded>2019 in Wien</disbanded>
  <biography>Sings &amp; plays.
Second line.</biography>
  <lockdata>true</lockdata>
  <stillwater version="1" written="2026-03-01T12:00:00Z"/>
  <album>
    <title>River</title>
    <year>1999</year>
    <musicbrainzreleasegroupid>{OTHER_MBID}</musicbrainzreleasegroupid>
  </album>
  <thumb aspect="thumb" preview="http://pics.example/s.jpg?a=1&amp;b=2">http://pics.example/l.jpg</thumb>
</artist>
""".encode()

FULL_VALUES: dict[str, object] = {
    "name": "Ágnes Vale",
    "sort_name": "Vale, Ágnes",
    "type": "solo",
    "gender": "female",
    "disambiguation": "singer from Pécs",
    "musicbrainz_id": MBID,
    "audiodb_id": "111",
    "discogs_id": "222",
    "wikidata_id": "Q333",
    "deezer_id": "444",
    "spotify_id": "5555555555555555555555",
    "genres": ["Folk", "Jazz"],
    "styles": ["Chamber Folk"],
    "moods": ["Calm"],
    "years_active": "1990-present",
    "born": "1965-02-03",
    "formed": "1990",
    "died": "c. 2020",
    "disbanded": "2019 in Wien",
    "biography": "Sings & plays.\nSecond line.",
}
