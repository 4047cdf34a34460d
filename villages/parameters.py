"""Values that come with an address and belong to no form: whatever a script may send."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponseBase

from villages.refusals import Refusal

MOST_DIGITS = 9
"""PostgreSQL's `integer` holds any number of so many digits."""
BIGINT_DIGITS = 18
"""And its `bigint`."""


def whole(text: str | None, otherwise: int = 0, digits: int = MOST_DIGITS) -> int:
    """The whole number in `text`, or `otherwise` if it is none or has more than `digits`."""
    if text and text.isascii() and text.isdigit() and len(text) <= digits:
        return int(text)
    return otherwise


def path_in(address: str) -> str:
    """The path of an address that a script may have sent, or "" if it is none."""
    try:
        return urlsplit(address).path
    except ValueError:
        return ""


def plain(text: str | None) -> str:
    """The text of a posted field that no form reads, without NUL, which PostgreSQL cannot store."""
    return (text or "").replace("\0", "")


class RefuseNul:
    """Middleware: PostgreSQL stores no NUL, and no browser sends one in an address. Those in posted
    fields are left to the forms, which say so beside the field, and to `plain`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            raise BadRequest("NUL in the address")
        return self.get_response(request)


def require_readable(sifted: Any) -> None:
    """Refusal if a filter of this FilterSet cannot be read, where everybody whom it finds is to be
    changed: it would find everybody there is, and not those who were meant."""
    if not sifted.form.is_valid():
        raise Refusal("Saringannya tidak dapat dibaca. Saring ulang, lalu pilih lagi.")
