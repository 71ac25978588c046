"""What the entries of one folder mean: NFO, pictures per slot, strangers, oddities."""

import itertools

import pytest

from artists.folders.inventory import FolderEntry, SequenceProblem, take_inventory
from artists.folders.naming import BUILTIN_PROFILES, ImageNaming

NAMINGS = {profile.id: profile.naming for profile in BUILTIN_PROFILES}
KODI, JELLYFIN = NAMINGS["kodi"], NAMINGS["jellyfin"]


def stock(*names, naming=KODI, **options):
    return take_inventory([FolderEntry(name) if isinstance(name, str) else name for name in names], naming, **options)


def slots(inventory, kind="fanart"):
    return [image.entry.name for image in inventory.images if image.kind == kind]


def odd(inventory):
    return {oddity.name: oddity.note for oddity in inventory.oddities}


class TestOrdinaryFolder:
    def test_every_kind_of_file_is_found(self):
        inventory = stock(
            "artist.nfo", "folder.jpg", "fanart.jpg", "fanart1.jpg", "logo.png", "banner.jpg", "01 Song.flac"
        )
        assert inventory.nfo.name == "artist.nfo"
        assert inventory.image("thumb").name == "folder.jpg"
        assert inventory.image("logo").name == "logo.png"
        assert inventory.image("banner").name == "banner.jpg"
        assert slots(inventory) == ["fanart.jpg", "fanart1.jpg"]
        assert inventory.fanart_count == 2
        assert (inventory.extraneous, inventory.oddities, inventory.sequence_problems) == ((), (), ())

    def test_an_empty_folder_has_nothing_and_nothing_is_wrong(self):
        inventory = stock()
        assert inventory.nfo is None
        assert inventory.image("thumb") is None
        assert inventory.images == ()

    def test_the_order_of_the_listing_does_not_matter(self):
        names = ["Folder.JPG", "folder.jpg", "folder.png", "fanart2.jpg", "artist.NFO", "cd.jpg"]
        results = {stock(*order) for order in itertools.islice(itertools.permutations(names), 0, 720, 37)}
        assert len(results) == 1


class TestNfo:
    def test_it_is_found_in_any_case(self):
        assert stock("Artist.NFO").nfo.name == "Artist.NFO"

    def test_a_second_one_in_other_case_is_reported(self):
        inventory = stock("Artist.NFO", "artist.nfo")
        assert inventory.nfo.name == "artist.nfo"
        assert [entry.name for entry in inventory.other_nfos] == ["Artist.NFO"]

    @pytest.mark.parametrize("is_symlink", [True, False])
    def test_a_folder_pipe_or_broken_link_is_no_nfo(self, is_symlink):
        inventory = stock(FolderEntry("artist.nfo", is_regular_file=False, is_symlink=is_symlink))
        assert inventory.nfo is None
        assert "artist.nfo" in odd(inventory)


class TestOnePicturePerSlot:
    def test_the_profiles_name_wins_over_what_others_write(self):
        assert stock("folder.jpg", "artist.jpg", naming=NAMINGS["plex"]).image("thumb").name == "artist.jpg"
        assert stock("folder.jpg", "artist.jpg").image("thumb").name == "folder.jpg"

    def test_names_that_others_write_count_where_the_profiles_are_absent(self):
        assert stock("poster.png").image("thumb").name == "poster.png"
        assert stock("logo-white.png").image("logo").name == "logo-white.png"

    def test_four_spellings_give_one_picture_and_three_notes(self):
        inventory = stock("folder.png", "folder.jpeg", "Folder.JPG", "folder.jpg")
        assert inventory.image("thumb").name == "folder.jpg"
        assert odd(inventory) == dict.fromkeys(
            ["Folder.JPG", "folder.jpeg", "folder.png"], "folder.jpg is used instead"
        )
        assert inventory.extraneous == ()

    def test_an_empty_file_gives_way_to_a_full_one(self):
        inventory = stock(FolderEntry("folder.jpg", size=0), "folder.png")
        assert inventory.image("thumb").name == "folder.png"

    def test_an_empty_file_alone_is_kept_and_noted(self):
        inventory = stock(FolderEntry("folder.jpg", size=0))
        assert inventory.image("thumb").name == "folder.jpg"
        assert odd(inventory) == {"folder.jpg": "the file is empty"}

    def test_a_folder_called_like_a_picture_is_skipped(self):
        inventory = stock(FolderEntry("fanart.jpg", is_regular_file=False))
        assert inventory.images == ()
        assert odd(inventory) == {"fanart.jpg": "not a regular file"}

    def test_links_count_only_where_they_are_followed(self):
        link = FolderEntry("folder.jpg", is_symlink=True)
        assert stock(link).image("thumb") == link
        inventory = stock(link, follow_links=False)
        assert inventory.image("thumb") is None
        assert odd(inventory) == {"folder.jpg": "a link, which is not followed"}

    def test_a_link_to_a_device_or_a_folder_is_told_apart_from_one_that_leads_nowhere(self):
        to_device = FolderEntry("folder.jpg", is_regular_file=False, is_symlink=True)
        assert odd(stock(to_device)) == {"folder.jpg": "a link to what is no regular file"}
        assert odd(stock(to_device._replace(is_there=False))) == {"folder.jpg": "a broken link"}

    def test_a_name_from_a_mac_in_another_composition_is_the_same_name(self):
        naming = ImageNaming(thumb=("k\u00fcnstler.jpg",))
        assert stock("ku\u0308nstler.jpg", naming=naming).image("thumb").name == "ku\u0308nstler.jpg"


class TestFanart:
    def test_the_name_of_another_player_counts_too(self):
        assert slots(stock("fanart.jpg", naming=JELLYFIN)) == ["fanart.jpg"]
        assert slots(stock("backdrop.jpg", "backdrop2.jpg")) == ["backdrop.jpg", "backdrop2.jpg"]

    def test_both_families_count_and_the_profiles_comes_first(self):
        inventory = stock("fanart.jpg", "backdrop.jpg", "backdrop2.jpg", naming=JELLYFIN)
        assert slots(inventory) == ["backdrop.jpg", "backdrop2.jpg", "fanart.jpg"]
        assert [image.slot for image in inventory.images] == [0, 1, 2]

    def test_copies_that_the_profile_asks_for_are_not_further_pictures(self):
        naming = ImageNaming(fanart=("backdrop.jpg", "fanart.jpg"))
        assert slots(stock("fanart.jpg", "backdrop.jpg", naming=naming)) == ["backdrop.jpg"]
        assert slots(stock("fanart.jpg", naming=naming)) == ["fanart.jpg"]

    def test_numbers_sort_as_numbers(self):
        assert slots(stock("fanart10.jpg", "fanart2.jpg", "fanart.jpg")) == [
            "fanart.jpg", "fanart2.jpg", "fanart10.jpg",
        ]  # fmt: skip

    def test_one_picture_per_number_and_the_primarys_extension_is_preferred(self):
        inventory = stock("fanart.jpg", "fanart1.png", "fanart1.jpg")
        assert slots(inventory) == ["fanart.jpg", "fanart1.jpg"]
        assert odd(inventory) == {"fanart1.png": "fanart1.jpg is used instead"}

    @pytest.mark.parametrize(
        "name", ["fanart01.jpg", "fanart-2.jpg", "fanart (1).jpg", "fanart0.jpg", "fanart99999999999999999999.jpg"]
    )
    def test_what_is_no_number_is_a_stranger(self, name):
        inventory = stock("fanart.jpg", name)
        assert slots(inventory) == ["fanart.jpg"]
        assert [entry.name for entry in inventory.extraneous] == [name]

    def test_extrafanart_is_noted_and_not_counted(self):
        inventory = stock(FolderEntry("extrafanart", is_regular_file=False))
        assert inventory.fanart_count == 0
        assert "extrafanart" in odd(inventory)


class TestSequence:
    def test_kodi_wants_fanart1_second_and_jellyfin_wants_backdrop2(self):
        assert stock("fanart.jpg", "fanart1.jpg").sequence_problems == ()
        assert stock("backdrop.jpg", "backdrop2.jpg", naming=JELLYFIN).sequence_problems == ()
        assert stock("backdrop.jpg", "backdrop1.jpg", naming=JELLYFIN).sequence_problems == (
            SequenceProblem("backdrop1.jpg", "backdrop2.jpg"),
        )

    def test_a_gap_moves_everything_behind_it(self):
        assert stock("fanart.jpg", "fanart2.jpg", "fanart3.png").sequence_problems == (
            SequenceProblem("fanart2.jpg", "fanart1.jpg"),
            SequenceProblem("fanart3.png", "fanart2.png"),
        )

    def test_a_missing_primary_is_a_gap(self):
        assert stock("fanart1.jpg").sequence_problems == (SequenceProblem("fanart1.jpg", "fanart.jpg"),)

    def test_case_and_extension_are_free(self):
        assert stock("Fanart.PNG", "FANART1.jpeg").sequence_problems == ()

    def test_names_of_another_player_have_no_sequence_here(self):
        assert stock("backdrop.jpg", "backdrop7.jpg").sequence_problems == ()


class TestStrangers:
    def test_unknown_pictures_are_strangers_and_other_files_are_not(self):
        inventory = stock("cd.jpg", "Scan 1.PNG", "back.jpeg", "notes.txt", "disc.gif", "folder.jpg")
        assert [entry.name for entry in inventory.extraneous] == ["Scan 1.PNG", "back.jpeg", "cd.jpg"]

    def test_hidden_files_of_a_mac_are_passed_over(self):
        inventory = stock("._folder.jpg", ".hidden.jpg", "._artist.nfo")
        assert (inventory.extraneous, inventory.oddities, inventory.nfo) == ((), (), None)

    def test_a_shared_folder_tolerates_the_names_of_every_profile(self):
        naming = ImageNaming(thumb=("band.jpg",))
        assert stock("band.jpg", also_allowed=[naming]).extraneous == ()
        assert len(stock("band.jpg").extraneous) == 1

    def test_a_webp_under_a_known_name_is_noted(self):
        inventory = stock("folder.webp", "other.webp")
        assert set(odd(inventory)) == {"folder.webp"}
        assert inventory.images == ()
