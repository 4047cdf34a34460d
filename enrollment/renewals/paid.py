"""What is known to be paid of people's membership: the one place that knows from what.

Until payments are recorded a month at a time, these are the months of issued decrees (`Cover`) and
of memberships that somebody else pays (`Membership`). Pages therefore say "menurut keputusan".
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connection

from enrollment.coverage.rules import GRACE
from enrollment.jobs import planning
from enrollment.renewals.rules import Crowd, Paid, earliest_birth

# Months that follow each other, or with a gap that arrears may close, are one membership; of each
# person the last one counts. Of a membership without a first day only its last month is known.
_PAID = """
SELECT worker_id, (max(after) - interval '1 month')::date AS last,
    sum((date_part('year', after) - date_part('year', first)) * 12
        + date_part('month', after) - date_part('month', first))::integer AS months
FROM (
    SELECT *, bool_or(ends_in_a_break) OVER (
        PARTITION BY worker_id ORDER BY first DESC) AS is_former
    FROM (
        SELECT worker_id, lower(run) AS first, upper(run) AS after,
            lead(lower(run)) OVER (PARTITION BY worker_id ORDER BY lower(run))
                >= upper(run) + make_interval(months => %(grace)s) AS ends_in_a_break
        FROM (
            SELECT worker_id, unnest(range_agg(months)) AS run
            FROM (
                SELECT c.worker_id, c.months * daterange(NULL, %(before)s) AS months
                FROM enrollment_cover c JOIN asked USING (worker_id)
                WHERE c.months && daterange(NULL, %(before)s)
                UNION ALL
                SELECT m.worker_id, daterange(
                    date_trunc(
                        'month', coalesce(m.active_from, m.active_until, %(before)s - 1))::date,
                    least(
                        date_trunc('month', coalesce(m.active_until, %(before)s - 1))
                            + interval '1 month', %(before)s)::date)
                FROM enrollment_membership m JOIN asked USING (worker_id)
                WHERE coalesce(m.active_from, m.active_until, %(before)s - 1) < %(before)s
            ) known
            GROUP BY worker_id
        ) runs
    ) marked
) each
WHERE is_former IS NOT TRUE
GROUP BY worker_id
"""
_ONE_BY_ONE = f"""
WITH asked AS (SELECT unnest(%(people)s::bigint[]) AS worker_id)
{_PAID}
"""
# Everybody approved in a wave and not gone: of those whom an issued decree of it names, how much is
# paid. What others pay for the rest says nothing of this wave.
_EACH = f"""
WITH approved AS MATERIALIZED (
    SELECT e.id, e.worker_id, EXISTS (
        SELECT FROM enrollment_decreeentry row JOIN enrollment_decree d ON d.id = row.decree_id
        WHERE row.entry_id = e.id AND d.state = 'issued') AS named
    FROM enrollment_entry e
    WHERE e.programme_id = %(programme)s AND e.state = 'approved' AND NOT e.gone
), asked AS MATERIALIZED (
    SELECT worker_id FROM approved WHERE named
), paid AS ({_PAID})
SELECT approved.id, paid.last, paid.months,
    coalesce(w.birth_date <= %(earliest)s, false) AS too_old
FROM approved LEFT JOIN paid USING (worker_id) LEFT JOIN enrollment_worker w ON w.id = worker_id
"""  # noqa: S608 constants of this file
_COUNTED = f"""
SELECT last, months, too_old, count(*) FROM ({_EACH}) each GROUP BY 1, 2, 3
"""  # noqa: S608 constants of this file
_OF_CROWDS = f"""
SELECT id FROM ({_EACH}) each
WHERE EXISTS (
    SELECT FROM unnest(%(lasts)s::date[], %(months)s::integer[], %(old)s::boolean[])
        AS crowd (last, months, too_old)
    WHERE (each.last, each.months, each.too_old) IS NOT DISTINCT FROM
        (crowd.last, crowd.months, crowd.too_old))
"""  # noqa: S608 constants of this file


def of_people(people: Sequence[int], before: date) -> dict[int, Paid]:
    """Worker id → what is paid of the membership in which the person is, or was, before the month
    `before`; without those of whom nothing is known. One statement."""
    rows = _rows(_ONE_BY_ONE, people=list(people), before=before)
    return {worker: Paid(last, months) for worker, last, months in rows}


def counted(programme: Any, resumes: date) -> list[Crowd]:
    """Everybody approved in a wave and not gone, as crowds of whom the same is paid before the
    month `resumes`; nothing is of those whom no issued decree of the wave names. One statement,
    whose rows are fewer than a thousand however many people."""
    with planning.reading_whole_tables():
        rows = _rows(
            _COUNTED, programme=programme, before=resumes, earliest=earliest_birth(resumes)
        )
    return [
        Crowd(people, Paid(last, months) if last else None, too_old)
        for last, months, too_old, people in rows
    ]


def entries(programme: Any, resumes: date, crowds: Sequence[Crowd]) -> list[int]:
    """The ids of the list rows of these crowds of `counted`. One statement."""
    with planning.reading_whole_tables():
        rows = _rows(
            _OF_CROWDS, programme=programme, before=resumes, earliest=earliest_birth(resumes),
            lasts=[crowd.paid and crowd.paid.last for crowd in crowds],
            months=[crowd.paid and crowd.paid.months for crowd in crowds],
            old=[crowd.too_old for crowd in crowds],
        )  # fmt: skip
    return [pk for (pk,) in rows]


def _rows(statement: str, **values: Any) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, {"grace": GRACE, **values})
        rows: list[Any] = cursor.fetchall()
    return rows
