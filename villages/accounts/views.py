"""Logging in, one's own account, and passwords."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, PasswordChangeView
from django.contrib.messages.views import SuccessMessageMixin
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from villages.accounts import entering, kept, limits, records, sessions
from villages.accounts.addresses import client_address
from villages.accounts.factor import actions as factor
from villages.accounts.factor import proof
from villages.accounts.forms import (
    SPENT,
    FirstPasswordForm,
    LogInForm,
    NewPasswordForm,
    told_to_wait,
)
from villages.accounts.models import AccountRecord

if TYPE_CHECKING:
    from villages.annotations import Request

SHOWN = 30
"""Records of a kind on the page of one's own account."""


class LogIn(LoginView):
    authentication_form = LogInForm
    redirect_authenticated_user = True

    def form_valid(self, form: Any) -> HttpResponse:
        """Log in, or ask for a code first where the account has a second factor."""
        user, next_page = form.get_user(), self.get_success_url()
        if factor.is_on(user):
            proof.wait(self.request, user, next_page)
            return redirect("login_code")
        entering.enter(self.request, user)
        return redirect("kept_forms" if kept.of(self.request) else next_page)

    def form_invalid(self, form: Any) -> HttpResponse:
        return told_to_wait(super().form_invalid(form), form)


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
        sessions.end_others(form.user, self.request.session)
        address = client_address(self.request)
        records.add(form.user, AccountRecord.Kind.PASSWORD, address=address)
        return response

    def form_invalid(self, form: Any) -> HttpResponse:
        return told_to_wait(super().form_invalid(form), form)


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
    return told_to_wait(page, form)


@proof.open_without
@require_safe
def account(request: Request) -> HttpResponse:
    """What has happened to one's own account; log-ins apart, for there are many."""
    happened = records.of(request.user)
    log_ins = happened.filter(kind__in=AccountRecord.LOGS)
    changes = happened.exclude(kind__in=AccountRecord.LOGS)
    shown = {
        "changes": changes[:SHOWN],
        "log_ins": log_ins[:SHOWN],
        "sessions": sessions.of(request.user, request.session),
        "has_factor": factor.is_on(request.user),
        "codes_left": factor.recovery_codes_left(request.user),
    }
    return render(request, "registration/account.html", shown)


@proof.open_without
@require_safe
def kept_forms(request: Request) -> HttpResponse:
    """What was sent without a session, to be sent again."""
    titles = {
        str(office.public_id): office.profile.placed_title_of(office) for office in request.offices
    }
    acting = str(request.office.public_id) if request.office else ""
    forms = [
        {"kept": form, "title": titles.get(form.office, ""), "elsewhere": form.office != acting}
        for form in kept.of(request)
    ]
    return render(request, "registration/kept_forms.html", {"forms": forms})


@proof.open_without
@require_POST
def kept_form_drop(request: Request) -> HttpResponse:
    kept.drop(request, request.POST.get("isian", ""))
    messages.success(request, "Isian itu sudah dibuang.")
    return redirect("kept_forms")


@login_not_required
@require_safe
def session_state(request: HttpRequest) -> HttpResponse:
    """For the script that asks before it sends a form, and warns before the session ends: how long
    it lasts, whose it is, and the token of the day."""
    left = limits.left(request.session, int(time.time()))
    state = {"left": left, "who": kept.who(request)}
    return JsonResponse(state | ({"token": get_token(request)} if left else {}))


@proof.open_without
@require_POST
def sessions_end(request: Request) -> HttpResponse:
    """End one of one's own sessions, or all others."""
    if name := request.POST.get("perangkat"):
        sessions.end(request.user, name)
        messages.success(request, "Perangkat itu sudah dikeluarkan.")
    else:
        ended = sessions.end_others(request.user, request.session)
        messages.success(request, f"{ended} perangkat lain sudah dikeluarkan.")
    return redirect("account")
