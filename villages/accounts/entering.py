"""Logging somebody in, who is told what others did to the account."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from villages import scope
from villages.accounts import records
from villages.accounts.models import AccountRecord
from villages.models import User

DONE = {
    AccountRecord.Kind.LINK: "membuatkan kode kata sandi untuk akun ini",
    AccountRecord.Kind.RESET_ASKED: "meminta verifikasi dua langkah akun ini dilepas",
    AccountRecord.Kind.RESET: "menyetujui pelepasan verifikasi dua langkah akun ini",
}
WHAT_NOW = (
    "Bukan Anda yang meminta? Ganti kata sandi sekarang, lalu beri tahu Dinas atau auditor "
    "kabupaten."
)


def enter(request: HttpRequest, user: User) -> None:
    """Log in, and say what others did lately."""
    login(request, user)
    with scope.identity(user_id=user.pk):
        done = sorted(records.by_others_lately(user), key=lambda record: record.kind)
    if done:
        told = [_told(list(same)) for _, same in groupby(done, lambda record: record.kind)]
        messages.warning(request, " ".join([*told, WHAT_NOW]))


def _told(records_of_a_kind: list[AccountRecord]) -> str:
    """One sentence about what was done once or several times, from the newest."""
    newest = records_of_a_kind[0]
    when = date_format(timezone.localtime(newest.at), r"j F Y \p\u\k\u\l H.i")
    several = len(records_of_a_kind) > 1
    times = f" {len(records_of_a_kind)} kali, terakhir" if several else ""
    return f"{newest.by_name} {DONE[AccountRecord.Kind(newest.kind)]}{times} pada {when}."
