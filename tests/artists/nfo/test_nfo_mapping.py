"""Which values go into which element, and which come in."""

import pytest

from artists.nfo.document import NfoDocument
from artists.nfo.mapping import OutputMapping, apply_mapping, import_values, parse_output_mapping

VALUES: dict[str, object] = {
    "name": "Ann",
    "genres": ["Rock", "rock"],
    "styles": ["Surf", "ROCK"],
    "moods": ["Calm", "surf"],
}


def mapped(mapping: OutputMapping) -> tuple[object, object, object]:
    result = apply_mapping(VALUES, mapping)
    assert result["name"] == "Ann"
    return result["genres"], result["styles"], result["moods"]


class TestApplyMapping:
    def test_by_default_everything_passes_unchanged(self) -> None:
        ignored = OutputMapping(moods_as_styles=True, genre_sources=("moods",))
        assert apply_mapping(VALUES, OutputMapping()) == VALUES
        assert apply_mapping(VALUES, ignored) == VALUES

    def test_genres_are_the_union_of_their_sources_in_the_first_spelling(self) -> None:
        mapping = OutputMapping(default_behavior=False, genre_sources=("genres", "styles", "moods"))
        assert mapped(mapping) == (["Rock", "Surf", "Calm"], ["Surf", "ROCK"], ["Calm", "surf"])

    def test_without_sources_genres_are_genres(self) -> None:
        assert mapped(OutputMapping(default_behavior=False, genre_sources=()))[0] == ["Rock"]

    def test_moods_join_the_styles(self) -> None:
        mapping = OutputMapping(default_behavior=False, moods_as_styles=True)
        assert mapped(mapping) == (["Rock"], ["Surf", "ROCK", "Calm"], ["Calm", "surf"])

    def test_the_remap_wins_over_all(self) -> None:
        mapping = OutputMapping(advanced_remap={"genre": ("moods", "styles"), "mood": ("genres",)})
        assert mapped(mapping) == (["Calm", "surf", "ROCK"], [], ["Rock"])

    def test_an_empty_remap_writes_none_of_them(self) -> None:
        assert mapped(OutputMapping(advanced_remap={})) == ([], [], [])

    def test_the_values_given_are_left_alone(self) -> None:
        before = {key: list(value) if isinstance(value, list) else value for key, value in VALUES.items()}
        apply_mapping(VALUES, OutputMapping(advanced_remap={}))
        assert before == VALUES


class TestImportValues:
    def test_only_what_the_file_states_comes_in(self) -> None:
        document = NfoDocument(name="Ann", genres=("Folk",), present=frozenset({"name", "genres"}))
        assert import_values(document) == {"name": "Ann", "genres": ["Folk"]}

    def test_an_empty_file_brings_nothing(self) -> None:
        assert import_values(NfoDocument()) == {}

    def test_a_group_brings_no_gender(self) -> None:
        document = NfoDocument(type="Group", gender="male", present=frozenset({"type", "gender"}))
        assert import_values(document) == {"type": "Group"}


class TestParseOutputMapping:
    def test_nothing_means_the_defaults(self) -> None:
        assert parse_output_mapping({}) == OutputMapping()

    def test_everything_is_read(self) -> None:
        raw = {
            "default_behavior": False,
            "moods_as_styles": True,
            "genre_sources": ["styles", "moods"],
            "advanced_remap": {"genre": ["moods"], "style": []},
        }
        assert parse_output_mapping(raw) == OutputMapping(
            default_behavior=False,
            moods_as_styles=True,
            genre_sources=("styles", "moods"),
            advanced_remap={"genre": ("moods",), "style": ()},
        )

    def test_null_is_no_remap(self) -> None:
        assert parse_output_mapping({"advanced_remap": None}).advanced_remap is None

    @pytest.mark.parametrize(
        ("raw", "message"),
        [
            ({"genre_sources": ["genres", "tags"]}, "unknown source in genre_sources: tags"),
            ({"advanced_remap": {"genre": ["name"]}}, "unknown source in advanced_remap.genre: name"),
            ({"advanced_remap": {"album": ["genres"]}}, "unknown key in advanced_remap: album"),
            ({"advanced_remap": ["genre"]}, "advanced_remap must be an object or null"),
            ({"genre_sources": "genres"}, "genre_sources must be a list of genres, styles, moods"),
            ({"genre_sources": [["genres"]]}, "unknown source in genre_sources: ['genres']"),
            ({"default_behavior": "yes"}, "default_behavior must be true or false"),
            ({"moods_as_styles": 1}, "moods_as_styles must be true or false"),
            ({"colour": 1}, "unknown key: colour"),
        ],
    )
    def test_what_it_does_not_know_is_refused_by_name(self, raw: dict[str, object], message: str) -> None:
        with pytest.raises(ValueError) as refusal:
            parse_output_mapping(raw)
        assert str(refusal.value) == message
