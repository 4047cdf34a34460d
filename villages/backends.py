from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.backends import ModelBackend
from django.http import HttpRequest

from villages import scope

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
        with scope.identity(user_id=user_id):
            return super().get_user(user_id)
