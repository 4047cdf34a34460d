"""Troubles that are nobody's fault, as pages that say in words what to do.

A full disk, a database that is being started again, or a storage of files that is away ends a
request at any point. What PostgreSQL had begun it takes back; what the person had typed is on the
page, to be sent again.
"""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus

from django.contrib import messages
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.urls import is_valid_path
from django.views.defaults import server_error

from enrollment.workbooks.storing import FilesAway
from villages.refusals import is_short_of_room


@dataclass(frozen=True)
class Trouble:
    status: HTTPStatus
    what: str
    todo: str


FULL = Trouble(
    HTTPStatus.INSUFFICIENT_STORAGE,
    "Ruang simpan penuh",
    "Yang baru saja dikirim belum tersimpan; data yang sudah tersimpan tetap aman dan masih dapat "
    "dibaca. Beri tahu admin portal, lalu kirim lagi setelah ada ruang.",
)
AWAY = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Basis data sedang dimulai ulang",
    "Yang baru saja dikirim mungkin belum tersimpan; data yang sudah tersimpan tetap aman. Tunggu "
    "satu menit, lalu coba lagi.",
)
FILES_AWAY = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Penyimpanan berkas tidak dapat dihubungi",
    "Berkas untuk sementara tidak dapat dikirim atau diunduh; halaman lain tetap dapat dipakai. "
    "Yang baru saja dikirim belum tersimpan. Coba lagi beberapa menit lagi; beri tahu admin portal "
    "bila terulang.",
)
SLOW = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Terlalu lama",
    "Halaman ini memerlukan waktu terlalu lama, jadi dihentikan. Yang dikirim dengannya tidak "
    "disimpan. Persempit saringannya atau coba lagi nanti; beri tahu admin portal bila terulang.",
)
NOT_OPENED = (
    "Alamat itu hanya menerima kiriman dari tombol. Tidak ada yang berubah; mulai lagi dari "
    "halaman ini."
)
STOPPED = "57014"
"""PostgreSQL's code for a statement that took longer than `scope.PATIENCE`."""
LOST = ("08", "57P")
"""Beginnings of PostgreSQL's codes for connections that ended; most ends have no code at all."""


def of(error: BaseException | None) -> Trouble | None:
    """The trouble that an error stands for; None for a fault of the program."""
    while error:
        if is_short_of_room(error):
            return FULL
        if isinstance(error, FilesAway):
            return FILES_AWAY
        if isinstance(error, (OperationalError, InterfaceError)):
            code = getattr(error.__cause__, "pgcode", None)
            if code == STOPPED:
                return SLOW
            return AWAY if code is None or code.startswith(LOST) else None
        error = error.__cause__ or error.__context__
    return None


def page(trouble: Trouble, typed: list[tuple[str, str]] | None = None) -> HttpResponse:
    context = {"trouble": trouble, "typed": typed}
    return render(None, "not_done.html", context, status=trouble.status)


class NotOpenedMiddleware:
    """Leads back from an address that takes forms only: phones open the last address again when the
    person comes back, for example from the app that shows the code, and so does the log-in.

    It stands after the middleware of the messages.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if request.method == "GET" and isinstance(response, HttpResponseNotAllowed):
            messages.info(request, NOT_OPENED)
            return redirect(page_above(request.path))
        return response


def page_above(path: str) -> str:
    """The nearest address above `path` that there is: `/usulan/<id>/ajukan/` → `/usulan/<id>/`. If
    that one takes forms only too, it leads on."""
    parts = path.strip("/").split("/")
    while parts := parts[:-1]:
        above = f"/{'/'.join(parts)}/"
        if is_valid_path(above):
            return above
    return "/"


def failed(request: HttpRequest) -> HttpResponse:
    """`handler500`: Django calls it while the error is being handled, wherever it arose."""
    trouble = of(sys.exc_info()[1])
    return page(trouble, typed(request)) if trouble else server_error(request)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a form has sent, so that it can be sent again: neither files nor passwords."""
    fields = [(name, value) for name, values in request.POST.lists() for value in values]
    if request.FILES or any("password" in name for name, _ in fields):
        return []
    return fields
