from celery import shared_task

from enrollment.imports import actions
from enrollment.imports.models import Import


@shared_task(name=Import.TASK)
def advance(pk: str) -> None:
    actions.advance(pk)
