"""How long a session lasts: an idle one ends after an hour, any after a working day."""

from __future__ import annotations

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponseBase

BEGUN, SEEN = "begun", "seen"
"""Session keys: when the person logged in, and was last seen; seconds since 1970."""
EXACT = 60
"""So many seconds pass before `SEEN` is written again: not each page writes to the database."""


class SessionLimits:
    """Ends sessions that are idle or old. It stands after the middleware of the messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.session.get(BEGUN):
            self._look_at(request, int(time.time()))
        return self.get_response(request)

    def _look_at(self, request: HttpRequest, now: int) -> None:
        session = request.session
        if now - session[SEEN] > settings.SESSION_IDLE:
            logout(request)
            messages.info(request, "Anda keluar otomatis karena lama tidak aktif. Masuk lagi.")
        elif now - session[BEGUN] > settings.SESSION_COOKIE_AGE:
            logout(request)
            messages.info(request, "Hari kerja Anda sudah lama. Demi keamanan, masuk lagi.")
        elif now - session[SEEN] >= EXACT:
            session[SEEN] = now


def begin(request: HttpRequest) -> None:
    """Note in a new session when it began."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
