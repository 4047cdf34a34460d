"""Logging in, one's own account, and passwords."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_http_methods, require_safe

from villages import scope
from villages.accounts import records
from villages.accounts.addresses import client_address
from villages.accounts.forms import (
    SPENT,
    WAIT,
    FirstPasswordForm,
    LogInForm,
    NewPasswordForm,
)
from villages.accounts.models import AccountRecord

if TYPE_CHECKING:
    from villages.annotations import Request

SHOWN = 30
"""Records of a kind on the page of one's own account."""


def _refused(response: HttpResponse, form: Any) -> HttpResponse:
    """Say in the answer's status, too, that a try came too early."""
    errors = form.errors.as_data()
    waits = [error for found in errors.values() for error in found if error.code == WAIT]
    if waits:
        response.status_code = 429
        response["Retry-After"] = str(waits[0].params["seconds"])
    return response


class LogIn(LoginView):
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, and tell the owner when somebody else had a new password made lately."""
        response = super().form_valid(form)
        user = form.get_user()
        with scope.identity(user_id=user.pk):
            made = list(records.links_lately(user))
        if made:
            messages.warning(self.request, _told(made))
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form), form)


def _told(made: list[AccountRecord]) -> str:
    when = date_format(timezone.localtime(made[0].at), r"j F Y \p\u\k\u\l H.i")
    times = f" {len(made)} kali, terakhir" if len(made) > 1 else ""
    return (
        f"{made[0].by_name} membuatkan kode kata sandi untuk akun ini{times} pada {when}. Bukan "
        "Anda yang meminta? Ganti kata sandi sekarang, lalu beri tahu Dinas atau auditor kabupaten."
    )


class NewPassword(SuccessMessageMixin, PasswordChangeView):  # type: ignore[type-arg]
    """Change the password; the person's other sessions end."""

    template_name = "registration/password_change.html"
    form_class = NewPasswordForm
    success_url = reverse_lazy("home")
    success_message = "Kata sandi Anda sudah diganti."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"request": self.request}

    def form_valid(self, form: Any) -> HttpResponse:
        response = super().form_valid(form)
        address = client_address(self.request)
        records.add(form.user, AccountRecord.Kind.PASSWORD, address=address)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return _refused(super().form_invalid(form), form)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def first_password(request: HttpRequest) -> HttpResponse:
    """Set a password with a code."""
    form = FirstPasswordForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        if form.save():
            logout(request)
            messages.success(request, "Kata sandi tersimpan. Masuklah dengan kata sandi itu.")
            return redirect("login")
        form.add_error(NON_FIELD_ERRORS, SPENT)
    page = render(request, "registration/first_password.html", {"form": form})
    return _refused(page, form) if form.is_bound else page


@require_safe
def account(request: Request) -> HttpResponse:
    """What has happened to one's own account; log-ins apart, for there are many."""
    happened = records.of(request.user)
    log_ins = happened.filter(kind__in=AccountRecord.LOGS)
    changes = happened.exclude(kind__in=AccountRecord.LOGS)
    shown = {"changes": changes[:SHOWN], "log_ins": log_ins[:SHOWN]}
    return render(request, "registration/account.html", shown)
