"""The page that tells which parts of the portal work: for operators, bin/run and Docker.

Anybody may ask, so it says nothing about people, versions or addresses.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor, wait

from django.contrib.auth.decorators import login_not_required
from django.db import connection
from django.http import JsonResponse
from django.views.decorators.http import require_safe

from enrollment.workbooks import storing
from portal import bodies, signs

PATIENCE = 4
"""Seconds in which all parts must have answered."""


def database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    finally:
        connection.close_if_unusable_or_obsolete()
    return True


def queue() -> bool:
    with signs.queue() as server:
        return bool(server.ping())


def worker() -> bool:
    return signs.is_there(signs.WORKER)


def beat() -> bool:
    return signs.is_there(signs.BEAT)


def disk() -> bool:
    """Whether there is room for uploads."""
    return bodies.has_room(0)


def files() -> bool:
    """Whether the storage of uploads and made files answers."""
    return storing.files().answers()


PARTS: dict[str, Callable[[], bool]] = {
    part.__name__: part for part in (database, queue, worker, beat, disk, files)
}
_askers = {name: ThreadPoolExecutor(1, f"health-{name}") for name in PARTS}
"""A thread for each part: one that is silent keeps neither the others nor the page waiting."""


def look() -> dict[str, bool]:
    """Which parts work."""
    asked = {name: _askers[name].submit(part) for name, part in PARTS.items()}
    wait(asked.values(), timeout=PATIENCE)
    for answer in asked.values():
        answer.cancel()  # one that still waits for its turn
    return {
        name: answer.done()
        and not answer.cancelled()
        and answer.exception() is None
        and answer.result()
        for name, answer in asked.items()
    }


@require_safe
@login_not_required
def health(request):
    """200 when all parts work, else 503."""
    parts = look()
    works = all(parts.values())
    said = {name: "ok" if part else "failed" for name, part in parts.items()}
    return JsonResponse(
        {"status": "ok" if works else "failed", **said}, status=200 if works else 503
    )
