"""What an amendment changes: who has left the list in force since, and whose data were corrected.
Whoever comes in are the amendment's own people, copied as into any decree (`selection`).

The same SQL copies the changes into a draft and later reports whether they are still so. A list in
force is nowhere stored: it follows from the frozen rows of a decree and of its amendments.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import connection
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from enrollment.decrees.models import Decree, DecreeChange, DecreeEntry
from enrollment.decrees.numbering import Numbering
from enrollment.decrees.rules import Balance
from enrollment.decrees.selection import AS_REGISTERED, PERSON
from enrollment.jobs import planning
from villages import scope

if TYPE_CHECKING:
    from datetime import date

    from villages.annotations import SqlValues

Kind = DecreeChange.Kind
# Of PERSON may be corrected what the register has otherwise now. Where somebody lives is no
# correction: who moves away leaves.
STAYS = ("village", "district", "months", "premium", "prices", "cost")


def _of(table: str, names: Iterable[str] = PERSON) -> str:
    return ", ".join(f"{table}.{name}" for name in names)


_FORCE = f"""
WITH chain AS (
    SELECT id, ordinal FROM enrollment_decree
    WHERE (id = %(base)s OR amends_id = %(base)s) AND state = 'issued' AND ordinal < %(ordinal)s
), force AS (
    SELECT r.id AS row_id, r.entry_id, r.area_id, {_of("r", STAYS)},
        {", ".join(f"CASE WHEN c.id IS NULL THEN r.{n} ELSE c.{n} END AS {n}" for n in PERSON)}
    FROM chain JOIN enrollment_decreeentry r ON r.decree_id = chain.id
    LEFT JOIN (
        SELECT DISTINCT ON (c.row_id) c.* FROM enrollment_decreechange c
        JOIN chain ON chain.id = c.decree_id
        WHERE c.kind = 'corrected' ORDER BY c.row_id, chain.ordinal DESC
    ) c ON c.row_id = r.id
    WHERE NOT EXISTS (
        SELECT FROM enrollment_decreechange o JOIN chain ON chain.id = o.decree_id
        WHERE o.row_id = r.id AND o.kind = 'out')
)"""  # noqa: S608 the names are this file's own
_CHANGED = f"""
    SELECT f.row_id, f.area_id, 'out' AS kind, {_of("f")}, {_of("f", STAYS)}
    FROM force f JOIN enrollment_entry e ON e.id = f.entry_id WHERE e.state = 'left'
    UNION ALL
    SELECT f.row_id, f.area_id, 'corrected', {_of("now")}, {_of("f", STAYS)}
    FROM force f JOIN enrollment_entry e ON e.id = f.entry_id
    JOIN (
        SELECT w.id, w.area_id, {AS_REGISTERED}
        FROM enrollment_worker w LEFT JOIN enrollment_occupation o ON o.key = w.occupation_id
        WHERE w.ended_on IS NULL
    ) now ON now.id = e.worker_id
    WHERE e.state = 'approved' AND (now.area_id = f.area_id) IS TRUE
        AND ({_of("now")}) IS DISTINCT FROM ({_of("f")})
"""  # noqa: S608 the names are this file's own
_COPIED = ("row_id", "area_id", "kind", *PERSON, *STAYS)
_COPY = f"""{_FORCE}
INSERT INTO enrollment_decreechange (decree_id, position, {", ".join(_COPIED)})
SELECT %(decree)s, row_number() OVER (ORDER BY kind DESC, lower(district) COLLATE "C",
    lower(village) COLLATE "C", lower(name) COLLATE "C", nik), {", ".join(_COPIED)}
FROM ({_CHANGED}) changed
"""  # noqa: S608
_COMPARE = f"""{_FORCE}
SELECT count(*)
FROM (SELECT * FROM enrollment_decreechange WHERE decree_id = %(decree)s) copy
FULL JOIN ({_CHANGED}) now ON now.row_id = copy.row_id
WHERE ({_of("copy", _COPIED)}) IS DISTINCT FROM ({_of("now", _COPIED)})
"""  # noqa: S608


@planning.reading_whole_tables()
def copy_changes(amendment: Decree) -> int:
    """Copy everybody who has left or was corrected into the draft of an amendment, in order.
    Returns how many."""
    amendment.changes.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(_COPY, _values(amendment))
        copied: int = cursor.rowcount
    return copied


@planning.reading_whole_tables()
def stale(amendment: Decree) -> int:
    """How many have left or were corrected since, or otherwise, than the draft says."""
    with connection.cursor() as cursor:
        cursor.execute(_COMPARE, _values(amendment))
        return int(cursor.fetchone()[0])


def _values(amendment: Decree) -> SqlValues:
    return {
        "base": amendment.amends_id, "ordinal": amendment.ordinal, "decree": amendment.pk,
    }  # fmt: skip


def chain_of(decree: Decree) -> QuerySet[Decree]:
    """The decree that is or was amended and its issued amendments, in their order."""
    base = decree.amends_id or decree.pk
    rows = Decree.objects.published().filter(Q(pk=base) | Q(amends=base))
    return rows.order_by("ordinal")


def before(amendment: Decree) -> list[Decree]:
    """The decrees whose list an amendment changes."""
    return list(chain_of(amendment).filter(ordinal__lt=amendment.ordinal))


def on(decree: Decree, day: date) -> list[Decree]:
    """The decrees of which the list consists that is in force on a day; none before the first, and
    none once it is revoked. An amendment counts from its own day on."""
    chain = list(chain_of(decree).select_related("revocation"))
    if not chain:
        return []
    first = chain[0]
    if first.is_revoked and day >= first.revocation.date:
        return []
    return [one for one in chain if one.date and one.date <= day]


def in_force(decrees: list[Decree]) -> QuerySet[DecreeEntry]:
    """The people of the list that these decrees make together, in the order of their numbers."""
    if len(decrees) == 1:  # nobody has gone out, and an index has this order
        return DecreeEntry.objects.filter(decree=decrees[0]).order_by("position")
    out = DecreeChange.objects.filter(decree__in=decrees, kind=Kind.OUT, row=OuterRef("pk"))
    rows = DecreeEntry.objects.filter(decree__in=decrees).exclude(Exists(out))
    return rows.order_by("decree__ordinal", "position")


def numbering(decrees: list[Decree]) -> Numbering:
    """The running numbers over the list that these decrees make together. Those who have gone out
    are counted wherever they live, also for an office that sees a part of the list: of them it
    takes the positions alone."""
    out = DecreeChange.objects.filter(decree__in=decrees, kind=Kind.OUT)
    with scope.whole_country("running_numbers"):
        gone = list(out.values_list("row__decree", "row__position"))
    return Numbering.of(((one.pk, one.people) for one in decrees), gone)


def correct(rows: Iterable[DecreeEntry], decrees: list[Decree]) -> None:
    """Write into these rows (in memory) what the amendments among `decrees` have corrected."""
    found = {row.pk: row for row in rows}
    changes = DecreeChange.objects.filter(decree__in=decrees, kind=Kind.CORRECTED, row__in=found)
    for change in changes.order_by("decree__ordinal"):
        for name in PERSON:
            setattr(found[change.row_id], name, getattr(change, name))


def balance_of(amendment: Decree) -> Balance:
    """People and rupiah before an amendment, of those who go and come, and after it: as it was
    frozen, or of a draft as it is now."""
    if not amendment.is_draft and (kept := amendment.header.get("balance")):
        return kept
    return _balance_now(amendment)


@planning.reading_whole_tables()
def _balance_now(amendment: Decree) -> Balance:
    earlier = in_force(before(amendment)).aggregate(people=Count("pk"), cost=Sum("cost", default=0))
    changes = amendment.changes.all()
    gone = changes.filter(kind=Kind.OUT).aggregate(people=Count("pk"), cost=Sum("cost", default=0))
    come = amendment.entries.aggregate(people=Count("pk"), cost=Sum("cost", default=0))
    first, out, coming = ((one["people"], one["cost"]) for one in (earlier, gone, come))
    return {
        "before": first,
        "out": out,
        "coming": coming,
        "corrected": changes.filter(kind=Kind.CORRECTED).count(),
        "after": (first[0] - out[0] + coming[0], first[1] - out[1] + coming[1]),
    }
