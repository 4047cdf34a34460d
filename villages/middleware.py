from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.response import SimpleTemplateResponse
from django.urls import reverse

from villages import scope
from villages.accounts.addresses import client_address
from villages.accounts.factor import proof
from villages.models import Office

if TYPE_CHECKING:
    from villages.annotations import Request

    View = Callable[..., HttpResponseBase]

ACTING_AS = "acting_office"
"""Session key: the public id of the office that the person chose to act in."""
NO_OFFICE = (
    "Akun ini tidak memegang jabatan yang berlaku. Minta admin kabupaten memberi jabatan, "
    "lalu buka Beranda lagi."
)


class AccessMiddleware:
    """Runs every view inside the scope of the office that the person acts in.

    It stands last, because it calls the view itself: the transaction that carries the scope must
    enclose the view and its rendering. The offices were read with the account (`backends`), anew
    for each request.
    """

    def __init__(self, get_response: Callable[[Request], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponseBase:
        request.office = None
        request.offices = []
        request.regency = None
        return self.get_response(request)

    def process_view(
        self, request: Request, view: View, args: tuple[Any, ...], kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        if not request.user.is_authenticated:
            return None
        bind(request)
        if proof.is_missing(request, view):
            return _led_to(request, reverse("factor_set_up"))
        with _scope_for(request, view):
            return _rendered(view(request, *args, **kwargs))


def bind(request: Request) -> None:
    """Give the request of an account its offices, and the one that it acts in."""
    request.offices = request.user.held
    request.office = _chosen(request)
    request.regency = request.office.profile if request.office else None


def _led_to(request: Request, url: str) -> HttpResponse:
    """Another page instead, also where only a part of one was asked for."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return redirect(url)


def _chosen(request: Request) -> Office | None:
    wanted = request.session.get(ACTING_AS)
    for office in request.offices:
        if str(office.public_id) == wanted:
            return office
    return request.offices[0] if request.offices else None


def _scope_for(request: Request, view: View) -> AbstractContextManager[None]:
    context = {"url": request.path, "method": request.method, "ip": client_address(request)}
    if request.office:
        return scope.enter(request.office, **context)
    if request.user.is_superuser:
        who = {"user": request.user.pk, "username": request.user.username}
        return scope.whole_country("superuser", name=str(request.user), **who, **context)
    if not getattr(view, "login_required", True):
        return scope.identity(user_id=request.user.pk)
    raise PermissionDenied(NO_OFFICE)


def _rendered(response: HttpResponseBase) -> HttpResponseBase:
    if isinstance(response, SimpleTemplateResponse) and not response.is_rendered:
        return response.render()
    return response
