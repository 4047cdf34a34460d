"""Calls every address as one person, on the rows of every place, and reports what it answered."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from zipfile import ZipFile

from django.db import connection, transaction
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from pypdf import PdfReader

from enrollment.formats import tanggal
from tests.access import world
from tests.access.addresses import DECLARED
from tests.access.forms import led_back
from tests.selection import EVERY
from villages import scope

NOT_OURS = {"djdt", "admin"}


HTMX = {"headers": {"HX-Request": "true"}}
METHODS = {"get": {}, "post": {}, "htmx": HTMX}
"""How each address is called: read, sent a form, sent a form by htmx."""
_not_taken = set()
"""(method, address) of what an address does not take, which a decorator decides, whoever asks."""


@dataclass(frozen=True)
class Answer:
    """What an address answered to one call. Nothing of what the call did is left."""

    method: str
    name: str
    of: str
    """The place of the row, "" where there is none."""
    sent: dict
    status: int
    leads_to: str
    kept: str
    """What it says about being kept in a cache."""
    text: str
    recorded: bool
    """Whether the request recorded that it reveals something."""
    changed: bool
    """Whether it changed rows of a watched place."""


@dataclass(frozen=True)
class Leak:
    who: str
    method: str
    name: str
    of: str
    what: str


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
            yield name, "", reverse(name, kwargs=address.fixed), address.data
            continue
        for place, rows in places.items():
            owner = world.REGENCIES[place] if address.regency_wide else place
            yield name, owner, reverse(name, kwargs=address.of(rows)), address.data


def answers(client, places, methods=METHODS, *, only=DECLARED, watched=(), every=EVERY):
    """Call every address on the rows of `places`, and with htmx on those of the first place.

    `only`: the names of the addresses. `watched`: the places whose rows no call may change. Unless
    `every`, a method that an address does not take is tried once in all walks.
    """
    areas = [places[place].area for place in watched if place in places]
    before = _state_of(areas)
    for method in methods:
        here = dict(list(places.items())[:1]) if method == "htmx" else places
        for name, place, url, data in calls(here):
            if name not in only or ((method, name) in _not_taken and not every):
                continue
            with _undone():
                answer = _send(client, method, url, data)
                text, after = text_of(answer), _state_of(areas)
            if answer.status_code == 405 or led_back(answer):
                _not_taken.add((method, name))
            yield Answer(
                method, name, place, data, answer.status_code, answer.get("Location", ""),
                answer.get("Cache-Control", ""), text,
                recorded=after[0] != before[0], changed=after[1:] != before[1:],
            )  # fmt: skip


def _send(client, method, url, data):
    return (client.get if method == "get" else client.post)(url, data, **METHODS[method])


def hidden_from(visible):
    """The places and regencies that somebody may not see who sees those in `visible`."""
    return {*world.PLACES, *world.REGENCIES.values()} - visible


TO_THE_REGENCY = {"annex_masked", "annex_pdf_masked"}
"""They name everybody of an issued decree to all offices of the regency."""


def leaks(who, answers, hidden):
    """A name from a hidden place in an answer, a page of one that opens (200), a server error, or
    a row of one that has changed."""
    for answer in answers:
        what = [f"shows {place}" for place in hidden if world.canary(place) in answer.text]
        if answer.name in TO_THE_REGENCY and answer.of not in hidden:
            what.clear()
        if answer.of in hidden and answer.status == 200:
            what.append("opens")
        if answer.status >= 500:
            what.append(f"breaks with {answer.status}")
        if answer.changed:
            what.append("changes another place")
        yield from (Leak(who, answer.method, answer.name, answer.of, leak) for leak in what)


def kept(answers):
    """Answers that a cache might keep."""
    return [(answer.name, answer.kept) for answer in answers if answer.kept != "no-store"]


PRIVATE = ("nik", "kk", "mother_name", "phone", "birth_date")


@dataclass(frozen=True)
class Shown:
    """An answer that holds masked values in full: in which `columns`, and whether the request
    recorded that it reveals something."""

    name: str
    method: str
    columns: frozenset
    recorded: bool


def shown(answers):
    """Each `Shown`. Every value in the database of a column in `PRIVATE` is looked for, but what
    the request itself contained."""
    secrets = _secrets()
    for answer in answers:
        columns = {
            column
            for value, column in secrets.items()
            if value in answer.text and value not in answer.sent.values()
        }
        if columns:
            yield Shown(answer.name, answer.method, frozenset(columns), answer.recorded)


def text_of(answer):
    """All that an answer says; a workbook is unpacked, and a PDF read."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if body.startswith(b"PK"):
        with ZipFile(BytesIO(body)) as archive:
            body = b"".join(archive.read(name) for name in archive.namelist())
    if body.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(body)).pages)
    return body.decode(errors="replace")


@contextmanager
def _undone():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


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
_TABLES = ("enrollment_worker", "enrollment_entry", "enrollment_proposal", "enrollment_import")
_STATE = "SELECT (SELECT count(*) FROM enrollment_disclosure WHERE why > '')" + "".join(
    f""", (SELECT md5(string_agg(t::text, ',' ORDER BY t::text)) FROM {table} t
    WHERE area_id = ANY(%(areas)s))"""
    for table in _TABLES
)


def _state_of(areas):
    """How many revealings are recorded; then what changes whenever a row of these areas does."""
    with scope.whole_country("walk"), connection.cursor() as cursor:
        cursor.execute(_STATE, {"areas": areas})
        return cursor.fetchone()
