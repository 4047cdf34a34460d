"""How pages show the values of a person's fields."""

from collections.abc import Callable
from datetime import date
from typing import Any

from enrollment.fields.definitions import Kind
from enrollment.fields.person import KEPT
from enrollment.formats import rupiah
from enrollment.workers.checks.masking import masked
from enrollment.workers.models import Worker

Show = Callable[[str, Any], str]
"""A column of `Worker` and its value → text: `shown`, or what `disclosures.reveal` gives."""

_FIELDS = {field.attname: field for field in Worker._meta.concrete_fields}
LABELS = {"ended_reason": "Alasan berakhir"}
"""Of columns whose own name is not for people."""
_RUPIAH = {field.column for field in KEPT if field.kind is Kind.RUPIAH}


def label(column: str) -> str:
    """The name of a column of `Worker` on pages."""
    return LABELS.get(column) or str(_FIELDS[column].verbose_name)


def shown(column: str, value: Any) -> str:
    """A value of a column of `Worker` as text, masked if it is personal; "" for no value."""
    return in_full(column, masked(column, value))


def in_full(column: str, value: Any) -> str:
    """The same, never masked. Pages get it from `disclosures.reveal` and from nowhere else."""
    if value in ("", None):
        return ""
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    if column in _RUPIAH:
        return rupiah(value)
    choices = dict(_FIELDS[column].flatchoices)
    return str(choices.get(value) or value)


def birth_year(person: Any) -> str:
    """All that a list shows of a birth date; "" when it is unknown."""
    return shown("birth_date", person.birth_date)


def residence(person: Any) -> str:
    """Where in the village: `RT 003/005 Krajan`, without the parts that are unknown."""
    rt_rw = f"RT\N{NO-BREAK SPACE}{person.rt or '–'}" + (f"/{person.rw}" if person.rw else "")
    return " ".join(filter(None, [rt_rw if person.rt or person.rw else "", person.hamlet]))


def told_apart(person: Any) -> str:
    """What tells people of the same name apart beside their masked NIKs: RT and birth year.

    `person` has the columns of a person, whether registered, staged, copied or of the history.
    """
    if not person:
        return ""
    rt = f"RT {person.rt}" if person.rt else ""
    born = f"lahir {birth_year(person)}" if person.birth_date else ""
    return ", ".join(filter(None, [rt, born]))
