"""How tests speak to the REST API: with a session and its token, JSON both ways."""

import json
from typing import Any

from django.test import Client

API = "/api/v1"
HTMX = {"HX-Request": "true"}


def call(client: Client, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, Any]:
    client.get(f"{API}/health")
    token = client.cookies["csrf_token"].value if "csrf_token" in client.cookies else ""
    response = client.generic(
        method,
        f"{API}{path}",
        json.dumps(body) if body is not None else "",
        content_type="application/json",
        headers={"X-CSRF-Token": token, **headers},
    )
    return response.status_code, response.json()
