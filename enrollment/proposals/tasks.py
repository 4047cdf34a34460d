from celery import shared_task

from enrollment.proposals import bulk, repricing
from enrollment.proposals.models import BulkDecision, Repricing


@shared_task(name=BulkDecision.TASK)
def decide(pk: str) -> None:
    bulk.proceed(pk)


@shared_task(name=Repricing.TASK)
def reprice(pk: str) -> None:
    repricing.proceed(pk)
