from celery import shared_task

from enrollment.decrees import issuing, printing
from enrollment.decrees.models import DecreeIssue


@shared_task(name="enrollment.decrees.tasks.write_annex")
def write_annex(pk: str) -> None:
    printing.advance(pk)


@shared_task(name=DecreeIssue.TASK)
def issue(pk: str) -> None:
    issuing.advance(pk)
