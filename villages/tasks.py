from celery import shared_task

from villages import audit


@shared_task(name="villages.tasks.make_history_months")
def make_history_months() -> None:
    """Once a day, long before a month begins. If it fails for months, no change is lost: events go
    into the part for all other months, and from there into that of their month later."""
    audit.make_months()
