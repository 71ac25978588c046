"""What every template, script and glyph has to keep: the strict content policy, names that exist, small modules."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from stillwater import events

TEMPLATES = sorted((settings.BASE_DIR / "templates").rglob("*.html"))
MODULES = sorted((settings.BASE_DIR / "static" / "js").glob("*.js"))
SPRITE = (settings.BASE_DIR / "static" / "icons.svg").read_text()

in_every_template = pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)


@in_every_template
def test_nothing_inline_that_the_content_policy_blocks(path: Path) -> None:
    text = path.read_text()
    assert not re.search(r"\sstyle=", text)
    assert not re.search(r"\son[a-z]+=", text)
    assert not re.search(r"<script(?![^>]*\ssrc=)", text)
    assert not re.search(r"<style\b|hx-on|\bjs:", text)


@in_every_template
def test_every_glyph_is_in_the_sprite(path: Path) -> None:
    used = re.findall(r'_parts/icon\.html" with name="([a-z]+)"', path.read_text())
    assert [name for name in used if f'id="{name}"' not in SPRITE] == []


@in_every_template
def test_every_static_file_exists(path: Path) -> None:
    used = re.findall(r"\{% static '([^']+)' %\}", path.read_text())
    assert [name for name in used if finders.find(name) is None] == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_is_small_and_imports_none(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) <= 120
    assert not re.search(r"^import ", text, re.MULTILINE)


def test_the_browser_listens_to_every_event_it_is_sent() -> None:
    source = (settings.BASE_DIR / "static" / "js" / "live.js").read_text()
    names = re.search(r"const NAMES = \[(.*?)\];", source, re.DOTALL)
    assert names is not None
    assert set(re.findall(r'"([a-z.]+)"', names[1])) == {*events.TITLES, "connected"}


class TestHealth:
    def test_an_unchecked_artist_shows_a_dash_and_no_bar(self) -> None:
        html = render_to_string("_parts/health.html", {"score": None})
        assert "–" in html
        assert "<progress" not in html

    def test_the_bar_carries_a_number_that_html_understands(self) -> None:
        html = render_to_string("_parts/health.html", {"score": 1083.5})
        assert 'value="1083.5"' in html

    @pytest.mark.parametrize(
        ("score", "level"),
        [(100, "good"), (90, "good"), (89.9, "warning"), (70, "warning"), (69.9, "error"), (0, "error")],
    )
    def test_the_colour_follows_the_score(self, score: float, level: str) -> None:
        assert f'class="health {level}"' in render_to_string("_parts/health.html", {"score": score})


class TestStatus:
    def test_the_word_is_there_without_the_colour(self) -> None:
        assert ">warning</span>" in render_to_string("_parts/status.html", {"level": "warning"})
