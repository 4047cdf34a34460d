"""The queue. A message says that there is work to do, never whose data it is about."""

import gc
import os
import sys

from celery import Celery
from celery.signals import (
    after_task_publish,
    beat_init,
    heartbeat_sent,
    setup_logging,
    worker_init,
    worker_process_init,
    worker_ready,
)

from portal import priority, rooms

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
# A room keeps its tasks in <room>/tasks.py; the one app `enrollment` holds many rooms.
app.autodiscover_tasks(rooms.with_tasks)


@setup_logging.connect
def keep_our_logging(**_):
    """Celery would install its own handlers, which do not mask NIKs."""
    from django.conf import settings

    from portal import logs

    logs.configure(settings.LOG_LEVEL)


@worker_init.connect
def refuse_wrong_login(**_):
    from django.core.exceptions import ImproperlyConfigured

    from enrollment.jobs import locking
    from portal.launch import database

    try:
        database.refuse_privileged_login()
        locking.refuse_pooler()
    except ImproperlyConfigured as error:
        sys.exit(str(error))  # Celery logs an ordinary exception here and goes on


@worker_process_init.connect
def work_in_bulk(**_):
    """Tune a worker for long jobs: the list of a whole regency keeps the cores busy for half a
    minute. Pages get priority; the garbage collector does not scan thousands of new rows again
    and again; and a thread with an answer from PostgreSQL does not wait 5 ms for the thread that
    checks the next rows."""
    from django.db.backends.signals import connection_created

    priority.give_way()
    connection_created.connect(priority.postgres_gives_way)
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)
    sys.setswitchinterval(0.0005)


@heartbeat_sent.connect
def worker_lives(**_):
    from portal import signs

    signs.leave(signs.WORKER)


@beat_init.connect
@after_task_publish.connect(sender="enrollment.jobs.tasks.sweep")  # nobody else sends it
def beat_lives(**_):
    from portal import signs

    signs.leave(signs.BEAT)


@worker_ready.connect
def resume(**_):
    """Queue unfinished jobs now: Redis would redeliver a killed worker's message only after
    `visibility_timeout`."""
    app.send_task("enrollment.jobs.tasks.resume")
