from celery import shared_task

from enrollment.proposals import bulk
from enrollment.proposals.models import BulkDecision


@shared_task(name=BulkDecision.TASK)
def decide(pk: str) -> None:
    bulk.proceed(pk)
