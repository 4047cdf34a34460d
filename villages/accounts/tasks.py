from celery import shared_task

from villages.accounts import kept, throttling
from villages.accounts.sessions import SessionStore


@shared_task(name="villages.accounts.tasks.tidy")
def tidy() -> None:
    """Delete sessions that have ended, forms that nobody came back for, and counts of tries that no
    longer matter."""
    SessionStore.clear_expired()
    kept.forget_old()
    throttling.forget_old()
