from celery import shared_task

from enrollment.workers.rechecks import actions
from enrollment.workers.rechecks.models import Recheck


@shared_task(name=Recheck.TASK)
def recheck(pk: str) -> None:
    actions.proceed(pk)
