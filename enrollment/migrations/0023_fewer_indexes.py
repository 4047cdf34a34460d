from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddIndexConcurrently, RemoveIndexConcurrently
from django.db import migrations, models

from villages.migrations.operations.functions import Function
from villages.migrations.operations.rowbounds import AGENCY, of_seen, within

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
    dependencies = [("enrollment", "0021_statistics_of_what_was_written")]

    operations = [
        Function(SQL / "niks_told.v2.sql"),
        Function(SQL / "open_duplicate_cases.v3.sql"),
        migrations.RunSQL(
            [_alter(table, of_seen(*parent)) for table, parent in PARENTS.items()],
            [_alter(table, _exists(*parent)) for table, parent in PARENTS.items()],
        ),
        AddIndexConcurrently(
            model_name="cover",
            index=models.Index(fields=["area"], name="cover_area"),
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
        migrations.AlterField(
            model_name="cover",
            name="area",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.area",
            ),
        ),
        migrations.AlterField(
            model_name="cover",
            name="worker",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="covers",
                to="enrollment.worker",
            ),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="area",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.area",
            ),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.office",
            ),
        ),
        migrations.AlterField(
            model_name="disclosure",
            name="worker",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="enrollment.worker",
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="approved_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="submitted_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="entry",
            name="verified_by",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="leftout",
            name="area",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.area",
            ),
        ),
        migrations.AlterField(
            model_name="leftout",
            name="decision",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="left_out",
                to="enrollment.bulkdecision",
            ),
        ),
        migrations.AlterField(
            model_name="membership",
            name="area",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.area",
            ),
        ),
        migrations.AlterField(
            model_name="step",
            name="office",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="villages.office",
            ),
        ),
    ]
