from celery import shared_task

from enrollment.decrees import drafting, freezing, issuing, printing
from enrollment.decrees.models import DecreeDrafting, DecreeFreezing, DecreeIssue


@shared_task(name="enrollment.decrees.tasks.write_annex")
def write_annex(pk: str) -> None:
    printing.advance(pk)


@shared_task(name=DecreeIssue.TASK)
def issue(pk: str) -> None:
    issuing.advance(pk)


@shared_task(name=DecreeFreezing.TASK)
def freeze(pk: str) -> None:
    freezing.advance(pk)


@shared_task(name=DecreeDrafting.TASK)
def draft(pk: str) -> None:
    drafting.advance(pk)
