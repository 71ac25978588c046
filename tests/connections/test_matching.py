"""Who a server means: the strongest evidence first, nobody guessed, the same answer every time."""

import pytest

from connections.clients.base import ServerArtist
from connections.matching import OTHER_MBID, SEVERAL, Known, Register

MBID, OTHER = "7d1e0c52-3b64-4f8a-9a17-52c0b6e4d901", "0da00000-3b64-4f8a-9a17-52c0b6e4d902"


def there(item: str = "1", name: str = "Mara Field", mbid: str = "") -> ServerArtist:
    return ServerArtist(item, name, mbid=mbid)


def mara(pk: int = 1, **values: str) -> Known:
    return Known(pk, name_key="mara field", **values)


class TestOrderOfEvidence:
    def test_a_link_outweighs_everything(self) -> None:
        register = Register.of([mara(1, item="1"), Known(2, MBID, "other")])
        assert register.match(there(mbid=MBID)).artist.pk == 1

    def test_then_the_mbid_whatever_the_name(self) -> None:
        register = Register.of([mara(1), Known(2, MBID, "spelt otherwise")])
        match = register.match(there(mbid=MBID))
        assert (match.artist.pk, match.how) == (2, "mbid")

    def test_then_the_folder_unless_the_mbid_says_otherwise(self) -> None:
        register = Register.of([Known(1, OTHER, "x", "/music/Mara Field"), Known(2, "", "y", "/music/Field")])
        assert register.match(there("1", "Z"), "/music/Field").how == "path"
        assert register.match(there("2", "Q", MBID), "/music/Mara Field").how == "new"

    def test_then_the_name_which_learns_the_mbid(self) -> None:
        match = Register.of([mara()]).match(there(name="MARA FIELD", mbid=MBID))
        assert (match.how, match.adopts) == ("name", True)

    def test_nobody_is_new(self) -> None:
        match = Register.of([mara()]).match(there(name="Somebody"))
        assert (match.how, match.artist.pk, match.links) == ("new", 0, True)


class TestDoubt:
    def test_a_namesake_with_another_mbid_is_left_out(self) -> None:
        match = Register.of([mara(mbid=OTHER)]).match(there(mbid=MBID))
        assert (match.how, match.reason, match.artist) == ("skipped", OTHER_MBID, None)

    def test_between_two_namesakes_nobody_chooses(self) -> None:
        assert Register.of([mara(1), mara(2)]).match(there()).reason == SEVERAL

    @pytest.mark.parametrize("name", ["-", "_", "\u200b"])
    def test_a_name_of_nothing_matches_nobody(self, name: str) -> None:
        assert Register.of([Known(1, name_key="")]).match(there(name=name)).how == "skipped"


class TestTwoItemsForOneArtist:
    """Bug 39."""

    @pytest.mark.parametrize("order", [["a", "b"], ["b", "a"]])
    def test_the_lower_identifier_counts_in_whatever_order_they_come(self, order: list[str]) -> None:
        known = mara(mbid=MBID)
        register = Register.of([known])
        for item in order:
            register.match(there(item, mbid=MBID))
        assert known.item == "a"

    def test_an_old_link_stays(self) -> None:
        known = mara(mbid=MBID, item="z")
        assert not Register.of([known]).match(there("a", mbid=MBID)).links
        assert known.item == "z"
