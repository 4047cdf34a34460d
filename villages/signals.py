"""Records the time of the last log-in in the person's own scope, since no office is known yet."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver

from villages import scope
from villages.models import User

user_logged_in.disconnect(dispatch_uid="update_last_login")


@receiver(user_logged_in)
def remember_log_in(sender: type[User], user: User, **kwargs: Any) -> None:
    with scope.identity(user_id=user.pk):
        update_last_login(sender, user)
