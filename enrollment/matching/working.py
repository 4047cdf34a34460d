"""The job of a file of answers: read and joined, taken, taken back. Rows and cursor go together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from enrollment.coverage.models import Membership
from enrollment.jobs import actions as jobs
from enrollment.jobs.actions import Phase
from enrollment.matching import reading
from enrollment.matching.answering import SENT_AGAIN, understand
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
KEPT = ("state", "label", "reason", "kpj")
"""What an answer changes of a line."""


def advance(pk: UUID | str) -> None:
    """Go on with the file of answers `pk`, in whichever phase it is (the Celery task)."""
    jobs.advance_in_phases(AnswerFile, pk, _PHASES)


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
    job.answers.all().delete()
    sent = {line.pk: line for line in _sent(job)}
    names = Lines((pk, _names(line)) for pk, line in sent.items())
    known, kind = Wording.objects.of(job.area_id), job.batch.kind
    first: dict[int, Answer] = {}
    answers: list[Answer] = []
    for one in found:
        answer = Answer(
            file=job, area_id=job.area_id, row=one.row + _offset(answers, one.row),
            name=one.names.name[:150], label=one.words, kpj=one.kpj,
        )  # fmt: skip
        pk, how = names.find(one.names)
        line = sent[pk] if pk is not None else None
        if line is None:
            answer.problem = how
        understand(answer, known, kind, line)
        if line is not None:
            answer.area_id = line.area_id
            _answer_once(answer, line, how, first)
        answers.append(answer)
    Answer.objects.bulk_create(answers, batch_size=2000)
    job.cursor = job.total = len(answers)


def _sent(job: AnswerFile) -> Iterable[Line]:
    """What is needed of the lines of a batch to find them: of a long one no more is read."""
    rows = Line.objects.filter(batch=job.batch_id).exclude(state=State.INCOMPLETE)
    values = rows.values_list(
        "pk", "area_id", "state", "kpj",
        *(f"payload__{name}" for name in ("key", "kpj", "nik", "name", "birth_date")),
    )  # fmt: skip
    for pk, area, state, kpj, key, sent_kpj, nik, name, born in values.iterator(chunk_size=2000):
        payload = {"key": key, "nik": nik or "", "name": name or "", "birth_date": born or ""}
        yield Line(pk=pk, area_id=area, state=state, kpj=sent_kpj or kpj, payload=payload)


def _answer_once(answer: Answer, line: Line, how: How | Problem, first: dict[int, Answer]) -> None:
    """Two answers for one line are both left to a person, unless they say the same."""
    earlier = first.get(line.pk)
    if earlier is None:
        first[line.pk] = answer
        answer.line_id, answer.how = line.pk, how
        return
    answer.problem = Problem.TWICE
    if (earlier.state, earlier.kpj) != (answer.state, answer.kpj):
        earlier.line_id, earlier.how, earlier.problem = None, "", Problem.TWICE


def _offset(answers: Sequence[Answer], row: int) -> int:
    """Rows of a second sheet are numbered on."""
    last = answers[-1].row if answers else 0
    return 0 if row > last else last + 1 - row


def _names(line: Line) -> Names:
    return Names(
        key=line.payload["key"], kpj=line.kpj, nik=line.payload["nik"],
        name=line.payload["name"], born=line.payload["birth_date"],
    )  # fmt: skip


def _show(job: AnswerFile) -> None:
    job.phase, job.state = AnswerFile.Phase.LOOK, job.State.WAITING
    job.finished_at = timezone.now()


def _turns(job: AnswerFile) -> Iterable[int]:
    return jobs.turns_of(job, ROWS_A_TURN)


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
        answer.before = answer.before or {name: getattr(line, name) for name in KEPT}
        line.state, line.label, line.reason = answer.state, answer.label, answer.reason
        line.kpj = answer.kpj or line.kpj
        if line.state == State.ALREADY and line.membership_id is None:
            line.membership = _member(line)
    _save(lines)
    Answer.objects.bulk_update(answers, ["before"], batch_size=500)
    job.cursor += len(answers)


def _member(line: Line) -> Membership:
    """Where the person is now, which may be out of sight."""
    with scope.whole_country("answer"):
        area = Worker.objects.values_list("area", flat=True).get(pk=line.worker_id)
        return Membership.objects.create(worker_id=line.worker_id, area_id=area, kpj=line.kpj)


def _give_back(job: AnswerFile, size: int) -> None:
    answers = _next(job, size, WRITTEN)
    lines = [answer.line for answer in answers if answer.line]
    for answer in answers:
        line = answer.line
        assert line is not None  # noqa: S101
        for name in KEPT:
            setattr(line, name, answer.before[name])
    _save(lines)
    job.cursor += len(answers)


def _save(lines: Sequence[Line]) -> None:
    """The lines; a membership goes once its line no longer says that the person had one."""
    gone = []
    for line in lines:
        if line.membership_id and line.state != State.ALREADY:
            gone.append(line.membership_id)
            line.membership = None
    with translating({"line_sent_once": SENT_AGAIN}):
        Line.objects.bulk_update(lines, [*KEPT, "membership"], batch_size=500)
    with scope.whole_country("answer"):
        Membership.objects.filter(pk__in=gone).delete()


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
