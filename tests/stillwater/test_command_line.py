"""The command line says in one sentence what went wrong; no person has to read a traceback."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO

import pytest

from stillwater.errors import Invalid
from stillwater.listening import free_address, in_address

ROOT = Path(__file__).resolve().parents[2]


MANY_ARTISTS = """
from artists.models import Artist
Artist.objects.bulk_create(Artist(name=f"Artist {number}") for number in range(3000))
"""


def manage(
    data: Path, *arguments: str, output: BinaryIO | int = subprocess.PIPE, **environment: str
) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**os.environ, "STILLWATER_DATA": str(data), **environment},
        stdout=output,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("STILLWATER_WORKERS", "many", "whole number from 1 to 64"),
        ("STILLWATER_TRUSTED_PROXIES", "the proxy", "networks like 10.0.0.0/8"),
        ("TZ", "Mars/Base", "like Europe/Berlin"),
    ],
)
def test_a_bad_value_of_the_environment(tmp_path: Path, name: str, value: str, said: str) -> None:
    code, error = manage(tmp_path, "check", **{name: value})
    assert code == 1
    assert said in error
    assert error.count("\n") == 1


def test_a_data_folder_that_is_none(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    code, error = manage(file, "serve")
    assert code == 1
    assert "set STILLWATER_DATA to a folder" in error
    assert error.count("\n") == 1


def test_a_database_that_nobody_has_set_up(tmp_path: Path) -> None:
    code, error = manage(tmp_path, "artists")
    assert code == 1
    assert "`manage.py migrate`" in error
    assert "Traceback" not in error


def test_what_a_verb_refuses(tmp_path: Path) -> None:
    code, error = manage(tmp_path, "openapi", "--output", str(tmp_path / "nowhere" / "api.json"))
    assert (code, error) == (1, f"manage.py: there is no such file: {tmp_path}/nowhere/api.json\n")


def test_what_the_system_refuses(tmp_path: Path) -> None:
    code, error = manage(tmp_path, "make_library", "/proc/music", "--artists", "1")
    assert (code, error) == (1, "manage.py: /proc/music: no such file or directory\n")


class TestReaderThatLeavesEarly:
    """`manage.py artists | head -1`: nothing of it reaches the terminal, neither now nor at Python's end."""

    def test_before_a_short_text(self, tmp_path: Path) -> None:
        assert manage(tmp_path, "help", output=_left_by_its_reader()) == (1, "")

    def test_in_the_middle_of_rows(self, tmp_path: Path) -> None:
        manage(tmp_path, "migrate")
        manage(tmp_path, "shell", "-c", MANY_ARTISTS)
        assert manage(tmp_path, "artists", "--json", output=_left_by_its_reader()) == (1, "")


class TestAddress:
    @pytest.mark.parametrize(("host", "shown"), [("::1", "[::1]"), ("127.0.0.1", "127.0.0.1"), ("music", "music")])
    def test_an_address_of_ipv6_stands_in_brackets(self, host: str, shown: str) -> None:
        assert in_address(host) == shown

    def test_a_name_is_resolved(self) -> None:
        assert free_address("localhost", _free_port()) in ("127.0.0.1", "::1")

    def test_a_port_that_is_taken(self) -> None:
        with (
            socket.create_server(("127.0.0.1", 0)) as other,
            pytest.raises(Invalid, match="choose another with --port"),
        ):
            free_address("127.0.0.1", other.getsockname()[1])

    @pytest.mark.parametrize("port", [0, 65536, -1])
    def test_a_port_that_is_none(self, port: int) -> None:
        with pytest.raises(Invalid, match="between 1 and 65535"):
            free_address("127.0.0.1", port)

    def test_a_host_that_nobody_knows(self) -> None:
        with pytest.raises(Invalid, match="no address is known"):
            free_address("nobody.invalid", 1973)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


def _left_by_its_reader() -> BinaryIO:
    reader, writer = os.pipe()
    os.close(reader)
    return open(writer, "wb")


def test_a_command_that_prints_nothing_needs_no_output(tmp_path: Path) -> None:
    """A service may start us with it closed."""
    command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
    done = subprocess.run(
        ["sh", "-c", 'exec "$@" >&-', "sh", *command],
        cwd=ROOT,
        env={**os.environ, "STILLWATER_DATA": str(tmp_path)},
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
