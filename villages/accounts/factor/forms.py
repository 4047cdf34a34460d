"""A code as somebody types it; each try is throttled, apart from tries of the password."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from villages.accounts import throttling
from villages.accounts.addresses import client_address
from villages.accounts.factor import actions
from villages.accounts.forms import throttled
from villages.models import User

CODE = "kode_verifikasi"
"""The name of the field: it stands in a form together with whatever that form carries."""


class CodeForm(forms.Form):
    """A code of the app, or a recovery code."""

    kode_verifikasi = forms.CharField(label="Kode", max_length=40)
    wrong = (
        "Kode tidak cocok atau sudah dipakai. Tunggu sampai aplikasi menampilkan kode berikutnya, "
        "lalu ketik kode itu."
    )

    def __init__(self, *args: Any, request: HttpRequest, user: User, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.user, self.address, self.request = user, client_address(request), request

    @property
    def on_paper(self) -> CodeForm:
        """The same form once more, for a recovery code: with letters, and ids of its own."""
        return type(self)(request=self.request, user=self.user, auto_id="pulih_%s")

    def clean_kode_verifikasi(self) -> str:
        code: str = self.cleaned_data[CODE]
        with throttled(self.user.username, self.request, throttling.CODE):
            if not self.is_right(code):
                raise ValidationError(self.wrong)
        return code

    def is_right(self, code: str) -> bool:
        return actions.is_right(self.user, code, address=self.address)


class FirstCodeForm(CodeForm):
    """The first code of an app that is being set up."""

    wrong = (
        "Kode tidak cocok. Periksa apakah jam HP diatur otomatis, lalu ketik kode yang tampil "
        "sekarang."
    )

    def is_right(self, code: str) -> bool:
        return actions.turn_on(self.user, code, address=self.address)
