"""Who saw whose personal data: every view, unmasking and download is recorded (UU 27/2022).

NIK, family card, mother's name, phone and birth date are masked everywhere; `reveal` is the one act
that shows them in full.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.db.models import Q, QuerySet

from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.showing import Show, in_full
from villages import access, areas, scope
from villages.models import Office

RIGHTS = {Disclosure.Why.ANNEX: "annex.full"}
"""The verbs of `villages.permissions` that allow a revealing, where it is not `worker.unmask`."""


def reveal(
    *,
    by: Office,
    why: Disclosure.Why,
    kind: str = Disclosure.Kind.UNMASK,
    people: Collection[Worker] | int,
    area: str | None = None,
    subject: str = "",
) -> Show:
    """Let office `by` see values in full: the only way to them. Returns what writes them.

    403 without the right. It is recorded in the current transaction, so nothing is shown without
    its record: for each of `people`, or once for so many persons of `area` in document `subject`.
    """
    access.permit(by, RIGHTS.get(why, "worker.unmask"))
    if isinstance(people, int):
        record(by=by, kind=kind, why=why, area=area, subject=subject, people=people)
    else:
        Disclosure.objects.bulk_create(
            _row(by=by, kind=kind, why=why, worker=worker, subject=subject) for worker in people
        )
    return in_full


def record(
    *,
    by: Office,
    kind: str,
    worker: Worker | None = None,
    area: str | None = None,
    subject: str = "",
    people: int = 1,
    why: str = "",
) -> Disclosure:
    """Record that the holder of office `by` saw `worker`, or saw the data of `people` persons of
    `area` in the document `subject` (e.g. `decree:<uuid>`). `why` is empty where it was masked."""
    row = _row(by=by, kind=kind, worker=worker, area=area, subject=subject, people=people, why=why)
    row.save()
    return row


def _row(
    *,
    by: Office,
    kind: str,
    why: str,
    subject: str,
    worker: Worker | None = None,
    area: str | None = None,
    people: int = 1,
) -> Disclosure:
    if worker is not None:
        area, subject = worker.area_id, subject or f"worker:{worker.public_id}"
    if area is None:
        raise TypeError("Data of a person is seen, or of people in an area: give one of the two.")
    place, network = scope.origin()
    return Disclosure(
        kind=kind,
        why=why,
        user_id=by.user_id,
        office=by,
        worker=worker,
        area_id=area,
        subject=subject,
        people=people,
        origin=place[:200],
        network=network,
    )


def about(worker: Worker) -> Q:
    """SQL condition: disclosures of a person, and downloads of an area that the person is in.

    A download is one row, whoever was in it. Downloads of the person's village, district or regency
    are included, because the person may have been in them. So are disclosures from before the
    import that added the person was undone (the person then had another id).
    """
    here = [areas.at_level(worker.area_id, level) for level in range(areas.REGENCY, 5)]
    before = _removals(nik=worker.nik).values_list("pgh_obj_id", flat=True)
    downloads = Q(kind=Disclosure.Kind.EXPORT, worker=None, area__in=here)
    return Q(worker__in=[worker.pk, *before]) | downloads


def removed(**known: object) -> Worker | None:
    """A person who was removed when an import was undone, as last known, or None: those who had
    seen the person must still be found. `known`: a NIK or public id."""
    last = _removals(**known).order_by("-pgh_id").first()
    if last is None:
        return None
    shown = ("public_id", "area_id", "nik", "name")
    return Worker(pk=last.pgh_obj_id, **{name: getattr(last, name) for name in shown})


def _removals(**known: object) -> QuerySet[Any]:
    history = Worker.events.rel.related_model  # type: ignore[attr-defined]  # made by pghistory
    rows: QuerySet[Any] = history.objects.filter(pgh_label="delete", **known)
    return rows


DOCUMENTS = {
    "worker": "Halaman orang",
    "recheck": "Temuan pemeriksaan",
    "decree": "Lampiran keputusan",
    "import": "Berkas impor",
    "duplicate": "Data ganda",
    "proposal": "Daftar usulan",
}


def title_of(subject: str) -> str:
    """The kind of document of a subject such as `decree:<uuid>`, in words."""
    kind = subject.partition(":")[0]
    return DOCUMENTS.get(kind, kind)
