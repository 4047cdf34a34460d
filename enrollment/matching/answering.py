"""A file of answers: received, its doubtful rows settled, taken, and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import PurePath
from uuid import UUID

from django.core.files import File
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from enrollment.jobs import sharing
from enrollment.jobs.actions import enqueue
from enrollment.matching import reading, rules
from enrollment.matching.joining import How, Problem
from enrollment.matching.models import Answer, AnswerFile, Batch, Line, Wording
from enrollment.matching.rules import Kind, State
from enrollment.workbooks import scans
from villages import access
from villages.models import Office
from villages.refusals import Refusal, translating

PERMISSION = "registration.answer"
SAME_FILE = "Berkas jawaban ini sudah diunggah untuk kiriman ini. Tidak ada yang berubah."
NOT_SENT = "Kiriman ini belum siap atau sudah dibatalkan, jadi belum ada yang dapat dijawab."
NOT_LOOKING = "Berkas ini tidak sedang ditinjau. Muat ulang halamannya."
NOT_TAKEN = "Jawaban ini tidak sedang tersimpan. Muat ulang halamannya."
NO_SUCH_LINE = "Tidak ada baris dengan kunci itu di kiriman ini. Periksa lagi."
TAKEN_LINE = "Baris itu sudah punya jawaban di berkas ini. Periksa lagi."
NOBODY = "Belum ada jawaban yang dapat disimpan. Selesaikan dahulu yang bertanda."
WORKING = "Berkas jawaban lain untuk kiriman ini sedang diproses. Tunggu sampai selesai."
SENT_AGAIN = (
    "Ada orang di berkas ini yang sudah dikirim lagi dengan kiriman lain. Batalkan dahulu "
    "kiriman itu."
)
LATER = "Ada jawaban yang lebih baru untuk orang yang sama. Batalkan dahulu yang lebih baru."


@transaction.atomic
def receive(batch: Batch, *, by: Office, file: File[bytes]) -> AnswerFile:
    """Keep a file of answers about a batch, and read it by a job. Refusal for one that has been
    sent already: the same answers twice change nothing."""
    access.permit(by, PERMISSION)
    _hold_batch(batch.pk)
    job = AnswerFile(
        office=by, area_id=batch.regency_id, batch=batch, sha256=scans.digest(file),
        filename=PurePath(file.name or "").name[:255] or "jawaban",
    )  # fmt: skip
    known = AnswerFile.objects.filter(batch=batch, sha256=job.sha256)
    if known.exclude(phase=AnswerFile.Phase.TAKEN_BACK).exclude(state=job.State.REFUSED).exists():
        raise Refusal(SAME_FILE)
    sharing.admit(by)
    job.file.save("", file, save=False)
    with translating({"answer_file_once": SAME_FILE}), transaction.atomic():
        job.save(force_insert=True)
    enqueue(job)
    return job


def held(job: AnswerFile) -> AnswerFile:
    """The file with its row locked, and before it that of its batch: who withdraws the batch or
    takes another file of it waits."""
    _hold_batch(job.batch_id)
    return AnswerFile.objects.select_for_update(of=("self",)).get(pk=job.pk)


def _hold_batch(pk: UUID) -> Batch:
    batch = Batch.objects.select_for_update(of=("self",)).get(pk=pk)
    if not batch.is_sent:
        raise Refusal(NOT_SENT)
    return batch


@transaction.atomic
def settle(answer: Answer, *, by: Office, key: str) -> None:
    """Say which line a doubtful answer is about, by the line's key."""
    access.permit(by, PERMISSION)
    if not held(answer.file).may_take:
        raise Refusal(NOT_LOOKING)
    answer = Answer.objects.select_related("file").get(pk=answer.pk)
    lines = Line.objects.filter(batch=answer.file.batch_id).exclude(state=State.INCOMPLETE)
    line = lines.filter(payload__key=key.strip().upper()).first()
    if line is None:
        raise Refusal(NO_SUCH_LINE)
    if Answer.objects.filter(file=answer.file, line=line).exclude(pk=answer.pk).exists():
        raise Refusal(TAKEN_LINE)
    answer.line, answer.how, answer.area_id = line, How.PERSON, line.area_id
    answer.problem = "" if answer.state else Problem.WORDS
    answer.save(update_fields=["line", "how", "area", "problem"])


@transaction.atomic
def explain(job: AnswerFile, meanings: Mapping[str, tuple[str, str]], *, by: Office) -> int:
    """Keep what words mean in this regency (words → state, class of refusal), and understand the
    answers of the file anew. Returns how many were understood by it."""
    access.permit(by, PERMISSION)
    job = held(job)
    if not job.may_take:
        raise Refusal(NOT_LOOKING)
    said = {rules.plain(words): meant for words, meant in meanings.items()}
    for words, (state, reason) in said.items():
        if not words:
            continue
        Wording.objects.update_or_create(
            regency_id=job.area_id, words=words[: reading.LONGEST],
            defaults={"state": state, "reason": reason if state == State.REFUSED else ""},
        )  # fmt: skip
    known = Wording.objects.of(job.area_id)
    doubtful = list(job.answers.filter(state="").select_related("line"))
    for answer in doubtful:
        understand(answer, known, job.batch.kind, answer.line)
    understood = [answer for answer in doubtful if answer.state]
    Answer.objects.bulk_update(understood, ["state", "reason", "problem"], batch_size=500)
    return len(understood)


def understand(answer: Answer, known: list[rules.Wording], kind: Kind, line: Line | None) -> None:
    """What the words of an answer mean; without a meaning it is left to a person, and so is a
    refusal of somebody whom BPJS had accepted.

    A KPJ alone says something of a new member only: the others were sent with theirs. Who
    continues or leaves is a member anyhow.
    """
    new = kind == Kind.NEW and not (line and line.kpj)
    meant = rules.meaning(answer.label, answer.kpj if new else "", known)
    if meant is None:
        answer.problem = answer.problem or Problem.WORDS
        return
    already = kind != Kind.NEW and meant.state == State.ALREADY
    answer.state, answer.reason = State.ACCEPTED if already else meant.state, meant.reason
    if answer.problem == Problem.WORDS:
        answer.problem = ""
    if not answer.problem and line and line.state in WELCOME and answer.state == State.REFUSED:
        answer.problem = Problem.CHANGED


WELCOME = (State.ACCEPTED, State.ALREADY)


@transaction.atomic
def take(job: AnswerFile, *, by: Office) -> None:
    """Begin to write the answers to their lines; those still doubtful stay as they are."""
    access.permit(by, PERMISSION)
    job = held(job)
    if not job.may_take:
        raise Refusal(NOT_LOOKING)
    ready = job.answers.filter(problem="")
    if not ready.exists():
        raise Refusal(NOBODY)
    _refuse_sent_again(ready.filter(state__in=rules.HOLDING))
    _begin(job, AnswerFile.Phase.TAKE, ready.count(), by=by)


@transaction.atomic
def take_back(job: AnswerFile, *, by: Office) -> None:
    """Begin to give the lines back what they said before. Refusal where a later file has answered
    one of them."""
    access.permit(by, PERMISSION)
    job = held(job)
    if not job.is_taken:
        raise Refusal(NOT_TAKEN)
    later = Answer.objects.filter(
        file__phase__in=[AnswerFile.Phase.TAKE, AnswerFile.Phase.TAKEN],
        file__batch=job.batch_id, file__finished_at__gt=job.finished_at, problem="",
        line__in=job.answers.filter(problem="").values("line"),
    )  # fmt: skip
    if later.exists():
        raise Refusal(LATER)
    written = job.answers.exclude(before={})
    _refuse_sent_again(written.filter(before__state__in=rules.HOLDING))
    _begin(job, AnswerFile.Phase.BACK, written.count(), by=by)


def _refuse_sent_again(answers: QuerySet[Answer]) -> None:
    """The lines of these answers are about to hold their people: no other line may."""
    other = Line.objects.filter(
        about=OuterRef("line__about"), kind=OuterRef("line__kind"), state__in=rules.HOLDING
    ).exclude(pk=OuterRef("line"))
    if answers.filter(Exists(other)).exists():
        raise Refusal(SENT_AGAIN)


def _begin(job: AnswerFile, phase: str, total: int, *, by: Office) -> None:
    """In the name of who presses; of a batch one file at a time."""
    others = AnswerFile.objects.unfinished().filter(batch=job.batch_id)
    if others.exclude(phase=AnswerFile.Phase.READ).exists():
        raise Refusal(WORKING)
    job.office = by
    job.phase, job.state, job.cursor, job.total = phase, job.State.QUEUED, 0, total
    job.started_at = job.finished_at = None
    job.attempts = 0
    job.save()
    enqueue(job)
