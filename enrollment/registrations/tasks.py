from celery import shared_task

from enrollment.registrations import making
from enrollment.registrations.models import Registering


@shared_task(name=Registering.TASK)
def register(pk: str) -> None:
    making.advance(pk)
