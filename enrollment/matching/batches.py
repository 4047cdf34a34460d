"""A batch: begun, filled with lines, sealed, withdrawn; and each of its files as a workbook."""

from __future__ import annotations

import secrets
from collections.abc import Iterable
from hashlib import sha256
from io import BytesIO
from tempfile import TemporaryFile
from typing import NamedTuple

from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from enrollment.jobs.models import Job
from enrollment.matching import layouts, rules
from enrollment.matching.layouts import Facts, Value
from enrollment.matching.models import Batch, Layout, Line
from enrollment.matching.rules import HOLDING, Kind, State
from enrollment.workbooks.archive import save_frozen
from enrollment.workbooks.cells import plain
from enrollment.workbooks.rows import Rows
from villages.models import Office
from villages.refusals import Refusal

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Of codes: none that looks like another one, in print or by hand."""
NO_LAYOUT = "Tata letak berkas ini belum ada. Beri tahu admin portal."
ANSWERED = "Sudah ada jawaban untuk kiriman ini. Batalkan dahulu jawabannya."
BUSY = "Berkas jawaban untuk kiriman ini sedang diproses. Tunggu sampai selesai."
ROW_HEIGHT = 15.0


class Person(NamedTuple):
    """Somebody to be sent: the row of a later room, the person, their village, what is known."""

    about: int
    worker: int
    area: str
    facts: Facts


def begin(kind: Kind, *, regency: str, by: Office) -> Batch:
    """A batch without lines, with the newest layout of its kind."""
    layout = Layout.objects.filter(kind=kind).order_by("-version").first()
    if layout is None:
        raise Refusal(NO_LAYOUT)
    code = "".join(secrets.choice(LETTERS) for _ in range(6))
    return Batch.objects.create(
        regency_id=regency, layout=layout, code=code, office=by, name=str(by.user)
    )


def add(batch: Batch, people: Iterable[Person]) -> None:
    """Add a line for each person, numbered on. Who lacks what the layout requires gets one that is
    not sent and says what. The caller saves the batch."""
    lines = []
    for number, person in enumerate(people, batch.people + batch.incomplete + 1):
        facts = {**person.facts, Value.KEY: f"{batch.code}-{number:06d}"}
        gaps = layouts.missing(batch.layout.columns, facts)
        lines.append(
            Line(
                batch=batch,
                number=number,
                kind=batch.kind,
                about=person.about,
                worker_id=person.worker,
                area_id=person.area,
                payload=facts,
                state=State.INCOMPLETE if gaps else State.SENT,
                label=f"Belum ada: {', '.join(gaps)}" if gaps else "",
            )
        )
    Line.objects.bulk_create(lines)
    incomplete = sum(line.state == State.INCOMPLETE for line in lines)
    batch.incomplete += incomplete
    batch.people += len(lines) - incomplete


_SEAL = """
SELECT encode(sha256(convert_to(string_agg(payload::text, E'\\n' ORDER BY number), 'UTF8')), 'hex')
FROM enrollment_line WHERE batch_id = %s AND state <> 'incomplete'
"""


def seal(batch: Batch) -> None:
    """End a batch with the SHA-256 of what its files say. The caller saves it."""
    with connection.cursor() as cursor:
        cursor.execute(_SEAL, [batch.pk])
        batch.sha256 = cursor.fetchone()[0] or sha256().hexdigest()


def withdraw(batch: Batch) -> None:
    """Take back a batch that nobody has answered: its people can be sent again. The caller holds
    it."""
    if batch.lines.filter(state__in=rules.ANSWERS).exists():
        raise Refusal(ANSWERED)
    if batch.answer_files.filter(state__in=Job.BUSY).exists():
        raise Refusal(BUSY)
    batch.lines.filter(state__in=[*HOLDING, State.INCOMPLETE]).update(state=State.WITHDRAWN)
    batch.withdrawn_at = timezone.now()
    batch.save(update_fields=["withdrawn_at"])


def workbook(batch: Batch, part: int) -> bytes:
    """The file number `part` of a batch, from 1 on: the same bytes each time, and text in all
    cells."""
    layout = batch.layout
    first = (part - 1) * layout.most_rows
    sent = batch.lines.exclude(state=State.INCOMPLETE).order_by("number")
    payloads = sent.values_list("payload", flat=True)[first : first + layout.most_rows]
    book = Workbook(write_only=True)
    day = timezone.localdate(batch.made_at)
    book.properties.created = book.properties.modified = batch.made_at.replace(
        tzinfo=None, microsecond=0
    )
    sheet = book.create_sheet(layout.sheet)
    out = BytesIO()
    with TemporaryFile() as file:
        rows = Rows(sheet, file)
        rows.append(_texts(column["heading"] for column in layout.columns), ROW_HEIGHT)
        for payload in payloads.iterator(chunk_size=2000):
            rows.append(_texts(layouts.row(layout.columns, payload)), ROW_HEIGHT)
        save_frozen(book, rows, out, day)
    return out.getvalue()


def _texts(cells: Iterable[str]) -> list[tuple[str, str, str]]:
    """Cells of text: the format "@" keeps a NIK as it is when somebody edits it."""
    return [("Normal", plain(cell), "@") for cell in cells]


def filename(batch: Batch, part: int) -> str:
    """As the other office is to keep it; SIPP refuses a renamed copy."""
    return f"{batch.layout.sheet}_{batch.code}_{part:02d}.xlsx"
