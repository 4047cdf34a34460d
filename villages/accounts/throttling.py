"""Guessing passwords and codes is slowed down, by account and by address apart.

Each try is counted as a failure before it is looked at, in one statement, so that many tries at
the same moment do not slip through together; a success takes its own try back. After some free
tries the pause doubles with each failure, up to a limit. Failures fade with time.

An owner is not locked out by somebody who keeps guessing, from elsewhere or from the same address:
where the account has been used lately it has a count of its own, and only that.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import ip_address, ip_network
from math import ceil

from django.db import connection
from django.utils import timezone

from villages import scope
from villages.accounts.models import AccountRecord, Attempts

FADES = 120
"""Seconds in which one failure is forgotten."""
KNOWN = timedelta(days=30)
"""An address from which an account has been logged in to within this time is its own."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures are free; after them the pause doubles from 2 s up to `longest` seconds."""

    name: str
    free: int
    longest: int

    def key(self, value: str) -> str:
        return sha256(f"{self.name}:{value}".encode()).hexdigest()


ACCOUNT = Limit("account", free=5, longest=300)
ADDRESS = Limit("address", free=30, longest=60)
"""A whole village, or a hall full of people being trained, shares one address."""
CODE = Limit("code", free=5, longest=900)
"""Of the second factor: a count of its own, or knowing the password would clear it."""

_TRY = """
INSERT INTO villages_attempts AS tried (key, failures, last_at, free_at)
VALUES (%(key)s, 1, %(now)s, %(now)s)
ON CONFLICT (key) DO UPDATE SET
    failures = {left} + 1,
    last_at = %(now)s,
    free_at = %(now)s + CASE WHEN {left} < %(free)s THEN interval '0'
        ELSE least(2 ^ least({left} + 1 - %(free)s, 20), %(longest)s) * interval '1 s' END
WHERE tried.free_at <= %(now)s
RETURNING failures
""".format(
    left="greatest(tried.failures - extract(epoch FROM %(now)s - tried.last_at) / %(fades)s, 0)"
)
_TAKE_BACK = """
UPDATE villages_attempts SET failures = greatest(failures - 1, 0), free_at = %s WHERE key = %s
"""


class TooEarly(Exception):
    """A try that may not be made yet; `seconds` is how long to wait."""

    def __init__(self, seconds: int):
        super().__init__(seconds)
        self.seconds = seconds


@contextmanager
def attempt(*, account: str, address: str | None, limit: Limit = ACCOUNT) -> Iterator[None]:
    """Try a password or code inside the block. It counts as a failure if the block raises.

    TooEarly before anything is compared, right or wrong. After a success the account's failures
    are forgotten; those of others from the same address are not.
    """
    now = timezone.now()
    place, whose = ADDRESS.key(network(address)), limit.key(account)
    counts = [(ADDRESS, place), (limit, whose)]
    if _is_known(account, address):
        whose = limit.key(f"{account} {network(address)}")
        counts = [(limit, whose)]
    for counted, key in counts:
        if seconds := _count(counted, key, now):
            raise TooEarly(seconds)
    yield
    Attempts.objects.filter(pk=whose).delete()
    if (ADDRESS, place) in counts:
        with connection.cursor() as cursor:
            cursor.execute(_TAKE_BACK, [timezone.now(), place])


def count(limit: Limit, value: str) -> int:
    """Count something else that is slowed down, which no success takes back. Returns the seconds to
    wait if it comes too early, else 0."""
    return _count(limit, limit.key(value), timezone.now())


def network(address: str | None) -> str:
    """An address, or the network that one line of IPv6 has for itself."""
    if not address or ip_address(address).version == 4:
        return address or ""
    return str(ip_network(f"{address}/64", strict=False))


def in_words(seconds: int) -> str:
    return f"{seconds} detik" if seconds <= 90 else f"{ceil(seconds / 60)} menit"


def forget_old() -> int:
    """Delete counts that no longer matter. Returns how many there were."""
    return Attempts.objects.filter(last_at__lt=timezone.now() - timedelta(days=1)).delete()[0]


def _count(limit: Limit, key: str, now: datetime) -> int:
    """Count a try. Returns the seconds to wait when it may not be made yet, else 0."""
    values = {"free": limit.free, "longest": limit.longest, "fades": FADES}
    with connection.cursor() as cursor:
        cursor.execute(_TRY, {"key": key, "now": now, **values})
        if cursor.fetchone():
            return 0
    free_at = Attempts.objects.values_list("free_at", flat=True).filter(pk=key).first()
    return max(1, ceil(((free_at or now) - now).total_seconds()))


def _is_known(account: str, address: str | None) -> bool:
    """Whether the account has been used lately from this address."""
    if not address:
        return False
    with scope.identity(username=account):
        used = AccountRecord.objects.filter(
            user__username=account, kind=AccountRecord.Kind.LOG_IN, address=address,
            at__gte=timezone.now() - KNOWN,
        )  # fmt: skip
        return used.exists()
