"""Whoever puts a person on a list has made the row, whatever their role; the repair of a returned
person is a step; and the DPMD no longer sees whom its lists have lost."""

from django.db import migrations
from pathlib import Path

from villages.migrations.operations.alterpolicy import AlterPolicy
from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import AGENCY, within

SQL = Path(__file__).with_name("sql")
ON_A_LIST = "EXISTS (SELECT FROM enrollment_entry e WHERE e.worker_id = {})"
STILL_ON_A_LIST = (
    "EXISTS (SELECT FROM enrollment_entry e WHERE e.worker_id = enrollment_worker.id "
    "AND e.state <> 'rejected' AND e.area_id = enrollment_worker.area_id)"
)
"""Where the person lives now, so that somebody who has moved goes out of sight."""
AS_LAST_KNOWN = (
    "EXISTS (SELECT FROM enrollment_entry e WHERE e.worker_id = pgh_obj_id "
    "AND e.area_id = enrollment_workerevent.area_id "
    "AND (e.state <> 'rejected' OR enrollment_workerevent.pgh_created_at <= e.changed_at))"
)
"""What was written of the person there, of somebody rejected until then."""


def seen_by_dpmd(table, person, policy, now):
    """Let the DPMD read, instead of whoever was ever on one of its lists, who still is."""

    def using(condition):
        return (
            f"USING ({within('area_id')} AND CASE WHEN {AGENCY} = '' THEN true "
            f"WHEN {AGENCY} = 'dpmd' THEN {condition} ELSE agency_id::text = {AGENCY} END)"
        )

    return AlterPolicy(table, policy, using(now), using(ON_A_LIST.format(person)))


class Migration(migrations.Migration):
    dependencies = [
        ("enrollment", "0044_leavings_and_drafts"),
        ("villages", "0009_history_that_grows"),
    ]

    operations = [
        Function(SQL / "earlier_makers.v2.sql"),
        Function(SQL / "steps_rest.v4.sql"),
        seen_by_dpmd("enrollment_worker", "enrollment_worker.id", "scope", STILL_ON_A_LIST),
        seen_by_dpmd("enrollment_workerevent", "pgh_obj_id", "reading", AS_LAST_KNOWN),
    ]
