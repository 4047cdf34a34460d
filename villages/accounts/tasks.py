from celery import shared_task
from django.core.management import call_command

from villages.accounts import throttling


@shared_task(name="villages.accounts.tasks.tidy")
def tidy() -> None:
    """Delete sessions that have ended and counts of tries that no longer matter."""
    call_command("clearsessions")
    throttling.forget_old()
