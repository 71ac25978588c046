"""Pictures that are none are known by their address."""

import pytest

from artists.providers.placeholders import is_placeholder_url

DEEZER = "https://cdn-images.dzcdn.net/images/artist"


@pytest.mark.parametrize(
    "url",
    [
        f"{DEEZER}//1000x1000-000000-80-0-0.jpg",
        f"{DEEZER}/d41d8cd98f00b204e9800998ecf8427e/500x500.jpg",
        "https://lastfm.freetls.fastly.net/i/u/300x300/2a96cbd8b46e442fc41c2b86b821562f.png",
        "https://lastfm.freetls.fastly.net/i/u/2A96CBD8B46E442FC41C2B86B821562F.PNG",
        "https://st.discogs.com/images/spacer.gif",
    ],
)
def test_silhouettes_and_stars_are_refused(url):
    assert is_placeholder_url(url)


@pytest.mark.parametrize(
    "url",
    [
        f"{DEEZER}/ab/500x500.jpg",
        "https://assets.fanart.tv/fanart/music/spacer.gif.jpg",
        "https://example.com/a//b.jpg",
        "",
    ],
)
def test_real_pictures_pass(url):
    assert not is_placeholder_url(url)
