"""A refresh takes what providers say, by the order of each field, as one change that can be taken back."""

from pathlib import Path

import pytest

from artists.fields import BY_KEY
from artists.models import Artist, FieldTrace, MetadataChange, Operation
from artists.providers.answers import AliasRecord, MemberRecord
from artists.providers.errors import AuthRequired, NotAnswering, NothingFound
from artists.services.aliases import add_alias
from artists.services.editing import set_field, set_members
from artists.services.locks import lock_field
from artists.services.refresh import refresh
from artists.services.undo import undo
from stillwater.outbound import Budget
from tests.artists.providers.answers import LONG
from tests.artists.providers.panels import FakeProvider, sources
from tests.artists.services.refreshing import asked_of, identified, musicbrainz, other

NFO = b"<artist><name>Mara Field</name><mood>calm</mood><odd>kept</odd></artist>"


@pytest.fixture
def known(artist: Artist) -> Artist:
    return identified(artist)


class TestWhatIsTaken:
    def test_each_value_with_its_own_source_in_one_operation(self, known: Artist) -> None:
        done = asked_of(
            known, musicbrainz(born="1970", genres=("folk",)), other("wikipedia", biography=LONG, origin="Leipzig")
        )
        known.refresh_from_db()
        assert (known.born, known.biography, known.origin) == ("1970", LONG, "Leipzig")
        assert {
            "born": "musicbrainz",
            "biography": "wikipedia",
            "origin": "wikipedia",
        }.items() <= known.metadata_sources.items()
        assert done.sources["biography"] == "wikipedia"
        made = Operation.objects.get()
        assert (made.source, made.summary) == ("provider:several", "Refreshed from providers")
        sources_of = dict(MetadataChange.objects.values_list("field", "source"))
        assert (sources_of["born"], sources_of["biography"]) == ("provider:musicbrainz", "provider:wikipedia")

    def test_it_can_be_taken_back_whole(self, known: Artist) -> None:
        set_members(known, [{"member_name": "Ada"}])
        before = Artist.objects.values(*BY_KEY, "metadata_sources").get()
        done = asked_of(known, musicbrainz(born="1970", members_authoritative=True, aliases=(AliasRecord("M. F."),)))
        assert done.change is not None
        assert done.change.operation is not None
        assert not known.members.exists()
        undo(done.change.operation.pk)
        assert Artist.objects.values(*BY_KEY, "metadata_sources").get() == before
        assert [member.member_name for member in known.members.all()] == ["Ada"]
        assert not known.aliases.exists()

    def test_the_file_follows_and_keeps_what_it_does_not_know(self, known: Artist, folder: Path) -> None:
        (folder / "artist.nfo").write_bytes(NFO)
        asked_of(known, musicbrainz(born="1970"))
        written = (folder / "artist.nfo").read_text()
        assert "<born>1970</born>" in written
        assert "<odd>kept</odd>" in written

    def test_what_it_says_of_the_file_is_no_value_that_changed(self, known: Artist, folder: Path) -> None:
        (folder / "artist.nfo").write_bytes(NFO)
        done = asked_of(known, musicbrainz(name=known.name, sort_name=known.sort_name, type=known.type, born="1970"))
        assert done.values == ["born"]
        assert done.change is not None
        assert "nfo_hash" in done.change.changed, "the facts about the file that was written"

    def test_an_identifier_goes_only_into_a_blank(self, known: Artist) -> None:
        set_field(known, "discogs_id", "1")
        asked_of(known, musicbrainz(ids={"discogs": "2", "deezer": "3"}), other("audiodb", provider_id="4"))
        known.refresh_from_db()
        assert (known.discogs_id, known.deezer_id, known.audiodb_id) == ("1", "3", "4")

    def test_other_names_are_added_once_and_a_former_name_stays_findable(self, known: Artist) -> None:
        add_alias(known, "M. F.")
        first = musicbrainz(
            name="Mara Ferne", sort_name="Ferne, Mara", aliases=(AliasRecord("m. f."), AliasRecord("Ferne"))
        )
        for _again in range(2):
            asked_of(known, first)
        known.refresh_from_db()
        assert (known.name, known.sort_name) == ("Mara Ferne", "Ferne, Mara")
        assert [alias.alias for alias in known.aliases.all()] == ["M. F.", "Mara Field", "Ferne"]

    def test_the_name_is_the_one_that_the_person_reads_and_the_native_one_stays_findable(self, known: Artist) -> None:
        alias = AliasRecord("Ringo Sheena", "Sheena, Ringo", locale="en", primary=True)
        asked_of(known, musicbrainz(name="椎名林檎", sort_name="Sheena, Ringo", aliases=(alias,)))
        known.refresh_from_db()
        assert (known.name, known.sort_name) == ("Ringo Sheena", "Sheena, Ringo")
        assert "椎名林檎" in [each.alias for each in known.aliases.all()]

    def test_a_name_with_its_disambiguation_falls_apart(self, known: Artist) -> None:
        set_field(known, "name", "Mara Field (UK singer)")
        asked_of(known, musicbrainz(disambiguation="UK singer"))
        known.refresh_from_db()
        assert (known.name, known.disambiguation, known.aliases.count()) == ("Mara Field", "UK singer", 0)

    def test_members_are_replaced_as_a_whole(self, known: Artist) -> None:
        set_members(known, [{"member_name": "Ada"}])
        asked_of(
            known, musicbrainz(type="group", members=(MemberRecord("Oda", instruments=("bass",), date_joined="2004"),))
        )
        member = known.members.get()
        assert (member.member_name, member.instruments, member.date_joined) == ("Oda", ["bass"], "2004")

    def test_a_member_has_the_name_that_the_person_reads(self, known: Artist) -> None:
        singer = MemberRecord(
            "椎名林檎", sort_name="Sheena, Ringo", aliases=(AliasRecord("Ringo Sheena", locale="en"),)
        )
        asked_of(known, musicbrainz(type="group", members=(singer,)))
        assert known.members.get().member_name == "Ringo Sheena"

    def test_a_group_loses_the_birthday_of_somebody_else(self, known: Artist) -> None:
        for key, value in (("born", "1970"), ("gender", "male"), ("formed", "1990")):
            set_field(known, key, value)
        asked_of(known, musicbrainz(type="group"))
        known.refresh_from_db()
        assert (known.type, known.born, known.gender, known.formed) == ("group", "", "", "1990")

    def test_a_date_that_is_locked_stays_whatever_the_type(self, known: Artist) -> None:
        set_field(known, "born", "1970")
        lock_field(known, "born")
        asked_of(known, musicbrainz(type="group"))
        known.refresh_from_db()
        assert (known.type, known.born) == ("group", "1970")


class TestWhatStays:
    @pytest.mark.parametrize(
        "error", [NotAnswering("musicbrainz", "away"), AuthRequired("musicbrainz"), NothingFound("musicbrainz")]
    )
    def test_nothing_is_cleared_by_a_failure_or_a_miss(self, known: Artist, error: Exception) -> None:
        for key, value in (("biography", LONG), ("type", "group"), ("born", "1970"), ("genres", "folk")):
            set_field(known, key, value)
        set_members(known, [{"member_name": "Ada"}])
        before = Artist.objects.values().get()
        done = asked_of(
            known, FakeProvider("musicbrainz", error), other("wikipedia", NotAnswering("wikipedia", "away"))
        )
        assert Artist.objects.values().get() == before
        assert known.members.count() == 1
        assert (done.sources, done.warning.startswith("MusicBrainz")) == ({}, True)
        assert "wikipedia" in done.down

    def test_an_empty_answer_clears_nothing_either(self, known: Artist) -> None:
        set_members(known, [{"member_name": "Ada"}])
        asked_of(known, musicbrainz(type="group"), other("wikipedia"))
        known.refresh_from_db()
        assert (known.biography, known.members.count()) == ("Old words.", 1)

    def test_a_locked_field_stays_and_the_trace_says_so(self, known: Artist) -> None:
        lock_field(known, "biography")
        lock_field(known, "name")
        done = asked_of(known, musicbrainz(name="Mara Ferne", biography=LONG, origin="Leipzig"))
        known.refresh_from_db()
        assert (known.name, known.biography, known.origin) == ("Mara Field", "Old words.", "Leipzig")
        assert "biography" not in done.sources
        assert "name is locked" in done.warning
        assert FieldTrace.objects.get(field="biography").why == "the value here stays: field is locked"

    def test_what_a_person_changed_while_providers_were_asked_stays(self, known: Artist) -> None:
        first = musicbrainz(origin="Leipzig", born="1970")

        def meanwhile() -> float:
            """Read once more after MusicBrainz has answered."""
            Artist.objects.filter(pk=known.pk).update(origin="Typed just now" if first.asked else "")
            return 0

        refresh(known, sources=sources(first, budget=Budget(13, meanwhile)))
        known.refresh_from_db()
        assert (known.origin, known.born) == ("Typed just now", "1970")

    def test_filling_leaves_every_value_that_is_there(self, known: Artist) -> None:
        set_members(known, [{"member_name": "Ada"}])
        first = musicbrainz(
            name="Mara Ferne", biography=LONG, origin="Leipzig", disambiguation="UK", members=(MemberRecord("Oda"),)
        )
        asked_of(known, first, policy="fill_empty")
        known.refresh_from_db()
        assert (known.name, known.biography, known.disambiguation, known.origin) == (
            "Mara Field",
            "Old words.",
            "",
            "Leipzig",
        )
        assert [alias.alias for alias in known.aliases.all()] == ["Mara Ferne"]
        assert known.members.get().member_name == "Ada"
