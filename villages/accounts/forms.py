"""Logging in, changing a password, and setting one with a code; each try is throttled."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AuthenticationForm,
    PasswordChangeForm,
    SetPasswordMixin,
    UsernameField,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from villages.accounts import links, throttling
from villages.accounts.addresses import client_address
from villages.models import User

WAIT = "wait"
"""The code of an error that time alone mends."""
NOT_THE_SAME = "Kedua kata sandi baru tidak sama. Ketik ulang keduanya."


@contextmanager
def throttled(
    account: str, request: HttpRequest, limit: throttling.Limit = throttling.ACCOUNT
) -> Iterator[None]:
    """Try a password or code of this account. ValidationError while it must wait."""
    try:
        with throttling.attempt(account=account, address=client_address(request), limit=limit):
            yield
    except throttling.TooEarly as early:
        wait = throttling.in_words(early.seconds)
        raise ValidationError(
            f"Terlalu banyak percobaan. Tunggu {wait}, lalu coba lagi.",
            code=WAIT,
            params={"seconds": early.seconds},
        ) from None


def told_to_wait(response: HttpResponse, form: forms.BaseForm) -> HttpResponse:
    """Say in the answer's status, too, that a try came too early."""
    errors = form.errors.as_data() if form.is_bound else {}
    waits = [error.params for found in errors.values() for error in found if error.code == WAIT]
    if waits and waits[0]:
        response.status_code = 429
        response["Retry-After"] = str(waits[0]["seconds"])
    return response


class AccountName(UsernameField):
    """A user name as it is stored, however it was typed."""

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        return User.normalize_username(typed) if typed else typed


class LogInForm(AuthenticationForm):
    username = AccountName(label="Nama pengguna", widget=forms.TextInput(attrs={"autofocus": True}))
    error_messages = {
        "invalid_login": "Nama pengguna dan kata sandi tidak cocok, atau akun ini tidak aktif "
        "lagi. Periksa huruf besar dan kecil kata sandinya.",
        "inactive": "Akun ini tidak aktif lagi. Hubungi admin kabupaten.",
    }

    request: HttpRequest

    def clean(self) -> dict[str, Any]:
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return super().clean()
        with throttled(username, self.request):
            return super().clean()


def _say_it_once(form: forms.Form) -> None:
    """The page says above the fields what a password needs, so Django's hints are left out."""
    for field in form.fields.values():
        field.help_text = ""


class NewPasswordForm(PasswordChangeForm):
    """Whoever finds a computer unlocked must not be able to guess the password at leisure."""

    error_messages = {
        "password_mismatch": NOT_THE_SAME,
        "password_incorrect": "Kata sandi sekarang salah. Ketik ulang.",
    }

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request
        _say_it_once(self)

    def clean_old_password(self) -> str:
        with throttled(self.user.username, self.request):
            old: str = super().clean_old_password()
            return old


class FirstPasswordForm(SetPasswordMixin, forms.Form):  # type: ignore[type-arg]
    """A password set with the code that an administrator has handed over."""

    error_messages = {"password_mismatch": NOT_THE_SAME}

    username = AccountName(label="Nama pengguna", max_length=150)
    code = forms.CharField(label="Kode", max_length=40)
    password1, password2 = SetPasswordMixin.create_password_fields(
        label1="Kata sandi baru", label2="Kata sandi baru, sekali lagi"
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.request = request
        _say_it_once(self)

    def clean(self) -> dict[str, Any]:
        username, code = self.cleaned_data.get("username"), self.cleaned_data.get("code")
        if not username or not code:
            return self.cleaned_data
        owner = self._owner(username, code)
        self.validate_passwords("password1", "password2")
        if self.cleaned_data.get("password1"):
            self.validate_password_for_user(owner, "password1")
        return self.cleaned_data

    def _owner(self, username: str, code: str) -> User:
        with throttled(username, self.request):
            owner = links.owner(username, code)
            if owner is None:
                raise ValidationError(SPENT)
            return owner

    def save(self) -> bool:
        """Set the password. Returns False when the code has been used a moment ago."""
        given = self.cleaned_data
        return links.redeem(
            given["username"], given["code"], given["password1"],
            address=client_address(self.request),
        )  # fmt: skip


SPENT = (
    "Nama pengguna dan kode tidak cocok, atau kodenya sudah dipakai atau lewat 24 jam. Periksa "
    "lagi, atau minta kode baru kepada admin kabupaten."
)
