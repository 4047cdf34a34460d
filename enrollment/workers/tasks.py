from celery import shared_task

from enrollment.workers import recheck as room


@shared_task(name="enrollment.workers.tasks.recheck")
def recheck(pk):
    room.proceed(pk)
