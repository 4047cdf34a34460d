"""Records log-ins and log-outs in the person's own scope, since no office may be known."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import update_last_login
from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver
from django.http import HttpRequest

from villages import scope
from villages.accounts import limits, records
from villages.accounts.addresses import client_address
from villages.accounts.models import AccountRecord
from villages.models import User

user_logged_in.disconnect(dispatch_uid="update_last_login")


@receiver(user_logged_in)
def remember_log_in(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    limits.begin(request)
    with scope.identity(user_id=user.pk):
        update_last_login(sender, user)
        records.add(user, AccountRecord.Kind.LOG_IN, address=client_address(request))


@receiver(user_logged_out)
def remember_log_out(
    sender: type[User], request: HttpRequest, user: User | None, **kwargs: Any
) -> None:
    if user is not None and user.is_authenticated:
        with scope.identity(user_id=user.pk):
            address = client_address(request)
            records.add(user, AccountRecord.Kind.LOG_OUT, address=address)
