from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest
from django.utils import timezone

from villages import holders, scope

if TYPE_CHECKING:
    from villages.models import User


class OfficeHolderBackend(ModelBackend):
    """Django's password check; it reads the account in the scope of the account itself."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        with scope.identity(username=username or ""):
            return super().authenticate(request, username=username, password=password, **kwargs)

    def get_user(self, user_id: int) -> User | None:
        """Called for each request. The offices are read with the account, so that one that has
        ended or moved loses its rights at once."""
        user = holders.account(user_id, timezone.localdate())
        return user if self.user_can_authenticate(user) else None
