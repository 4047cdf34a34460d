from celery import shared_task

from enrollment.matching import working
from enrollment.matching.models import AnswerFile


@shared_task(name=AnswerFile.TASK)
def advance_answers(pk: str) -> None:
    working.advance(pk)
