"""An account with the offices it holds, read in one statement and in the account's own scope.

Every request needs both. As statements of Django, joined and one after another, they took a sixth
of the time of an ordinary page.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from django.db import connection, models

from villages import scope
from villages.models import Agency, Area, Office, Regency, User

Row = TypeVar("Row", bound=models.Model)

_ACCOUNT = """
SELECT to_json(account), (
    SELECT json_agg(json_build_object(
        'office', office, 'area', area, 'agency', agency, 'profile', profile, 'regency', regency
    ) ORDER BY office.id)
    FROM villages_office office
    JOIN villages_area area ON area.code = office.area_id
    LEFT JOIN villages_area regency ON regency.code = left(office.area_id, 5)
    LEFT JOIN villages_regency profile ON profile.area_id = regency.code
    LEFT JOIN villages_agency agency ON agency.id = office.agency_id
    WHERE office.user_id = account.id AND office.starts_on <= %(day)s
      AND (office.ends_on IS NULL OR office.ends_on >= %(day)s)
)
FROM villages_user account WHERE account.id = %(user)s
"""


def account(user_id: int, day: date) -> User | None:
    """The account, with the offices that it holds on `day`."""
    own = scope.Scope(user=str(user_id))
    for columns, offices in scope.ask(own, _ACCOUNT, {"user": user_id, "day": day}):
        user = _row(User, columns)
        user.held = [_office(user, rows) for rows in offices or []]
        return user
    return None


def _office(user: User, rows: Mapping[str, Any]) -> Office:
    """With all that it refers to. Where nobody has filled in the regency's profile yet, it has one
    with the usual words, which is not stored."""
    office, area = _row(Office, rows["office"]), _row(Area, rows["area"])
    regency = _row(Area, rows["regency"]) if rows["regency"] else area
    profile = _row(Regency, rows["profile"]) if rows["profile"] else Regency()
    profile.area = regency
    office.user, office.area, office.profile = user, area, profile
    office.agency = _row(Agency, rows["agency"]) if rows["agency"] else None
    return office


def _row(model: type[Row], values: Mapping[str, Any]) -> Row:
    """A row of `model` from its columns as JSON, in which dates and ids are texts."""
    fields = model._meta.concrete_fields
    read = [field.to_python(values[field.attname]) for field in fields]
    return model.from_db(connection.alias, [field.attname for field in fields], read)
