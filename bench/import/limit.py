"""The limit: read with calamine, COPY, one INSERT … SELECT. No checks, no preview, no undo.

It puts the good new people of the list into the registry, under the same constraints, indexes, row
security and history, in one transaction of one process. The list's 18th column, the registry that
names a person, is a table of its own here: `ALL_COLUMNS` fills it too, still in one statement.
"""

import csv
import io

import python_calamine
from people import HEADINGS

from bench import ground
from tests import databases
from villages import scope

INCOMING = f"""
CREATE TEMPORARY TABLE bare ({", ".join(f"c{number} text" for number in range(len(HEADINGS)))})
ON COMMIT DROP
"""
PEOPLE = """
INSERT INTO enrollment_worker (
    area_id, nik, kk, name, birth_place, birth_date, sex, address, hamlet, rt, rw,
    occupation_text, occupation_id, income, phone, mother_name, findings
)
SELECT v.code, c1, c2, c3, c4, c5::date, c6, c7, c8, c9, c10,
    c13, work.key, c14::numeric::bigint, c15, c16, '{}'
FROM bare
JOIN villages_area v ON v.name = c12 AND v.code >= '35.22.' AND v.code < '35.22/' AND v.level = 4
JOIN villages_area d ON d.code = left(v.code, 8) AND d.name = c11
LEFT JOIN (
    SELECT DISTINCT ON (word) lower(word) AS word, key
    FROM enrollment_occupation, unnest(aliases || name) AS word
) work ON work.word = lower(c13)
WHERE c1 ~ '^[0-9]{16}$' AND c5 ~ '^[0-9]{4}-'
ON CONFLICT (nik) DO NOTHING
"""
ALL_COLUMNS = f"""
WITH added AS ({PEOPLE} RETURNING id, area_id, nik)
INSERT INTO enrollment_workersource (worker_id, area_id, registry, period)
SELECT added.id, added.area_id, split_part(c17, ' ', 1), split_part(c17, ' ', 2)
FROM added JOIN bare ON c1 = added.nik
ON CONFLICT (worker_id, registry, period) DO NOTHING
"""


def bare(path, by, statement=PEOPLE):
    """Import the workbook in this way; returns how many rows were new."""
    book = python_calamine.CalamineWorkbook.from_path(path)
    rows = book.get_sheet_by_index(0).iter_rows()
    next(rows)
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    text.seek(0)
    with scope.enter(by), ground.connection.cursor() as cursor:
        cursor.execute(INCOMING)
        cursor.copy_expert("COPY bare FROM STDIN (FORMAT csv, FORCE_NOT_NULL (c9))", text)
        cursor.execute(statement)
        return cursor.rowcount


def switch_history_off(database):
    """For comparison only; it needs the owner's login."""
    with databases.owner(database) as owner, owner.cursor() as cursor:
        cursor.execute("ALTER TABLE enrollment_worker DISABLE TRIGGER USER")
