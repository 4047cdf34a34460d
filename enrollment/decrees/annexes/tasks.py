from celery import shared_task

from enrollment.decrees.annexes import printing
from enrollment.decrees.annexes.models import AnnexPdf


@shared_task(name=AnnexPdf.TASK)
def write(pk: str) -> None:
    printing.advance(pk)
