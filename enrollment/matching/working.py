"""The job of a file of answers: read and joined, taken, taken back. Rows and cursor go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from enrollment.coverage.models import Membership
from enrollment.jobs import actions as jobs
from enrollment.matching import reading
from enrollment.matching.answering import understand
from enrollment.matching.joining import How, Lines, Names, Problem
from enrollment.matching.models import Answer, AnswerFile, Line, Wording
from enrollment.matching.reading import Answered
from enrollment.matching.rules import State
from enrollment.workbooks.opening import UnreadableWorkbook
from enrollment.workbooks.storing import files
from enrollment.workers.models import Worker
from villages import scope
from villages.refusals import Refusal, translating

ROWS_A_TURN = 2000
SENT_ELSEWHERE = (
    "Ada orang di jawaban ini yang sudah dikirim lagi di kiriman lain. Batalkan dahulu kiriman itu."
)
KEPT = ("state", "label", "reason", "kpj")
"""What an answer changes of a line."""


class Phase(NamedTuple):
    batches: Callable[[AnswerFile], Iterable[Any]]
    work: Callable[[AnswerFile, Any], None]
    finish: Callable[[AnswerFile], None]


def advance(pk: UUID | str) -> None:
    """Go on with the file of answers `pk`, in whichever phase it is (the Celery task)."""
    jobs.advance(
        AnswerFile,
        pk,
        batches=lambda job: _PHASES[job.phase].batches(job),
        work=lambda job, batch: _PHASES[job.phase].work(job, batch),
        finish=lambda job: _PHASES[job.phase].finish(job),
    )


def _read(job: AnswerFile) -> Iterable[Sequence[Answered]]:
    """All rows at once: they are joined together, so that none answers for two."""
    if job.cursor:
        return
    with files().on_disk(str(job.file)) as path:
        try:
            yield reading.answers(path, job.filename, today=timezone.localdate())
        except UnreadableWorkbook as error:
            raise Refusal(str(error)) from error


def _join(job: AnswerFile, found: Sequence[Answered]) -> None:
    sent = Line.objects.filter(batch=job.batch_id).exclude(state=State.INCOMPLETE)
    areas, names = {}, []
    for pk, area, kpj, payload in sent.values_list("pk", "area", "kpj", "payload"):
        areas[pk] = area
        names.append((pk, _names(payload, kpj)))
    lines, known = Lines(names), Wording.objects.of(job.area_id)
    answered: set[int] = set()
    answers: list[Answer] = []
    for one in found:
        answer = Answer(
            file=job, area_id=job.area_id, row=one.row + _offset(answers, one.row),
            cells=one.cells, label=one.words, kpj=one.kpj,
        )  # fmt: skip
        _find(answer, lines.find(one.names), answered)
        if answer.line_id:
            answer.area_id = areas[answer.line_id]
        understand(answer, known)
        answers.append(answer)
    Answer.objects.bulk_create(answers)
    job.cursor = job.total = len(answers)


def _offset(answers: Sequence[Answer], row: int) -> int:
    """Rows of a second sheet are numbered on."""
    last = answers[-1].row if answers else 0
    return 0 if row > last else last + 1 - row


def _names(payload: Mapping[str, str], kpj: str) -> Names:
    return Names(
        key=payload["key"], kpj=payload.get("kpj", "") or kpj, nik=payload.get("nik", ""),
        name=payload.get("name", ""), born=payload.get("birth_date", ""),
    )  # fmt: skip


def _find(answer: Answer, found: tuple[int | None, How | Problem], answered: set[int]) -> None:
    line, how = found
    if line is None:
        answer.problem = how
    elif line in answered:
        answer.problem = Problem.TWICE
    else:
        answered.add(line)
        answer.line_id, answer.how = line, how


def _show(job: AnswerFile) -> None:
    job.phase, job.state = AnswerFile.Phase.LOOK, job.State.WAITING
    job.finished_at = timezone.now()


def _turns(job: AnswerFile) -> Iterable[int]:
    """Until no answer is left behind the last one that was written."""
    done = None
    while done != job.cursor:
        done = job.cursor
        yield ROWS_A_TURN


def _next(job: AnswerFile, size: int, which: Q) -> list[Answer]:
    """The answers of this turn with their lines: as many are done as the cursor says."""
    rows = job.answers.filter(which).order_by("row").select_related("line")
    return list(rows[job.cursor : job.cursor + size])


READY, WRITTEN = Q(problem=""), ~Q(before={})


def _take(job: AnswerFile, size: int) -> None:
    """Write answers to their lines. Somebody who is a member already gets that membership."""
    answers = _next(job, size, READY)
    lines = [answer.line for answer in answers if answer.line]
    for answer in answers:
        line = answer.line
        assert line is not None  # noqa: S101 without a problem there is one
        answer.before = {name: getattr(line, name) for name in KEPT}
        line.state, line.label, line.reason = answer.state, answer.label, answer.reason
        line.kpj = answer.kpj or line.kpj
        if line.state == State.ALREADY and line.membership_id is None:
            line.membership = _member(line)
    _save(lines)
    Answer.objects.bulk_update(answers, ["before"])
    job.cursor += len(answers)


def _member(line: Line) -> Membership:
    """Where the person is now, which may be out of sight."""
    with scope.whole_country("answer"):
        area = Worker.objects.values_list("area", flat=True).get(pk=line.worker_id)
        return Membership.objects.create(worker_id=line.worker_id, area_id=area, kpj=line.kpj)


def _give_back(job: AnswerFile, size: int) -> None:
    answers = _next(job, size, WRITTEN)
    lines = [answer.line for answer in answers if answer.line]
    gone = []
    for answer in answers:
        line = answer.line
        assert line is not None  # noqa: S101
        for name in KEPT:
            setattr(line, name, answer.before[name])
        if line.membership_id and line.state != State.ALREADY:
            gone.append(line.membership_id)
            line.membership = None
    _save(lines)
    with scope.whole_country("answer"):
        Membership.objects.filter(pk__in=gone).delete()
    job.cursor += len(answers)


def _save(lines: Sequence[Line]) -> None:
    with translating({"line_sent_once": SENT_ELSEWHERE}):
        Line.objects.bulk_update(lines, [*KEPT, "membership"])


def _end_as(phase: str) -> Callable[[AnswerFile], None]:
    def end(job: AnswerFile) -> None:
        job.phase = phase
        jobs.end(job, AnswerFile.State.DONE)

    return end


_PHASES: Mapping[str, Phase] = {
    AnswerFile.Phase.READ: Phase(_read, _join, _show),
    AnswerFile.Phase.TAKE: Phase(_turns, _take, _end_as(AnswerFile.Phase.TAKEN)),
    AnswerFile.Phase.BACK: Phase(_turns, _give_back, _end_as(AnswerFile.Phase.TAKEN_BACK)),
}
