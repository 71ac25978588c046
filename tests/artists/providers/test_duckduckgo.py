"""The web search of DuckDuckGo: a token first, then pictures; being slowed down is told as such."""

import pytest

from artists.demo.replies import Fake, Reply
from artists.providers.answers import ImageOffer
from artists.providers.duckduckgo import DuckDuckGo, pictures, query_for
from artists.providers.errors import NotAnswering, NothingFound
from artists.providers.registry import BY_NAME, PROVIDERS, WEB_SEARCHES
from tests.artists.providers.conftest import Ground


class TestSearching:
    @pytest.mark.parametrize(("kind", "count"), [("thumb", 2), ("fanart", 2), ("logo", 1), ("banner", 1)])
    def test_success(self, ground: Ground, kind: ImageOffer, count: int) -> None:
        found = ground.provider(DuckDuckGo).search_images("Quillfen Harbor", kind)
        assert [(picture.kind, picture.title) for picture in found] == [(kind, "Quillfen Harbor")] * count
        assert all(picture.width and picture.height and picture.preview_url for picture in found)
        assert [question.path for question in ground.asked] == ["/", "/i.js"]

    def test_the_page_without_scripts_has_the_token_as_well(self, ground: Ground) -> None:
        real = ground.program.fakes["duckduckgo"].answer
        bare = Reply(200, b"<html>", {}, "text/html")
        ground.program.fakes = {
            "duckduckgo": Fake(
                "duckduckgo",
                lambda world, question: (
                    bare if (question.service, question.path) == ("web", "/") else real(world, question)
                ),
            )
        }
        assert ground.provider(DuckDuckGo).search_images("Quillfen Harbor", "logo")
        assert [question.service for question in ground.asked] == ["web", "html", "web"]

    def test_nothing_found_is_an_empty_list(self, ground: Ground) -> None:
        assert ground.provider(DuckDuckGo).search_images("Nobody", "thumb") == []

    def test_without_a_name_nothing_is_asked(self, ground: Ground) -> None:
        with pytest.raises(NothingFound):
            ground.provider(DuckDuckGo).search_images(" ", "thumb")
        assert ground.asked == []

    def test_a_long_name_is_cut_between_letters(self) -> None:
        assert query_for("ク" * 100, "logo").split()[0] == "ク" * 66

    def test_only_web_addresses_are_pictures(self) -> None:
        rows = [{"image": "javascript:alert(1)"}, {"image": "http://fake/w.jpg", "width": "1600"}]
        assert [(each.url, each.width) for each in pictures({"results": rows}, "thumb")] == [
            ("http://fake/w.jpg", 1600)
        ]


class TestSlowedDown:
    @pytest.mark.parametrize("reply", [Reply(202, b"<html>"), Reply(403, b""), Reply(200, b"<html>no token</html>")])
    def test_it_is_no_answer(self, ground: Ground, reply: Reply) -> None:
        ground.program.fakes = {"duckduckgo": Fake("duckduckgo", lambda world, question: reply)}
        with pytest.raises(NotAnswering):
            ground.provider(DuckDuckGo).search_images("Quillfen Harbor", "thumb")


def test_it_is_no_provider_of_a_refresh() -> None:
    assert DuckDuckGo in WEB_SEARCHES
    assert DuckDuckGo not in PROVIDERS
    assert "duckduckgo" not in BY_NAME
    assert not DuckDuckGo.spec.images
