"""How much may be sent, to which address, and by whom.

The web server asks `refusal` as soon as it has a request's headers, before it keeps any of the
body (`portal.launch.receiving`). So what nobody may send takes no room, in memory or on the disk.
"""

import hashlib
import re
import shutil
from http import HTTPStatus
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core import signing
from django.http import parse_cookie
from django.urls import Resolver404, resolve

from enrollment.workbooks.inspection import LARGEST_FILE
from portal import trouble
from portal.trouble import Trouble

ORDINARY = 64 * 2**10
"""Bytes that anybody may send to any address: log-in and ordinary forms."""
LARGER = {
    "import_columns": 2**18,  # a question for each column of each sheet
    "import_mend": 2**18,  # 25 rows, each with its fields
    "proposal_pick": 2**19,  # a village's whole list ticked at once: 5,000 × 42 bytes
    "proposal_act": 2**19,
    "proposal_detail": 2**19,
}
"""Addresses of forms that are truly larger."""
UPLOAD = LARGEST_FILE + 2**20
UPLOADS = re.compile(
    r"import_new|list_check|paper_scan|leaving_new|decree_(?:send|receive|revoke)|letter_template"
    r"|answers_upload"
    r"|(?:account|area|quota)_upload"
)
"""Addresses that take files: lists, signed papers, documents of who leaves, and the tables of the
settings pages."""
RECEIVING = 512 * 2**20
"""Bytes that one web process receives at the same time, at most."""
COPIES = 2  # what the server received, and what Django has read from it

signer = signing.TimestampSigner(salt="portal.bodies")


TOO_LARGE = Trouble(
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "Kiriman terlalu besar",
    f"Berkas boleh sampai {LARGEST_FILE // 2**20} MB, isian formulir jauh lebih kecil. "
    "Tidak ada yang disimpan. Bagi berkasnya menjadi beberapa bagian, lalu kirim satu per satu.",
)
NOT_SHOWN = Trouble(
    HTTPStatus.FORBIDDEN,
    "Berkas tidak diterima",
    "Hanya yang sudah masuk dan berwenang boleh mengunggah. Tidak ada yang disimpan. "
    "Masuk lagi, buka halaman unggah, lalu kirim berkasnya dari sana.",
)
BUSY = Trouble(
    HTTPStatus.SERVICE_UNAVAILABLE,
    "Sedang banyak unggahan",
    "Tidak ada yang disimpan. Tunggu beberapa menit, lalu kirim sekali lagi.",
)
NO_ROOM = Trouble(
    HTTPStatus.INSUFFICIENT_STORAGE,
    "Ruang simpan hampir penuh",
    "Unggahan ditutup sementara; halaman lain tetap dapat dipakai. Tidak ada yang disimpan. "
    "Beri tahu admin portal, lalu kirim lagi setelah ada ruang.",
)


class Announced(NamedTuple):
    """What the headers of a request say."""

    path: str
    size: int
    """Bytes of the body; of one of unknown length, those received so far."""
    measured: bool
    """Whether the request said how long its body is."""
    cookies: str = ""


def refusal(request: Announced, receiving: int = 0) -> Trouble | None:
    """Why a body is not received; None if it is. `receiving`: bytes of others on their way."""
    if request.size <= ORDINARY:
        return None
    name = _name(request.path)
    if not takes_files(name):
        return TOO_LARGE if request.size > LARGER.get(name, ORDINARY) else None
    if request.size > UPLOAD or not request.measured:  # browsers know how long their file is
        return TOO_LARGE
    if not _was_shown_the_page(request.cookies):
        return NOT_SHOWN
    if receiving + request.size > RECEIVING:
        return BUSY
    return None if has_room(COPIES * (receiving + request.size)) else NO_ROOM


def has_room(size: int) -> bool:
    """Whether as much free space as must stay is left after `size` more bytes."""
    uploads = Path(settings.MEDIA_ROOT)
    there = next(folder for folder in (uploads, *uploads.parents) if folder.exists())
    return shutil.disk_usage(there).free - size >= settings.KEEP_FREE


def takes_files(name: str) -> bool:
    return bool(UPLOADS.fullmatch(name))


def _name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""


def _fingerprint(session_key: str) -> str:
    return hashlib.sha256(session_key.encode()).hexdigest()


def _was_shown_the_page(header: str) -> bool:
    """Whether these cookies are of a session that an upload page was shown to.

    Asks no database, since the server that calls this must never wait. Whether the session still
    holds, and what its office may do, the page itself decides once it has the file.
    """
    cookies = parse_cookie(header)
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    permit = cookies.get(settings.UPLOAD_COOKIE_NAME, "")
    try:
        shown_to = signer.unsign(permit, max_age=settings.SESSION_COOKIE_AGE)
    except signing.BadSignature:
        return False
    return shown_to == _fingerprint(session)


class BodiesMiddleware:
    """Answers for a body that was not received, and lets those upload who see an upload page.

    It stands after the middleware of the sessions.
    """

    REFUSED = "portal.refused"
    """Key in the WSGI environment: why the server has not received the body."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        refused = request.META.get(self.REFUSED)
        if refused:
            return trouble.page(refused)
        response = self.get_response(request)
        found = request.resolver_match
        shown = request.method == "GET" and response.status_code == HTTPStatus.OK
        if shown and found and takes_files(found.view_name) and request.session.session_key:
            response.set_cookie(
                settings.UPLOAD_COOKIE_NAME,
                signer.sign(_fingerprint(request.session.session_key)),
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Strict",
            )
        return response
