"""HTTP leaves through stillwater/outbound and nowhere else."""

import ast

import pytest

from tests.stillwater.source_trees import APPS, nodes_outside, trees

ALLOWED = ("stillwater/outbound/",)
CLIENTS = {
    "requests", "urllib3", "httpx", "aiohttp", "http.client", "urllib.request", "httplib2", "pycurl", "ftplib",
    "websocket", "websockets", "xmlrpc.client", "treq", "niquests",
}  # fmt: skip


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom) and node.module and not node.level:
        return [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
    if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        return [str(node.args[0].value)] if called in ("import_module", "__import__", "import_string") else []
    return []


def is_client(name: str) -> bool:
    return any(name == client or name.startswith(f"{client}.") for client in CLIENTS)


def test_no_other_module_imports_an_http_client() -> None:
    found = [place for place, node in nodes_outside(ALLOWED) if any(map(is_client, imported(node)))]
    assert found == []


def test_the_search_sees_all_apps_and_finds_the_one_client() -> None:
    assert {path.split("/")[0] for path in trees()} == set(APPS)
    assert any("outbound/" in place for place, node in nodes_outside(()) if any(map(is_client, imported(node))))


@pytest.mark.parametrize(
    "line",
    [
        "import requests", "import requests.adapters as a", "from requests import get", "import urllib.request",
        "from urllib import request", "from urllib.request import urlopen", "import http.client",
        "from http import client", "import httpx", "importlib.import_module('requests')", "__import__('urllib3')",
    ],
)  # fmt: skip
def test_this_would_be_found(line: str) -> None:
    assert any(is_client(name) for node in ast.walk(ast.parse(line)) for name in imported(node))


@pytest.mark.parametrize(
    "line",
    ["from urllib.parse import quote", "import urllib.parse", "from http import HTTPStatus", "import requests_mock"],
)
def test_this_is_harmless(line: str) -> None:
    assert not any(is_client(name) for node in ast.walk(ast.parse(line)) for name in imported(node))
