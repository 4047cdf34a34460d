"""Who changed what in accounts, offices, programmes and their payers, quotas, tariffs, decrees.

Read from the history that triggers write, so a change by a script or a job is here as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db import models
from django.db.models import F, Func, OuterRef, Q, Subquery, Value, Window
from django.db.models.functions import Lag

from enrollment.decrees.models import Decree
from enrollment.formats import angka, tanggal
from enrollment.limits.models import UsageLimit
from enrollment.programmes.funds import funds_of
from enrollment.programmes.models import (
    LegalBasis,
    Payer,
    PremiumSubsidy,
    Quota,
    Tariff,
    TariffDiscount,
)  # fmt: skip
from enrollment.programmes.prices import in_words
from enrollment.schedules.models import Freeze, Schedule
from enrollment.workers.history import Change
from villages import scope
from villages.audit import author
from villages.models import AccountRecord, Area, Office, Regency, User
from villages.naming import name_apart

VERBS = {"insert": "Dibuat", "update": "Diubah", "delete": "Dihapus"}
FROM_ELSEWHERE = "Diubah; keadaan sebelumnya di luar wilayah Anda"
LABELS = {
    "regency": "kabupaten",
    "programme": "program",
    "state": "keadaan",
    "drafted_by": "disusun oleh",
    "drafted_at": "disusun",
    "issued_by": "diterbitkan oleh",
    "issued_at": "diterbitkan",
    "sha256": "segel daftar",
}
"""Of fields whose own name is not for people."""


@dataclass(frozen=True)
class Subject:
    """A table whose changes can be read here.

    `area` is the column that says whose it is (None: the whole country's); `names` are the columns
    that together tell a row from others; `hidden` change by themselves and are not shown.
    """

    slug: str
    label: str
    model: type[models.Model]
    area: str | None
    names: Sequence[str]
    hidden: Sequence[str] = ()


SUBJECTS = {
    subject.slug: subject
    for subject in (
        Subject("akun", "Akun", User, "area_id", ["username"]),
        Subject("jabatan", "Jabatan", Office, "area_id", ["user", "role", "area"], ["public_id"]),
        Subject(
            "program", "Program", PremiumSubsidy, "regency_id", ["name", "year", "wave_name"],
            ["committed"],
        ),
        Subject("jadwal", "Jadwal", Schedule, "regency_id", ["programme"], ["regency"]),
        Subject("masa-beku", "Masa beku", Freeze, "regency_id", ["reason"], ["regency"]),
        Subject(
            "dasar-hukum", "Dasar hukum", LegalBasis, "regency_id", ["programme", "kind", "number"]
        ),
        Subject("dana", "Dana dan perjanjian", Payer, "regency_id", ["programme"]),
        Subject("kuota", "Kuota", Quota, "area_id", ["programme", "area"], ["used", "queued"]),
        Subject(
            "keputusan", "Keputusan", Decree, "regency_id", ["number", "title"],
            ["header", "people", "total", "cover_source", "left_out"],
        ),
        Subject("batas", "Batas pemakaian", UsageLimit, "regency_id", ["regency"]),
        Subject("profil", "Profil kabupaten", Regency, "area_id", ["area"]),
        Subject("tarif", "Tarif", Tariff, None, ["segment", "component", "valid_from"]),
        Subject(
            "keringanan", "Keringanan", TariffDiscount, None,
            ["segment", "component", "valid_from"],
        ),
    )
}  # fmt: skip


class Row(NamedTuple):
    """One thing that happened, as a line of the page."""

    when: datetime
    who: str
    what: str
    whose: str
    changes: list[Change]


def rows_of(subject: Subject, office: Office, events: Iterable[Any]) -> list[Row]:
    """The changes that these of the `events_of` a subject are."""
    shown = list(events)
    previous = _history(subject).in_bulk({event.previous for event in shown} - {None})
    pairs = [(event, previous.get(event.previous)) for event in shown]
    names = _names(subject, [event for pair in pairs for event in pair if event], office)
    profile = Regency.objects.of(office.area_id) or Regency()
    funds = funds_of(profile.village_word)
    names |= {"fund": funds, "funds": funds, "excluded_funds": funds}
    return [_row(subject, *pair, names) for pair in pairs]


def _history(subject: Subject) -> Any:
    return subject.model.events.rel.related_model.objects  # type: ignore[attr-defined]


def events_of(subject: Subject, office: Office) -> Any:
    """Events in the office's area in which something that is shown changed, the newest first.

    Each has `previous`: the event before it of the same row, if that is in sight.
    """
    told = RowText(*(field.attname for field in _fields(subject)))
    earlier = Window(
        Lag("told", default=Value("")), partition_by="pgh_obj_id", order_by="pgh_id",
        output_field=models.TextField(),
    )  # fmt: skip
    inside = _history(subject).order_by()
    if subject.area:
        low, high = scope.bounds(office.area_id)
        inside = inside.filter(**{f"{subject.area}__gte": low, f"{subject.area}__lt": high})
    telling = inside.annotate(told=told, earlier=earlier)
    telling = telling.filter(~Q(pgh_label="update") | ~Q(earlier=F("told")))
    before = _history(subject).filter(pgh_obj_id=OuterRef("pgh_obj_id"))
    before = before.filter(pgh_id__lt=OuterRef("pgh_id")).order_by("-pgh_id")
    # Whoever takes some of these events must not take them from the window.
    events = _history(subject).filter(pgh_id__in=telling.values("pgh_id")).order_by("-pgh_id")
    return events.annotate(previous=Subquery(before.values("pgh_id")[:1]))


class RowText(Func):
    """The values of several columns as one text, in which NULL equals NULL."""

    template = "ROW(%(expressions)s)::text"
    output_field = models.TextField()


def _fields(subject: Subject) -> list[Any]:
    return [
        field
        for field in subject.model._meta.concrete_fields
        if not field.primary_key and field.name not in (*subject.hidden, "password", "last_login")
    ]


def _changed(subject: Subject, event: Any, earlier: Any) -> list[Any]:
    """The fields of which the value differs from the state before."""
    return [
        field
        for field in _fields(subject)
        if getattr(event, field.attname) != getattr(earlier, field.attname)
    ]


def _names(subject: Subject, events: Iterable[Any], office: Office) -> dict[Any, dict[Any, str]]:
    """What the rows are called that these events refer to: model → key → name."""
    wanted: dict[type[models.Model], set[Any]] = defaultdict(set)
    for field in subject.model._meta.concrete_fields:
        if isinstance(field, models.ForeignKey):
            keys = {getattr(event, field.attname) for event in events}
            wanted[field.remote_field.model] |= keys - {None}
    called = {model: _called(model).in_bulk(keys) for model, keys in wanted.items()}
    areas = called.get(Area, {})
    name_apart(areas.values(), within=office.area)
    names = {model: {key: str(row) for key, row in rows.items()} for model, rows in called.items()}
    return names | {Area: {code: area.full_name for code, area in areas.items()}}


def _called(model: type[models.Model]) -> Any:
    """The rows of a model with whatever their names need."""
    rows = model._default_manager.all()
    return rows.select_related("area") if model in (Office, Regency) else rows


def _row(subject: Subject, event: Any, earlier: Any, names: Any) -> Row:
    columns = {field.name: field for field in subject.model._meta.concrete_fields}
    whose = [_shown(columns[name], event, names) for name in subject.names]
    changed = _changed(subject, event, earlier) if event.pgh_label == "update" and earlier else []
    hidden = event.pgh_label == "update" and not earlier
    return Row(
        when=event.pgh_created_at,
        who=author(event),
        what=FROM_ELSEWHERE if hidden else VERBS[event.pgh_label],
        whose=", ".join(filter(None, whose)),
        changes=[
            Change(_label(field), _shown(field, earlier, names), _shown(field, event, names))
            for field in changed
        ],
    )


def _label(field: Any) -> str:
    return LABELS.get(field.name) or str(field.verbose_name)


def _shown(field: Any, event: Any, names: Any) -> str:
    """The value of a field as people read it; "" for none."""
    value = getattr(event, field.attname)
    if value in (None, ""):
        return ""
    if isinstance(value, dict):
        return "; ".join(filter(None, [in_words(prices) for prices in value.values()]))
    if field.is_relation and field.name not in names:
        return str(names[field.related_model].get(value, "dari luar kabupaten"))
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, date):
        return tanggal(value)
    if isinstance(value, int) and field.name != "year":
        return angka(value)
    words = names.get(field.name) or dict(getattr(field, "base_field", field).flatchoices)
    values = value if isinstance(value, list) else [value]
    return ", ".join(str(words.get(part, part)) for part in values)


RESETS = "sandi"
"""The slug of what happened to passwords and second factors: not in the history of a table."""
TITLES = {
    RESETS: "Kata sandi dan dua langkah",
    **{slug: subject.label for slug, subject in SUBJECTS.items()},
}


def resets(office: Office) -> Any:
    """New passwords and second factors of the accounts that the regency manages, newest first."""
    low, high = scope.bounds(office.area_id)
    records = AccountRecord.objects.filter(user__area_id__gte=low, user__area_id__lt=high)
    records = records.exclude(kind__in=AccountRecord.LOGS).select_related("user")
    return records.order_by("-pk")


def rows_of_resets(records: Iterable[AccountRecord]) -> list[Row]:
    return [
        Row(record.at, record.by_name or str(record.user), record.get_kind_display(),
            record.user.username, [])
        for record in records
    ]  # fmt: skip
