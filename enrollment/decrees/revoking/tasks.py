from celery import shared_task

from enrollment.decrees.models import DecreeRevocation
from enrollment.decrees.revoking import working


@shared_task(name=DecreeRevocation.TASK)
def revoke(pk: str) -> None:
    working.advance(pk)
