"""Calls every address as one person, on the rows of every place, and reports what leaked."""

from dataclasses import dataclass

from django.db import connection
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.access import world
from tests.access.addresses import DECLARED
from villages import scope

NOT_OURS = {"djdt", "admin"}


@dataclass(frozen=True)
class Leak:
    who: str
    method: str
    name: str
    of: str
    what: str


@dataclass(frozen=True)
class Answer:
    method: str
    name: str
    status: int
    kept: str
    """What it says about being kept in a cache."""


def names(resolver=None, namespace=""):
    """Every named address of the portal; the admin site is walked by its own test."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = pattern.namespace or namespace
            if inner not in NOT_OURS:
                yield from names(pattern, inner)
        elif isinstance(pattern, URLPattern):
            yield pattern.name


def calls(places):
    """Each address, either once or once for each place: (name, place of the row, url, data)."""
    for name, address in DECLARED.items():
        if address.ends_session:
            continue
        if address.of is None:
            yield name, "", reverse(name), address.data
            continue
        for place, rows in places.items():
            owner = world.REGENCIES[place] if address.regency_wide else place
            yield name, owner, reverse(name, kwargs=address.of(rows)), address.data


def answers(client, places):
    """Call every address for `places`; yields what each answered."""
    for method in ("get", "post"):
        for name, _place, url, data in calls(places):
            answer = getattr(client, method)(url, data)
            yield Answer(method, name, answer.status_code, answer.get("Cache-Control", ""))


def leaks(client, who, places, visible):
    """Walk as `who`, who may see only the places in `visible`.

    A leak is a name from another place in an answer, a page of another place that opens (200), a
    server error, or a row of another place that has changed.
    """
    everything = {*places, *world.REGENCIES.values()}
    hidden = {place: world.canary(place).encode() for place in everything - visible}
    before = _state_of(places, hidden)
    for method in ("get", "post"):
        for name, place, url, data in calls(places):
            answer = getattr(client, method)(url, data)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            what = [f"shows {shown}" for shown, word in hidden.items() if word in body]
            if place in hidden and answer.status_code == 200:
                what.append("opens")
            if answer.status_code >= 500:
                what.append(f"breaks with {answer.status_code}")
            yield from (Leak(who, method, name, place, leak) for leak in what)
    if _state_of(places, hidden) != before:
        yield Leak(who, "post", "", "", "changes another place")


_CHECKSUM = """
SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} t WHERE area_id = ANY(%s)
"""
_TABLES = ("enrollment_worker", "enrollment_entry", "enrollment_proposal", "enrollment_import")


def _state_of(places, hidden):
    areas = [places[place].area for place in hidden if place in places]
    with scope.whole_country("walk"), connection.cursor() as cursor:
        return [_checksum(cursor, table, areas) for table in _TABLES]


def _checksum(cursor, table, areas):
    cursor.execute(_CHECKSUM.format(table=table), [areas])
    return cursor.fetchone()
