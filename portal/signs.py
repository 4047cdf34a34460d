"""Signs of life that worker and beat leave in the queue, for the health page.

The worker leaves one every two seconds, however busy its children are; beat whenever it sends the
sweep. A sign vanishes by itself, so nobody has to compare clocks.
"""

from contextlib import suppress

import redis
from django.conf import settings

WORKER, BEAT = "worker", "beat"
LASTS = 60
"""Seconds for which a sign holds: four times as long as until the next sweep."""


def queue() -> redis.Redis:
    """The queue's server; no answer from it takes longer than two seconds."""
    patience = {"socket_timeout": 2, "socket_connect_timeout": 2}
    return redis.Redis.from_url(settings.CELERY_BROKER_URL, **patience)


def _key(name: str) -> str:
    return f"{settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}alive:{name}"


def leave(name: str) -> None:
    with suppress(redis.RedisError), queue() as server:
        server.set(_key(name), 1, ex=LASTS)


def is_there(name: str) -> bool:
    with queue() as server:
        return bool(server.exists(_key(name)))
