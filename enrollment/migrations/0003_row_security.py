from django.db import migrations

from villages.migrations.operations.rowsecurity import (
    AGENCY,
    RowSecurity,
    of_agency,
    of_regency,
    within,
)

IN_AREA = within("area_id")
IN_REGENCY = within("regency_id")
OWN = f"{IN_AREA} AND {of_agency('agency_id')}"


def through(table, column):
    """SQL: in the area and, where an agency asks, the row's parent is visible to it too."""
    parent = f"EXISTS (SELECT 1 FROM {table} parent WHERE parent.id = {column})"  # noqa: S608
    return f"{IN_AREA} AND ({AGENCY} = '' OR {parent})"


def history(table, using):
    """The history of a table is read like the table and only ever added to."""
    return RowSecurity(f"enrollment_{table}event", using, check="true", append_only=True)


class Migration(migrations.Migration):
    """Every table that holds a person or an area shows only the rows of the entered scope."""

    dependencies = [("enrollment", "0002_history"), ("villages", "0003_row_security")]

    operations = [
        RowSecurity("enrollment_worker", OWN),
        RowSecurity("enrollment_workersource", through("enrollment_worker", "worker_id")),
        RowSecurity("enrollment_disclosure", IN_AREA, check="true", append_only=True),
        RowSecurity("enrollment_recheck", IN_AREA),
        RowSecurity("enrollment_import", OWN),
        RowSecurity("enrollment_importrow", through("enrollment_import", "job_id")),
        RowSecurity("enrollment_columnmemory", IN_AREA),
        RowSecurity(
            "enrollment_duplicatecase",
            IN_REGENCY,
            check=f"{IN_REGENCY} OR {within('claimed_by_id')}",
        ),
        RowSecurity("enrollment_membership", through("enrollment_worker", "worker_id")),
        RowSecurity("enrollment_cover", through("enrollment_worker", "worker_id")),
        RowSecurity("enrollment_coversource", IN_REGENCY, read="true", append_only=True),
        RowSecurity("enrollment_premiumsubsidy", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_quota", IN_AREA),
        RowSecurity("enrollment_proposal", OWN),
        RowSecurity("enrollment_entry", through("enrollment_proposal", "proposal_id")),
        RowSecurity("enrollment_step", through("enrollment_entry", "entry_id")),
        RowSecurity("enrollment_decree", IN_REGENCY, read=of_regency("regency_id")),
        RowSecurity("enrollment_decreeentry", IN_AREA),
        RowSecurity("enrollment_decreeannex", IN_AREA, read=of_regency("area_id")),
        history("worker", OWN),
        history("workersource", IN_AREA),
        history("recheck", IN_AREA),
        history("import", OWN),
        history("columnmemory", IN_AREA),
        history("duplicatecase", IN_REGENCY),
        history("membership", IN_AREA),
        history("cover", IN_AREA),
        history("premiumsubsidy", IN_REGENCY),
        history("quota", IN_AREA),
        history("proposal", OWN),
        history("entry", IN_AREA),
        history("decree", IN_REGENCY),
    ]
