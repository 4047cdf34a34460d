from celery import shared_task

from enrollment.jobs import actions


@shared_task(name="enrollment.jobs.tasks.sweep")
def sweep() -> None:
    actions.sweep()


@shared_task(name=actions.GO_ON)
def go_on() -> None:
    actions.go_on()


@shared_task(name="enrollment.jobs.tasks.resume")
def resume() -> None:
    actions.resume()
