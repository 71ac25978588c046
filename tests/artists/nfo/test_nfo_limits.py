"""What is refused before a tree is built, so that no file can tire the machine or reach out of it (8 and 9)."""

import socket
from pathlib import Path

import pytest

from artists.nfo import source
from artists.nfo.outline import MAX_BYTES, MAX_DEPTH, MAX_ELEMENTS
from artists.nfo.reader import read_nfo


class _NoParser:
    """Stands in for lxml where nothing may be parsed."""

    XMLSyntaxError = ValueError

    def fromstring(self, *_: object) -> None:
        raise AssertionError("a tree was built")


@pytest.fixture
def no_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source, "etree", _NoParser())


def nested(depth: int) -> bytes:
    """A file whose deepest element is `depth` levels down, the root being the first."""
    inner = depth - 1
    return b"<artist>" + b"<a>" * inner + b"x" + b"</a>" * inner + b"</artist>"


def wide(elements: int) -> bytes:
    """A file of so many elements, the root among them."""
    return b"<artist>" + b"<a/>" * (elements - 2) + b"<name>Ann</name></artist>"


@pytest.mark.usefixtures("no_parser")
class TestTooLarge:
    def test_8_a_hundred_megabytes(self) -> None:
        reading = read_nfo(b"<artist>" + b" " * 100 * MAX_BYTES + b"</artist>")
        assert (reading.state, reading.error) == ("too_large", "larger than 1024 KiB")

    def test_8_very_deep_nesting(self) -> None:
        for raw in (nested(MAX_DEPTH + 1), nested(100_000), b"<artist>" + b"<a>" * 300_000):
            assert read_nfo(raw).state == "too_large"

    def test_8_depth_is_seen_through_attributes_comments_and_leaves(self) -> None:
        level = b"<a b='>' c=\"/>\"><!-- </a> --><![CDATA[</a>]]><leaf>x</leaf>"
        assert read_nfo(b"<artist>" + level * 60 + b"</a>" * 60 + b"</artist>").state == "too_large"

    def test_8_very_many_elements(self) -> None:
        for raw in (wide(MAX_ELEMENTS + 1), b"<artist>" + b"<a>b</a>" * 100_000 + b"</artist>"):
            assert read_nfo(raw).state == "too_large"

    def test_8_in_utf16_too(self) -> None:
        assert read_nfo(nested(MAX_DEPTH + 1).decode().encode("utf-16")).state == "too_large"


class TestWithinLimits:
    def test_the_last_allowed_depth_is_read(self) -> None:
        assert read_nfo(nested(MAX_DEPTH)).state == "ok"

    def test_the_last_allowed_element_is_read(self) -> None:
        reading = read_nfo(wide(MAX_ELEMENTS))
        assert reading.document is not None
        assert reading.document.name == "Ann"

    def test_the_last_allowed_byte_is_read(self) -> None:
        raw = b"<artist><name>Ann</name></artist>"
        assert read_nfo(raw.replace(b"Ann", b"x" * (MAX_BYTES - len(raw) + 3))).state == "ok"


DOCTYPES = (
    "<!DOCTYPE artist><artist><name>Ann</name></artist>",
    '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><artist><name>&b;</name></artist>',
    '<?xml version="1.0"?><!-- c --><!DOCTYPE artist SYSTEM "http://127.0.0.1:9/x.dtd"><artist/>',
    "<!doctype html><html></html>",
    '<artist><name>Ann</name><!ENTITY a "b"></artist>',
    "<artist><name>Ann</name></artist><!DOCTYPE artist>",
)


class TestHostile:
    @pytest.mark.usefixtures("no_parser")
    @pytest.mark.parametrize("text", DOCTYPES)
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
    def test_9_a_document_type_is_refused_unparsed(self, text: str, encoding: str) -> None:
        reading = read_nfo(text.encode(encoding))
        assert (reading.state, reading.error) == ("hostile", "a document type declaration is not allowed")

    def test_9_an_external_entity_brings_no_file_in(self, tmp_path: Path) -> None:
        canary = tmp_path / "canary"
        canary.write_text("secret canary")
        text = f'<!DOCTYPE a [<!ENTITY x SYSTEM "{canary.as_uri()}">]><artist><name>&x;</name></artist>'
        assert "secret" not in repr(read_nfo(text.encode()))

    def test_9_an_inclusion_is_only_an_unknown_element(self, tmp_path: Path) -> None:
        canary = tmp_path / "canary"
        canary.write_text("secret canary")
        inclusion = f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="{canary.as_uri()}" parse="text"/>'
        assert "secret" not in repr(read_nfo(f"<artist><name>{inclusion}</name></artist>".encode()))

    def test_9_nothing_is_fetched(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with socket.create_server(("127.0.0.1", 0)) as server:
            server.setblocking(False)
            address = f"http://127.0.0.1:{server.getsockname()[1]}/x.dtd"
            for text in (
                f'<!DOCTYPE artist SYSTEM "{address}"><artist/>',
                f'<!DOCTYPE a [<!ENTITY % p SYSTEM "{address}">%p;]><artist/>',
                f'<artist xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="{address}"/></artist>',
                f'<?xml-stylesheet href="{address}"?><artist><name>A & B</name></artist>',
            ):
                read_nfo(text.encode())
            with pytest.raises(BlockingIOError):
                server.accept()

    def test_9_the_words_in_a_comment_or_cdata_are_harmless(self) -> None:
        raw = b"<!-- <!DOCTYPE a> --><artist><name><![CDATA[<!DOCTYPE html>]]></name></artist>"
        reading = read_nfo(raw)
        assert reading.document is not None
        assert reading.document.name == "<!DOCTYPE html>"
