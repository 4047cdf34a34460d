"""The rows of a list as papers name them: copied, sealed and compared, each in one statement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.db import connection

from enrollment.programmes import months
from enrollment.programmes.models import PremiumSubsidy
from enrollment.proposals.papers.models import PaperRow
from enrollment.proposals.papers.rules import COMPARED, SEALED, Difference, Differing, sealed_lines
from enrollment.sealing import seal_of
from enrollment.statements.wording import SENTENCE

if TYPE_CHECKING:
    from villages.annotations import SqlValues

CHUNK = 2000
MOST_TOLD = 20
"""Differences that are told one by one."""

# What a person costs is that of the sector of the occupation, for the months that would be paid if
# they were approved today (`months`, `costs`).
_TODAY = f"""
SELECT e.id AS entry_id, e.area_id, e.public_id, w.nik, w.name, w.birth_date, w.address, w.hamlet,
    w.rt, w.rw, coalesce(nullif(w.occupation_text, ''), o.name, '') AS occupation,
    %(months)s::int AS months, coalesce(price.cost, %(cost)s::bigint) AS cost,
    {SENTENCE} AS statement,
    row_number() OVER (ORDER BY upper(w.name) COLLATE "C", e.id)::int AS position
FROM enrollment_entry e
JOIN enrollment_worker w ON w.id = e.worker_id
LEFT JOIN enrollment_occupation o ON o.key = w.occupation_id
LEFT JOIN unnest(%(sectors)s::text[], %(costs)s::bigint[]) AS price (sector, cost)
    ON price.sector = o.sector_id
WHERE e.id = ANY(%(entries)s)
"""  # noqa: S608 names of this file
_COLUMNS = f"entry_id, area_id, {', '.join(SEALED)}"
_COPY = f"""
INSERT INTO enrollment_paperrow (paper_id, {_COLUMNS})
SELECT %(paper)s, {_COLUMNS} FROM ({_TODAY}) today ORDER BY position
"""  # noqa: S608
_SEALED = f"SELECT {', '.join(SEALED)} FROM ({_TODAY}) today ORDER BY position"  # noqa: S608
_CHANGED = ", ".join(
    f"CASE WHEN was.{column} IS DISTINCT FROM now.{column} THEN '{column}' END"
    for column in COMPARED
)
_DIFFERENCES = f"""
WITH was AS (SELECT * FROM enrollment_paperrow WHERE paper_id = %(paper)s),
now AS ({_TODAY}),
differing AS (
    SELECT coalesce(now.name, was.name) AS name,
        CASE WHEN was.entry_id IS NULL THEN 'added' WHEN now.entry_id IS NULL THEN 'gone'
            ELSE 'changed' END AS how,
        CASE WHEN was.entry_id IS NOT NULL AND now.entry_id IS NOT NULL
            THEN array_remove(ARRAY[{_CHANGED}], NULL) ELSE '{{}}' END AS columns
    FROM was FULL JOIN now ON now.entry_id = was.entry_id
)
SELECT name, how, columns, count(*) OVER () FROM differing
WHERE how <> 'changed' OR columns <> '{{}}'
ORDER BY how, upper(name) LIMIT {MOST_TOLD}
"""  # noqa: S608


class Differences(NamedTuple):
    """The first differences between papers and what would be handed in now, and how many there
    are."""

    first: list[Differing]
    people: int


def copy_rows(paper: UUID, programme: PremiumSubsidy, entries: Sequence[int]) -> None:
    """Write the rows of new papers: those with these ids as they are now, by name."""
    with connection.cursor() as cursor:
        cursor.execute(_COPY, {"paper": paper, **_values(programme, entries)})


def seal_of_paper(paper: UUID) -> str:
    """The seal of the rows that papers have."""
    rows = PaperRow.objects.filter(paper=paper).order_by("position").values_list(*SEALED)
    return seal_of(sealed_lines(rows.iterator(chunk_size=CHUNK)))


def seal_of_today(programme: PremiumSubsidy, entries: Sequence[int]) -> str:
    """The seal that papers of these rows would have now."""
    with connection.cursor() as cursor:
        cursor.execute(_SEALED, _values(programme, entries))
        return seal_of(sealed_lines(_read(cursor)))


def differences(paper: UUID, programme: PremiumSubsidy, entries: Sequence[int]) -> Differences:
    """How the rows of papers differ from rows with these ids as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(_DIFFERENCES, {"paper": paper, **_values(programme, entries)})
        found = cursor.fetchall()
    told = [Differing(name, Difference(how), tuple(columns)) for name, how, columns, _ in found]
    return Differences(told, found[0][-1] if found else 0)


def _read(cursor: Any) -> Iterator[Sequence[object]]:
    while rows := cursor.fetchmany(CHUNK):
        yield from rows


def _values(programme: PremiumSubsidy, entries: Sequence[int]) -> SqlValues:
    first = months.first_payable(programme)
    prices = months.prices(programme, first)
    sectors = list(prices.sectors)
    return {
        "entries": list(entries),
        "months": len(months.in_order(programme, first)),
        "cost": prices.cost(),
        "sectors": sectors,
        "costs": [prices.cost(sector) for sector in sectors],
    }
