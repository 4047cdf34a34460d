"""Entering, changing, ending and reopening people. Each runs in the scope of the office `by`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pghistory
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from enrollment.fields.person import CLAIMED, KEPT
from enrollment.illness import actions as illness
from enrollment.limits import actions as limits
from enrollment.workers import checking, twins
from enrollment.workers.checks.findings import Severity, finding
from enrollment.workers.checks.rules import Checked
from enrollment.workers.checks.values import split_period
from enrollment.workers.models import Worker, WorkerSource
from villages import access, scope
from villages.models import Office
from villages.refusals import Refusal, translating

ENDED = "Orang ini sudah berakhir, jadi datanya tidak diubah. Minta admin membukanya kembali."
TAKEN = (
    "NIK ini milik orang lain yang sudah terdaftar: akan diperiksa Dinas, dan data di sini belum "
    "diubah. Cocokkan dengan KTP; bila salah ketik, perbaiki lalu simpan lagi."
)


class AlreadyRegistered(Refusal):
    """The NIK belongs to `worker`, whom the office may see."""

    def __init__(self, worker: Worker):
        super().__init__("NIK ini sudah terdaftar. Buka datanya, jangan diisi dua kali.")
        self.worker = worker


class RegisteredElsewhere(Refusal):
    """The NIK belongs to somebody whom the office may not see; it is told nothing more."""


class ChangedMeanwhile(Refusal):
    """Somebody else has saved `worker` since the form was opened."""

    def __init__(self, worker: Worker):
        super().__init__("Data orang ini diubah orang lain sesudah Anda membukanya.")
        self.worker = worker


def enter(
    *,
    by: Office,
    area: str,
    checked: Checked,
    consent: bool = False,
    apart_from: Sequence[Worker] = (),
    ill: bool | None = None,
) -> Worker:
    """Register a person in village `area` (code). `checked`: a `rules.Checked` without errors;
    `apart_from`: people of the same name and birth date who are others; `ill`: whether the person
    is said to be too ill to work, None where nobody has answered.

    Raises `AlreadyRegistered`; `RegisteredElsewhere` after telling the Dinas; or `Exceeded` where
    the office has checked too many NIKs today.
    """
    limits.count(by, checked=1)
    worker = Worker(area_id=area, agency_id=by.agency_id)
    try:
        return _save(worker, checked, consent, apart_from, by, ill)
    except RegisteredElsewhere:
        _tell_dinas(by, area, by.agency_id, checked)
        raise


def change(
    *,
    by: Office,
    worker: Worker,
    checked: Checked,
    consent: bool,
    version: str,
    apart_from: Sequence[Worker] = (),
    ill: bool | None = None,
) -> Worker:
    """Save what `checked` says of a registered person; `apart_from` and `ill` as in `enter`.

    `version` is the `version_of` the person when the form was opened. Raises `ChangedMeanwhile`
    when the registry has another version by now, and the exceptions of `enter`.
    """
    access.permit(by, "worker.change")
    locked = _locked(worker)
    if locked.ended_on:
        raise Refusal(ENDED)
    if version != version_of(locked):
        raise ChangedMeanwhile(locked)
    if checked.nik != locked.nik:
        limits.count(by, checked=1)
    try:
        return _save(locked, checked, consent, apart_from, by, ill)
    except RegisteredElsewhere as refusal:
        _tell_dinas(by, locked.area_id, locked.agency_id, checked)
        raise RegisteredElsewhere(TAKEN) from refusal


def version_of(worker: Worker) -> str:
    """A text that differs after every change that a user made."""
    return worker.updated_at.isoformat()


def end(*, by: Office, worker: Worker, on: date, reason: str, document: str) -> Worker:
    """Close a person's record on the day `on`: it is kept, but the person cannot be proposed.

    `reason` is a `Worker.EndReason`, `document` names the letter that proves it.
    """
    access.permit(by, "worker.end")
    return close(worker, on=on, reason=reason, document=document)


def close(worker: Worker, *, on: date, reason: str, document: str) -> Worker:
    """As `end`, where another room has decided it and asked for the right."""
    locked = _locked(worker)
    if locked.ended_on:
        raise Refusal("Orang ini sudah berakhir sebelumnya.")
    if on > timezone.localdate():
        raise Refusal("Tanggal berakhir tidak boleh di masa depan.")
    if locked.birth_date and on < locked.birth_date:
        raise Refusal("Tanggal berakhir mendahului tanggal lahirnya.")
    locked.ended_on, locked.ended_reason, locked.ended_document = on, reason, document
    locked.updated_at = timezone.now()
    locked.save()
    return locked


def reopen(*, by: Office, worker: Worker, reason: str) -> Worker:
    """Reopen the record of a person who was ended by mistake; `reason` goes into the history."""
    access.permit(by, "worker.reopen")
    locked = _locked(worker)
    if not locked.ended_on:
        raise Refusal("Orang ini masih aktif.")
    with pghistory.context(why=reason):
        locked.ended_on, locked.ended_reason, locked.ended_document = None, "", ""
        locked.updated_at = timezone.now()
        locked.save()
    return locked


def _locked(worker: Worker) -> Worker:
    return Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)


def _save(
    worker: Worker,
    checked: Checked,
    consent: bool,
    apart_from: Sequence[Worker],
    by: Office,
    ill: bool | None,
) -> Worker:
    for field in KEPT:
        setattr(worker, field.column, getattr(checked, field.column))
    worker.occupation_id = checked.occupation
    worker.findings = [
        found.code for found in checked.findings if found.severity is not Severity.ERROR
    ]
    worker.consent_on = (worker.consent_on or timezone.localdate()) if consent else None
    worker.updated_at = timezone.now()
    _refuse_known_nik(worker)
    elsewhere = finding("duplicate.elsewhere").message
    try:
        with translating({"worker_nik_once": elsewhere}), transaction.atomic():
            worker.save()
    except Refusal as refusal:
        _refuse_known_nik(worker)  # entered by a colleague at this very moment
        raise RegisteredElsewhere(str(refusal)) from refusal
    _name_source(worker, checked)
    if apart_from:
        twins.tell_apart(worker, apart_from, by=by)
    if ill is not None:
        illness.answer(worker.pk, ill)
    return worker


def _tell_dinas(by: Office, area: str, agency: int | None, checked: Checked) -> None:
    limits.count(by, told=1)
    typed = {field.column: getattr(checked, field.column) for field in CLAIMED}
    place, network = scope.origin()
    claim = [checked.nik, area, agency, DjangoJSONEncoder().encode(typed)]
    with connection.cursor() as cursor:
        # This function of the database sees people whom the office may not see; it returns nothing.
        cursor.execute(
            "SELECT claim_registered_person(%s, %s, %s, %s::jsonb, %s, %s, %s::inet)",
            [*claim, by.pk, place[:200], network],
        )


def _refuse_known_nik(worker: Worker) -> None:
    known = checking.registered(worker.nik)
    if known and known.pk != worker.pk:
        raise AlreadyRegistered(known)


def _name_source(worker: Worker, checked: Checked) -> None:
    if not checked.source:
        return
    registry, period = split_period(checked.source)
    WorkerSource.objects.update_or_create(
        worker=worker,
        registry=registry,
        period=period,
        defaults={"area_id": worker.area_id, "decile": checked.decile},
    )
