"""Progress is for a person at a terminal, and looks like no error."""

import io

import pytest
from django.core.management.base import OutputWrapper
from django.core.management.color import make_style

from stillwater.management.terminal import show_progress, tell

RED = make_style("dark").ERROR


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def painted(stream: io.StringIO) -> OutputWrapper:
    """The error output as Django hands it to a command."""
    wrapper = OutputWrapper(stream)
    wrapper.style_func = RED
    return wrapper


def test_each_line_is_written_over_the_last_and_the_final_one_stays() -> None:
    screen = Terminal()
    show_progress(painted(screen), "1 of 2")
    show_progress(painted(screen), "2 of 2", ends=True)
    assert screen.getvalue() == "\r\033[K1 of 2\r\033[K2 of 2\n"


@pytest.mark.parametrize("ends", [True, False])
def test_a_file_gets_none_of_it(ends: bool) -> None:
    file = io.StringIO()
    show_progress(painted(file), "1 of 2", ends=ends)
    assert file.getvalue() == ""


def test_news_is_not_red() -> None:
    screen = Terminal()
    tell(painted(screen), "Added the library music.")
    assert screen.getvalue() == "Added the library music.\n"
