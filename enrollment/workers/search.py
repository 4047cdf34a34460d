"""Searching by NIK without a NIK ever standing in an address.

Addresses are kept by browsers, proxies and logs. So a search form is sent by POST: what is no NIK
is then shown under an address of its own, which can be kept and shared, and a NIK leads to the
person's page, whose address holds a random id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from enrollment.workers.checks.nik import check_nik, clean_digits
from enrollment.workers.models import Worker
from villages.models import Office

NEARLY_A_NIK = re.compile(r"[0-9]{13}")
"""So many digits in a row are a NIK, or so much of one that it tells whose it is."""
RANDOM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""One in fifty of these has as many digits in a row, and none of them is a NIK."""

NOT_HERE = (
    "NIK tidak boleh ada di alamat halaman, karena alamat tersimpan di peramban. "
    "Ketik NIK di kotak cari."
)


class TypedOnce(forms.TextInput):
    """A search box whose words the browser does not keep to offer them again."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})


def like_a_nik(text: str) -> bool:
    """Whether a text holds a NIK, however it is written."""
    return not RANDOM_ID.fullmatch(text) and bool(NEARLY_A_NIK.search(clean_digits(text)))


def out_of_address(request: HttpRequest) -> HttpResponseRedirect | None:
    """A redirect to the same page without the NIK that its address holds, or None."""
    kept = {
        name: value
        for name, value in request.GET.items()
        if isinstance(value, str) and not like_a_nik(value)
    }
    if len(kept) == len(request.GET):
        return None
    messages.error(request, NOT_HERE)
    return at_address(request, kept)


def at_address(request: HttpRequest, parameters: Mapping[str, str]) -> HttpResponseRedirect:
    """A redirect to this page with the parameters that say something."""
    said = {name: value for name, value in parameters.items() if value.strip()}
    said.pop("csrfmiddlewaretoken", None)
    return HttpResponseRedirect(f"{request.path}?{urlencode(said)}" if said else request.path)


def person_by_nik(office: Office, text: str) -> Worker | None:
    """The person whom the office may see under a NIK as somebody typed it, or None."""
    nik, _ = check_nik(text)
    return Worker.objects.visible_to(office).filter(nik=nik).first() if nik else None
