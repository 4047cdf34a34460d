"""Writing an annex as PDF: at once if it is small, else as a job.

The rows are frozen, so they can be read in turns. Half a file is of no use: a worker that takes
over begins again with the first row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from io import BufferedRandom
from tempfile import TemporaryFile
from uuid import UUID

from django.core.files import File

from enrollment.decrees import sections
from enrollment.decrees.annexes.layout import Layout
from enrollment.decrees.annexes.models import AnnexPdf, Version
from enrollment.decrees.annexes.setting import write_pdf
from enrollment.decrees.header import annex_header, without_marks
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.decrees.rules import AnnexRow
from enrollment.decrees.sections import Turn
from enrollment.jobs import actions as jobs
from villages.refusals import Refusal

ROWS_A_TURN = 2000
CHANGED = "Daftarnya dibuka lagi atau diterbitkan sejak PDF ini diminta. Buat lagi PDF-nya."


def advance(pk: UUID | str) -> None:
    """Go on with one PDF until it is finished (the Celery task)."""
    jobs.advance(
        AnnexPdf,
        pk,
        batches=_files,
        work=_keep,
        finish=lambda job: jobs.end(job, AnnexPdf.State.DONE),
    )


def write_now(annex: AnnexPdf) -> None:
    """Write a small one inside the present transaction."""
    annex.cursor = 0
    with TemporaryFile() as file:
        write_pdf(file, layout_of(annex), _rows(annex, _next_rows, nullcontext))
        _keep(annex, file)
    jobs.end(annex, AnnexPdf.State.DONE)
    annex.save()


def layout_of(annex: AnnexPdf) -> Layout:
    """How the annex looks, from the frozen words of its decree."""
    return layout(
        annex.decree, paper=annex.paper, signing=annex.signing, issued=annex.issued,
        masked=annex.version == Version.MASKED,
    )  # fmt: skip


def layout(
    decree: Decree, *, paper: str, signing: str, masked: bool, issued: bool | None = None
) -> Layout:
    """How an annex of a frozen list or an issued decree looks."""
    header = annex_header(decree)
    if not (decree.is_published if issued is None else issued):
        header = without_marks(header)  # the slots of this way of signing stand there
    return Layout(header, sheet=paper, signing=signing, masked=masked)


def _unless_changed(job: AnnexPdf) -> None:
    """Hold the decree; Refusal where its list was opened again or it was issued meanwhile."""
    decree = Decree.objects.select_for_update(of=("self",)).get(pk=job.decree_id)
    if (decree.sha256, decree.is_published) != (job.seal, job.issued):
        raise Refusal(CHANGED)


def _files(job: AnnexPdf) -> Iterator[BufferedRandom]:
    if job.file:
        return
    with jobs.turn(job):
        _unless_changed(job)
        layout = layout_of(job)
        job.cursor = 0
    with TemporaryFile() as file:
        write_pdf(file, layout, _rows(job, _rows_of_a_turn, partial(_turn, job)))
        yield file


def _rows(
    job: AnnexPdf, read: Callable[[AnnexPdf], list[DecreeEntry]], turn: Turn
) -> Iterator[DecreeEntry | AnnexRow]:
    if job.decree.is_amendment:
        yield from sections.amendment_rows(job.decree, turn)
        return
    while job.cursor < (job.total or 0):
        yield from read(job)


@contextmanager
def _turn(job: AnnexPdf) -> Iterator[None]:
    with jobs.turn(job):
        _unless_changed(job)
        yield


def _rows_of_a_turn(job: AnnexPdf) -> list[DecreeEntry]:
    with _turn(job):
        return _next_rows(job)


def _next_rows(job: AnnexPdf) -> list[DecreeEntry]:
    rows = DecreeEntry.objects.filter(decree=job.decree_id, position__gt=job.cursor)
    found = list(rows.order_by("position")[:ROWS_A_TURN])
    job.cursor = found[-1].position
    return found


def _keep(job: AnnexPdf, file: BufferedRandom) -> None:
    _unless_changed(job)
    file.seek(0)
    job.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    job.file.save("annex.pdf", File(file), save=False)
