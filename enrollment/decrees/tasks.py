from celery import shared_task

from enrollment.decrees import printing


@shared_task(name="enrollment.decrees.tasks.write_annex")
def write_annex(pk: str) -> None:
    printing.advance(pk)
