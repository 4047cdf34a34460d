"""Forms that arrive without a session, or with an old token: kept until their owner is back.

A cookie of the browser has a key, and which account has been given which token for its forms. So
the token that comes with a form tells who filled it in, and that a page of the portal sent it: no
browser sends this cookie along with a form of another site (SameSite). The form is encrypted with
that key, which the portal does not keep, and is given back to the same account in the same browser
alone. Files are not kept, and a form with a password not at all.

What cannot be kept for an account goes back in the answer, to be sent from there: when the cookies
are gone, when it is too large, or when another account uses the browser by now. So nobody can leave
a form for somebody else.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import SESSION_KEY
from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.middleware.csrf import (  # type: ignore[attr-defined]  # Django has no public way
    InvalidTokenFormat,
    _check_token_format,
    _does_token_match,
)
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.csrf import csrf_failure

from enrollment.asking import WITHOUT_FILE
from villages import scope
from villages.accounts.factor.forms import CODE
from villages.accounts.models import KeptForm
from villages.middleware import bind

if TYPE_CHECKING:
    from villages.annotations import Request

TOKEN, SENT = "csrfmiddlewaretoken", "isian_tertahan"
"""Hidden fields of a form: Django's token; the kept form that is sent again."""
UNTYPED = {"act", "status", "office", "page", "seen", "urut", "whom", "wilayah", "kecamatan"}
"""Names of fields that nobody types."""
SECRET = re.compile(r"password|sandi", re.IGNORECASE)
"""In the name of a field: what it holds is never kept."""
LARGEST = 2**20
"""Characters of a form that is kept; the largest are a village's whole list ticked at once."""
MOST = 5
"""Forms kept of an account; of more, the oldest go."""
MOST_PAGES = 6
"""Tokens of the past that a browser remembers."""
LASTS = settings.SESSION_COOKIE_AGE + int(KeptForm.LASTS.total_seconds())
"""Seconds: as long as a form may have been open, and some time to log in again."""
PLACES = {
    "pekerja": "Pekerja",
    "usulan": "Usulan",
    "orang-keluar": "Orang keluar",
    "impor": "Impor",
    "program": "Program",
    "keputusan": "Keputusan",
    "data-ganda": "Data ganda",
    "periksa": "Periksa NIK",
    "akses": "Catatan akses",
    "pengaturan": "Pengaturan",
}
"""The first part of an address → the name of its pages in the menu."""
TOLD = (
    "Isian Anda belum terkirim, tetapi tidak hilang: disimpan 30 menit. Masuk lagi, lalu kirim "
    "dari halaman berikutnya."
)
OF_ANOTHER_OFFICE = (
    "Isian itu dibuat ketika Anda bertindak dalam jabatan lain, jadi belum dikirim. Ganti dahulu "
    "jabatannya di bawah."
)
AGAIN = "Halaman ini sudah lama terbuka. Isi sekali lagi; bila tetap begini, izinkan cookie."


class Filler(NamedTuple):
    """Who filled in a form: an account, and the office that it acted in ("" for none)."""

    account: str
    office: str


class Browser(NamedTuple):
    """What the cookie says: the key, and who was given which token's secret on the latest pages."""

    key: str
    pages: list[tuple[Filler, str]]


class Kept(NamedTuple):
    """A form as it was sent."""

    id: UUID
    at: datetime
    path: str
    page: str
    """Where it was filled in."""
    fields: list[tuple[str, str]]
    has_files: bool
    office: str
    """The public id of the office in which it was filled in."""

    @property
    def place(self) -> str:
        return PLACES.get(self.path.split("/")[1], "Formulir")

    @property
    def words(self) -> str:
        """The first words that were typed, so that the person knows the form again."""
        typed = (value.strip() for name, value in self.fields if name not in UNTYPED)
        told = [value for value in typed if value.replace(" ", "").isalpha() and len(value) > 1]
        return ", ".join(value[:40] for value in told[:3])


class KeptForms:
    """Keeps what would be lost on the way to the log-in page. It stands after the middleware of the
    messages and of the sessions' limits."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if _is_turned_away(request, response):
            response = _to_log_in(request) if keep(request) else give_back(request) or response
        elif SENT in request.POST and response.status_code < 400:
            drop(request, request.POST[SENT])
        _remember(request, response)
        return response


def refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """`CSRF_FAILURE_VIEW`: the token is old, or was never given."""
    if "HX-Request" in request.headers:  # the page still has what was typed, and says so
        return csrf_failure(request, reason)
    if request.user.is_authenticated:  # no view was reached, so nobody has asked for the office
        bind(cast("Request", request))
    if owner := keep(request):
        if SESSION_KEY not in request.session:
            return _to_log_in(request)
        if owner.office != _office(request):
            messages.warning(request, OF_ANOTHER_OFFICE)
        return redirect("kept_forms")
    if answer := give_back(request):
        return answer
    if _holds_secrets(request) or _filled_in_here(request):
        messages.info(request, AGAIN)
        return redirect(_page(request))
    return csrf_failure(request, reason)


def give_back(request: HttpRequest) -> HttpResponse | None:
    """The form as a page from which it can be sent again; None if that would make no sense. The
    person presses the button as whoever is logged in by then, whose name stands on it."""
    fields = _fields(request)
    typed = any(value.strip() for name, value in fields if name not in UNTYPED)
    if not _is_from_here(request) or _holds_secrets(request) or request.FILES or not typed:
        return None
    office = getattr(request, "office", None)
    title = office.profile.placed_title_of(office) if office else "pengelola sistem"
    page = {"fields": fields, "title": title if SESSION_KEY in request.session else ""}
    return render(request, "registration/given_back.html", page, status=HTTPStatus.FORBIDDEN)


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a browser says that a page of the portal sent this: what another site made up is not
    offered to be sent. No site can change this header."""
    return request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def _holds_secrets(request: HttpRequest) -> bool:
    return any(SECRET.search(name) for name in request.POST)


def _filled_in_here(request: HttpRequest) -> bool:
    browser = _browser(request)
    return browser is not None and _owner(request, browser) is not None


def _is_turned_away(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether a form was answered with the log-in page. A page that has taken a password leads
    there too, but not back."""
    login = f"{resolve_url(settings.LOGIN_URL)}?next="
    return (
        request.method == "POST"
        and "HX-Request" not in request.headers
        and SESSION_KEY not in request.session
        and response.get("Location", "").startswith(login)
    )


def _to_log_in(request: HttpRequest) -> HttpResponse:
    messages.warning(request, TOLD)
    there = urlencode({"next": resolve_url("kept_forms")})
    return redirect(f"{resolve_url(settings.LOGIN_URL)}?{there}")


def keep(request: HttpRequest) -> Filler | None:
    """Keep the form for the account that filled it in, and return who did; None if there is nothing
    to keep, or nobody to keep it for: not while another account is logged in."""
    browser = _browser(request)
    owner = browser and _owner(request, browser)
    if owner and request.session.get(SESSION_KEY) not in (None, owner.account):
        return None
    fields = _fields(request)
    sent = [request.get_full_path(), _page(request), fields, bool(request.FILES)]
    content = json.dumps([*sent, owner.office if owner else ""])
    typed = request.FILES or any(value.strip() for _, value in fields)
    if not browser or not owner or not typed or _holds_secrets(request) or len(content) > LARGEST:
        return None
    with scope.identity(user_id=owner.account):
        sealed = Fernet(browser.key).encrypt(content.encode())
        KeptForm.objects.create(user_id=owner.account, content=sealed)
        oldest = KeptForm.objects.filter(user_id=owner.account).values_list("pk", flat=True)[MOST:]
        KeptForm.objects.filter(pk__in=list(oldest)).delete()
    return owner


def _fields(request: HttpRequest) -> list[tuple[str, str]]:
    """What the form holds, without what belongs to a page of its own."""
    return [
        (name, value)
        for name, values in request.POST.lists()
        if name not in (TOKEN, SENT, WITHOUT_FILE, CODE)
        for value in values
    ]


def of(request: HttpRequest) -> list[Kept]:
    """The forms that are kept for the account of this session in this browser, the latest first."""
    account, browser = request.session.get(SESSION_KEY), _browser(request)
    if not account or not browser:
        return []
    with scope.identity(user_id=account):
        since = timezone.now() - KeptForm.LASTS
        rows = list(KeptForm.objects.filter(user_id=account, kept_at__gt=since))
    return list(_opened(rows, browser))


def drop(request: HttpRequest, name: str) -> None:
    """Forget a kept form of the account of this session, by its id."""
    account = request.session.get(SESSION_KEY)
    try:
        wanted = UUID(name)
    except ValueError:
        return
    if account:
        with scope.identity(user_id=account):
            KeptForm.objects.filter(user_id=account, pk=wanted).delete()


def who(request: HttpRequest) -> str:
    """Tells the account of this session and its office from others, and nothing else; "" for
    nobody."""
    account = request.session.get(SESSION_KEY)
    acting = f"{account} {_office(request)}"
    return salted_hmac(__name__, acting).hexdigest()[:16] if account else ""


def forget_old() -> None:
    """Delete what nobody may send any more."""
    KeptForm.objects.filter(kept_at__lt=timezone.now() - KeptForm.LASTS).delete()


def _opened(rows: list[KeptForm], browser: Browser) -> Iterator[Kept]:
    for row in rows:
        try:
            content = Fernet(browser.key).decrypt(bytes(row.content))
        except InvalidToken:  # of another browser
            continue
        path, page, fields, has_files, office = json.loads(content)
        typed = [(name, value) for name, value in fields]
        yield Kept(row.pk, row.kept_at, path, page, typed, has_files, office)


def _office(request: HttpRequest) -> str:
    """The public id of the office that the person acts in; "" for none."""
    office = getattr(request, "office", None)
    return str(office.public_id) if office else ""


def _owner(request: HttpRequest, browser: Browser) -> Filler | None:
    """Whose page carried the token of this form."""
    token = request.POST.get(TOKEN, "")
    try:
        _check_token_format(token)
    except InvalidTokenFormat:
        return None
    given = (filler for filler, secret in browser.pages if _does_token_match(token, secret))
    return next(given, None)


def _page(request: HttpRequest) -> str:
    """The page with the form, as an address of the portal."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, request.get_host()):
        return request.path
    parts = urlsplit(page)
    path = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return path if url_has_allowed_host_and_scheme(path, None) else "/"


def _browser(request: HttpRequest) -> Browser | None:
    cookie = request.COOKIES.get(settings.KEPT_COOKIE_NAME, "")
    try:
        held: dict[str, Any] = signing.loads(cookie, salt=__name__, max_age=LASTS)
    except signing.BadSignature:
        return None
    return Browser(held["key"], [(Filler(*filler), secret) for filler, secret in held["pages"]])


def _remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Note in the browser who was given this token. Written when one of them changes, and not for
    each page. Pages of another account are forgotten: somebody else sits there now, who could leave
    a form for it."""
    account, secret = request.session.get(SESSION_KEY), request.META.get("CSRF_COOKIE")
    browser = _browser(request)
    page = (Filler(account or "", _office(request)), secret)
    if not account or not secret or (browser and page in browser.pages):
        return
    key = browser.key if browser else Fernet.generate_key().decode()
    own = [known for known in browser.pages if known[0].account == account] if browser else []
    others = [known for known in own if known[1] != secret]
    pages = [*others, page][-MOST_PAGES:]
    response.set_cookie(
        settings.KEPT_COOKIE_NAME,
        signing.dumps({"key": key, "pages": pages}, salt=__name__),
        max_age=LASTS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
