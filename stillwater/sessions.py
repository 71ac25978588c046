"""Sessions in the database, found by a hash: a stolen database opens no session (users-and-risks.md S39)."""

import hashlib
from typing import Any, cast

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from stillwater.row_by_key import row_by_key


def _hashed(key: str | None) -> str:
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Django's own store, but the row's key is a hash of the cookie."""

    def _get_session_from_db(self) -> Session | None:
        row = row_by_key(Session, _hashed(self.session_key))
        if row is not None and row.expire_date > timezone.now():
            return row
        self._session_key = None
        return None

    def exists(self, session_key: str) -> bool:
        return Session.objects.filter(session_key=_hashed(session_key)).exists()

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        row = cast("Session", super().create_model_instance(data))
        row.session_key = _hashed(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key is not None:
            Session.objects.filter(session_key=_hashed(key)).delete()
