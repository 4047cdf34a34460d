"""How long a session lasts: an idle one ends after an hour, any after a working day."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import resolve_url

from villages.accounts import devices
from villages.parameters import path_in

BEGUN, SEEN, DEVICE = "begun", "seen", "device"
"""Session keys: when the person logged in, and was last seen, in seconds since 1970; on what."""
AUTOMATIC = "X-Automatic", "otomatis"
"""A header, and a parameter of an address: the page asks by itself, nobody is at work."""
EXACT = 60
"""So many seconds pass before `SEEN` is written again: not each page writes to the database."""


class SessionLimits:
    """Ends sessions that are idle or old. It stands after the middleware of the messages."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if SESSION_KEY in request.session:
            self._look_at(request, int(time.time()))
        return _whole_page(request, self.get_response(request))

    def _look_at(self, request: HttpRequest, now: int) -> None:
        session = request.session
        ended = over(session, now)
        if ended is not None:
            logout(request)
            if ended:
                messages.info(request, ended)
        elif now - session[SEEN] >= EXACT and not _automatic(request):
            session[SEEN] = now


def over(session: Mapping[str, Any], now: int) -> str | None:
    """Why a session has ended, in a sentence if there is one; None while it goes on."""
    if BEGUN not in session:  # from before there were limits
        return ""
    if now - session[SEEN] > settings.SESSION_IDLE:
        return "Anda keluar otomatis karena lama tidak aktif. Masuk lagi."
    if now - session[BEGUN] > settings.SESSION_COOKIE_AGE:
        return "Sudah lama sejak Anda masuk. Demi keamanan, masuk lagi."
    return None


def left(session: Mapping[str, Any], now: int) -> int:
    """Seconds until the session ends by itself, if nothing is done; 0 where there is none."""
    if BEGUN not in session:
        return 0
    ends = min(session[SEEN] + settings.SESSION_IDLE, session[BEGUN] + settings.SESSION_COOKIE_AGE)
    return int(max(ends - now, 0))


def begin(request: HttpRequest) -> None:
    """Note in a new session when it began, and on what device."""
    request.session[BEGUN] = request.session[SEEN] = int(time.time())
    request.session[DEVICE] = devices.in_words(request.headers.get("User-Agent", ""))


def _automatic(request: HttpRequest) -> bool:
    header, parameter = AUTOMATIC
    return header in request.headers or parameter in request.GET


def _whole_page(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Take the whole page to log in, where only a part of it was asked for.

    Not when something was sent: the page still has what was typed, and says that it was not sent.
    """
    login = resolve_url(settings.LOGIN_URL)
    part = request.method == "GET" and "HX-Request" in request.headers
    if not part or not response.get("Location", "").startswith(login):
        return response
    back = path_in(request.headers.get("HX-Current-URL", "")) or "/"
    return HttpResponse(headers={"HX-Redirect": f"{login}?{urlencode({'next': back})}"})
