"""Types that rooms share. They are for annotations only and not imported when code runs."""

from typing import Any, TypeVar

from django.db import models
from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from villages.models import Office, Regency, User

T = TypeVar("T")
JSON = models.JSONField[T, T]
"""A JSON column that holds a T: `counts: JSON[dict[str, int]] = models.JSONField(default=dict)`."""
SqlValues = dict[str, Any]
"""The parameters of a statement by name; psycopg knows how to write each."""


class Request(HttpRequest):
    """A request as `AccessMiddleware` hands it on; the superuser has no office and no regency."""

    user: User
    office: Office | None
    offices: list[Office]
    regency: Regency | None
    htmx: HtmxDetails
