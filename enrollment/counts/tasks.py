from celery import shared_task

from enrollment.counts import actions


@shared_task(name="enrollment.counts.tasks.fold")
def fold() -> None:
    """Once a minute. Without it numbers stay right, and pages read more rows for them."""
    actions.fold()
