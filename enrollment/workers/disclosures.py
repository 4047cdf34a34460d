"""Who saw whose personal data: every view, unmasking and download is recorded (UU 27/2022).

NIK, family card, mother's name, phone and birth date are masked everywhere; `reveal` is the one act
that shows them in full.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet

from enrollment.workers.models import Disclosure, Worker
from enrollment.workers.showing import Show, in_full
from villages import access, areas, scope
from villages.models import Office, Role

RIGHTS = {
    Disclosure.Why.ANNEX: ("annex.full",),
    Disclosure.Why.PAPER: ("paper.view",),
    Disclosure.Why.LEAVING: ("leaving.view",),
    Disclosure.Why.REGISTRATION: ("registration.make",),
}
"""The verbs of `villages.permissions` of which one allows a revealing, where it is not
`worker.unmask`."""
OWN = {Disclosure.Why.ANNEX: ("village_decree.make",)}
"""Those that allow it of documents about the office's own area alone."""


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
    own = OWN.get(why, ()) if area == by.area_id else ()
    access.permit_any(by, (*RIGHTS.get(why, ("worker.unmask",)), *own))
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
    """SQL condition: everything that showed a person, under each NIK and in each place of theirs.

    A download or a page of many rows is one record, whoever was in it. So these are found as well:
    documents that name the person, and what was shown of the villages, districts and regencies
    where the person has been, because the person may have been in it. Found too is whoever had the
    same NIK before: a person whose import was undone came back under another id.
    """
    past = list(_history().filter(pgh_obj_id=worker.pk).values_list("nik", "area_id").distinct())
    niks = {worker.nik, *(nik for nik, _ in past)}
    namesakes = _history().filter(nik__in=niks).values_list("pgh_obj_id", flat=True)
    ids = {worker.pk, *namesakes}
    places = {worker.area_id, *(area for _, area in past)}
    here = {areas.at_level(place, level) for place in places for level in range(areas.REGENCY, 5)}
    of_many = Q(worker=None, area__in=here) | Q(subject__in=_documents(niks, ids))
    return Q(worker__in=ids) | of_many


@dataclass(frozen=True)
class SeenElsewhere:
    """A record of another regency about a person who lives here now."""

    at: datetime
    kind: str
    why: str
    who: str
    role: str
    place: str
    subject: str
    people: int

    @property
    def title(self) -> str:
        return f"{Role(self.role).label} {self.place}" if self.role else "Pengelola sistem"

    @property
    def what(self) -> str:
        return title_of(self.subject)

    def get_kind_display(self) -> str:
        return str(Disclosure.Kind(self.kind).label)

    def get_why_display(self) -> str:
        return str(Disclosure.Why(self.why).label) if self.why else ""


MOST_ELSEWHERE = 500


def elsewhere(
    worker: Worker, since: datetime | None = None, until: datetime | None = None
) -> list[SeenElsewhere]:
    """Who saw a person of this area in other regencies, the newest `MOST_ELSEWHERE`. Their records
    are hidden from this area, so a function of the database tells only those about this person."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM seen_in_other_regencies(%s, %s, %s, %s)",
            [worker.pk, since, until, MOST_ELSEWHERE],
        )
        return [SeenElsewhere(*row) for row in cursor.fetchall()]


def last_known(**known: object) -> Worker | None:
    """A person as the history in sight knows them last, or None: who has moved away or was removed
    by undoing an import, or once had another NIK. `known`: a NIK or public id."""
    last = _history().filter(**known).order_by("-pgh_id").first()
    if last is None:
        return None
    shown = ("public_id", "area_id", "nik", "name", "rt", "birth_date")
    return Worker(pk=last.pgh_obj_id, **{name: getattr(last, name) for name in shown})


def _history() -> QuerySet[Any]:
    history = Worker.events.rel.related_model  # type: ignore[attr-defined]  # made by pghistory
    rows: QuerySet[Any] = history.objects.all()
    return rows


def _documents(niks: Collection[str], ids: Collection[int]) -> list[str]:
    """The subjects of documents that name one of these; rooms below this one keep them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT documents_naming(%s, %s)", [list(niks), list(ids)])
        return [subject for (subject,) in cursor.fetchall()]


def names_of(accounts: Collection[int]) -> dict[int, str]:
    """Account → name, of those who saw people of this area: a branch of BPJS serves several
    regencies, and its accounts may belong to another one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM names_of_viewers(%s)", [list(accounts)])
        return dict(cursor.fetchall())


DOCUMENTS = {
    "worker": "Halaman orang",
    "recheck": "Temuan pemeriksaan",
    "decree": "Lampiran keputusan",
    "import": "Berkas impor",
    "duplicate": "Data ganda",
    "proposal": "Daftar usulan",
    "paper": "Naskah pengajuan",
    "list": "Daftar pekerja",
    "leaving": "Dokumen keluar",
}


def title_of(subject: str) -> str:
    """The kind of document of a subject such as `decree:<uuid>`, in words."""
    kind = subject.partition(":")[0]
    return DOCUMENTS.get(kind, kind)
