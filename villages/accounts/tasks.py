from celery import shared_task

from villages.accounts import throttling
from villages.accounts.sessions import SessionStore


@shared_task(name="villages.accounts.tasks.tidy")
def tidy() -> None:
    """Delete sessions that have ended and counts of tries that no longer matter."""
    SessionStore.clear_expired()
    throttling.forget_old()
