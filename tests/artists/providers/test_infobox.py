"""What an infobox says, however it is written."""

from random import Random

import pytest

from artists.providers.infobox import Infobox, read_infobox


def box(*lines: str, kind: str = "musical artist") -> Infobox:
    found = read_infobox("\n".join(["{{Short description|x}}", f"{{{{Infobox {kind}", *lines, "}}", "'''Q''' is…"]))
    assert found is not None
    return found


def test_a_group():
    found = box(
        "| origin = [[Akureyri]], [[Iceland|Ísland]]<ref>{{cite web|url=http://x}}</ref>",
        "| genre = {{hlist|[[Dream pop]]|[[Shoegaze]]}}",
        "| years_active = 2004–present",
        "| current_members = {{plainlist|\n* [[Oda Brackwell]]\n* Ulf Lind\n}}",
        "| past_members = Signe Hal<br />Nils Ek",
    )
    assert found == Infobox(
        origin="Akureyri, Ísland",
        years_active="2004-present",
        genres=("Dream pop", "Shoegaze"),
        members=("Oda Brackwell", "Ulf Lind"),
        past_members=("Signe Hal", "Nils Ek"),
    )
    assert found.type == "group"


def test_a_person():
    found = box("| birth_date = {{Birth date|1951|3|4|df=y}}", "| death_date = c. 1999", kind="person")
    assert (found.born, found.died, found.type) == ("1951", "1999", "solo")


@pytest.mark.parametrize(
    "written",
    [
        "[[Pop]], [[Rock, roll and all|Rock]]",
        "{{flatlist|\n* [[Pop]]\n* Rock<ref name=a/>\n}}",
        "{{ubl|Pop|{{nowrap|Rock}}}}",
        "{{Unbulleted list|class=x|Pop|Rock{{efn|so they say}}}}",
        "Pop<br>Rock",
        "Pop &bull; Rock",
        "* Pop\n* ''Rock''",
        "Pop · Rock <!-- and more -->",
    ],
)
def test_lists_are_written_in_many_ways(written):
    assert box(f"| genre = {written}").genres == ("Pop", "Rock")


def test_a_comma_within_a_link_separates_nothing():
    assert box("| genre = [[Rock, paper]], [[Pop]]").genres == ("Rock, paper", "Pop")


def test_the_first_box_of_a_musician_counts():
    found = read_infobox(
        "{{Infobox album|genre=Jazz}}{{Infobox singer <!-- x -->|genre=Soul}}{{Infobox person|genre=Pop}}"
    )
    assert found is not None
    assert found.genres == ("Soul",)


def test_empty_parameters_give_way_to_others():
    assert box("| origin = ", "| birth_place = [[Kiel]]").origin == "Kiel"


@pytest.mark.parametrize("wikitext", ["", "'''Q''' is", "{{Infobox album|genre=Jazz}}", "{{a|" * 1001, "x" * 100_001])
def test_no_box_of_a_musician_is_none(wikitext):
    assert read_infobox(wikitext) is None


def test_half_a_letter_is_no_text():
    assert box("| genre = a&#xD800;b").genres == ("ab",)


def test_nonsense_never_raises():
    chance = Random(1)
    pieces = [
        "{{",
        "}}",
        "[[",
        "]]",
        "|",
        "=",
        "<ref>",
        "</ref>",
        "<br",
        "/>",
        "\n*",
        "&#x;",
        "&amp;",
        "<!--",
        "-->",
        "Q",
    ]
    for _ in range(1000):
        noise = "".join(chance.choices(pieces, k=25))
        read_infobox(f"{{{{Infobox person|genre={noise}|birth_date={noise}")
        read_infobox(f"{{{{Infobox person|genre={noise}}}}}")
