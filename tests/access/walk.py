"""Calls every address as one person, on the rows of every place, and reports what leaked."""

import os
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from enrollment.formats import tanggal
from enrollment.workers.models import Disclosure
from tests.access import world
from tests.access.addresses import DECLARED
from villages import scope

EVERY = bool(os.environ.get("EVERY"))
"""Walk as every role and send every value, instead of those that differ most (bench/README.md)."""
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


PRIVATE = ("nik", "kk", "mother_name", "phone", "birth_date")


@dataclass(frozen=True)
class Shown:
    """An answer that holds masked values in full: in which `columns`, and whether the request
    recorded that it reveals something."""

    name: str
    method: str
    columns: frozenset
    recorded: bool


def shown(client, places):
    """Call every address for `places`, also as htmx does; yields each `Shown`. Every value in the
    database of a column in `PRIVATE` is looked for, but what the request itself contained. Each
    call is undone, so that none prevents another."""
    secrets = _secrets()
    calling = {"get": {}, "post": {}, "htmx": {"headers": {"HX-Request": "true"}}}
    for method, options in calling.items():
        send = client.get if method == "get" else client.post
        for name, _place, url, data in calls(places):
            with _undone():
                before = _revealings()
                text = text_of(send(url, data, **options))
                recorded = _revealings() > before
            columns = {
                column
                for value, column in secrets.items()
                if value in text and value not in data.values()
            }
            if columns:
                yield Shown(name, method, frozenset(columns), recorded)


def text_of(answer):
    """All that an answer says; a workbook is unpacked."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    return body.decode(errors="replace")


@contextmanager
def _undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def _revealings():
    """How many revealings have been recorded."""
    with scope.whole_country("walk"):
        return Disclosure.objects.exclude(why="").count()


def _secrets():
    """Each private value → its column."""
    with scope.whole_country("walk"), connection.cursor() as cursor:
        cursor.execute(_PRIVATE_COLUMNS, [list(PRIVATE)])
        values = {}
        for table, column in cursor.fetchall():
            cursor.execute(f"SELECT DISTINCT {column} FROM {table}")
            values |= {value: column for (value,) in cursor.fetchall() if value}
        cursor.execute(_CLAIMED, [list(PRIVATE)])
        values |= dict(cursor.fetchall())
    return {text: column for value, column in values.items() for text in _written(value)}


def _written(value):
    """The ways in which a page or file may write a value."""
    if not isinstance(value, date):
        return [value]
    return [f"{value:%d-%m-%Y}", f"{value:%Y-%m-%d}", tanggal(value)]


_PRIVATE_COLUMNS = """
SELECT table_name, column_name FROM information_schema.columns
WHERE table_schema = 'public' AND table_name LIKE 'enrollment\\_%%' AND column_name = ANY (%s)
"""
_CLAIMED = """
SELECT value, key FROM enrollment_duplicatecase, jsonb_each_text(claimed_values)
WHERE key = ANY (%s)
"""
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
