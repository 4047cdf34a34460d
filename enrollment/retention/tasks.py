from celery import shared_task

from enrollment.retention import actions


@shared_task(name="enrollment.retention.tasks.remove")
def remove() -> None:
    """Once a night. A worker that is killed goes on in the next one."""
    actions.remove()
