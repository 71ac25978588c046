"""File names of pictures: the built-in profiles, what may be configured, how fanart is numbered."""

import pytest

from artists.folders.naming import (
    BUILTIN_PROFILES,
    ImageNaming,
    allowed_image_names,
    fanart_name,
    validate_naming,
)


def test_there_are_five_profiles_and_kodi_is_the_active_one():
    profiles = {profile.id: profile for profile in BUILTIN_PROFILES}
    assert set(profiles) == {"emby", "jellyfin", "kodi", "custom", "plex"}
    assert [profile.id for profile in BUILTIN_PROFILES if profile.is_active] == ["kodi"]
    assert [profile.id for profile in BUILTIN_PROFILES if profile.editable] == ["custom"]
    assert [profile.id for profile in BUILTIN_PROFILES if profile.naming.kodi_numbering] == ["kodi"]
    assert profiles["jellyfin"].naming.primary("fanart") == "backdrop.jpg"
    assert profiles["plex"].naming.primary("thumb") == "artist.jpg"
    assert not profiles["plex"].nfo_enabled


@pytest.mark.parametrize(
    ("primary", "index", "kodi", "name"),
    [
        ("fanart.jpg", 0, True, "fanart.jpg"),
        ("fanart.jpg", 1, True, "fanart1.jpg"),
        ("fanart.jpg", 2, True, "fanart2.jpg"),
        ("backdrop.jpg", 0, False, "backdrop.jpg"),
        ("backdrop.jpg", 1, False, "backdrop2.jpg"),
        ("my.art.png", 9, False, "my.art10.png"),
    ],
)
def test_kodi_counts_further_fanart_from_one_and_others_from_two(primary, index, kodi, name):
    assert fanart_name(primary, index, kodi) == name


def test_there_is_no_fanart_before_the_first():
    with pytest.raises(ValueError):
        fanart_name("fanart.jpg", -1, False)


def test_a_list_of_names_and_an_old_single_name_are_both_taken():
    naming = validate_naming({"thumb": ["folder.jpg", "artist.jpg"], "logo": " clearlogo.PNG "})
    assert naming.thumb == ("folder.jpg", "artist.jpg")
    assert naming.logo == ("clearlogo.PNG",)


def test_kinds_that_are_left_out_keep_their_names():
    current = ImageNaming(fanart=("backdrop.jpg",))
    assert validate_naming({"thumb": "cover.jpg"}, current).fanart == ("backdrop.jpg",)


def test_a_checked_naming_survives_being_stored():
    naming = ImageNaming(thumb=("folder.jpg", "artist.jpg"))
    assert validate_naming(naming.as_mapping()) == naming


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        ({"poster": "a.jpg"}, "unknown image type 'poster'"),
        ({"thumb": []}, "thumb needs at least one file name"),
        ({"thumb": 5}, "thumb needs at least one file name"),
        ({"thumb": [5]}, "is empty"),
        ({"thumb": "  "}, "is empty"),
        ({"thumb": "../folder.jpg"}, "slash"),
        ({"thumb": "a\\b.jpg"}, "slash"),
        ({"thumb": ".jpg"}, "dot"),
        ({"thumb": "fol\x00der.jpg"}, "invisible"),
        ({"thumb": "folder.gif"}, "must end in .jpg, .jpeg or .png"),
        ({"thumb": "folder"}, "must end in"),
        ({"logo": "logo.jpg"}, "must end in .png"),
        ({"thumb": ["folder.jpg", "Folder.JPG"]}, "twice for thumb"),
        ({"thumb": "banner.jpg"}, "for thumb and for banner"),
        ({"thumb": "x" * 252 + ".jpg"}, "longer than 255 bytes"),
    ],
)
def test_a_bad_name_is_refused_with_a_plain_sentence(mapping, words):
    with pytest.raises(ValueError) as refused:
        validate_naming(mapping)
    assert words in str(refused.value)


def test_names_of_the_profile_and_of_every_player_are_allowed_in_every_extension():
    allowed = allowed_image_names(ImageNaming(thumb=("Cover.jpg",)))
    assert {"cover.jpg", "cover.jpeg", "cover.png", "folder.png", "poster.jpg", "logo-white.jpeg"} <= allowed
    assert "cd.jpg" not in allowed


def test_a_shared_folder_allows_the_names_of_all_profiles():
    allowed = allowed_image_names(ImageNaming(), ImageNaming(thumb=("band.jpg",)))
    assert "band.png" in allowed
