from pathlib import Path

from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.indexes import WithoutIndexes
from villages.migrations.operations.rowbounds import AGENCY, of_own_parents, within

SQL = Path(__file__).with_name("sql")
PARENTS = {
    "enrollment_entry": ("proposal_id", "enrollment_proposal"),
    "enrollment_importrow": ("job_id", "enrollment_import"),
}


def _alter(table, condition):
    return f"ALTER POLICY scope ON {table} USING ({within('area_id')} AND {condition})"


def _exists(column, parents):
    parent = f"SELECT 1 FROM {parents} parent WHERE parent.id = {column}"  # noqa: S608
    return f"({AGENCY} = '' OR EXISTS ({parent}))"


class Migration(migrations.Migration):
    """Lists are read from an index in their own order; indexes that repeat the beginning of another
    one, or that no query uses, go. An agency's own lists are read once, not for each person."""

    atomic = False
    dependencies = [("enrollment", "0020_statistics_of_what_was_written")]

    operations = [
        Function(SQL / "niks_told.v2.sql"),
        Function(SQL / "open_duplicate_cases.v3.sql"),
        migrations.RunSQL(
            [_alter(table, of_own_parents(*parent)) for table, parent in PARENTS.items()],
            [_alter(table, _exists(*parent)) for table, parent in PARENTS.items()],
        ),
        AddIndexConcurrently(
            model_name="cover",
            index=models.Index(fields=["area"], name="cover_area"),
        ),
        AddIndexConcurrently(
            model_name="decreeentry",
            index=models.Index(fields=["area"], name="decree_entry_area"),
        ),
        AddIndexConcurrently(
            model_name="entry",
            index=models.Index(
                fields=["programme", "area", "rank", "id"],
                include=("state", "proposal"),
                name="entry_listed",
            ),
        ),
        AddIndexConcurrently(
            model_name="membership",
            index=models.Index(fields=["area"], name="membership_area"),
        ),
        AddIndexConcurrently(
            model_name="worker",
            index=models.Index(
                fields=["area", "name", "id"], include=("agency", "ended_on"), name="worker_listed"
            ),
        ),
        AddIndexConcurrently(
            model_name="workersource",
            index=models.Index(fields=["area", "registry"], name="worker_source_place"),
        ),
        AddIndexConcurrently(
            model_name="importrow",
            index=models.Index(fields=["nik", "job"], name="import_row_of_nik"),
        ),
        RemoveIndexConcurrently(
            model_name="importrow",
            name="import_row_nik",
        ),
        RemoveIndexConcurrently(
            model_name="entry",
            name="entry_programme_state",
        ),
        RemoveIndexConcurrently(
            model_name="worker",
            name="worker_area_name",
        ),
        migrations.AlterModelOptions(
            name="worker",
            options={
                "ordering": ["area_id", "name", "pk"],
                "verbose_name": "pekerja",
                "verbose_name_plural": "pekerja",
            },
        ),
        WithoutIndexes(
            {
                "cover": ["area", "worker"],
                "decreeentry": ["area", "decree", "entry"],
                "disclosure": ["area", "office", "worker"],
                "entry": [
                    *("area", "programme", "proposal"),
                    *("submitted_by", "verified_by", "approved_by"),
                ],
                "leftout": ["area", "decision"],
                "membership": ["area"],
                "step": ["area", "office"],
            }
        ),
    ]
