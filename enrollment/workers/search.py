"""Searching by NIK, or by its first digits, while neither ever appears in a URL.

Browsers, proxies and logs store URLs. So search forms are sent by POST. Any other text is then
redirected to a URL that contains it, which can be bookmarked and shared; a NIK is redirected to the
person's page, whose URL has a random id.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect

from enrollment.among import Among
from enrollment.workers.checks.nik import LENGTH, check_nik, clean_digits
from enrollment.workers.models import Worker
from villages import access
from villages.accounts import throttling
from villages.models import Office
from villages.refusals import Refusal

NEARLY_A_NIK = re.compile(r"[0-9]{13}")
"""So many digits in a row are a NIK, or enough of one to identify the person."""
SHOWN_DIGITS = 6
"""Digits of a NIK that every list shows, and with which people are therefore found. With more of
them somebody could try out the rest, digit after digit, and no record would say so."""
RANDOM_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""Not a NIK, although one in fifty of these ids has as many digits in a row."""

MOST_OF_A_NAME = 50_000
"""People whose ids are named in a statement."""

SEARCHES = throttling.Limit("searches for a NIK", free=30, longest=300)
TOO_MANY = "Terlalu banyak NIK dicari. Tunggu {}, lalu cari lagi, atau cari dengan nama."
ONLY_SHOWN_DIGITS = (
    "Yang dicari hanya enam angka pertama, {}. Untuk mencari satu orang, tulis semua 16 angka NIK."
)
NIK_IN_ADDRESS = (
    "NIK tidak boleh ada di alamat halaman, karena alamat tersimpan di peramban. "
    "Ketik NIK di kotak cari."
)


class UnsavedTextInput(forms.TextInput):
    """A search box whose text the browser does not store for autocompletion."""

    def __init__(self, attrs: dict[str, Any] | None = None):
        super().__init__({"autocomplete": "off", **(attrs or {})})


def contains_nik(text: str) -> bool:
    """Whether a text contains a NIK, in any way of writing it."""
    return not RANDOM_ID.fullmatch(text) and bool(NEARLY_A_NIK.search(clean_digits(text)))


def digits_in(text: str) -> str:
    """The digits of a search for digits, in any way of writing them, also masked as lists show
    them; "" for any other text."""
    digits = clean_digits(text.replace("*", ""))
    return digits if digits.isascii() and digits.isdigit() else ""


def is_nik(text: str) -> bool:
    """Whether one person is searched for: all digits of a NIK, or a NIK among other letters."""
    digits = digits_in(text)
    return len(digits) >= LENGTH if digits else contains_nik(text)


def redirect_without_nik(request: HttpRequest) -> HttpResponseRedirect | None:
    """A redirect to the same page without the NIK in its URL, or None if there is none."""
    kept = {
        name: value
        for name, value in request.GET.items()
        if isinstance(value, str)
        and not contains_nik(value)
        and not (name == "q" and digits_in(value))
    }
    if len(kept) == len(request.GET):
        return None
    messages.error(request, NIK_IN_ADDRESS)
    return redirect_with(request, kept)


def redirect_with(request: HttpRequest, parameters: Mapping[str, str]) -> HttpResponseRedirect:
    """A redirect to this page with those of the parameters that are not empty."""
    filled = {name: value for name, value in parameters.items() if value.strip()}
    filled.pop("csrfmiddlewaretoken", None)
    return HttpResponseRedirect(f"{request.path}?{urlencode(filled)}" if filled else request.path)


def searched(request: HttpRequest, typed: str) -> HttpResponseRedirect | None:
    """A redirect to the address of a posted search; None where it is for digits, which may not
    stand in an address: the page is then the answer. Says so if not all digits are looked for."""
    digits = digits_in(typed)
    if not digits:
        return redirect_with(request, request.POST)
    if len(digits) > SHOWN_DIGITS:
        messages.info(request, ONLY_SHOWN_DIGITS.format(digits[:SHOWN_DIGITS]))
    return None


@dataclass(frozen=True)
class Asked:
    """What a list whose rows are about people is asked for: `values`, of a search for digits those
    that lists show and never more; `posted`, the same if they may not stand in an address; and
    `elsewhere`, a redirect if they belong into another one."""

    values: Mapping[str, str]
    posted: Mapping[str, str] | None = None
    elsewhere: HttpResponseRedirect | None = None


NOTHING = Asked({})


def asked(request: HttpRequest) -> Asked:
    """What a list is asked for that shows `filters` with `post=True`, and finds by `about`."""
    if request.method != "POST":
        return Asked(request.GET.dict(), elsewhere=redirect_without_nik(request))
    typed = request.POST.get("q", "")
    values = request.POST.dict() | {"q": digits_in(typed)[:SHOWN_DIGITS]}
    return Asked(values, posted=values, elsewhere=searched(request, typed))


def about(rows: Any, typed: str, worker: str = "worker", *, many: bool = False) -> Any:
    """Those of the rows whose person's NIK begins with the digits that were typed, or whose name
    contains each of the words; `worker` is the path from a row to its person.

    `many`: there may be as many rows as people in a regency. Then the people of a name are found
    first, unless there are very many: PostgreSQL would look up the person of each row, which takes
    4 s of 309,000 rows instead of 0.1.
    """
    if digits := digits_in(typed):
        people = Worker.objects.with_nik_from(digits[:SHOWN_DIGITS])
        return rows.filter(**{f"{worker}__in": people})
    if many:
        people = named(Worker.objects.order_by(), typed).values_list("pk", flat=True)
        found = list(people[: MOST_OF_A_NAME + 1])
        if len(found) <= MOST_OF_A_NAME:
            return rows.filter(Among(worker, found))
    for word in typed.split():
        rows = rows.filter(**{f"{worker}__name__icontains": word})
    return rows


def named(rows: Any, typed: str) -> Any:
    """As `about`, of rows that have the name and the NIK themselves."""
    if digits := digits_in(typed)[:SHOWN_DIGITS]:
        return rows.filter(nik__gte=digits, nik__lt=f"{digits}:")  # the colon follows the nine
    for word in typed.split():
        rows = rows.filter(name__icontains=word)
    return rows


def person_by_nik(office: Office, text: str) -> Worker | None:
    """The person with a NIK as typed, if the office may see them, or None.

    Refusal where somebody who may not see NIKs searches for one after the other: the rest of a
    masked one could be found by trying.
    """
    nik, _ = check_nik(text)
    if nik is None:
        return None
    masked = not access.allowed(office, "worker.unmask")
    if masked and (seconds := throttling.count(SEARCHES, str(office.user_id))):
        raise Refusal(TOO_MANY.format(throttling.in_words(seconds)))
    return Worker.objects.visible_to(office).filter(nik=nik).first()
