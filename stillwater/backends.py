"""Who signs in with a password, and who is behind a session."""

from django.contrib.auth.backends import ModelBackend

from stillwater.models import User
from stillwater.row_by_key import row_by_key


class Accounts(ModelBackend):
    """Django's own, but the person behind a session, who is looked up with every request, costs a third."""

    def get_user(self, user_id: int) -> User | None:
        person = row_by_key(User, user_id)
        return person if person is not None and self.user_can_authenticate(person) else None
