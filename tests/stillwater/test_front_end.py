"""What every page loads: named once, joined when static files are collected, and nothing is left out."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command
from django.template import Context, Template
from pytest_django.fixtures import Settings

from stillwater.front_end import MODULES, STYLES, joined_modules
from stillwater.staticfiles import Storage

STATIC = Path("static")
OF_ONE_PAGE = {"js/api_docs.js"}
TAGS = Template("{% load front_end %}{% styles %}{% modules %}")


def loaded() -> list[str]:
    return re.findall(r'(?:href|src)="([^"]+)"', TAGS.render(Context()))


def test_every_style_sheet_and_module_is_named_once() -> None:
    there = [path.relative_to(STATIC).as_posix() for path in STATIC.rglob("*") if path.suffix in (".css", ".js")]
    assert sorted((*STYLES, *MODULES, *OF_ONE_PAGE)) == sorted(there)


def test_before_they_are_collected_each_is_a_file_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staticfiles_storage, "hashed_files", {})
    assert loaded() == [f"/static/{name}" for name in (*STYLES, *MODULES)]


def test_once_collected_a_page_asks_for_two_that_hold_them_all(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.STATIC_ROOT = tmp_path
    call_command("collectstatic", interactive=False, verbosity=0)
    monkeypatch.setattr(staticfiles_storage, "hashed_files", Storage(tmp_path, "/static/").load_manifest()[0])
    styles, modules = loaded()
    assert re.fullmatch(r"/static/css/all\.[0-9a-f]{12}\.css", styles)
    for address, names in ((styles, STYLES), (modules, MODULES)):
        text = (tmp_path / address.removeprefix("/static/")).read_text(encoding="utf-8")
        assert all((STATIC / name).read_text(encoding="utf-8").strip() in text for name in names)


@pytest.mark.parametrize("name", MODULES)
def test_a_module_neither_imports_nor_exports_so_that_it_can_be_joined(name: str) -> None:
    assert not re.search(r"^\s*(import|export)\b", (STATIC / name).read_text(encoding="utf-8"), re.MULTILINE)


def test_joined_modules_keep_their_names_to_themselves() -> None:
    assert joined_modules(["const a = 1;", "const a = 2;"]) == "{\nconst a = 1;\n}\n{\nconst a = 2;\n}"
