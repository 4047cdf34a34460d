from celery import shared_task

from enrollment.renewals import renewing
from enrollment.renewals.models import Renewal


@shared_task(name=Renewal.TASK)
def renew(pk: str) -> None:
    renewing.proceed(pk)
