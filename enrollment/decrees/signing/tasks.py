from celery import shared_task

from enrollment.decrees.signing import receiving
from enrollment.decrees.signing.models import DecreeReceiving


@shared_task(name=DecreeReceiving.TASK)
def receive(pk: str) -> None:
    receiving.advance(pk)
