"""Who belongs in a draft: everybody approved whom no other decree or fund already protects, and who
is still eligible.

The same SQL copies the people into a draft and later reports what has changed, so that the two
cannot disagree. Each runs as one statement, whatever the number of people. Who is no longer
eligible is found before (`unfit`), kept with the draft, and left out alone.
"""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple, TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, Sum
from psycopg2.extras import DateRange, Json

from enrollment.coverage.models import Cover
from enrollment.coverage.rules import month_after
from enrollment.decrees.models import Decree, DecreeEntry
from enrollment.jobs import planning
from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy
from enrollment.programmes.prices import GENERAL, in_words
from enrollment.proposals import decisions
from enrollment.proposals.candidates import CHUNK
from enrollment.proposals.models import Entry, EntryCount, EntryQuerySet
from villages.models import Office, ScopedQuerySet

if TYPE_CHECKING:
    from villages.annotations import SqlValues

DOUBLE = "coverage.double"
PERSON = {
    **{name: f"w.{name}" for name in ("nik", "kk", "name", "birth_place", "birth_date", "sex")},
    "address": "coalesce(nullif(w.address, ''), w.hamlet)",
    **{name: f"w.{name}" for name in ("rt", "rw")},
    "occupation": "coalesce(o.name, w.occupation_text)",
}
"""What a list says of a person → where the register has it."""
AS_REGISTERED = ", ".join(f"{sql} AS {name}" for name, sql in PERSON.items())
COPIED = (
    *("entry_id", "area_id", "nik", "kk", "name", "birth_place", "birth_date", "sex"),
    *("address", "rt", "rw", "village", "district", "occupation", "months", "premium", "cost"),
    "prices",
)

# IS TRUE keeps PostgreSQL from joining by village, which compares everybody of a village with
# everybody else of it; people are joined by their ids.
_APPROVED = f"""
SELECT e.id AS entry_id, w.area_id, {AS_REGISTERED}, v.name AS village, d.name AS district,
    price.months, price.premium, e.cost, price.prices
FROM enrollment_entry e
JOIN enrollment_premiumsubsidy p ON p.id = e.programme_id
JOIN enrollment_worker w ON w.id = e.worker_id
JOIN villages_area v ON v.code = w.area_id
JOIN villages_area d ON d.code = left(w.area_id, 8)
LEFT JOIN enrollment_occupation o ON o.key = w.occupation_id
JOIN jsonb_to_recordset(%(prices)s) AS price (
        sector text, first_month date, months int, premium int, prices text)
    ON price.sector = coalesce(e.sector_id, '')
    AND price.first_month = coalesce(e.first_month, %(first)s)
WHERE e.programme_id = %(programme)s AND e.state = 'approved' AND w.ended_on IS NULL
    AND (w.area_id = e.area_id) IS TRUE
    AND (%(village)s::text IS NULL OR e.area_id = %(village)s)
"""  # noqa: S608 the names are this file's own
_SELECTED = f"""{_APPROVED}
    AND NOT EXISTS (
        SELECT FROM enrollment_decreeentry x
        WHERE x.entry_id = e.id AND x.decree_id <> %(decree)s)
    AND NOT EXISTS (
        SELECT FROM enrollment_cover c WHERE c.worker_id = w.id
            AND c.months && daterange(coalesce(e.first_month, %(first)s), %(after)s))
    AND e.id <> ALL (%(left_out)s::bigint[])
"""  # noqa: S608 the names are this file's own
_COLUMNS = ", ".join(COPIED)
# Ordered by kecamatan, village, name, and NIK for people with the same name; in the C collation,
# so that every server sorts alike.
_COPY = f"""
INSERT INTO enrollment_decreeentry (decree_id, position, {_COLUMNS})
SELECT %(decree)s, row_number() OVER (ORDER BY lower(district) COLLATE "C",
    lower(village) COLLATE "C", lower(name) COLLATE "C", nik), {_COLUMNS}
FROM ({_SELECTED}) selected
"""  # noqa: S608


def _row(table: str) -> str:
    return f"({', '.join(f'{table}.{column}' for column in COPIED)})"


def _comparison(now: str, only: str = "") -> str:
    """SQL that counts how the copied rows differ from the query `now`."""
    return f"""
SELECT count(*) FILTER (WHERE now.entry_id IS NULL),
    count(*) FILTER (WHERE copy.entry_id IS NULL),
    count(*) FILTER (WHERE copy.entry_id = now.entry_id
        AND {_row("copy")} IS DISTINCT FROM {_row("now")})
FROM (SELECT * FROM enrollment_decreeentry WHERE decree_id = %(decree)s {only}) copy
FULL JOIN ({now}) now ON now.entry_id = copy.entry_id
"""  # noqa: S608


_COMPARE = _comparison(_SELECTED)
# For some of the people only. It need not look at other decrees, which can no longer name them,
# nor at covers, whose own constraint prevents paying for the same month twice.
_COMPARE_SOME = _comparison(
    f"{_APPROVED} AND e.id = ANY(%(entries)s)", "AND entry_id = ANY(%(entries)s)"
)


class Difference(NamedTuple):
    """Counts of people: in the draft but no longer eligible, not yet in it, with changed data."""

    gone: int
    new: int
    changed: int


def hold_approvals(decree: Decree) -> None:
    """Lock the approved entries, so that no approval is taken back until the transaction ends: the
    trigger that protects people named by a decree does not see uncommitted rows."""
    entries = "SELECT FROM enrollment_entry WHERE programme_id = %s AND state = 'approved'"
    own = "AND (%s::text IS NULL OR area_id = %s)"  # of a village's decree
    values = [decree.programme_id, decree.village_id, decree.village_id]
    with connection.cursor() as cursor:
        cursor.execute(f"{entries} {own} ORDER BY id FOR SHARE", values)


def hold_people(entries: list[int]) -> None:
    """Lock people and then their entries (ids), each in order, as whoever lets one of them leave:
    what is read of them now holds until the transaction ends."""
    values = [entries]
    people = "SELECT FROM enrollment_worker w JOIN enrollment_entry e ON e.worker_id = w.id"
    with connection.cursor() as cursor:
        cursor.execute(f"{people} WHERE e.id = ANY(%s) ORDER BY w.id FOR KEY SHARE OF w", values)
        cursor.execute(
            "SELECT FROM enrollment_entry WHERE id = ANY(%s) ORDER BY id FOR SHARE", values
        )


def copy_people(decree: Decree, left_out: dict[str, list[str]] | None = None) -> int:
    """Copy everybody who belongs in the draft, in order. Returns how many.

    `left_out`: entry → codes of those who do not, where everybody has been examined already."""
    hold_approvals(decree)
    if left_out is None:
        found = unfit(decree.programme, open_to(decree))
        left_out = {str(pk): codes for pk, codes in found.items()}
    decree.left_out = left_out
    with planning.reading_whole_tables(), connection.cursor() as cursor:
        cursor.execute(_COPY, _values(decree))
        copied: int = cursor.rowcount
    planning.refresh(copied, DecreeEntry)
    return copied


def open_to(decree: Decree) -> EntryQuerySet:
    """Approved people whom no other decree names, gone ones aside."""
    elsewhere = DecreeEntry.objects.filter(decree__programme=decree.programme_id)
    elsewhere = elsewhere.exclude(decree=decree)
    rows = Entry.objects.in_state(Entry.State.APPROVED).filter(gone=False)
    if decree.village_id:
        rows = rows.filter(area=decree.village_id)
    return rows.filter(programme=decree.programme_id).exclude(pk__in=elsewhere.values("entry"))


def unfit(programme: PremiumSubsidy, entries: EntryQuerySet) -> dict[int, list[str]]:
    """Entry → codes of what is against the person by now, only of those who have any.

    Months that are paid twice are found by the statements above, and named with who pays.
    """
    rows = entries.order_by("pk").only("pk", "worker_id", "area_id", "kind", "state")
    found: dict[int, list[str]] = {}
    following = rows.iterator(chunk_size=CHUNK)
    while batch := list(islice(following, CHUNK)):
        found |= unfit_of(programme, batch)
    return found


def unfit_of(programme: PremiumSubsidy, entries: list[Entry]) -> dict[int, list[str]]:
    """As `unfit`, of one batch."""
    against = decisions.findings_of(programme, entries)
    found = {
        entry.pk: [one.code for one in against[entry.worker_id] if one.code != DOUBLE]
        for entry in entries
    }
    return {pk: codes for pk, codes in found.items() if codes}


def difference(decree: Decree) -> Difference:
    """What has changed since the people were copied into the draft."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, _values(decree))
        return Difference(*cursor.fetchone())


def stale(decree: Decree, entries: list[int]) -> int:
    """How many of these people (ids of entries) are gone or changed since they were copied."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE_SOME, {**_values(decree), "entries": entries})
        return sum(cursor.fetchone())


def _values(decree: Decree) -> SqlValues:
    programme = decree.programme
    return {
        "decree": decree.pk,
        "programme": programme.pk,
        "village": decree.village_id,
        **bounds_of(programme),
        "left_out": [int(pk) for pk in decree.left_out],
        "prices": Json(_price_rows(programme)),
    }


def bounds_of(programme: PremiumSubsidy) -> dict[str, date]:
    """The period of the wave, for statements about people: each is paid from the first month of
    their own row, or else from `first`, until the day before `after`."""
    first, after = months.of(programme)
    return {"first": first, "after": after}


def first_month_of(decree: Decree) -> date:
    """The first month that is paid for anybody whom the decree names: all months end together."""
    longest: int = decree.entries.aggregate(months=Max("months", default=0))["months"]
    first, after = months.of(decree.programme)
    return month_after(after, -longest) if longest else first


def _price_rows(programme: PremiumSubsidy) -> list[dict[str, object]]:
    """Rows of a sector and a first month: how many months follow, the rupiah of each and, unless
    everybody pays the same each month, the months in words."""
    return [
        {
            "sector": sector,
            "first_month": first.isoformat(),
            "months": len(each),
            "premium": each[0] if len(set(each)) == 1 else None,
            "prices": "" if programme.premium else in_words(each),
        }
        for first in months.in_order(programme)
        for prices in [months.prices(programme, first)]
        for sector, each in {GENERAL: prices.general, **prices.sectors}.items()
    ]


class Waiting(TypedDict):
    people: int
    cost: int


def waiting(office: Office) -> dict[UUID, Waiting]:
    """Approved people who are in no decree yet: programme id → people and rupiah."""
    rows = EntryCount.objects.visible_to(office).for_decree().order_by().values("programme")
    counted = rows.annotate(number=Sum("people"), rupiah=Sum("cost")).filter(number__gt=0)
    return {row["programme"]: {"people": row["number"], "cost": row["rupiah"]} for row in counted}


def paid_already(decree: Decree) -> ScopedQuerySet[Cover]:
    """Covers that already pay, in the same months, for people approved in the draft's programme."""
    elsewhere = DecreeEntry.objects.filter(decree__programme=decree.programme_id)
    waiting = Entry.objects.filter(
        programme=decree.programme_id, state=Entry.State.APPROVED, worker__ended_on=None
    ).exclude(pk__in=elsewhere.exclude(decree=decree).values("entry"))
    if decree.village_id:
        waiting = waiting.filter(area=decree.village_id)
    named = waiting.filter(
        Q(first_month=None) | Q(first_month__lt=OuterRef("months__endswith")),
        worker=OuterRef("worker"),
    )
    covers = Cover.objects.filter(months__overlap=DateRange(*months.of(decree.programme)))
    return covers.filter(Exists(named))  # alone, so that it is a join and no search for each cover
