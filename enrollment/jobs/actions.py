"""How a long job proceeds, even when its worker is killed.

A worker fetches the next batch outside of any transaction, then does it in a `turn`: one
transaction in the scope of the job's office, with the job's row locked, which writes the results
of the batch and the job's cursor together. A worker that finds the row locked, or changed since
it last looked, has been overtaken by another and stops. `sweep` queues stalled jobs again. Which
job has the next turns is decided by `sharing` when a worker is free.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

import structlog
from celery import current_app
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.module_loading import import_string
from kombu.exceptions import OperationalError as BrokerUnreachable

from enrollment.jobs import locking, sharing
from enrollment.jobs.models import Job, JobQuerySet
from enrollment.limits import actions as limits
from enrollment.workbooks.storing import FilesAway
from villages import scope
from villages.refusals import Refusal, is_short_of_room

AnyJob = TypeVar("AnyJob", bound=Job)
Batch = TypeVar("Batch")

log = structlog.get_logger(__name__)

GO_ON = "enrollment.jobs.tasks.go_on"
SLICE = 4
"""Turns after which a job makes room for another that is due. To go on with it later costs reading
its workbook again up to where it stands."""
_shares: ContextVar[bool] = ContextVar("shares", default=False)
"""Whether the job is run for the queue; a command runs its job to the end."""
IDLE = timedelta(seconds=30)
MOST_ATTEMPTS = 5
GIVEN_UP = (
    "Pemrosesan berkali-kali terhenti karena gangguan pada sistem. Data Anda tidak hilang. "
    "Hubungi admin portal dan sebutkan kapan pekerjaan ini dimulai."
)


class Overtaken(Exception):
    """Another worker has taken over the job: this one stops."""


class OfficeEnded(Refusal):
    """Whoever began the job does not hold the office any more."""


def enqueue(job: Job) -> None:
    """Ask the queue to go on with `job` once the current transaction is committed."""
    transaction.on_commit(lambda: _send(job))


def _send(job: Job) -> None:
    try:
        current_app.send_task(GO_ON)
    except BrokerUnreachable:
        # Nothing is lost: the sweeper sends it again as soon as the broker is back.
        log.warning("broker_unreachable", job=str(job.pk))


def go_on() -> None:
    """Go on for a slice with the job that is due, and ask the queue again if it is not done.

    Called for each message. A job that another worker is busy with is passed over; so the job is
    left before the queue is asked again.
    """
    for job in sharing.in_order():
        with suppress(Overtaken):
            with _alone(job.pk):
                _run_for_a_slice(job)
            if _is_unfinished(job):
                _send(job)
            return


def _run_for_a_slice(job: Job) -> None:
    token = _shares.set(True)
    try:
        import_string(job.TASK)(str(job.pk))
    finally:
        _shares.reset(token)


def _is_unfinished(job: Job) -> bool:
    with scope.whole_country("queue"):
        return type(job).objects.unfinished().filter(pk=job.pk).exists()


def _keep_nothing(job: Any) -> None:
    """The default of `abandon`: most jobs hold nothing that must be given back."""


def advance(
    model: type[Job],
    pk: UUID | str,
    *,
    batches: Callable[[Any], Iterable[Batch]],
    work: Callable[[Any, Batch], None],
    finish: Callable[[Any], None],
    abandon: Callable[[Any], None] = _keep_nothing,
) -> None:
    """Go on with a job until it is done or somebody else has taken it over; for the queue, until
    another job is due.

    `batches(job)` yields what is left to do from `job.cursor` on; `work(job, batch)` does one
    batch, moves `job.cursor` and runs inside a turn, like `finish(job)` at the end. A `Refusal`
    from any of them ends the job with its sentence, but `limits.Exceeded` holds it where it stands.
    Before each turn it is asked whether the job's office is still held; if not, the job is refused
    or, if it `WAITS_WITHOUT_OFFICE`, held.
    `abandon(job)` is called in the last turn of a job that is refused or given up: it gives back
    what is held for rows not yet done.
    """
    try:
        with _alone(pk):
            job = _claim(model, pk, abandon)
            try:
                with _trouble_is_no_attempt(job):
                    _take_turns(job, batches, work, finish)
            except limits.Exceeded as exceeded:
                hold(job, str(exceeded), told=exceeded.told)
            except OfficeEnded as ended:
                if job.WAITS_WITHOUT_OFFICE:
                    hold(job, str(ended))
                else:
                    refuse(job, str(ended), abandon)
            except Refusal as refusal:
                refuse(job, str(refusal), abandon)
    except Overtaken:
        log.info("job_overtaken", job=str(pk))


class Phase(NamedTuple):
    """The functions of a phase, for `advance`."""

    batches: Callable[[Any], Iterable[Any]]
    work: Callable[[Any, Any], None]
    finish: Callable[[Any], None]


def advance_in_phases(model: type[Job], pk: UUID | str, phases: Mapping[str, Phase]) -> None:
    """Go on with a job that has a `phase`, in whichever it is."""
    advance(
        model,
        pk,
        batches=lambda job: phases[job.phase].batches(job),
        work=lambda job, batch: phases[job.phase].work(job, batch),
        finish=lambda job: phases[job.phase].finish(job),
    )


def turns_of(job: Job, size: int, mark: str = "cursor") -> Iterator[int]:
    """`size` again and again, for `batches` of a job whose `work` looks for the next rows itself:
    until a turn has moved `mark` no further, since nobody is left behind it."""
    done = None
    while done != getattr(job, mark):
        done = getattr(job, mark)
        yield size


def _take_turns(
    job: Job,
    batches: Callable[[Any], Iterable[Batch]],
    work: Callable[[Any, Batch], None],
    finish: Callable[[Any], None],
) -> None:
    """Until the job is done or gives way."""
    for turns, batch in enumerate(batches(job)):
        if turns and turns % SLICE == 0 and _gives_way(job):
            return
        with turn(job):
            _require_office(job)
            _commit_asynchronously()
            before = job.cursor
            work(job, batch)
            if job.cursor != before:
                job.attempts = 0
    with turn(job):
        _require_office(job)
        finish(job)


def _require_office(job: Job) -> None:
    if not job.may_go_on:
        raise OfficeEnded(job.OFFICE_ENDED)


@contextmanager
def _trouble_is_no_attempt(job: Job) -> Iterator[None]:
    """Take back the attempt that a full disk has ended, or a storage of files that is away, so that
    the job waits for it and is not given up."""
    try:
        yield
    except Exception as error:
        if is_short_of_room(error) or isinstance(error, FilesAway):
            with suppress(DatabaseError), scope.whole_country("job", job=str(job.pk)):
                type(job).objects.filter(pk=job.pk).update(attempts=F("attempts") - 1)
        raise


def _gives_way(job: Job) -> bool:
    """Whether the worker leaves the job for now, because another one is due."""
    if not _shares.get() or not sharing.another_is_due(job):
        return False
    with turn(job):
        job.state = Job.State.QUEUED
    return True


@contextmanager
def _alone(pk: UUID | str) -> Iterator[None]:
    """Hold the job for as long as this connection lives.

    A long wait for the next batch (a large workbook is parsed as a whole) does not mean that the
    worker is dead. A lost connection does, and PostgreSQL then releases this lock.
    """
    if not locking.take(str(pk)):
        raise Overtaken
    try:
        yield
    finally:
        # If the connection is lost, the lock is gone with it.
        with suppress(OperationalError, InterfaceError):
            locking.give_back(str(pk))


def _commit_asynchronously() -> None:
    """Do not wait for the disk at the end of this transaction.

    A power failure loses less than a second of work, and rows and cursor together; the last turn
    waits for the disk, which then holds all earlier turns too.
    """
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")


def _claim(model: type[Job], pk: UUID | str, abandon: Callable[[Any], None]) -> Job:
    with scope.whole_country("job", job=str(pk)):
        job = _busy(model.objects.select_related("office__user", "office__area"), pk)
        job.attempts += 1
        job.touched_at = timezone.now()
        job.started_at = job.started_at or job.touched_at
        if job.attempts > MOST_ATTEMPTS:
            _abandon_if_possible(job, abandon)
            end(job, Job.State.REFUSED, GIVEN_UP)
        job.save()
    if not job.busy:
        raise Overtaken
    return job


def _abandon_if_possible(job: Job, abandon: Callable[[Any], None]) -> None:
    """Give back what the job holds; if that fails too, the job ends all the same."""
    try:
        with transaction.atomic():
            abandon(job)
    except DatabaseError:
        log.exception("job_not_abandoned", job=str(job.pk))


@contextmanager
def turn(job: AnyJob) -> Iterator[AnyJob]:
    """One transaction in the scope of the job's office that holds the job's row."""
    with scope.enter(job.office, job=str(job.pk)):
        held = _busy(type(job).objects.all(), job.pk)
        if held.touched_at != job.touched_at:  # claimed since by another worker
            raise Overtaken
        job.state = Job.State.RUNNING
        yield job
        job.touched_at = timezone.now()
        job.save()


def _busy(rows: JobQuerySet[Job], pk: UUID | str) -> Job:
    job = rows.unfinished().select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
    if job is None:
        raise Overtaken
    return job


def end(job: Job, state: str, message: str = "") -> None:
    """Set the final state of a job; the caller saves it."""
    job.state, job.message, job.finished_at = state, message, timezone.now()


def refuse(job: Job, sentence: str, abandon: Callable[[Any], None]) -> None:
    """End the job with an Indonesian sentence that tells the user why it cannot be done."""
    with turn(job):
        job.refresh_from_db()  # what the refused turn had counted was rolled back
        abandon(job)
        end(job, Job.State.REFUSED, sentence)


def hold(job: Job, sentence: str, *, told: int = 0) -> None:
    """Let the job wait where it stands: what the last turn did was rolled back.

    The answers that were not given (`told`) count all the same: that there were too many is an
    answer too, and without them list after list could be tried.
    """
    with turn(job):
        job.refresh_from_db()
        job.state, job.message = Job.State.HELD, sentence
        if told:
            limits.count(job.office, told=told, limited=False)


def sweep(idle: timedelta | None = None) -> int:
    """Queue every unfinished job that has not moved for `idle` (default `IDLE`). Returns how many.

    Queueing a job twice does no harm: the second worker finds it locked and stops.
    """
    still = timezone.now() - (IDLE if idle is None else idle)
    queued = 0
    with scope.whole_country("sweep"):
        for model in Job.__subclasses__():
            for job in model.objects.idle_since(still)[:100]:
                enqueue(job)
                queued += 1
    return queued


def resume() -> int:
    """Queue all unfinished jobs: a worker that starts may replace one that was killed."""
    return sweep(idle=timedelta(0))
