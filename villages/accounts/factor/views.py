"""The code at log-in, setting the second factor up, recovery codes, and the reset by two."""

from __future__ import annotations

from typing import TYPE_CHECKING

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from villages.access import permit_for, require
from villages.accounts import entering, kept, sessions
from villages.accounts.addresses import client_address
from villages.accounts.factor import actions, proof, resets
from villages.accounts.factor.forms import CodeForm, FirstCodeForm
from villages.accounts.forms import told_to_wait
from villages.models import User
from villages.refusals import Refusal

if TYPE_CHECKING:
    from villages.annotations import Request

ASKS = ["GET", "HEAD", "POST"]


@login_not_required
@require_http_methods(ASKS)
def login_code(request: HttpRequest) -> HttpResponse:
    """The second step of logging in."""
    waiting = proof.waits_for_code(request)
    if waiting is None:
        messages.info(request, "Mulai lagi: isi nama pengguna dan kata sandi.")
        return redirect("login")
    user, next_page = waiting
    form = CodeForm(request.POST or None, request=request, user=user)
    if form.is_valid():
        entering.enter(request, user)
        proof.prove(request)
        return redirect("kept_forms" if kept.of(request) else next_page)
    return told_to_wait(render(request, "registration/login_code.html", {"form": form}), form)


@proof.open_without
@require_http_methods(ASKS)
def set_up(request: Request) -> HttpResponse:
    """Show the secret to the app, and turn the factor on with a first code."""
    if actions.is_on(request.user):
        return redirect("account")
    device = actions.pending(request.user, request.session.get(proof.SHOWN))
    request.session[proof.SHOWN] = device.pk
    form = FirstCodeForm(request.POST or None, request=request, user=request.user)
    if form.is_valid():
        proof.prove(request)
        sessions.end_others(request.user, request.session)
        return _new_codes(request)
    page = {
        "form": form,
        "picture": segno.make(device.config_url, error="m").svg_data_uri(scale=5, border=4),
        "url": device.config_url,
        "secret": actions.secret(device),
        "required": proof.is_required(request.user, request.offices),
    }
    return told_to_wait(render(request, "registration/factor_set_up.html", page), form)


@require_http_methods(ASKS)
@proof.asks_code
def recovery_codes(request: Request) -> HttpResponse:
    """Make new recovery codes."""
    if not actions.is_on(request.user):
        return redirect("account")
    if request.method == "POST":
        return _new_codes(request)
    left = actions.recovery_codes_left(request.user)
    return render(request, "registration/recovery_codes.html", {"left": left})


def _new_codes(request: Request) -> HttpResponse:
    """The codes on a page, this once."""
    new = actions.new_recovery_codes(request.user, address=client_address(request))
    return render(request, "registration/recovery_codes.html", {"codes": new})


@require_http_methods(ASKS)
@proof.asks_code
def turn_off(request: Request) -> HttpResponse:
    """Remove the second factor, to do without or to move it to another phone."""
    if request.method != "POST":
        required = proof.is_required(request.user, request.offices)
        return render(request, "registration/factor_off.html", {"required": required})
    actions.turn_off(request.user, address=client_address(request))
    proof.forget(request)
    sessions.end_others(request.user, request.session)
    messages.success(request, "Verifikasi dua langkah sudah dilepas dari akun Anda.")
    return redirect("account")


@require_safe
def reset_list(request: Request) -> HttpResponse:
    """Requests to remove somebody's second factor, which wait for a second person."""
    _permit(request, "factor_reset.confirm")
    me = request.user.pk
    waiting = [
        {"reset": reset, "mine": me in (reset.asked_by_id, reset.user_id)}
        for reset in resets.waiting(request.office)
    ]
    return render(request, "registration/reset_list.html", {"waiting": waiting})


@require_http_methods(ASKS)
@proof.asks_code
def reset_ask(request: Request) -> HttpResponseBase:
    """Ask to remove the second factor of an account that one manages (`?akun=`)."""
    _permit(request, "factor_reset.ask")
    account = User.objects.filter(username=request.GET.get("akun", "")).first()
    if account is None:
        raise Http404
    permit_for(account, request.office, "factor_reset.ask")
    if request.method != "POST":
        return render(request, "registration/reset_ask.html", {"account": account})
    try:
        resets.ask(account, by=request.office, asker=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Permintaan dikirim. Berlaku 24 jam; orang kedua menyetujuinya.")
    return redirect("reset_list")


@require_POST
@proof.asks_code
def reset_confirm(request: Request) -> HttpResponse:
    """Agree to a request as the second person."""
    _permit(request, "factor_reset.confirm")
    wanted = request.POST.get("permintaan", "")
    found = [r for r in resets.waiting(request.office) if str(r.public_id) == wanted]
    try:
        for reset in found:
            resets.confirm(reset, by=request.office, confirmer=request.user)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("reset_list")
    if found:
        messages.success(
            request, f"Verifikasi dua langkah {found[0].user} sudah dilepas. Ia diberi tahu."
        )
    else:
        messages.error(request, "Permintaan itu sudah disetujui atau sudah lewat sehari.")
    return redirect("reset_list")


def _permit(request: Request, verb: str) -> None:
    if request.office is not None:
        require(request, verb)
    elif not request.user.is_superuser:
        raise PermissionDenied
