"""Entering, changing and ending people. Each runs in the scope of the office `by`."""

from __future__ import annotations

from datetime import date

import pghistory
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.utils import timezone

from enrollment.fields.person import CLAIMED, KEPT
from enrollment.workers import checking
from enrollment.workers.checks.findings import Severity, finding
from enrollment.workers.checks.rules import Checked
from enrollment.workers.checks.values import split_period
from enrollment.workers.models import Worker, WorkerSource
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

ENDED = "Orang ini sudah berakhir, jadi datanya tidak diubah. Minta admin membukanya kembali."


TAKEN = "NIK ini sudah dipakai orang lain yang terdaftar. Cocokkan dengan KTP."


class AlreadyRegistered(Refusal):
    """The NIK belongs to `worker`, whom the office may see."""

    def __init__(self, worker: Worker):
        super().__init__("NIK ini sudah terdaftar. Buka datanya, jangan diisi dua kali.")
        self.worker = worker


class RegisteredElsewhere(Refusal):
    """The NIK belongs to somebody whom the office may not see: it learns nothing else."""


class ChangedMeanwhile(Refusal):
    """Somebody else has saved `worker` since the form was opened."""

    def __init__(self, worker: Worker):
        super().__init__("Data orang ini diubah orang lain sesudah Anda membukanya.")
        self.worker = worker


def enter(*, by: Office, area: str, checked: Checked, consent: bool = False) -> Worker:
    """Register a person in village `area` (code). `checked`: a `rules.Checked` without errors.

    Raises `AlreadyRegistered`, or `RegisteredElsewhere` after telling the Dinas.
    """
    worker = Worker(area_id=area, agency_id=by.agency_id)
    try:
        return _save(worker, checked, consent)
    except RegisteredElsewhere:
        _tell_dinas(by, area, checked)
        raise


def change(*, by: Office, worker: Worker, checked: Checked, consent: bool, version: str) -> Worker:
    """Save what `checked` says of a registered person.

    `version` is the `version_of` the person that the form was filled from. Raises
    `ChangedMeanwhile` when it is no longer the one in the registry, and as `enter` does.
    """
    access.permit(by, "worker.change")
    held = _held(worker)
    if held.ended_on:
        raise Refusal(ENDED)
    if version != version_of(held):
        raise ChangedMeanwhile(held)
    try:
        return _save(held, checked, consent)
    except RegisteredElsewhere as refusal:
        raise RegisteredElsewhere(TAKEN) from refusal


def version_of(worker: Worker) -> str:
    """A text that differs after every change that a person made."""
    return worker.updated_at.isoformat()


def end(*, by: Office, worker: Worker, on: date, reason: str, document: str) -> Worker:
    """Close a person's record on the day `on`: it stays, and can no longer be proposed.

    `reason` is a `Worker.EndReason`, `document` names the letter that proves it.
    """
    access.permit(by, "worker.end")
    held = _held(worker)
    if held.ended_on:
        raise Refusal("Orang ini sudah berakhir sebelumnya.")
    if on > timezone.localdate():
        raise Refusal("Tanggal berakhir tidak boleh di masa depan.")
    if held.birth_date and on < held.birth_date:
        raise Refusal("Tanggal berakhir mendahului tanggal lahirnya.")
    held.ended_on, held.ended_reason, held.ended_document = on, reason, document
    held.updated_at = timezone.now()
    held.save()
    return held


def reopen(*, by: Office, worker: Worker, reason: str) -> Worker:
    """Undo an ending that was a mistake; `reason` goes into the history."""
    access.permit(by, "worker.reopen")
    held = _held(worker)
    if not held.ended_on:
        raise Refusal("Orang ini masih aktif.")
    with pghistory.context(why=reason):
        held.ended_on, held.ended_reason, held.ended_document = None, "", ""
        held.updated_at = timezone.now()
        held.save()
    return held


def _held(worker: Worker) -> Worker:
    return Worker.objects.select_for_update(of=("self",)).get(pk=worker.pk)


def _save(worker: Worker, checked: Checked, consent: bool) -> Worker:
    for field in KEPT:
        setattr(worker, field.column, getattr(checked, field.column))
    worker.occupation_id = checked.occupation
    worker.findings = [
        one.code for one in checked.findings if one.severity is not Severity.ERROR
    ]  # fmt: skip
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
    return worker


def _tell_dinas(by: Office, area: str, checked: Checked) -> None:
    typed = {field.column: getattr(checked, field.column) for field in CLAIMED}
    claim = [checked.nik, area, by.agency_id, DjangoJSONEncoder().encode(typed)]
    with connection.cursor() as cursor:
        # This function of the database looks where the office may not, and says nothing.
        cursor.execute("SELECT claim_registered_person(%s, %s, %s, %s::jsonb)", claim)


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
