"""What others have done with a person while somebody looked at them, in a sentence."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from enrollment.formats import tanggal_waktu
from enrollment.proposals import overview, verbs
from enrollment.proposals.models import Entry
from enrollment.workers import history
from enrollment.workers.models import Worker
from villages.models import Regency
from villages.permissions import held_by

NOT_SAVED = "Keputusan Anda belum disimpan; periksa lagi."
GONE = "Orang ini tidak lagi ada di daftar."


def in_words(entry: Entry, row: datetime, person: datetime | None, *, regency: Regency) -> str:
    """`Sudah diverifikasi oleh …, pukul 14.05.`, or who changed the person's data: what happened
    since the row was shown with these moments of its last changes."""
    now = Entry.objects.filter(pk=entry.pk).first()
    if now is None:
        return f"{GONE} {NOT_SAVED}"
    if now.changed_at != row:
        return f"{last_step_in_words(now, regency)} {NOT_SAVED}"
    worker = Worker.objects.filter(pk=now.worker_id).first()
    if worker is None:
        return f"Orang ini baru saja pindah ke wilayah lain. {NOT_SAVED}"
    if worker.updated_at != person:
        changed = history.latest(worker)
        fields = ", ".join(change.label for change in changed.changes)
        about = f": {fields}" if fields else ""
        when = at_what_time(changed.when)
        return f"Data orang ini diubah oleh {changed.who} {when}{about}. {NOT_SAVED}"
    return f"Tidak dapat diputuskan dari sini. {NOT_SAVED}"


def last_step_in_words(entry: Entry, regency: Regency) -> str:
    """`Sudah dikembalikan oleh Vera, Verifikator Dinas, pukul 14.05: “…”.`"""
    step = entry.steps.order_by("-at", "-pk").first()
    if step is None:
        return GONE
    verb = verbs.taken(step.from_state, step.to_state, held_by(step.role))
    done = verb.done if verb else overview.what(step).lower()
    why = f": “{step.reason}”" if step.reason else ""
    return f"Sudah {done} oleh {overview.who(step, regency)}, {at_what_time(step.at)}{why}."


def at_what_time(moment: datetime) -> str:
    """`pukul 14.05`, with the day unless it is today."""
    here = timezone.localtime(moment)
    today = here.date() == timezone.localdate()
    return f"pukul {here:%H.%M}" if today else tanggal_waktu(moment)
