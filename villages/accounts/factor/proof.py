"""Who must have a second factor, and when a session has proven it.

A session proves it with a code at log-in, and again for what matters most (`asks_code`). A session
that has given a password alone belongs to nobody yet (`waits_for_code`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme

from villages import scope
from villages.accounts.factor import actions
from villages.accounts.factor.forms import CODE, CodeForm
from villages.accounts.forms import told_to_wait
from villages.models import Office, Role, User

if TYPE_CHECKING:
    from villages.annotations import Request

View = TypeVar("View", bound=Callable[..., HttpResponseBase])

ROLES = {Role.APPROVER, Role.REGENCY_ADMIN, Role.BPJS, Role.AUDITOR}
"""Who must have a second factor in production."""
PROVEN, WAITING, SHOWN = "code_at", "waits_for_code", "secret_shown"
"""Session keys: when the last code was given; who has given the password and not yet a code; which
secret was shown to be set up."""
PATIENCE = 600
"""Seconds in which the code has to follow the password."""
SENT, BACK = "kode_terkirim", "kode_kembali"
"""Hidden fields of the page that asks again: the form that it carries was sent; where it was."""
OPEN = "open_without_second_factor"


def is_required(user: User, offices: Iterable[Office]) -> bool:
    """Whether the account must have one: for what it holds, or because a regency asks all."""
    held = list(offices)
    of_the_house = user.is_superuser or any(office.role in ROLES for office in held)
    return (settings.SECOND_FACTOR_REQUIRED and of_the_house) or any(
        office.profile.second_factor for office in held
    )


def is_missing(request: Request, view: object) -> bool:
    """Whether the person has to set one up before this page."""
    if PROVEN in request.session or getattr(view, OPEN, False):
        return False
    if not getattr(view, "login_required", True):
        return False
    return is_required(request.user, request.offices)


def open_without(view: View) -> View:
    """Leave this page open to who still has to set up a second factor."""
    setattr(view, OPEN, True)
    return view


def prove(request: HttpRequest) -> None:
    """Note that a right code was given in this session just now."""
    request.session[PROVEN] = int(time.time())


@contextmanager
def _proven(request: HttpRequest) -> Iterator[None]:
    """Prove for a page that goes on. If it fails, the code is taken back with the transaction, and
    would be good once more: so nothing was proven."""
    before = request.session.get(PROVEN)
    prove(request)
    try:
        yield
    except Exception:
        if before is None:
            forget(request)
        else:
            request.session[PROVEN] = before
        raise


def forget(request: HttpRequest) -> None:
    """Note that the account has no second factor any longer."""
    request.session.pop(PROVEN, None)


def wait(request: HttpRequest, user: User, next_page: str) -> None:
    """Remember who has given the password, in a session that has no other right."""
    request.session.cycle_key()
    request.session[WAITING] = {
        "user": user.pk,
        "password": user.get_session_auth_hash(),
        "at": int(time.time()),
        "next": next_page,
    }


def waits_for_code(request: HttpRequest) -> tuple[User, str] | None:
    """Who has given the password in this session and where they were going; None if nobody has,
    or it was too long ago, or the password has changed since."""
    held = request.session.get(WAITING)
    if not held or time.time() - held["at"] > PATIENCE:
        return None
    with scope.identity(user_id=held["user"]):
        user = User.objects.filter(pk=held["user"], is_active=True).first()
    if user is None or user.get_session_auth_hash() != held["password"]:
        return None
    return user, held["next"]


def asks_code(view: View) -> View:
    """Ask who has a second factor for a code first, unless one was given a few minutes ago.

    What was sent comes along in the page that asks, and goes on from there; files do not.
    """

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if _is_fresh(request):
            return view(request, *args, **kwargs)
        form = CodeForm(
            request.POST if CODE in request.POST else None, request=request, user=request.user
        )
        if not form.is_bound or not form.is_valid():
            return _question(request, form)
        with _proven(request):
            if SENT in request.POST:
                return view(request, *args, **kwargs)
        return redirect(request.get_full_path())

    return guarded  # type: ignore[return-value]  # it takes what the view takes


def _is_fresh(request: Request) -> bool:
    proven = request.session.get(PROVEN, 0)
    return time.time() - proven < settings.SECOND_FACTOR_FRESH or not actions.is_on(request.user)


def _question(request: Request, form: CodeForm) -> HttpResponseBase:
    again = CODE in request.POST  # the question itself comes back, with a wrong code
    sent = SENT in request.POST if again else request.method == "POST" and not request.FILES
    back = _back(request)
    hidden = [*(_sent(request) if sent else []), (BACK, back)]
    page = {"form": form, "hidden": hidden, "back": back, "sent": sent, "file": bool(request.FILES)}
    return told_to_wait(render(request, "registration/code_again.html", page), form)


def _sent(request: Request) -> list[tuple[str, str]]:
    """The fields of the form that waits for the code, and the mark that there is one."""
    own = {CODE, SENT, BACK, "csrfmiddlewaretoken"}
    fields = ((name, values) for name, values in request.POST.lists() if name not in own)
    return [(SENT, "1"), *((name, value) for name, values in fields for value in values)]


def _back(request: Request) -> str:
    """The page that led here, as an address of the portal."""
    page = request.POST.get(BACK) or request.headers.get("Referer", "")
    return page if url_has_allowed_host_and_scheme(page, request.get_host()) else "/"
