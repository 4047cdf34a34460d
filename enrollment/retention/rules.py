"""What is old, kind by kind: how much of it there is, and how a part of it is removed.

All functions run over the whole country. `before`: what ended earlier is old.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any, NamedTuple

from django.apps import apps
from django.db import connection, transaction
from django.db.models import Q
from django.utils.timezone import localtime

from enrollment.decrees.annexes.models import AnnexPdf
from enrollment.decrees.models import DecreeAnnex, DecreeRevocation
from enrollment.decrees.signing.models import DecreeFile, DecreeReceiving
from enrollment.imports import actions as imports
from enrollment.imports.models import Import, ImportQuerySet
from enrollment.imports.registry import discarding
from enrollment.jobs.models import Job
from enrollment.leavings.models import Leaving
from enrollment.proposals.papers.models import PaperScan
from enrollment.retention.models import Kind
from enrollment.workbooks.storing import files
from villages.accounts.models import AccountRecord

RECORDS_AT_ONCE = 10_000


class Rule(NamedTuple):
    """`count` tells how much is old; `remove` removes a part and tells how much, 0 at the end."""

    count: Callable[[datetime], int]
    remove: Callable[[datetime], int]


def _finished(before: datetime) -> ImportQuerySet:
    """Lists that ended before, or have waited since while they were saved, with a file or rows;
    what nobody took keeps neither."""
    ended = Q(state__in=[Job.State.DONE, Job.State.REFUSED], finished_at__lt=before)
    held = Q(state=Job.State.HELD, touched_at__lt=before) & ~Q(phase=Import.Phase.READ)
    return Import.objects.filter(ended | held).exclude(
        phase__in=[Import.Phase.DISCARDED, Import.Phase.EXPIRED]
    )


def _expire_a_list(before: datetime) -> int:
    """Remove rows of the oldest list, and at last its file. A list counts once it has neither."""
    while True:
        with transaction.atomic():
            job = _oldest(_finished(before))
            if job is None:
                return 0
            if not discarding.delete_rows(job):
                imports.expire(job)
                return 1


def _waiting(before: datetime) -> ImportQuerySet:
    """Lists that wait for their owner or for the Dinas."""
    held = Q(state=Job.State.HELD, phase=Import.Phase.READ)
    return Import.objects.filter(Q(state=Job.State.WAITING) | held, touched_at__lt=before)


def _discard_a_list(before: datetime) -> int:
    """Have the queue discard the list that has waited longest."""
    with transaction.atomic():
        job = _oldest(_waiting(before))
        if job is None:
            return 0
        imports.give_up(job)
    return 1


def _oldest(lists: ImportQuerySet) -> Import | None:
    """One that nobody is working on at this moment, locked."""
    locked = lists.select_for_update(of=("self",), skip_locked=True)
    return locked.order_by("created_at").defer("tables", "row_texts").first()


FOLDERS = ("imports", "annexes", "decrees", "scans", "leavings", "transfers")
COLUMNS = (
    *((Import, "file"), (DecreeAnnex, "file"), (DecreeFile, "file"), (PaperScan, "file")),
    *((Leaving, "document"), (AnnexPdf, "file"), (DecreeRevocation, "file")),
    (DecreeReceiving, "file"),
)
"""Where the files of these folders are named."""


def _strays(before: datetime) -> list[str]:
    """Files that belong to nothing: the request or the turn that wrote them ended before their row
    was saved, or they are uploads of the settings and nobody has confirmed them."""
    old = [kept.name for folder in FOLDERS for kept in files().kept(folder) if kept.at < before]
    known = _known() if old else set()
    return [name for name in old if name not in known]


def _known() -> set[str]:
    """The files that a row names."""
    return {
        name for model, column in COLUMNS
        for name in model.objects.exclude(**{column: ""}).values_list(column, flat=True)
    }  # fmt: skip


def _remove_strays(before: datetime) -> int:
    strays = _strays(before)
    for name in strays:
        files().delete(name)
    return len(strays)


def _log_ins(before: datetime) -> int:
    return AccountRecord.objects.filter(kind__in=AccountRecord.LOGS, at__lt=before).count()


def _remove_log_ins(before: datetime) -> int:
    """By a function of the tables' owner, because the portal's login may not delete records."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_log_ins(%s, %s)", [before, RECORDS_AT_ONCE])
        return int(cursor.fetchone()[0])


def _old_history(before: datetime) -> int:
    """Events of the months that have ended before; a month is removed as a whole."""
    month = localtime(before).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    histories: list[Any] = [
        model for model in apps.get_models() if getattr(model, "by_month", False)
    ]
    return sum(history.objects.filter(pgh_created_at__lt=month).count() for history in histories)


def _remove_month(before: datetime) -> int:
    """Of one history, by a function of the tables' owner, who alone may remove tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT forget_history(%s)", [before])
        return int(cursor.fetchone()[0])


RULES = {
    Kind.LISTS: Rule(lambda before: _finished(before).count(), _expire_a_list),
    Kind.WAITING: Rule(lambda before: _waiting(before).count(), _discard_a_list),
    Kind.STRAYS: Rule(lambda before: len(_strays(before)), _remove_strays),
    Kind.LOG_INS: Rule(_log_ins, _remove_log_ins),
    Kind.HISTORY: Rule(_old_history, _remove_month),
}
